"""The review queue: one case at a time, the list, and what a person decides about a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from accounts.roles import Right
from checklist.verdict import Verdict
from database.sessions import together
from results.decisions import KINDS
from web.days import read_day
from web.faults import BadInput, NotFound
from web.paging import Paging
from web.render import page
from web.reviewing.asking import (
    LISTS,
    READY,
    WAIVING,
    choices,
    kind_of,
    reason_of,
    wanted_of,
)
from web.reviewing.desk import Answer, Desk, Overtaken
from web.site import Site
from web.viewer import OnSite, SignedIn, needs, record

if TYPE_CHECKING:
    from results.cases import Case, Queue, Wanted
    from web.reviewing.showing import CaseView
    from web.viewer import Viewer

router = APIRouter(prefix="/review", dependencies=[Depends(needs(Right.REVIEW))])
_PART = 50
Short = Annotated[str, Query(max_length=300)]
Typed = Annotated[str, Form(max_length=300)]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters as they stand in addresses, so that every step keeps them."""

    listed: str = Verdict.REVIEW.value
    about: str = ""
    owner: str = ""
    unit_type: str = ""
    reason: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The filters that differ from the usual, by their names in addresses."""
        named = {
            "list": "" if self.listed == Verdict.REVIEW.value else self.listed,
            "about": self.about,
            "owner": self.owner,
            "type": self.unit_type,
            "reason": self.reason,
        }
        return {name: value for name, value in named.items() if value}

    def path(self, path: str, **more: object) -> str:
        """`path` with the filters and `more` in its query."""
        query = urlencode({**self.query, **more})
        return f"{path}?{query}" if query else path

    def case(self, case: Case | None, **more: object) -> str:
        """The address of a case; "" for none."""
        return self.path("/review", unit=case.unit, item=case.item, **more) if case else ""


def asked_filters(
    listed: Annotated[str, Query(alias="list", max_length=20)] = Verdict.REVIEW.value,
    about: Short = "",
    owner: Short = "",
    unit_type: Annotated[str, Query(alias="type", max_length=20)] = "",
    reason: Short = "",
) -> Filters:
    """The filters of an address."""
    return Filters(listed, about, owner, unit_type, reason)


Filtered = Annotated[Filters, Depends(asked_filters)]


def desk_of(request: Request, site: Site) -> Desk:
    """The desk for the newest checklist."""
    return Desk(site, site.checklist(), request.app.state.paths)


@router.get("")
def review(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    filters: Filtered,
    unit: Short = "",
    item: Short = "",
) -> Response:
    """One case: the one asked for, else the first that waits."""
    return _case_page(request, site, viewer, filters, (unit, item))


@router.get("/list")
def review_list(
    request: Request,
    site: OnSite,
    filters: Filtered,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """The cases that wait, dearest item first."""
    desk = desk_of(request, site)
    wanted = _wanted(desk, filters)
    queue = desk.queue(wanted)
    paging = Paging.of(number, _PART, len(queue))
    shown = queue[paging.skip : paging.skip + _PART]
    return page(
        request,
        "review_list.html",
        cases=shown,
        questions=desk.questions(shown),
        points_of=desk.book.ordering.points,
        titles={one.id: one.title for one in desk.checklist.items},
        paging=paging,
        **_common(desk, filters, wanted),
    )


@router.post("/decide")
def decide(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    filters: Filtered,
    unit: Typed = "",
    item: Typed = "",
    kind: Typed = "",
    chosen: Typed = "",
    reason: Annotated[str, Form(max_length=10_000)] = "",
    until: Typed = "",
    mark: Typed = "",
) -> Response:
    """Keep the answer and go on to the next case; what cannot be kept is said above the case."""
    desk = desk_of(request, site)
    try:
        answer = Answer(kind_of(kind), reason_of(chosen, reason), read_day(until), mark)
        with together(site.engine):
            made = desk.decide(viewer, unit, item, answer)
            record(
                request, viewer, "review.decided", f"unit:{unit}",
                {"item": item, "decision": made.id, "kind": made.kind.value, "reason": made.reason},
            )  # fmt: skip
    except (BadInput, Overtaken) as fault:
        typed = {"kind": kind, "chosen": chosen, "reason": reason, "until": until}
        return _case_page(
            request, site, viewer, filters, (unit, item), fault.thai, fault.status, typed
        )
    queue = desk.queue(_wanted(desk, filters))
    following = queue.after(unit, item) or (queue[0] if queue else None)
    done = filters.case(following, done=made.id)
    return RedirectResponse(done or filters.path("/review", done=made.id), 303)


@router.post("/undo")
def undo(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    filters: Filtered,
    decision: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
    why: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Take a decision back (0: the viewer's last) and open its case again."""
    desk = desk_of(request, site)
    last = desk.last_own(viewer) if not decision else None
    if not decision and last is None:
        raise NotFound("ไม่มีผลการพิจารณาล่าสุดของท่านให้ถอนคืน")
    with together(site.engine):
        ended = desk.undo(viewer, decision or (last.id if last else 0), why)
        record(
            request, viewer, "review.undone", f"unit:{ended.unit_id}",
            {"item": ended.item, "decision": ended.id, "why": ended.ended_why},
        )  # fmt: skip
    back = filters.path("/review", unit=ended.unit_id, item=ended.item, undone=ended.id)
    return RedirectResponse(back, 303)


_BLANK = {"kind": "", "chosen": "", "reason": "", "until": ""}


def _case_page(
    request: Request,
    site: Site,
    viewer: Viewer,
    filters: Filters,
    asked: tuple[str, str],
    wrong: str = "",
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response:
    desk = desk_of(request, site)
    wanted = _wanted(desk, filters)
    queue = desk.queue(wanted)
    first = queue[0] if queue else None
    unit, item = asked if all(asked) else (first.unit, first.item) if first else ("", "")
    case = _opened(desk, viewer, unit, item) if unit else None
    last = desk.last_own(viewer)
    return page(
        request,
        "review.html",
        status=status,
        case=case,
        place=_place(queue, unit, item),
        count=len(queue),
        following=filters.case(queue.after(unit, item)) if case else "",
        leading=filters.case(queue.before(unit, item)) if case else "",
        last=last,
        last_name=desk.name_of(last.unit_id) if last else "",
        wrong=wrong,
        typed=typed or _BLANK,
        ready=READY,
        waiving=WAIVING,
        **_common(desk, filters, wanted),
    )


def _opened(desk: Desk, viewer: Viewer, unit: str, item: str) -> CaseView:
    viewer.require_unit(unit)
    return desk.case(unit, item)


def _place(queue: Queue, unit: str, item: str) -> int | None:
    found = queue.place(unit, item) if unit else None
    return None if found is None else found + 1


def _wanted(desk: Desk, filters: Filters) -> Wanted:
    return wanted_of(
        desk.checklist, filters.listed, filters.about, filters.owner, filters.unit_type,
        filters.reason,
    )  # fmt: skip


def _common(desk: Desk, filters: Filters, wanted: Wanted) -> dict[str, Any]:
    return {
        "filters": filters,
        "listed": wanted.verdict,
        "lists": LISTS,
        "choices": choices(desk.checklist, wanted.verdict),
        "kinds": KINDS,
    }
