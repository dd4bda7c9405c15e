"""Files of a unit, for programs: its report in each format, the evidence pack of an item."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from web.pages.evidence import ItemId, ScanId, pack
from web.pages.unit_files import report
from web.pages.units import AnyScan, Key, UnitId
from web.viewer import OnSite, SignedIn

router = APIRouter(prefix="/api/v1/units", tags=["units"])
Kind = Annotated[
    str, Path(max_length=10, description="html pdf docx xlsx csv หรือ json", examples=["docx"])
]


@router.get(
    "/{unit}/report.{kind}", summary="รายงานช่องว่างเป็นไฟล์ในแต่ละรูปแบบ", response_class=Response
)
def report_file(
    site: OnSite, viewer: SignedIn, unit: UnitId, kind: Kind, key: Key = "", scan: AnyScan = None
) -> Response:
    """The report of the unit as it stands now, or stood in one scan."""
    return report(site, viewer, unit, kind, key, scan)


@router.get(
    "/{unit}/items/{item}/scans/{scan}/evidence.zip",
    summary="ชุดหลักฐานของข้อหนึ่งสำหรับชี้แจง (ZIP)",
    response_class=Response,
)
def evidence_pack(
    request: Request, site: OnSite, viewer: SignedIn, unit: UnitId, item: ItemId, scan: ScanId
) -> Response:
    """Copies, pictures, hashes, and the sheet to sign; each is noted in the log."""
    return pack(request, site, viewer, unit, item, scan)
