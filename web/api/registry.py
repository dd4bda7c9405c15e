"""The registry for programs: units with their addresses, revisions, approvals."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from accounts.roles import Right
from checklist.profile import UnitType
from crawler.address_policy import AddressPolicy
from crawler.registered import inner_addresses
from registry import reading, writing
from registry.changes import Change, changes, url_changes
from registry.reading import ApprovalState, Wanted, approval_state
from registry.records import ConflictError, Entry, How, RegistryError, Revision
from registry.remarks import remarks
from units.checking import check_unit
from units.problems import Place
from units.registry import Unit, UnitStatus
from web.api.registry_forms import (
    ApprovalIn,
    ApprovedOut,
    Changed,
    RevisionOut,
    Seen,
    Summary,
    UnitIn,
    UnitOut,
    Units,
)
from web.faults import BadInput, NotFound, Refused
from web.pages.registry_history import approved, restored
from web.registry_facts import Conflict, author_of, engine_of, entry_for, last_checked
from web.registry_forms import URL_FIELDS
from web.site import Site
from web.viewer import OnSite, SignedIn, Viewer, needs, one_deed, record

router = APIRouter(prefix="/api/v1", tags=["registry"])
UnitId = Annotated[str, Path(min_length=1, max_length=64)]
Number = Annotated[int, Path(ge=1, le=10**9)]
CONFLICT: dict[int | str, dict[str, Any]] = {409: {"description": "มีผู้แก้ไขไปแล้ว"}}


@router.get("/registry", summary="ทะเบียนหน่วยงาน")
def registry(
    site: OnSite,
    viewer: SignedIn,
    q: Annotated[str, Query(max_length=200)] = "",
    type: UnitType | None = None,
    status: UnitStatus | None = None,
    approval: ApprovalState | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Units:
    """The units that the caller sees, in the registry's order."""
    if not viewer.reads:
        raise Refused
    wanted = Wanted(
        q, type or "", status or "", approval or "", False,
        None if viewer.sees_all else viewer.units, (page - 1) * size, size,
    )  # fmt: skip
    found = reading.listed(engine_of(site), wanted)
    checked = last_checked(site, [one.unit.id for one in found.entries])
    units = [_summary(one, checked.get(one.unit.id)) for one in found.entries]
    return Units(total=found.total, page=page, units=units)


def _summary(entry: Entry, checked: datetime | None) -> Summary:
    unit = entry.unit
    return Summary(
        id=unit.id, name=unit.name, type=unit.type, status=unit.status, main_site=unit.main_site,
        revision=entry.number, items_with_urls=len(unit.urls), remarks=entry.problems,
        approval=approval_state(entry), changed_since_approval=entry.changed, checked_at=checked,
    )  # fmt: skip


@router.get("/registry/{unit_id}", summary="หน่วยงานหนึ่งในทะเบียน")
def unit(site: OnSite, viewer: SignedIn, unit_id: UnitId) -> UnitOut:
    """A unit with its addresses, its approvals and what changed since the last."""
    return _shown(site, entry_for(site, viewer, unit_id))


def _shown(site: Site, entry: Entry) -> UnitOut:
    engine, one = engine_of(site), entry.unit
    given = reading.approvals(engine, one.id)
    since: tuple[Change, ...] = ()
    if given:
        since = url_changes(reading.revision(engine, one.id, given[0].number).unit, one)
    return UnitOut(
        **one.model_dump(),
        revision=entry.number,
        remarks=list(remarks(one)),
        approval=approval_state(entry),
        approvals=[
            ApprovedOut(revision=a.number, at=a.at, by=a.by, name=a.name, note=a.note)
            for a in given
        ],
        changes_since_approval=_told(since),
    )


def _told(found: tuple[Change, ...]) -> list[Changed]:
    return [Changed(field=one.key, before=list(one.before), after=list(one.after)) for one in found]


