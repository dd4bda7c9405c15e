"""The registry as files: a preview of what an import would change, importing it, exporting."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, RedirectResponse, Response

from accounts.roles import Right
from crawler.address_policy import AddressPolicy
from crawler.registered import without_inner
from registry import drafts
from registry.importing import Plan
from registry.records import RegistryError
from registry.workbook import stands, write_registry
from results.speech import BANGKOK, moment_text
from units.exporting import write_template
from units.importing import Examined
from units.problems import UnitsError
from units.tables import MAX_FILE_BYTES
from units.texts import kept_line
from web.faults import BadInput, NotFound, Refused
from web.registry_facts import Conflict, author_of, engine_of
from web.render import page
from web.site import Site
from web.units_reading import examined
from web.viewer import OnSite, SignedIn, Viewer, needs, one_deed, record

router = APIRouter(prefix="/registry/-")
KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".yaml": "application/yaml",
}
_READ = (".xlsx", ".xlsm", ".csv", ".tsv", ".yaml", ".yml")
SHOWN = 200


@router.get("/import", dependencies=[Depends(needs(Right.EDIT_UNITS))])
def choose_file(request: Request) -> Response:
    """The form that takes a file."""
    return page(request, "registry_import.html", wrong=())


@router.post("/import", dependencies=[Depends(needs(Right.EDIT_UNITS))])
def read_file(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    file: UploadFile,
    whole: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Read the file and lead to the preview; nothing is imported yet."""
    try:
        key = put_down(site, viewer, file, whole=bool(whole))
    except UnitsError as error:
        wrong = tuple(problem.text() for problem in error.problems[:SHOWN])
        return page(request, "registry_import.html", status=422, wrong=wrong)
    return RedirectResponse(f"/registry/-/import/{key}", 303)


def put_down(site: Site, viewer: Viewer, file: UploadFile, *, whole: bool) -> str:
    """The key of the draft that a file becomes; raises `UnitsError` and `BadInput`."""
    name = _shown(file.filename or "")
    read = _examined(file, Path(name).suffix.lower(), site.networks)
    draft = drafts.draft_of(read, name, whole=whole)
    return drafts.put_down(engine_of(site), draft, author_of(site, viewer))


def _shown(name: str) -> str:
    """The last part of a file's name, without signs that would show it as another."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return str(kept_line("".join(c for c in last if unicodedata.category(c) != "Cf")))[:150]


def _examined(file: UploadFile, suffix: str, networks: tuple[str, ...]) -> Examined:
    """What the file holds; its name is the sender's, so only its ending is used."""
    if suffix not in _READ:
        raise BadInput("เลือกแฟ้ม .xlsx .csv หรือ .yaml")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"units{suffix}"
        path.write_bytes(file.file.read(MAX_FILE_BYTES + 1))
        return without_inner(examined(path), AddressPolicy(networks))


@router.get("/import/{key}", dependencies=[Depends(needs(Right.EDIT_UNITS))])
def preview(request: Request, site: OnSite, viewer: SignedIn, key: str) -> Response:
    """What the file would change."""
    return _preview(request, site, viewer, key)


def _preview(
    request: Request, site: Site, viewer: Viewer, key: str, wrong: str = "", status: int = 200
) -> Response:
    draft, plan = taken_up(site, viewer, key)
    return page(
        request, "registry_preview.html", status=status, draft=draft, plan=plan, key=key,
        wrong=wrong, shown=SHOWN,
    )  # fmt: skip


def taken_up(site: Site, viewer: Viewer, key: str) -> tuple[drafts.Draft, Plan]:
    """The viewer's draft and what it would change now; raises `NotFound`."""
    try:
        return drafts.taken_up(engine_of(site), key, author_of(site, viewer))
    except RegistryError as error:
        raise NotFound(str(error)) from None


@router.post("/import/{key}", dependencies=[Depends(needs(Right.EDIT_UNITS))])
@one_deed
def confirm(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    key: str,
    seen: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Import what was shown, whole or not at all."""
    try:
        imported(request, site, viewer, key, seen)
    except Conflict as fault:
        return _preview(request, site, viewer, key, fault.thai, fault.status)
    return RedirectResponse("/registry?done=imported", 303)


def imported(request: Request, site: Site, viewer: Viewer, key: str, seen: str) -> Plan:
    """Import the viewer's draft and record it; raises `NotFound` and `Conflict`."""
    draft, _ = taken_up(site, viewer, key)
    try:
        done = drafts.confirm(engine_of(site), key, seen, author_of(site, viewer))
    except RegistryError as error:
        raise Conflict(str(error)) from None
    counts = {"added": len(done.added), "changed": len(done.changed), "removed": len(done.removed)}
    record(request, viewer, "registry.imported", "registry", {"file": draft.source, **counts})
    return done


@router.post("/import/{key}/discard", dependencies=[Depends(needs(Right.EDIT_UNITS))])
@one_deed
def discard(request: Request, site: OnSite, viewer: SignedIn, key: str) -> Response:
    """Drop the file that was read."""
    discarded(request, site, viewer, key)
    return RedirectResponse("/registry", 303)


def discarded(request: Request, site: Site, viewer: Viewer, key: str) -> None:
    """Drop the viewer's draft and record it."""
    drafts.discard(engine_of(site), key, author_of(site, viewer))
    record(request, viewer, "registry.import_dropped", "registry")


@router.get("/template.xlsx", dependencies=[Depends(needs(Right.EDIT_UNITS))])
def template() -> Response:
    """The empty form of a units file, with instructions."""
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "form.xlsx"
    write_template(path)
    return FileResponse(
        path,
        media_type=KINDS[".xlsx"],
        filename="oit-units.xlsx",
        background=BackgroundTask(folder.cleanup),
    )


@router.get("/export{kind}")
def export(site: OnSite, viewer: SignedIn, kind: str) -> Response:
    """The units that the viewer sees, as a file that can be imported again."""
    if not viewer.reads:
        raise Refused
    if kind not in KINDS:
        raise NotFound
    found = [one for one in stands(engine_of(site)) if viewer.sees(one.unit.id)]
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / f"units{kind}"
    try:
        write_registry(found, path, moment_text)
    except UnitsError as error:
        folder.cleanup()
        raise BadInput(error.text()) from None
    day = site.clock().astimezone(BANGKOK).date()
    name = f"oit-registry-{day.isoformat()}{kind}"
    return FileResponse(
        path, media_type=KINDS[kind], filename=name, background=BackgroundTask(folder.cleanup)
    )
