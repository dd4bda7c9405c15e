"""What was done to the registry: revisions, going back to one, approvals, taking units out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from accounts.roles import Right
from registry import reading, writing
from registry.changes import changes
from registry.importing import undo_import
from registry.records import HOW_NAMES, ConflictError, How, RegistryError, Revision
from units.texts import kept_text
from web.faults import BadInput, NotFound
from web.registry_facts import Conflict, author_of, engine_of, entry_for
from web.render import page
from web.site import Site
from web.viewer import OnSite, SignedIn, Viewer, needs, one_deed, record

router = APIRouter(prefix="/registry")
SHOWN = 30
Seen = Annotated[int, Form(alias="revision", ge=0, le=10**9)]
MOST_LETTERS = 2000


@router.get("/-/history", dependencies=[Depends(needs(Right.EDIT_UNITS))])
def history(
    request: Request,
    site: OnSite,
    page_number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The newest changes of all units, imports as one."""
    start = (page_number - 1) * 100
    found = reading.latest(engine_of(site), start=start, most=101)
    groups: list[list[Revision]] = []
    for one in found[:100]:
        if one.batch and groups and groups[-1][0].batch == one.batch:
            groups[-1].append(one)
        else:
            groups.append([one])
    return page(
        request, "registry_history.html", groups=groups, how=HOW_NAMES, imported=How.IMPORT,
        number=page_number, more=len(found) > 100,
    )  # fmt: skip


@router.post("/-/history/{batch}/undo", dependencies=[Depends(needs(Right.EDIT_UNITS))])
@one_deed
def undo(request: Request, site: OnSite, viewer: SignedIn, batch: str) -> Response:
    """Put every unit of an import back to what it was."""
    undone(request, site, viewer, batch)
    return RedirectResponse("/registry/-/history", 303)


def undone(request: Request, site: Site, viewer: Viewer, batch: str) -> int:
    """Undo an import and record it, how many units; raises `Conflict`, nothing is done then."""
    try:
        count = undo_import(engine_of(site), batch, author_of(site, viewer))
    except RegistryError as error:
        raise Conflict(str(error)) from None
    record(request, viewer, "registry.import_undone", "registry", {"batch": batch, "units": count})
    return count


@router.get("/{unit_id}/revisions")
def revisions(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit_id: str,
    page_number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Every revision of a unit with what it changed, also of one that was taken out."""
    viewer.require_unit(unit_id)
    engine = engine_of(site)
    start = (page_number - 1) * SHOWN
    found = reading.revisions(engine, unit_id, start=start, most=SHOWN + 1)
    if not found:
        raise NotFound
    told = [
        (one, changes(found[place + 1].unit if place + 1 < len(found) else None, one.unit))
        for place, one in enumerate(found[:SHOWN])
    ]
    newest = reading.revisions(engine, unit_id, most=1)[0]
    approved = {one.number: one for one in reading.approvals(engine, unit_id)}
    name = next((one.unit.name for one in found if one.unit), unit_id)
    return page(
        request, "registry_revisions.html", told=told, newest=newest, approved=approved,
        name=name, unit_id=unit_id, how=HOW_NAMES, number=page_number, more=len(found) > SHOWN,
    )  # fmt: skip


@router.post(
    "/{unit_id}/revisions/{number}/restore", dependencies=[Depends(needs(Right.EDIT_UNITS))]
)
@one_deed
def restore(
    request: Request, site: OnSite, viewer: SignedIn, unit_id: str, number: int, seen: Seen
) -> Response:
    """Make an earlier revision the newest again."""
    viewer.require_unit(unit_id)
    restored(request, site, viewer, unit_id, number, seen)
    return RedirectResponse(f"/registry/{unit_id}/revisions", 303)


def restored(
    request: Request, site: Site, viewer: Viewer, unit_id: str, number: int, seen: int
) -> int:
    """Go back to a revision and record it; raises `Conflict` and `NotFound`."""
    try:
        made = writing.restore(engine_of(site), unit_id, number, seen, author_of(site, viewer))
    except ConflictError as error:
        raise Conflict(str(error)) from None
    except RegistryError as error:
        raise NotFound(str(error)) from None
    detail = {"revision": made, "back_to": number}
    record(request, viewer, "registry.restored", f"unit:{unit_id}", detail)
    return made


@router.post("/{unit_id}/approvals", dependencies=[Depends(needs(Right.APPROVE))])
@one_deed
def approve(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit_id: str,
    seen: Seen,
    note: Annotated[str, Form(max_length=MOST_LETTERS)] = "",
) -> Response:
    """Approve the unit's addresses as they are shown."""
    approved(request, site, viewer, unit_id, seen, note)
    return RedirectResponse(f"/registry/{unit_id}?done=approved", 303)


def approved(
    request: Request, site: Site, viewer: Viewer, unit_id: str, seen: int, note: str
) -> None:
    """Approve and record it; raises `Conflict`, `NotFound`, and `BadInput` without addresses."""
    entry = entry_for(site, viewer, unit_id)
    if not entry.unit.urls:
        raise BadInput("หน่วยงานนี้ยังไม่มี URL ให้อนุมัติ")
    kept = str(kept_text(note)).strip()
    try:
        writing.approve(
            engine_of(site), unit_id, seen, author_of(site, viewer), viewer.display, kept
        )
    except ConflictError as error:
        raise Conflict(str(error)) from None
    except RegistryError as error:
        raise NotFound(str(error)) from None
    record(request, viewer, "registry.approved", f"unit:{unit_id}", {"revision": seen})


@router.post("/{unit_id}/remove", dependencies=[Depends(needs(Right.EDIT_UNITS))])
@one_deed
def remove(request: Request, site: OnSite, viewer: SignedIn, unit_id: str, seen: Seen) -> Response:
    """Take a unit out of the registry; what it was can be restored."""
    removed(request, site, viewer, unit_id, seen)
    return RedirectResponse(f"/registry/{unit_id}/revisions", 303)


def removed(request: Request, site: Site, viewer: Viewer, unit_id: str, seen: int) -> None:
    """Take a unit out and record it; raises `Conflict` and `NotFound`."""
    entry_for(site, viewer, unit_id)
    try:
        writing.remove(engine_of(site), unit_id, seen, author_of(site, viewer))
    except ConflictError as error:
        raise Conflict(str(error)) from None
    except RegistryError as error:
        raise NotFound(str(error)) from None
    record(request, viewer, "registry.removed", f"unit:{unit_id}", {"revision": seen + 1})
