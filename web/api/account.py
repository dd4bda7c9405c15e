"""Who I am, for programs."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from accounts.roles import Right, Role
from web.viewer import SignedIn

router = APIRouter(prefix="/api/v1", tags=["account"])


class Me(BaseModel):
    """The person whose token or session is used; `units` are a webmaster's."""

    name: str
    display: str
    role: Role
    rights: list[Right]
    units: list[str]


@router.get("/me", summary="บัญชีที่ใช้เรียก และสิทธิ์")
def me(viewer: SignedIn) -> Me:
    """The account and its rights."""
    return Me(
        name=viewer.name,
        display=viewer.display,
        role=viewer.role,
        rights=sorted(viewer.rights),
        units=sorted(viewer.units),
    )
