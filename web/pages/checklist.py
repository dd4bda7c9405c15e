"""What is asked: each checklist, each of its items, and what changed from year to year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request

from checklist.examples import examples_of, without_addresses
from checklist.loader import available, available_years, load
from results.score import points_at_stake
from web.faults import BadInput, NotFound, Refused
from web.items.differing import MOVES, Move, differing, of_item
from web.items.wording import part_notes, shape, year_rule, year_rule_short
from web.render import page
from web.viewer import SignedIn

if TYPE_CHECKING:
    from starlette.responses import Response

    from checklist.schema import Checklist, Item

_KEY = Annotated[str, Query(max_length=40)]


def readers(viewer: SignedIn) -> None:
    """Let in whoever may read of any unit."""
    if not viewer.reads:
        raise Refused


router = APIRouter(prefix="/checklist", dependencies=[Depends(readers)])


def known(key: str) -> Checklist:
    """The checklist of that key; raises `NotFound`."""
    if key not in available():
        raise NotFound(f"ไม่มีรายการตรวจ {key[:40]} มีเพียง {' '.join(available())}")
    return load(key)


def known_item(checklist: Checklist, item: str) -> Item:
    """An item of the checklist; raises `NotFound`."""
    try:
        return checklist.item(item)
    except KeyError:
        raise NotFound(f"รายการตรวจ {checklist.key} ไม่มีข้อ {item[:20]}") from None


def year_before(checklist: Checklist) -> Checklist | None:
    """The OIT checklist of the year before, where both are shipped."""
    before = f"oit-{checklist.year - 1}"
    return load(before) if checklist.key.startswith("oit-") and before in available() else None


@router.get("")
def newest(request: Request) -> Response:
    """The OIT checklist of the newest year."""
    return _index(request, load(f"oit-{max(available_years())}"))


@router.get("/-/differences")
def differences(request: Request, old: _KEY = "", new: _KEY = "") -> Response:
    """Two years side by side."""
    years = [f"oit-{year}" for year in sorted(available_years())]
    if len(years) < 2:
        raise NotFound("มีรายการตรวจปีเดียว จึงยังไม่มีปีให้เทียบ")
    one, other = old or years[-2], new or years[-1]
    if one not in years or other not in years or one == other:
        raise BadInput(f"เลือกรายการตรวจสองปีที่ต่างกันจาก {' '.join(years)}")
    before, after = load(one), load(other)
    found = differing(before, after)
    counts = [(word, sum(x.move is move for x in found)) for move, word in MOVES.items()]
    return page(
        request, "checklist_differences.html", before=before, after=after, years=years,
        found=found, counts=counts, same=(Move.SAME, Move.NUMBER),
    )  # fmt: skip


@router.get("/{key}")
def checklist(request: Request, key: str) -> Response:
    """One checklist: its items by indicator."""
    return _index(request, known(key))


def _index(request: Request, shown: Checklist) -> Response:
    return page(
        request, "checklist.html", checklist=shown,
        others=[(one, load(one)) for one in available()],
        compared=year_before(shown),
        rules={one.id: year_rule_short(shown, one) for one in shown.items},
        stakes={one.id: points_at_stake(shown, one.id) for one in shown.items},
    )  # fmt: skip


@router.get("/{key}/{item}")
def one_item(request: Request, key: str, item: str) -> Response:
    """One item: what it asks for, who must act, how, with examples."""
    shown = known(key)
    one = known_item(shown, item)
    before = year_before(shown)
    ids = [other.id for other in shown.items]
    place = ids.index(one.id)
    return page(
        request, "checklist_item.html", checklist=shown, item=one,
        sub=shown.sub_indicator_of(one.id), rule=year_rule(shown, one), shape=shape(one),
        parts=[(element, part_notes(element)) for element in one.elements],
        stake=points_at_stake(shown, one.id), examples=examples_of(key).get(one.id),
        plain=without_addresses,
        change=of_item(before, shown, one.id) if before else None, before=before,
        around=(
            ids[place - 1] if place else None,
            ids[place + 1] if place + 1 < len(ids) else None,
        ),
    )  # fmt: skip
