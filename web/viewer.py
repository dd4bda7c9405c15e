"""Who asks: found once for each request, with the rights that a handler asks about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from fastapi import Depends, Request

from accounts.audit import Audit, Entry
from accounts.people import Person
from accounts.roles import Right, Role, rights_of
from accounts.secrets import form_key
from accounts.sessions import Sessions
from accounts.tokens import Tokens
from database.sessions import together
from web.cookies import SESSION, read_cookie
from web.faults import NotFound, NotSignedIn, Refused
from web.site import Site

API = "/api/"
Given = ParamSpec("Given")
Made = TypeVar("Made")
_BEARER = "bearer "


@dataclass(frozen=True)
class Viewer:
    """A person with a way in: a session (`session_key`, `csrf`) or a token for the API."""

    person: Person
    rights: frozenset[Right]
    session_key: str = ""
    csrf: str = ""

    @property
    def name(self) -> str:
        """The user name, unique and never given to another."""
        return self.person.name

    @property
    def display(self) -> str:
        """The name to show."""
        return self.person.display

    @property
    def role(self) -> Role:
        """What the person is to the dashboard."""
        return self.person.role

    @property
    def units(self) -> frozenset[str]:
        """The ids of a webmaster's units; of other roles it says nothing."""
        return self.person.units

    @property
    def reads(self) -> bool:
        """Whether there is any unit that the person may read about."""
        return self.may(Right.READ_ALL) or self.may(Right.READ_OWN)

    @property
    def sees_all(self) -> bool:
        """Whether all units are open to the person."""
        return self.may(Right.READ_ALL)

    def may(self, right: Right) -> bool:
        """Whether the role has the right; for a webmaster's units ask `sees` too."""
        return right in self.rights

    def sees(self, unit_id: str) -> bool:
        """Whether the unit is open to the person."""
        if self.may(Right.READ_ALL):
            return True
        return self.may(Right.READ_OWN) and unit_id in self.units

    def require(self, right: Right) -> None:
        """Raise `Refused` without the right."""
        if not self.may(right):
            raise Refused

    def require_unit(self, unit_id: str) -> None:
        """Raise `NotFound` for a unit that is not open: for this person it does not exist."""
        if not self.sees(unit_id):
            raise NotFound


def viewer_of(request: Request) -> Viewer | None:
    """Who asks, by token (API only) or session; raises `NotSignedIn` for a token of no use."""
    site: Site = request.app.state.site
    key = bearer_of(request)
    if key is not None:
        person = Tokens(site.engine).find(key, site.clock())
        if person is None or person.must_change:
            raise NotSignedIn("โทเคนนี้ใช้ไม่ได้ อาจหมดอายุหรือถูกยกเลิกแล้ว")
        return Viewer(person, rights_of(person.role, guests_read=site.settings.guests_read))
    secret = read_cookie(request, SESSION)
    found = sessions_of(site).find(secret, site.clock()) if secret else None
    if found is None:
        return None
    rights = rights_of(found.person.role, guests_read=site.settings.guests_read)
    return Viewer(found.person, rights, found.key, form_key(secret))


def bearer_of(request: Request) -> str | None:
    """The token that came with a request to the API, `None` without one."""
    header = request.headers.get("authorization", "")
    if not request.url.path.startswith(API) or not header.lower().startswith(_BEARER):
        return None
    return header[len(_BEARER) :].strip()


def sessions_of(site: Site) -> Sessions:
    """The sessions, with the limits that are set."""
    return Sessions(site.engine, site.settings.idle, site.settings.longest)


def signed_in(request: Request) -> Viewer:
    """Who asks, for a handler's `Annotated[Viewer, Depends(signed_in)]`; else `NotSignedIn`."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    if viewer is None:
        raise NotSignedIn
    return viewer


SignedIn = Annotated[Viewer, Depends(signed_in)]
"""A handler's parameter of this type is who asks."""


def needs(right: Right) -> Callable[[Viewer], Viewer]:
    """A dependency that lets in only those with `right`, and gives the viewer."""

    def allowed(viewer: SignedIn) -> Viewer:
        viewer.require(right)
        return viewer

    return allowed


def site_of(request: Request) -> Site:
    """What the pages are made from, for a handler's `Annotated[Site, Depends(site_of)]`."""
    site: Site = request.app.state.site
    return site


OnSite = Annotated[Site, Depends(site_of)]
"""A handler's parameter of this type is the `Site`."""


def address_of(request: Request) -> str:
    """Where the request comes from, as far as we know."""
    return request.client.host if request.client else ""


def one_deed(handler: Callable[Given, Made]) -> Callable[Given, Made]:
    """A handler whose change and whose line in the log are written both or neither."""

    @wraps(handler)
    def whole(*given: Given.args, **named: Given.kwargs) -> Made:
        request = named["request"]
        assert isinstance(request, Request)
        with together(site_of(request).engine):
            return handler(*given, **named)

    return whole


def record(
    request: Request,
    viewer: Viewer | None,
    what: str,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write down that `viewer` did `what` to `subject` (`unit:surin`), with plain JSON `detail`.

    Raises `StoreError`: what cannot be written down should not be done.
    """
    site = site_of(request)
    who = viewer.name if viewer else ""
    role = viewer.role.value if viewer else ""
    entry = Entry(site.clock(), who, role, address_of(request), what, subject, detail or {})
    Audit(site.engine).write(entry)
