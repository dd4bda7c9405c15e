"""People, for the administrator: add, change, disable, reset a password."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from accounts.passwords import PasswordError
from accounts.people import People, Person, PersonError
from accounts.roles import Right, Role
from web.faults import BadInput, NotFound
from web.render import page
from web.site import Site
from web.viewer import OnSite, SignedIn, needs, one_deed, record

router = APIRouter(prefix="/users", dependencies=[Depends(needs(Right.ADMINISTER))])

_UNIT = re.compile(r"[A-Za-z0-9ก-๙][A-Za-z0-9ก-๙._-]{0,63}")
_MOST_UNITS = 500
_BLANK = {"name": "", "display": "", "role": "", "units": ""}


def units_of(text: str, role: Role) -> list[str]:
    """The ids of units in `text`, parted by commas or spaces; raises `BadInput`."""
    found = sorted({part for part in re.split(r"[\s,]+", text) if part})
    wrong = next((part for part in found if not _UNIT.fullmatch(part)), None)
    if wrong is not None:
        raise BadInput(f"รหัสหน่วยงาน «{wrong[:64]}» ใช้ไม่ได้ ดูรหัสที่ถูกต้องในหน้าหน่วยงาน")
    if len(found) > _MOST_UNITS:
        raise BadInput(f"กำหนดหน่วยงานได้ไม่เกิน {_MOST_UNITS} หน่วยงานต่อคน")
    if role is Role.WEBMASTER and not found:
        raise BadInput("ผู้ดูแลเว็บไซต์ต้องมีหน่วยงานที่ดูแลอย่างน้อยหนึ่งหน่วยงาน")
    return found if role is Role.WEBMASTER else []


def role_of(text: str) -> Role:
    """The role of that name; raises `BadInput`."""
    try:
        return Role(text)
    except ValueError:
        raise BadInput("เลือกบทบาทก่อน") from None


@router.get("")
def users(request: Request, site: OnSite) -> Response:
    """Everybody, and the form to add one."""
    return _list(request, site)


def _list(request: Request, site: Site, **more: object) -> Response:
    shown = {"status": 200, "wrong": "", "typed": _BLANK, "one_time": "", "person": None} | more
    people = People(site.engine).all()
    return page(request, "users.html", people=people, **shown)  # type: ignore[arg-type]


@router.post("")
@one_deed
def add_user(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    name: Annotated[str, Form(max_length=200)] = "",
    display: Annotated[str, Form(max_length=500)] = "",
    role: Annotated[str, Form(max_length=40)] = "",
    units: Annotated[str, Form(max_length=40_000)] = "",
) -> Response:
    """Add a person and show the one-time password this once."""
    try:
        wanted = role_of(role)
        owned = units_of(units, wanted)
        people = People(site.engine)
        person, password = people.add(name, display, wanted, site.clock(), units=owned)
    except (PersonError, PasswordError, BadInput) as error:
        typed = {"name": name, "display": display, "role": role, "units": units}
        return _list(request, site, status=422, wrong=str(error), typed=typed)
    record(request, viewer, "user.added", f"user:{person.name}", _facts(person))
    return _list(request, site, one_time=password, person=person)


@router.get("/{name}")
def user(request: Request, site: OnSite, name: str) -> Response:
    """One person, with the form to change what they are."""
    return page(request, "user.html", person=_named(site, name), wrong="", one_time="")


@router.post("/{name}")
@one_deed
def change_user(
    request: Request,
    site: OnSite,
    viewer: SignedIn,
    name: str,
    display: Annotated[str, Form(max_length=500)] = "",
    role: Annotated[str, Form(max_length=40)] = "",
    units: Annotated[str, Form(max_length=40_000)] = "",
) -> Response:
    """Set display name, role and units."""
    before = _named(site, name)
    try:
        wanted = role_of(role)
        owned = units_of(units, wanted)
        person = People(site.engine).change(name, display=display, role=wanted, units=owned)
    except (PersonError, BadInput) as error:
        return page(request, "user.html", status=422, person=before, wrong=str(error), one_time="")
    changed = {"before": _facts(before), "after": _facts(person)}
    record(request, viewer, "user.changed", f"user:{person.name}", changed)
    return RedirectResponse(f"/users/{person.name}?done=changed", 303)


@router.post("/{name}/disable")
@one_deed
def disable_user(request: Request, site: OnSite, viewer: SignedIn, name: str) -> Response:
    """Shut a person out at once."""
    before = _named(site, name)
    try:
        People(site.engine).disable(name, site.clock())
    except PersonError as error:
        return page(request, "user.html", status=422, person=before, wrong=str(error), one_time="")
    record(request, viewer, "user.disabled", f"user:{before.name}")
    return RedirectResponse(f"/users/{before.name}?done=disabled", 303)


@router.post("/{name}/enable")
@one_deed
def enable_user(request: Request, site: OnSite, viewer: SignedIn, name: str) -> Response:
    """Let a person in again."""
    person = People(site.engine).enable(_named(site, name).name)
    record(request, viewer, "user.enabled", f"user:{person.name}")
    return RedirectResponse(f"/users/{person.name}?done=enabled", 303)


@router.post("/{name}/password")
@one_deed
def reset_password(request: Request, site: OnSite, viewer: SignedIn, name: str) -> Response:
    """A new one-time password, shown this once."""
    person = _named(site, name)
    try:
        password = People(site.engine).reset_password(name, site.clock())
    except PersonError as error:
        return page(request, "user.html", status=422, person=person, wrong=str(error), one_time="")
    record(request, viewer, "user.password_reset", f"user:{person.name}")
    return page(request, "user.html", person=_named(site, name), wrong="", one_time=password)


def _named(site: Site, name: str) -> Person:
    try:
        return People(site.engine).named(name)
    except PersonError:
        raise NotFound("ไม่มีผู้ใช้ชื่อนี้") from None


def _facts(person: Person) -> dict[str, object]:
    return {
        "display": person.display,
        "role": person.role.value,
        "units": sorted(person.units),
    }
