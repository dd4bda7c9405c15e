"""The units that a person sees, and each of them: score, gaps, history, changes, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import select

from accounts.roles import Right
from checklist.loader import available
from database.sessions import reading
from database.texts import storable
from results.first_steps import dearest, first_step
from results.formats.html import moved
from results.history import unit_history
from results.models import UnitRow
from units.registry import TYPE_NAMES
from web.faults import NotFound, Refused
from web.render import page
from web.scans.registry import known_units
from web.units.files import KINDS
from web.units.listing import listed
from web.units.reading import checklist_asked, history_of, report_on, standing_of
from web.units.strips import HEIGHT, strips
from web.viewer import OnSite, SignedIn

if TYPE_CHECKING:
    from starlette.responses import Response

    from checklist.schema import Checklist
    from web.site import Site
    from web.viewer import Viewer

router = APIRouter(prefix="/units")

UnitId = Annotated[str, Path(max_length=200, description="รหัสหน่วยงาน")]
Key = Annotated[
    str, Query(alias="checklist", max_length=40, description="รายการตรวจ ไม่ระบุคือ OIT ปีล่าสุด")
]
AnyScan = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="ครั้งที่ตรวจ ไม่ระบุคือล่าสุด")]
_GROUPS = (
    ("fails", "ข้อที่ต้องแก้ไข", "เรียงจากข้อที่เสียคะแนนมากที่สุด"),
    ("reviews", "ข้อที่ต้องให้เจ้าหน้าที่ตรวจ", "ระบบยังตัดสินไม่ได้ โปรดเปิดหน้าที่ระบุแล้วตอบคำถาม"),
    ("errors", "ข้อที่ตรวจไม่ได้", "ไม่ได้แปลว่าขาดข้อมูล แต่ระบบเปิดหน้าไม่ได้ จึงยังไม่ตัดสิน"),
    ("passes", "ข้อที่ครบถ้วน", "โปรดรักษา URL เดิมไว้จนจบการประเมิน"),
    ("settled", "ข้อที่เจ้าหน้าที่พิจารณา ไม่เกี่ยวข้อง หรือได้รับยกเว้น", ""),
    ("unchecked", "ข้อที่ไม่ได้สั่งตรวจ", "นับเป็นคะแนนที่ยังไม่แน่"),
)


@router.get("")
def units(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    key: Key = "",
    sought: Annotated[str, Query(alias="q", max_length=200)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """The list, with a search in names and ids."""
    if not viewer.reads:
        raise Refused
    checklist = checklist_asked(site, key)
    lines, paging = listed(site, viewer, checklist, sought, number)
    own = () if viewer.sees_all or sought.strip() else sorted(viewer.units)
    shown = {one.id for one in lines}
    names = known_units(site) if own else {}
    return page(
        request, "units.html", lines=lines, paging=paging, sought=sought, checklist=checklist,
        keys=available(), types=TYPE_NAMES, newest_key=site.checklist().key,
        unseen=[(one, names.get(one, one)) for one in own if one not in shown],
    )  # fmt: skip


@router.get("/{unit}")
def one_unit(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    key: Key = "",
    scan: AnyScan = None,
) -> Response:
    """How a unit stands now, or stood in one scan."""
    viewer.require_unit(unit)
    checklist = checklist_asked(site, key)
    standing = standing_of(site, checklist, unit, scan)
    if standing is None:
        return _unseen(request, site, viewer, checklist, unit)
    report = report_on(site, standing)
    history = unit_history(checklist, history_of(site, checklist, unit))
    return page(
        request, "unit.html", standing=standing, report=report, history=history,
        strips=strips(history), tall=HEIGHT, checklist=checklist, keys=available(),
        newest_key=site.checklist().key,
        types=TYPE_NAMES, kinds=tuple(KINDS), first=dearest(report.fails or report.reviews),
        first_step=first_step, moved=moved(report.changes),
        groups=[(name, head, told, getattr(report, name)) for name, head, told in _GROUPS],
        found={finding.item: finding for finding in report.findings()},
        may_check=viewer.may(Right.CHECK), query=_query(standing.newest, checklist, site, scan),
    )  # fmt: skip


def _query(newest: bool, checklist: Checklist, site: Site, scan: int | None) -> str:
    """What links from the page must ask for, to stay with its checklist and scan."""
    asked = [] if checklist.key == site.checklist().key else [f"checklist={checklist.key}"]
    asked += [] if newest else [f"scan={scan}"]
    return "&".join(asked)


def _unseen(
    request: Request, site: Site, viewer: Viewer, checklist: Checklist, unit: str
) -> Response:
    """A unit that nothing is known of yet: what can be done about it."""
    name = known_units(site).get(unit) or _stored_name(site, unit)
    if name is None and unit not in viewer.units:
        raise NotFound
    return page(
        request, "unit_unseen.html", status=404, unit=unit, name=name or unit,
        checklist=checklist, keys=available(),
        may_check=viewer.may(Right.CHECK) and name is not None,
    )  # fmt: skip


def _stored_name(site: Site, unit: str) -> str | None:
    """The unit's name in its newest scan by any checklist."""
    query = select(UnitRow.name).where(UnitRow.unit_id == storable(unit))
    with reading(site.engine) as session:
        return session.scalar(query.order_by(UnitRow.scan_id.desc()).limit(1))
