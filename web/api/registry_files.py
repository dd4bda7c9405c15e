"""The registry as files, for programs: what an import would change, importing it, exporting."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from accounts.roles import Right
from registry import reading
from registry.importing import Plan
from registry.records import How
from units.problems import UnitsError
from web.api.registry_forms import Changed
from web.faults import BadInput
from web.pages.registry_files import (
    SHOWN,
    discarded,
    export,
    imported,
    put_down,
    taken_up,
    template,
)
from web.pages.registry_history import removed, undone
from web.registry_facts import engine_of
from web.site import Site
from web.viewer import OnSite, SignedIn, Viewer, needs, one_deed

router = APIRouter(prefix="/api/v1/registry", tags=["registry"])
EDITS = [Depends(needs(Right.EDIT_UNITS))]
CONFLICT: dict[int | str, dict[str, Any]] = {409: {"description": "มีผู้แก้ไขไปแล้ว"}}
Key = Annotated[str, Path(max_length=64, description="key ที่ได้จากการส่งแฟ้ม")]


class ImportStep(BaseModel):
    """What an import does to a unit: `added`, `changed` or `removed`, column by column."""

    unit: str
    name: str
    what: str
    changes: list[Changed]


class ImportPlan(BaseModel):
    """Everything that importing the file would change; with `refused` rows it is not imported.

    `mark` goes with the word to import, so that nothing is imported that was not shown. `steps`
    and `refused` are the first 200 of each; the counts are of all.
    """

    key: str
    file: str
    mark: str
    added: int
    changed: int
    removed: int
    same: int
    absent: int
    refused: list[str]
    steps: list[ImportStep]


class Confirmed(BaseModel):
    """The `mark` of the plan that was looked at."""

    model_config = ConfigDict(extra="forbid")

    mark: str = Field(max_length=100)


class Imported(BaseModel):
    """How many units an import changed."""

    added: int
    changed: int
    removed: int


def _plan(site: Site, viewer: Viewer, key: str) -> ImportPlan:
    draft, plan = taken_up(site, viewer, key)
    return ImportPlan(
        key=key, file=draft.source, mark=plan.mark, same=plan.same, absent=plan.absent,
        refused=list(plan.refused[:SHOWN]), steps=_steps(plan), **_counts(plan),
    )  # fmt: skip


def _steps(plan: Plan) -> list[ImportStep]:
    return [
        ImportStep(
            unit=one.unit_id,
            name=one.name,
            what="added" if one.before is None else "changed" if one.after else "removed",
            changes=[
                Changed(field=each.key, before=list(each.before), after=list(each.after))
                for each in one.changes
            ],
        )
        for one in plan.steps[:SHOWN]
    ]


def _counts(plan: Plan) -> dict[str, int]:
    return {"added": len(plan.added), "changed": len(plan.changed), "removed": len(plan.removed)}


@router.post(
    "/-/import", status_code=201, dependencies=EDITS,
    summary="ส่งแฟ้มทะเบียน ดูว่าจะเปลี่ยนอะไร (ยังไม่นำเข้า)",
)  # fmt: skip
def read_file(
    site: OnSite,
    viewer: SignedIn,
    file: UploadFile,
    whole: Annotated[bool, Form(description="แฟ้มนี้คือทะเบียนทั้งหมด หน่วยงานที่ไม่มีในแฟ้มถูกนำออก")] = False,
) -> ImportPlan:
    """A dry run: the file waits a day for the word to import it."""
    try:
        key = put_down(site, viewer, file, whole=whole)
    except UnitsError as error:
        told = [problem.text() for problem in error.problems[:20]]
        raise BadInput(" · ".join(told)) from None
    return _plan(site, viewer, key)


@router.get("/-/import/{key}", summary="แฟ้มที่รอนำเข้าจะเปลี่ยนอะไร", dependencies=EDITS)
def preview(site: OnSite, viewer: SignedIn, key: Key) -> ImportPlan:
    """What the file would change now."""
    return _plan(site, viewer, key)


@router.post("/-/import/{key}", summary="นำเข้าแฟ้มที่ดูแล้ว ทั้งหมดหรือไม่เลย", dependencies=EDITS)
@one_deed
def confirm(
    request: Request, site: OnSite, viewer: SignedIn, key: Key, wanted: Confirmed
) -> Imported:
    """Import what was shown."""
    return Imported(**_counts(imported(request, site, viewer, key, wanted.mark)))


@router.delete("/-/import/{key}", status_code=204, summary="ยกเลิกแฟ้มที่รอนำเข้า", dependencies=EDITS)
@one_deed
def discard(request: Request, site: OnSite, viewer: SignedIn, key: Key) -> None:
    """Drop the file that was read."""
    taken_up(site, viewer, key)
    discarded(request, site, viewer, key)


class Change(BaseModel):
    """A revision of a unit; those of one import share its `batch`."""

    unit: str
    revision: int
    at: datetime
    by: str
    how: How
    note: str
    batch: str


@router.get("/-/history", summary="การเปลี่ยนแปลงล่าสุดของทุกหน่วยงาน", dependencies=EDITS)
def history(site: OnSite, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> list[Change]:
    """The newest first, 100 a page; `batch` is what an import is undone by."""
    found = reading.latest(engine_of(site), start=(page - 1) * 100, most=100)
    return [
        Change(
            unit=one.unit_id, revision=one.number, at=one.at, by=one.by, how=one.how,
            note=one.note, batch=one.batch,
        )
        for one in found
    ]  # fmt: skip


@router.post(
    "/-/history/{batch}/undo", dependencies=EDITS, responses=CONFLICT,
    summary="ย้อนการนำเข้าทั้งแฟ้ม ทั้งหมดหรือไม่เลย",
)  # fmt: skip
@one_deed
def undo(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    batch: Annotated[str, Path(max_length=64, description="batch จากประวัติ")],
) -> dict[str, int]:
    """Put every unit of an import back to what it was; how many `units`."""
    return {"units": undone(request, site, viewer, batch)}


@router.get(
    "/-/template.xlsx", summary="แบบฟอร์มเปล่าของแฟ้มทะเบียน", response_class=Response,
    dependencies=EDITS,
)  # fmt: skip
def form() -> Response:
    """The empty form of a units file, with instructions."""
    return template()


@router.get("/-/export.{kind}", summary="ทะเบียนเป็นแฟ้ม xlsx csv หรือ yaml", response_class=Response)
def export_file(
    site: OnSite,
    viewer: SignedIn,
    kind: Annotated[str, Path(max_length=10, description="xlsx csv หรือ yaml", examples=["csv"])],
) -> Response:
    """The units that the caller sees, as a file that can be imported again."""
    return export(site, viewer, f".{kind}")


@router.delete(
    "/{unit_id}", status_code=204, dependencies=EDITS,
    summary="นำหน่วยงานออกจากทะเบียน (พักไว้: บันทึกด้วย status เป็น paused)",
)  # fmt: skip
@one_deed
def remove(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit_id: Annotated[str, Path(min_length=1, max_length=64)],
    revision: Annotated[int, Query(ge=1, le=10**9, description="ฉบับล่าสุดที่เห็น")],
) -> None:
    """Take a unit out of the registry; what it was can be restored."""
    removed(request, site, viewer, unit_id, revision)
