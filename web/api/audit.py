"""The log of who did what, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from accounts.audit import Audit
from accounts.roles import Right
from web.pages.audit import Asked
from web.viewer import OnSite, needs

router = APIRouter(prefix="/api/v1", tags=["audit"])


class Deed(BaseModel):
    """One thing that was done."""

    id: int
    at: datetime
    who: str
    role: str
    address: str
    what: str
    subject: str
    detail: dict[str, Any]


class Deeds(BaseModel):
    """Part of what is sought, the newest first; `total` counts all of it."""

    total: int
    entries: list[Deed]


@router.get(
    "/audit", summary="บันทึกการใช้งาน ใหม่สุดก่อน", dependencies=[Depends(needs(Right.READ_AUDIT))]
)
def audit(
    site: OnSite,
    asked: Asked,
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    most: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Deeds:
    """Entries of the log."""
    log = Audit(site.engine)
    found = log.page(asked, skip, most)
    return Deeds(
        total=log.count(asked),
        entries=[
            Deed(
                id=one.id,
                at=one.at,
                who=one.who,
                role=one.role,
                address=one.address,
                what=one.what,
                subject=one.subject,
                detail=dict(one.detail),
            )
            for one in found
        ],
    )
