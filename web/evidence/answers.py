"""Answers that carry archived bytes or pages made of them, each with headers that disarm it."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from evidence.capture import CaptureKind, Kept
from evidence.pack import safe_name
from web.evidence.safe_page import policy

_ALONE = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    # Browsers refuse to open what is sandboxed and cut off from its opener at once.
    "Cross-Origin-Opener-Policy": "unsafe-none",
}
# Browsers differ in what of these they take out of a name themselves.
_NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_ENDINGS = (
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".csv",
    ".rtf", ".zip", ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp",
)  # fmt: skip
_ENDING_OF = {"pdf": ".pdf", "jpeg": ".jpg", "png": ".png"}


def safe_answer(page: str, status: int = 200) -> HTMLResponse:
    """A page made by `safe_page`, which only a frame of the dashboard may show."""
    framed = {"Content-Security-Policy": policy(), "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(page, status, headers={**_ALONE, **framed})


def picture_answer(content: bytes, media: str = "") -> Response:
    """A PNG, JPEG or WebP, known by its own bytes; anything else is told as mere bytes."""
    known = media or (
        "image/jpeg" if content.startswith(_JPEG)
        else "image/png" if content.startswith(_PNG)
        else "application/octet-stream"
    )  # fmt: skip
    return Response(content, media_type=known, headers=_ALONE)


def download(content: bytes, name: str, media: str = "application/octet-stream") -> Response:
    """Bytes to be saved as `name`, never to be opened by the browser."""
    plain = "".join(
        one if one.isascii() and one.isprintable() and one not in '"\\/' else "-" for one in name
    )
    whole = quote(_NO_NAME.sub("-", name), safe="", errors="replace")
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    return Response(content, media_type=media, headers={**_ALONE, "Content-Disposition": said})


def original_name(kept: Kept, item: str) -> str:
    """A name of plain letters for the bytes of a copy; web pages open as mere text."""
    one = kept.capture
    ending = next((e for e in _ENDINGS if one.file_name.lower().endswith(e)), "")
    if one.kind is CaptureKind.SCREENSHOT:
        ending = ".jpg"
    elif "html" in one.content_type or one.kind is CaptureKind.RENDERED:
        # Opened from a disk, a page would run its scripts with more rights than on its site.
        ending = ".html.txt"
    elif not ending:
        declared = one.content_type.lower()
        ending = next((e for kind, e in _ENDING_OF.items() if kind in declared), ".bin")
    return f"{item}-{safe_name(one.file_name, kept.seq, ending)}"
