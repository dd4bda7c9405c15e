"""Pictures of what a person must look at: a page of a document."""

from __future__ import annotations

from crawler.confinement.once import OnceError, run_once

MAX_PX = 1100
PAGE_TIMEOUT_S = 40.0
_MOST_BYTES = 16 * 1024**2
_WORKER = "crawler.picture_worker"


class PictureError(Exception):
    """No picture could be made; the message says why, for the log."""


def page_picture(body: bytes, page: int = 1, max_px: int = MAX_PX) -> bytes:
    """A PNG or WebP of page `page` (from 1) of a PDF or picture, at most `max_px` wide and high.

    Drawn in a process of its own with limits of time and memory; about 150 kB at most for a
    page of writing. Raises `PictureError` when the body or the page cannot be drawn.
    """
    if page < 1 or max_px < 16:
        raise PictureError(f"no page {page} at {max_px} pixels")
    try:
        drawn = run_once(_WORKER, (str(page), str(max_px)), body, PAGE_TIMEOUT_S, _MOST_BYTES)
    except OnceError as error:
        raise PictureError(f"page {page}: {error}") from error
    # What draws is not believed either: others open this as the picture it says it is.
    if not drawn.startswith((b"\x89PNG\r\n\x1a\n", b"RIFF")):
        raise PictureError(f"page {page}: no picture came of it")
    return drawn
