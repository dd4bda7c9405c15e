"""The overview: every unit by every item, what is at stake, and how it moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from checklist.loader import available, load
from checklist.reasons import REASONS
from results.board.counts import worst
from results.record import ScanInfo
from results.score_wording import mean_title, score_notice
from results.speech import BANGKOK
from units.registry import TYPE_NAMES
from web.faults import NotFound
from web.moments import short_day
from web.overview.asked import SORT_WORDS, VERDICT_WORDS, Asked, OnBoard
from web.overview.drawing import drawing
from web.overview.grid import grid_rows
from web.overview.marks import MARKS
from web.overview.shown import Shown, figures, shown
from web.overview.tables import FORMATS, table_file
from web.paging import Paging
from web.render import page
from web.viewer import OnSite

router = APIRouter()
A_PAGE = 50
_WORST = 10


@router.get("/overview")
def overview(request: Request, site: OnSite, asked: OnBoard) -> Response:
    """The grid, a part at a time, with its figures; all filters are in the address."""
    board = shown(site, asked)
    if board is None:
        return page(request, "overview_empty.html", checklist=asked.checklist, **_lists(asked))
    paging = Paging.of(asked.page, A_PAGE, board.total)
    told = figures(site, asked, board)
    weight = told.head.weight
    newest = asked.newest.id if asked.newest else board.now.scan.id
    return page(
        request,
        "overview.html",
        asked=asked,
        checklist=asked.checklist,
        scan=board.now.scan,
        newest=board.now.scan.id == newest,
        older=board.now.scan.id < newest,
        columns=_columns(asked, board),
        rows=grid_rows(board, paging.skip, A_PAGE),
        narrowed=_narrowed(request),
        paging=paging,
        told=told,
        worst=worst(told.items)[:_WORST],
        chart=drawing(told.trend, weight),
        marks=MARKS,
        score_title=mean_title(asked.checklist),
        notice_text=score_notice(asked.checklist),
        offices=[(owner, owner) for owner in sorted(board.now.owners)],
        item_names=[(one.id, f"{one.id} {one.title}") for one in asked.checklist.items],
        formats=FORMATS,
        **_lists(asked),
    )


@router.get("/overview/export.{kind}")
def export(site: OnSite, asked: OnBoard, kind: str) -> Response:
    """All units of the filtered grid, not only the part that is shown, as a table file."""
    board = shown(site, asked)
    if kind not in FORMATS or board is None:
        raise NotFound
    name = f"oit-overview-{asked.checklist.key}-{board.now.scan.id}.{kind}"
    return Response(
        table_file(kind, board),
        media_type=FORMATS[kind].media,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _narrowed(request: Request) -> Callable[..., str]:
    """Makes the address of this overview with another choice, from its first part on."""
    kept = {name: value for name, value in request.query_params.items() if value}
    kept.pop("page", None)
    return lambda **changes: f"/overview?{urlencode(kept | changes)}"


def _columns(asked: Asked, board: Shown) -> list[tuple[str, str]]:
    return [
        (asked.checklist.items[at].id, asked.checklist.items[at].title)
        for at in board.chosen.columns
    ]


def _day(scan: ScanInfo) -> str:
    return short_day(scan.started.astimezone(BANGKOK).date())


def _lists(asked: Asked) -> dict[str, Any]:
    """What can be chosen."""
    named = [load(key) for key in available()]
    return {
        "checklists": [(one.key, f"{one.short} {one.year}") for one in named],
        "scans": [(one.id, f"ครั้งที่ {one.id} · {_day(one)}") for one in asked.scans],
        "types": [(kind.value, word) for kind, word in TYPE_NAMES.items()],
        "verdicts": list(VERDICT_WORDS.items()),
        "reasons": [(code, one.th) for code, one in REASONS.items()],
        "sorts": [(sort.value, word) for sort, word in SORT_WORDS.items()],
    }
