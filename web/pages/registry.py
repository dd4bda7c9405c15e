"""The registry: its list, a unit's form, and whether an address answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from accounts.roles import Right
from checklist.profile import UnitType
from registry import reading, writing
from registry.changes import Change, changes, joined, url_changes
from registry.reading import APPROVAL_NAMES, Wanted, approval_state
from registry.records import ConflictError, Entry, How, RegistryError, UnknownRevisionError
from registry.remarks import remarks
from units.addresses import AddressError, check_url, split_urls
from units.items import ITEM_IDS
from units.registry import STATUS_NAMES, TYPE_NAMES, Unit, UnitStatus
from web.faults import BadInput, NotFound, Refused
from web.limits import FORM
from web.paging import Paging
from web.probes import Probed, looked_at
from web.registry_facts import author_of, engine_of, entry_for, item_titles, last_checked
from web.registry_forms import Typed, outside_only, texts_of, typed
from web.render import fragment, page
from web.site import Site
from web.viewer import OnSite, SignedIn, Viewer, needs, one_deed, record

router = APIRouter(prefix="/registry")
SIZE = 50
MOST_PROBED = 5


async def form_of(request: Request) -> dict[str, str]:
    """The texts that a form sent, by the names of its fields."""
    return {
        key: value for key, value in (await request.form(**FORM)).items() if isinstance(value, str)
    }


Form = Annotated[dict[str, str], Depends(form_of)]
Text = Annotated[str, Query(max_length=200)]


@router.get("")
def registry(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    q: Text = "",
    type: Text = "",
    approval: Text = "",
    look: Text = "",
    page_number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The units that the viewer sees, found by text, type, approval and what deserves a look."""
    if not viewer.reads:
        raise Refused
    wanted = Wanted(
        q, type, "", approval, bool(look), None if viewer.sees_all else viewer.units,
        (page_number - 1) * SIZE, SIZE,
    )  # fmt: skip
    found = reading.listed(engine_of(site), wanted)
    paging = Paging.of(page_number, SIZE, found.total)
    ids = [one.unit.id for one in found.entries]
    return page(
        request, "registry.html",
        rows=[(one, approval_state(one)) for one in found.entries],
        checked=last_checked(site, ids), paging=paging, types=TYPE_NAMES,
        approvals=APPROVAL_NAMES, q=q, type=type, approval=approval, look=look,
        paused=UnitStatus.PAUSED,
    )  # fmt: skip


@router.get("/-/new", dependencies=[Depends(needs(Right.EDIT_UNITS))])
def new_unit(request: Request) -> Response:
    """The form of a unit that is not there yet."""
    empty = typed({"type": UnitType.LOCAL.value, "status": "active"}, None, all_fields=True)
    return _new(request, Typed(empty.texts, None, {}))


@router.post("/-/new", dependencies=[Depends(needs(Right.EDIT_UNITS))])
@one_deed
def add_unit(request: Request, site: OnSite, viewer: SignedIn, form: Form) -> Response:
    """Add a unit."""
    given = outside_only(typed(form, None, all_fields=True), site.networks)
    if given.unit is None:
        return _new(request, given, 422)
    try:
        writing.save(engine_of(site), given.unit, 0, author_of(site, viewer), How.FORM)
    except ConflictError:
        wrong = {"id": ("มีหน่วยงานรหัสนี้ในทะเบียนแล้ว ให้ใช้รหัสอื่น หรือเปิดหน่วยงานนั้นเพื่อแก้ไข",)}
        return _new(request, Typed(given.texts, None, wrong), 409)
    except RegistryError as error:
        return _new(request, Typed(given.texts, None, {"id": (str(error),)}), 422)
    record(request, viewer, "registry.added", f"unit:{given.unit.id}", {"name": given.unit.name})
    return RedirectResponse(f"/registry/{given.unit.id}?done=saved", 303)


def _new(request: Request, given: Typed, status: int = 200) -> Response:
    return page(
        request, "registry_new.html", status=status, texts=given.texts, wrong=given.wrong,
        may_units=True, may_urls=True, **_choices(),
    )  # fmt: skip


@router.get("/{unit_id}")
def unit(request: Request, site: OnSite, viewer: SignedIn, unit_id: str) -> Response:
    """A unit of the registry: who approved it, what changed since, and the form."""
    entry = entry_for(site, viewer, unit_id)
    return _unit(request, site, viewer, entry, Typed(texts_of(entry.unit), entry.unit, {}))


