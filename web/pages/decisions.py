"""What people decided about units: for all who read about them, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from accounts.roles import Right
from results.decisions import KINDS
from web.faults import Refused
from web.pages.review import desk_of
from web.paging import Paging
from web.render import page
from web.reviewing.trail import told_decisions
from web.viewer import OnSite, SignedIn

if TYPE_CHECKING:
    from collections.abc import Collection

    from web.viewer import Viewer

router = APIRouter()
_PART = 50


@router.get("/decisions")
def decisions(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """The decisions about the units that the viewer sees, or about one of them."""
    units = seen_units(viewer, unit)
    checklist = site.checklist()
    paging = Paging.of(number, _PART, site.store.count_waivers(checklist.key, units))
    made = site.store.newest_waivers(checklist.key, units, _PART, paging.skip)
    return page(
        request,
        "decisions.html",
        told=told_decisions(site.store, checklist, made, desk_of(request, site).day),
        unit=unit,
        paging=paging,
        kinds=KINDS,
        titles={one.id: one.title for one in checklist.items},
        may_end=viewer.may(Right.REVIEW),
    )


def seen_units(viewer: Viewer, unit: str) -> Collection[str] | None:
    """The units to tell of: the one asked for, the viewer's own, or all (`None`)."""
    if not viewer.reads:
        raise Refused
    if unit:
        viewer.require_unit(unit)
        return (unit,)
    return None if viewer.sees_all else viewer.units
