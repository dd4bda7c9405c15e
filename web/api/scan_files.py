"""What changed between two scans, for programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from accounts.roles import Right
from results.diff import ScanDiff
from web.pages.scan_files import changes_of
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