@router.post("/{unit_id}")
@one_deed
def save_unit(
    request: Request, site: OnSite, viewer: SignedIn, unit_id: str, form: Form
) -> Response:
    """Save the form; what somebody else changed meanwhile is shown instead of overwritten."""
    viewer.require_unit(unit_id)
    viewer.require(Right.EDIT_URLS)
    entry = entry_for(site, viewer, unit_id)
    engine = engine_of(site)
    seen = revision_number(form)
    try:
        base = reading.revision(engine, unit_id, seen).unit or entry.unit
    except UnknownRevisionError:
        raise BadInput("แบบฟอร์มไม่บอกฉบับที่แก้ไข กรุณาเปิดหน้าเดิมใหม่") from None
    given = typed(form, base, all_fields=viewer.may(Right.EDIT_UNITS))
    given = outside_only(given, site.networks)
    if given.unit is None:
        return _unit(request, site, viewer, entry, given, seen=seen, status=422)
    try:
        number = writing.save(engine, given.unit, seen, author_of(site, viewer), How.FORM)
    except ConflictError:
        now = entry_for(site, viewer, unit_id)
        return _conflict(request, site, viewer, now, (base, given.unit))
    _note(request, viewer, base, given.unit, number)
    return RedirectResponse(f"/registry/{unit_id}?done=saved", 303)


def revision_number(form: Mapping[str, str]) -> int:
    """The revision that a form was made from; raises `BadInput`."""
    text = form.get("revision", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadInput("แบบฟอร์มไม่บอกฉบับที่แก้ไข กรุณาเปิดหน้าเดิมใหม่")
    return int(text)


def _note(request: Request, viewer: Viewer, before: Unit, after: Unit, number: int) -> None:
    told = [
        {"field": one.key, "before": list(one.before), "after": list(one.after)}
        for one in changes(before, after)
    ]
    if told:
        detail = {"revision": number, "changes": told}
        record(request, viewer, "registry.changed", f"unit:{after.id}", detail)


def _conflict(
    request: Request, site: Site, viewer: Viewer, now: Entry, mine: tuple[Unit, Unit]
) -> Response:
    base, wanted = mine
    both = joined(base, now.unit, wanted)
    given = Typed(texts_of(both.unit), both.unit, {})
    return _unit(
        request, site, viewer, now, given,
        meanwhile=changes(base, now.unit), clashes=both.clashes, status=409,
    )  # fmt: skip


def _unit(
    request: Request,
    site: Site,
    viewer: Viewer,
    entry: Entry,
    given: Typed,
    *,
    seen: int | None = None,
    meanwhile: tuple[Change, ...] = (),
    clashes: tuple[Change, ...] = (),
    status: int = 200,
) -> Response:
    engine = engine_of(site)
    unit_id = entry.unit.id
    approvals = reading.approvals(engine, unit_id)
    since: tuple[Change, ...] = ()
    if approvals:
        approved = reading.revision(engine, unit_id, approvals[0].number)
        since = url_changes(approved.unit, entry.unit)
    return page(
        request, "registry_unit.html", status=status,
        entry=entry, unit=entry.unit, seen=entry.number if seen is None else seen,
        texts=given.texts, wrong=given.wrong, meanwhile=meanwhile,
        clashes={one.key: one for one in clashes}, approvals=approvals, since=since,
        state=approval_state(entry), approval_names=APPROVAL_NAMES,
        remarks=remarks(entry.unit), newest=reading.revisions(engine, unit_id, most=1)[0],
        checked=last_checked(site, [unit_id]).get(unit_id),
        may_units=viewer.may(Right.EDIT_UNITS), may_urls=viewer.may(Right.EDIT_URLS),
        may_approve=viewer.may(Right.APPROVE), **_choices(),
    )  # fmt: skip


def _choices() -> dict[str, Any]:
    return {
        "types": TYPE_NAMES, "statuses": STATUS_NAMES, "titles": item_titles(),
        "items": [item for item in ITEM_IDS if item[0] == "O"],
        "others": [item for item in ITEM_IDS if item[0] != "O"],
    }  # fmt: skip


@router.post("/{unit_id}/probe")
async def probe(
    request: Request, site: OnSite, viewer: SignedIn, unit_id: str, form: Form, item: Text = ""
) -> Response:
    """Whether the addresses typed for an item answer; nothing is stored."""
    viewer.require_unit(unit_id)
    viewer.require(Right.EDIT_URLS)
    if item not in ITEM_IDS:
        raise NotFound
    entry = await run_in_threadpool(entry_for, site, viewer, unit_id)
    urls = split_urls(form.get(item, ""))[:MOST_PROBED]
    found = await probed(site, urls, entry.unit.main_site)
    template = "registry_probe.html"
    if request.headers.get("hx-request"):
        return fragment(request, "registry_probed.html", found=found, more=MOST_PROBED)
    return page(request, template, found=found, more=MOST_PROBED, unit=entry.unit, item=item)


async def probed(site: Site, urls: tuple[str, ...], main_site: str) -> list[Probed]:
    """Each address as it answers; one that is none says so without being asked."""
    good: list[str] = []
    told: dict[str, Probed] = {}
    for url in urls:
        try:
            good.append(check_url(url))
        except AddressError as error:
            told[url] = Probed(url=url, code="bad_address", detail=error.th)
    answers = await looked_at(site, good, main_site) if good else []
    told |= dict(zip(good, answers, strict=True))
    return [told[url] if url in told else told[check_url(url)] for url in urls]
