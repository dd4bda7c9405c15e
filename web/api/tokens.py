"""One's own tokens and password, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from accounts.people import PersonError
from accounts.tokens import MOST_DAYS, Token, Tokens
from web.cookies import SESSION, set_cookie
from web.faults import NotFound
from web.own_changes import password_changed, token_made, token_revoked
from web.viewer import OnSite, SignedIn, one_deed

router = APIRouter(prefix="/api/v1/me", tags=["account"])


class OwnToken(BaseModel):
    """What is known of a token: never the token itself. `works`: it opens what its person may."""

    id: int
    label: str
    made_at: datetime
    ends: datetime
    last_used: datetime | None
    revoked_at: datetime | None
    works: bool


class NewToken(BaseModel):
    """A name to know it by, and for how long it works."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field(max_length=500, examples=["รายงานประจำเดือน"])
    days: int = Field(90, ge=1, le=MOST_DAYS)


class MadeToken(BaseModel):
    """The token, which is told this once."""

    token: OwnToken
    secret: str


class NewPassword(BaseModel):
    """The password so far and the one to be."""

    model_config = ConfigDict(extra="forbid")

    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


def _shown(one: Token, now: datetime) -> OwnToken:
    return OwnToken(
        id=one.id, label=one.label, made_at=one.made_at, ends=one.ends, last_used=one.last_used,
        revoked_at=one.revoked_at, works=one.works(now),
    )  # fmt: skip


@router.get("/tokens", summary="โทเคนของบัญชีนี้")
def tokens(site: OnSite, viewer: SignedIn) -> list[OwnToken]:
    """The newest first, ended and revoked ones too."""
    found = Tokens(site.engine).of_person(viewer.person.id)
    return [_shown(one, site.clock()) for one in found]


@router.post(
    "/tokens", status_code=201,
    summary="สร้างโทเคน แสดงครั้งเดียว (อายุไม่เกินโทเคนที่ใช้เรียก)",
)  # fmt: skip
@one_deed
def make(request: Request, site: OnSite, viewer: SignedIn, wanted: NewToken) -> MadeToken:
    """A new token with the rights of the account."""
    made, secret = token_made(request, viewer, wanted.label, wanted.days)
    return MadeToken(token=_shown(made, site.clock()), secret=secret)


@router.delete("/tokens/{number}", status_code=204, summary="ยกเลิกโทเคนของตนเองทันที")
@one_deed
def revoke(
    request: Request,
    viewer: SignedIn,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, description="id จากรายการ")],
) -> None:
    """End a token of one's own, the one that asks too."""
    try:
        token_revoked(request, viewer, number)
    except PersonError as error:
        raise NotFound(str(error)) from None


@router.put("/password", status_code=204, summary="เปลี่ยนรหัสผ่านของตนเอง ทุกอุปกรณ์ออกจากระบบ")
def change_password(
    request: Request, response: Response, viewer: SignedIn, wanted: NewPassword
) -> None:
    """Set another password; tokens stay, a browser that asks gets a new session."""
    secret = password_changed(request, viewer, wanted.old, wanted.new)
    if secret:
        set_cookie(request, response, SESSION, secret)
