"""Login by an OpenID provider: to it, and back with its word."""

from __future__ import annotations

import hmac
import logging
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from accounts.people import People, Person, PersonError, tidy_name
from accounts.roles import Role
from accounts.secrets import digest, new_secret
from database.sessions import together
from web.addresses import origin_of, own_path
from web.cookies import OPENID, SESSION, drop_cookie, read_cookie, set_cookie
from web.faults import NotFound, Refused
from web.openid import Flow, Provider, ProviderError
from web.viewer import OnSite, Viewer, address_of, record, sessions_of, site_of

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/login/openid")

_FAILED = "ลงชื่อเข้าใช้ผ่านระบบภายนอกไม่สำเร็จ กรุณาลองใหม่จากหน้าลงชื่อเข้าใช้"
_MOST_DISPLAY = 200


def provider_of(request: Request) -> Provider:
    """The provider that is set up; raises `NotFound` without one."""
    found: Provider | None = request.app.state.provider
    if found is None:
        raise NotFound
    return found


@router.get("")
def begin(request: Request, next: str = "/") -> Response:
    """To the provider's own login."""
    provider, secret = provider_of(request), new_secret()
    try:
        to = provider.login_address(Flow(secret), _back(request))
    except ProviderError as error:
        raise _refused(request, error) from error
    answer = RedirectResponse(to, 303)
    kept = f"{secret}.{quote(own_path(next), safe='')}"
    set_cookie(request, answer, OPENID, kept)
    return answer


@router.get("/done")
def done(
    request: Request,
    site: OnSite,
    code: Annotated[str, Query(max_length=4000)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
    iss: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """Back from the provider: sign in whom it vouches for."""
    provider = provider_of(request)
    secret, _dot, back = read_cookie(request, OPENID).partition(".")
    flow = Flow(secret)
    try:
        if not secret or not code or not hmac.compare_digest(state.encode(), flow.state.encode()):
            raise ProviderError("not the login that this browser began")
        if iss and iss != provider.settings.issuer:
            # RFC 9207: the answer of another provider than the one that was asked.
            raise ProviderError("the answer names another provider")
        claims = provider.claims(flow, code, _back(request))
        with together(site.engine):
            opened = _let_in(request, _person(request, provider, claims))
    except (ProviderError, PersonError, PermissionError) as error:
        raise _refused(request, error) from error
    answer = RedirectResponse(own_path(unquote(back)), 303)
    set_cookie(request, answer, SESSION, opened)
    drop_cookie(request, answer, OPENID)
    return answer


def _let_in(request: Request, person: Person) -> str:
    """The secret of a new session; raises `PermissionError` for somebody who was shut out."""
    if person.disabled_at is not None:
        raise PermissionError("the account is disabled")
    site, browser = site_of(request), request.headers.get("user-agent", "")
    secret = sessions_of(site).begin(person, site.clock(), address_of(request), browser)
    record(request, Viewer(person, frozenset()), "login.outside")
    return secret


def _back(request: Request) -> str:
    return f"{origin_of(request, request.app.state.site.settings)}/login/openid/done"


def _refused(request: Request, error: Exception) -> Refused:
    """What happened goes to the log; strangers are told that it did not work."""
    logger.warning("a login by the OpenID provider failed: %s", error)
    record(request, None, "login.outside_refused", "", {"why": type(error).__name__})
    return Refused(_FAILED)


def _person(request: Request, provider: Provider, claims: dict[str, Any]) -> Person:
    """The account of the provider's subject, made without rights when there is none."""
    site = site_of(request)
    people, settings = People(site.engine), provider.settings
    subject, wanted = str(claims["sub"]), settings.role_of(claims)
    known = people.vouched(settings.issuer, subject)
    if known is None:
        name, display = _names(claims, subject)
        role, now = wanted or Role.GUEST, site.clock()
        for candidate in (name, f"{name[:50]}.{digest(settings.issuer + subject)[:8]}"):
            try:
                made, _none = people.add(
                    candidate, display, role, now, issuer=settings.issuer, subject=subject
                )
            except PersonError:
                continue
            record(request, None, "user.added", f"user:{made.name}", _given(made))
            return made
        raise PersonError("สร้างบัญชีไม่ได้", "no name is free")
    if wanted is None or wanted is known.role:
        return known
    made = people.change(known.name, display=known.display, role=wanted, units=known.units)
    told = {"before": _given(known), "after": _given(made)}
    record(request, None, "user.changed", f"user:{made.name}", told)
    return made


def _given(person: Person) -> dict[str, object]:
    """What the provider gave or took, for the log."""
    return {"role": person.role.value, "by": "openid"}


def _names(claims: dict[str, Any], subject: str) -> tuple[str, str]:
    """A user name and a name to show, whatever the provider sent."""
    said = [str(claims.get("preferred_username") or "")]
    if claims.get("email_verified") is True:
        # Anybody may call an address their own; as a name it would speak for its owner.
        said.append(str(claims.get("email") or ""))
    name = f"u{digest(subject)[:12]}"
    for one in said:
        try:
            name = tidy_name(one)
            break
        except PersonError:
            continue
    return name, str(claims.get("name") or name)[:_MOST_DISPLAY]
