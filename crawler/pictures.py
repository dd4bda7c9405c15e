"""Pictures of what a person must look at: a page of a document."""

from __future__ import annotations

import os
import subprocess
import sys

MAX_PX = 1100
PAGE_TIMEOUT_S = 40.0


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
        done = subprocess.run(  # nosec B603  # our own arguments, no shell
            [sys.executable, "-m", "crawler.picture_worker", str(page), str(max_px)],
            input=body,
            capture_output=True,
            timeout=PAGE_TIMEOUT_S,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PictureError(f"page {page} took longer than {PAGE_TIMEOUT_S:.0f} s") from None
    if done.returncode or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip()[-300:]
        raise PictureError(said or f"the drawing process ended with {done.returncode}")
    return done.stdout
