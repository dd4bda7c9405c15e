"""Addresses of our own pages: which may be led to, and how cookies are named for them. Pure."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection

from web.settings import WebSettings, is_loopback

_MOST = 2000


def own_path(text: str) -> str:
    """`text` when it is a path of ours, else "/": nobody is sent elsewhere after a login."""
    if not text.startswith("/") or text[1:2] in ("/", "\\") or len(text) > _MOST:
        return "/"
    if any(not letter.isprintable() or letter in '\\"<>' for letter in text):
        return "/"
    parts = urlsplit(text)
    return "/" if parts.scheme or parts.netloc else text


def login_path(back: str) -> str:
    """The login page that leads back to `back` afterwards."""
    path = own_path(back)
    return "/login" if path == "/" else f"/login?next={quote(path, safe='/')}"


def is_secure(connection: HTTPConnection, settings: WebSettings) -> bool:
    """Whether cookies are for https only: always, but for plain http on this machine itself."""
    if settings.address:
        return settings.address.startswith("https:")
    return connection.url.scheme == "https" or not is_loopback(connection.url.hostname or "")


def origin_of(connection: HTTPConnection, settings: WebSettings) -> str:
    """Scheme, host and port under which our pages are seen."""
    return settings.address or f"{connection.url.scheme}://{connection.url.netloc}"
