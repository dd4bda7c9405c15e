"""People, for the administrator: add, change, disable, reset a password."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from accounts.passwords import PasswordError
from accounts.people import People, PersonError
from accounts.roles import Right, Role
from web.faults import BadInput
from web.people_changes import (
    added,
    changed,
    disabled,
    enabled,
    password_reset,
    person_named,
)
from web.render import page
from web.site import Site
from web.viewer import OnSite, SignedIn, needs, one_deed

router = APIRouter(prefix="/users", dependencies=[Depends(needs(Right.ADMINISTER))])

_BLANK = {"name": "", "display": "", "role": "", "units": ""}


def units_of(text: str) -> list[str]:
    """The ids of units in `text`, parted by commas or spaces."""
    return re.split(r"[\s,]+", text)


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
        person, password = added(request, viewer, name, display, wanted, units_of(units))
    except (PersonError, PasswordError, BadInput) as error:
        typed = {"name": name, "display": display, "role": role, "units": units}
        return _list(request, site, status=422, wrong=str(error), typed=typed)
    return _list(request, site, one_time=password, person=person)


@router.get("/{name}")
def user(request: Request, name: str) -> Response:
    """One person, with the form to change what they are."""
    return page(request, "user.html", person=person_named(request, name), wrong="", one_time="")


@router.post("/{name}")
@one_deed
def change_user(
    request: Request,
    viewer: SignedIn,
    name: str,
    display: Annotated[str, Form(max_length=500)] = "",
    role: Annotated[str, Form(max_length=40)] = "",
    units: Annotated[str, Form(max_length=40_000)] = "",
) -> Response:
    """Set display name, role and units."""
    before = person_named(request, name)
    try:
        person = changed(request, viewer, before, display, role_of(role), units_of(units))
    except (PersonError, BadInput) as error:
        return page(request, "user.html", status=422, person=before, wrong=str(error), one_time="")
    return RedirectResponse(f"/users/{person.name}?done=changed", 303)


@router.post("/{name}/disable")
@one_deed
def disable_user(request: Request, viewer: SignedIn, name: str) -> Response:
    """Shut a person out at once."""
    before = person_named(request, name)
    try:
        disabled(request, viewer, before)
    except PersonError as error:
        return page(request, "user.html", status=422, person=before, wrong=str(error), one_time="")
    return RedirectResponse(f"/users/{before.name}?done=disabled", 303)


@router.post("/{name}/enable")
@one_deed
def enable_user(request: Request, viewer: SignedIn, name: str) -> Response:
    """Let a person in again."""
    person = enabled(request, viewer, person_named(request, name))
    return RedirectResponse(f"/users/{person.name}?done=enabled", 303)


@router.post("/{name}/password")
@one_deed
def reset_password(request: Request, viewer: SignedIn, name: str) -> Response:
    """A new one-time password, shown this once."""
    person = person_named(request, name)
    try:
        password = password_reset(request, viewer, person)
    except PersonError as error:
        return page(request, "user.html", status=422, person=person, wrong=str(error), one_time="")
    return page(
        request, "user.html", person=person_named(request, name), wrong="", one_time=password
    )
