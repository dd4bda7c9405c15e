"""People, for an administrator's programs."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from accounts.people import People
from accounts.roles import Right, Role
from web.viewer import OnSite, needs

router = APIRouter(prefix="/api/v1", tags=["users"])


class User(BaseModel):
    """A person who may sign in."""

    name: str
    display: str
    role: Role
    units: list[str]
    disabled: bool
    last_login: datetime | None


@router.get("/users", summary="ผู้ใช้ทั้งหมด", dependencies=[Depends(needs(Right.ADMINISTER))])
def users(site: OnSite) -> list[User]:
    """Everybody by name."""
    return [
        User(
            name=one.name,
            display=one.display,
            role=one.role,
            units=sorted(one.units),
            disabled=one.disabled_at is not None,
            last_login=one.last_login,
        )
        for one in People(site.engine).all()
    ]
