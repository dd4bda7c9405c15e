"""People, for an administrator's programs: the list, adding, changing, disabling, passwords."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from accounts.people import People, Person
from accounts.roles import Right, Role
from web.people_changes import (
    MOST_UNITS,
    added,
    changed,
    disabled,
    enabled,
    password_reset,
    person_named,
)
from web.viewer import OnSite, SignedIn, needs, one_deed

router = APIRouter(
    prefix="/api/v1/users", tags=["users"], dependencies=[Depends(needs(Right.ADMINISTER))]
)
Name = Annotated[str, Path(max_length=200, description="ชื่อผู้ใช้")]
_UNITS = "รหัสหน่วยงาน เฉพาะผู้ดูแลเว็บไซต์"


class User(BaseModel):
    """A person who may sign in."""

    name: str
    display: str
    role: Role
    units: list[str]
    disabled: bool
    last_login: datetime | None


class UserIn(BaseModel):
    """What a person is to be; `units` count for a webmaster alone."""

    model_config = ConfigDict(extra="forbid")

    display: str = Field(max_length=500, examples=["สมใจ ใจดี"])
    role: Role = Field(examples=["webmaster"])
    units: list[str] = Field([], max_length=MOST_UNITS, description=_UNITS, examples=[["surin"]])


class NewUser(UserIn):
    """A person who is not there yet."""

    name: str = Field(max_length=200, examples=["somjai"])


class OneTime(BaseModel):
    """A person with a one-time password, which is told this once."""

    user: User
    one_time_password: str


def _user(one: Person) -> User:
    return User(
        name=one.name,
        display=one.display,
        role=one.role,
        units=sorted(one.units),
        disabled=one.disabled_at is not None,
        last_login=one.last_login,
    )


@router.get("", summary="ผู้ใช้ทั้งหมด")
def users(site: OnSite) -> list[User]:
    """Everybody by name."""
    return [_user(one) for one in People(site.engine).all()]


@router.post("", status_code=201, summary="เพิ่มผู้ใช้ ได้รหัสผ่านชั่วคราวซึ่งแสดงครั้งเดียว")
@one_deed
def add_user(request: Request, viewer: SignedIn, wanted: NewUser) -> OneTime:
    """Add a person."""
    person, password = added(
        request, viewer, wanted.name, wanted.display, wanted.role, wanted.units
    )
    return OneTime(user=_user(person), one_time_password=password)


@router.get("/{name}", summary="ผู้ใช้หนึ่งคน")
def user(request: Request, name: Name) -> User:
    """One person."""
    return _user(person_named(request, name))


@router.put("/{name}", summary="แก้ชื่อที่แสดง บทบาท และหน่วยงานของผู้ใช้")
@one_deed
def change_user(request: Request, viewer: SignedIn, name: Name, wanted: UserIn) -> User:
    """Set display name, role and units."""
    before = person_named(request, name)
    return _user(changed(request, viewer, before, wanted.display, wanted.role, wanted.units))


@router.post("/{name}/disable", summary="ระงับผู้ใช้ทันทีทุกอุปกรณ์และโทเคน")
@one_deed
def disable_user(request: Request, viewer: SignedIn, name: Name) -> User:
    """Shut a person out at once."""
    return _user(disabled(request, viewer, person_named(request, name)))


@router.post("/{name}/enable", summary="เปิดใช้ผู้ใช้อีกครั้ง")
@one_deed
def enable_user(request: Request, viewer: SignedIn, name: Name) -> User:
    """Let a person in again."""
    return _user(enabled(request, viewer, person_named(request, name)))


@router.post("/{name}/password", summary="ออกรหัสผ่านชั่วคราว แสดงครั้งเดียว")
@one_deed
def reset_password(request: Request, viewer: SignedIn, name: Name) -> OneTime:
    """A new one-time password; sessions and tokens of the person end."""
    person = person_named(request, name)
    password = password_reset(request, viewer, person)
    return OneTime(user=_user(person), one_time_password=password)
