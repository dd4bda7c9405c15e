"""OneDrive and SharePoint links that were shared with everyone."""

from __future__ import annotations

import base64
import re

from crawler.hosted.addresses import on_host, split, with_parameter

_SHARED = re.compile(r"^/:[bwxpitu]:/", re.IGNORECASE)
_FOLDER = re.compile(r"^/:f:/|^/f/", re.IGNORECASE)
_PERSONAL = ("1drv.ms", "onedrive.live.com")


def direct(url: str) -> str | None:
    """The shared address with `download=1`; `None` for folders and other addresses."""
    parts = split(url)
    if parts is None or _FOLDER.match(parts.path):
        return None
    if on_host(parts, "sharepoint.com") and _SHARED.match(parts.path):
        return with_parameter(parts, "download", "1")
    if on_host(parts, "1drv.ms"):
        return with_parameter(parts, "download", "1")
    if on_host(parts, "onedrive.live.com") and parts.path in ("/embed", "/redir", "/view.aspx"):
        return with_parameter(parts._replace(path="/download"), "download", "1")
    return None


def is_file(url: str) -> bool:
    """True for a document or folder that OneDrive or SharePoint shares."""
    parts = split(url)
    if parts is None:
        return False
    shared = bool(_SHARED.match(parts.path) or _FOLDER.match(parts.path))
    return on_host(parts, *_PERSONAL) or (on_host(parts, "sharepoint.com") and shared)


def onward(asked: str, final: str, html: str) -> str | None:
    """The share's address in OneDrive's interface, when a page came instead of the file."""
    was, now = split(asked), split(final)
    if was is None or now is None or not html.strip():
        return None
    if not on_host(was, "1drv.ms") or not on_host(now, *_PERSONAL) or _FOLDER.match(was.path):
        return None
    token = base64.urlsafe_b64encode(asked.strip().encode()).decode().rstrip("=")
    return f"https://api.onedrive.com/v1.0/shares/u!{token}/root/content"
