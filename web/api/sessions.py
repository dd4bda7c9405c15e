"""Where I am signed in, for programs: the list, and ending one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from web.pages.account import end_session
from web.viewer import OnSite, SignedIn, one_deed, sessions_of

router = APIRouter(prefix="/api/v1/me/sessions", tags=["account"])


class OwnSession(BaseModel):
    """A browser in which the person is signed in; `this` is the one that asks."""

    id: str
    begun: datetime
    seen: datetime
    address: str
    browser: str
    this: bool


@router.get("", summary="อุปกรณ์ที่บัญชีนี้ลงชื่อเข้าใช้อยู่")
def sessions(site: OnSite, viewer: SignedIn) -> list[OwnSession]:
    """The newest first."""
    return [
        OwnSession(
            id=one.name,
            begun=one.begun,
            seen=one.seen,
            address=one.address,
            browser=one.browser,
            this=one.key == viewer.session_key,
        )
        for one in sessions_of(site).of_person(viewer.person.id, site.clock())
    ]


@router.delete("/{session}", status_code=204, summary="ออกจากระบบในอุปกรณ์หนึ่งของตนเอง")
@one_deed
def end(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    session: Annotated[str, Path(max_length=64, description="id จากรายการ")],
) -> None:
    """End one session of one's own."""
    end_session(request, site, viewer, session)