@router.put("/registry/{unit_id}", summary="บันทึกหน่วยงานในทะเบียน", responses=CONFLICT)
@one_deed
def put_unit(
    request: Request, site: OnSite, viewer: SignedIn, unit_id: UnitId, wanted: UnitIn
) -> UnitOut:
    """Save a unit as it was changed from `revision`; who edits addresses alone changes no more."""
    viewer.require_unit(unit_id)
    viewer.require(Right.EDIT_URLS)
    unit = _checked(unit_id, wanted, site.networks)
    before = _before(site, viewer, unit, wanted.revision)
    told = changes(before, unit)
    if not viewer.may(Right.EDIT_UNITS) and any(one.key not in URL_FIELDS for one in told):
        raise Refused("บัญชีของท่านแก้ได้เฉพาะ URL รายข้อและคำอธิบาย")
    try:
        author = author_of(site, viewer)
        number = writing.save(engine_of(site), unit, wanted.revision, author, How.API)
    except ConflictError as error:
        raise Conflict(str(error)) from None
    except RegistryError as error:
        raise BadInput(str(error)) from None
    if told:
        detail = {"revision": number, "changes": [one.model_dump() for one in _told(told)]}
        what = "registry.changed" if before else "registry.added"
        record(request, viewer, what, f"unit:{unit_id}", detail)
    return _shown(site, entry_for(site, viewer, unit_id))


def _before(site: Site, viewer: Viewer, unit: Unit, seen: int) -> Unit | None:
    """What the caller changed; raises `NotFound` for a unit that only others could add."""
    found = reading.entry(engine_of(site), unit.id)
    if found is None and not viewer.may(Right.EDIT_UNITS):
        raise NotFound
    if found is not None and found.number != seen:
        raise Conflict(str(ConflictError(seen, found.number)))
    return found.unit if found else None


def _checked(unit_id: str, wanted: UnitIn, networks: tuple[str, ...]) -> Unit:
    raw = {"id": unit_id, **wanted.model_dump(exclude={"revision"})}

    def place_of(location: tuple[int | str, ...]) -> Place:
        said = ".".join(str(part) for part in location if part != "[key]")
        return Place(said, said)

    unit, problems = check_unit(raw, place_of)
    if unit is not None:
        inner = inner_addresses(unit, AddressPolicy(networks))
        problems = [replace(problem, place=place_of((key,))) for key, problem in inner]
    if unit is None or problems:
        raise BadInput(" · ".join(problem.text() for problem in problems[:20]))
    return unit


@router.get("/registry/{unit_id}/revisions", summary="ทุกฉบับของหน่วยงาน")
def revisions(
    site: OnSite,
    viewer: SignedIn,
    unit_id: UnitId,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> list[RevisionOut]:
    """Every revision, newest first, 50 a page, with what it changed."""
    viewer.require_unit(unit_id)
    found = reading.revisions(engine_of(site), unit_id, start=(page - 1) * 50, most=51)
    if not found and page == 1:
        raise NotFound
    earlier = [one.unit for one in found[1:]]
    return [_revision(*pair) for pair in zip_longest(found, earlier)][:50]


def _revision(one: Revision, before: Unit | None) -> RevisionOut:
    return RevisionOut(
        revision=one.number, at=one.at, by=one.by, how=one.how, note=one.note,
        unit=None if one.unit is None else one.unit.model_dump(mode="json"),
        changes=_told(changes(before, one.unit)),
    )  # fmt: skip


@router.post(
    "/registry/{unit_id}/revisions/{number}/restore",
    summary="ย้อนกลับเป็นฉบับก่อน",
    responses=CONFLICT,
    dependencies=[Depends(needs(Right.EDIT_UNITS))],
)
@one_deed
def restore(
    request: Request, site: OnSite, viewer: SignedIn, unit_id: UnitId, number: Number, seen: Seen
) -> dict[str, int]:
    """Make an earlier revision the newest again; the number that it got."""
    viewer.require_unit(unit_id)
    return {"revision": restored(request, site, viewer, unit_id, number, seen.revision)}


@router.post(
    "/registry/{unit_id}/approvals",
    summary="อนุมัติชุด URL",
    responses=CONFLICT,
    dependencies=[Depends(needs(Right.APPROVE))],
)
@one_deed
def approve(
    request: Request, site: OnSite, viewer: SignedIn, unit_id: UnitId, wanted: ApprovalIn
) -> UnitOut:
    """Approve the unit's addresses as they stand at the revision."""
    approved(request, site, viewer, unit_id, wanted.revision, wanted.note)
    return _shown(site, entry_for(site, viewer, unit_id))
