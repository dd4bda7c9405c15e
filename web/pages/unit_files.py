"""A unit's report to take away, in each format."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from results.formats.files import report_stem
from web.evidence.answers import download
from web.faults import NotFound
from web.pages.units import AnyScan, Key, UnitId
from web.units.files import KINDS, file_name, report_file
from web.units.reading import checklist_asked, standing_of
from web.viewer import OnSite, SignedIn

router = APIRouter(prefix="/units")
_HTML_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@router.get("/{unit}/report.{kind}")
def report(
    site: OnSite,
    viewer: SignedIn,
    unit: UnitId,
    kind: str,
    key: Key = "",
    scan: AnyScan = None,
) -> Response:
    """The report of the unit as it stands now, or stood in one scan, as a file."""
    viewer.require_unit(unit)
    if kind not in KINDS:
        raise NotFound(f"ไม่มีรายงานชนิด {kind[:10]} มีเพียง {' '.join(KINDS)}")
    checklist = checklist_asked(site, key)
    standing = standing_of(site, checklist, unit, scan)
    if standing is None:
        raise NotFound(f"หน่วยงานนี้ยังไม่มีผลตรวจตามรายการตรวจ {checklist.key}")
    content = report_file(site, standing, kind)
    answer = download(content, file_name(standing, kind), KINDS[kind])
    # For programs that know no other than plain letters.
    plain = f"{report_stem(unit)}-{checklist.key}-{standing.scan.id}.{kind}"
    thai = answer.headers["Content-Disposition"].partition("filename*=")[2]
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{plain}"; filename*={thai}'
        if plain.isascii()
        else f"attachment; filename*={thai}"
    )
    if kind == "html":
        answer.headers["Content-Security-Policy"] = _HTML_POLICY
    return answer
