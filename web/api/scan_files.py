"""What a scan gives to take away, for programs: its overview as a file, and what changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from accounts.roles import Right
from results.diff import ScanDiff
from web.pages.scan_files import changes_of, overview
from web.viewer import OnSite, needs

router = APIRouter(prefix="/api/v1/scans", tags=["scans"])


@router.get(
    "/{number}/changes",
    summary="สิ่งที่เปลี่ยนจากการตรวจครั้งก่อน",
    dependencies=[Depends(needs(Right.READ_ALL))],
)
def changes(
    site: OnSite,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, examples=[3])],
    since: Annotated[int, Query(ge=0, le=2**31 - 1, description="ครั้งที่เทียบ ไม่ระบุคือครั้งก่อน")] = 0,
) -> ScanDiff:
    """All that differs from the scan before, or from `since`."""
    return changes_of(site, number, since)[2]


@router.get(
    "/{number}/overview.{kind}",
    summary="ภาพรวมของการตรวจครั้งหนึ่งเป็นไฟล์",
    dependencies=[Depends(needs(Right.READ_ALL))],
    response_class=Response,
)
def overview_file(
    site: OnSite,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, examples=[3])],
    kind: Annotated[
        str, Path(max_length=10, description="html xlsx json หรือ pdf", examples=["xlsx"])
    ],
) -> Response:
    """The overview of all units of the scan."""
    return overview(site, number, kind)
