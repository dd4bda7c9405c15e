"""What is asked of the worker that opens archived bodies, and what it answers. Plain values."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from checklist.evidence import Region
from web.evidence.locating import Match
from web.evidence.quoting import Spot

VERSION = 1
"""Part of every cache key: raised when the same body is to be shown in another way."""


class _Plain(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(_Plain):
    """An archived body: its SHA-256, address, declared type, and if a browser made it."""

    sha256: str
    address: str
    content_type: str = ""
    rendered: bool = False
    file_name: str = ""


class PageTask(_Plain):
    """Show a body as a safe page with a quote marked in it."""

    do: Literal["page"] = "page"
    body: Body
    text: str = ""
    region: Region = Region.MAIN
    headings: tuple[str, ...] = ()


class PictureTask(_Plain):
    """Draw a page (from 1) of a PDF or a picture, with a quote marked on it."""

    do: Literal["picture"] = "picture"
    body: Body
    text: str = ""
    page: int = 1
    max_px: int = 1400


class CompareTask(_Plain):
    """Compare the texts of two bodies."""

    do: Literal["compare"] = "compare"
    before: Body
    after: Body


Task = PageTask | PictureTask | CompareTask


Media = Literal["text/html; charset=utf-8", "image/png", "image/webp", "application/json"]


class Answer(_Plain):
    """What was made of a body beside the bytes: where the quote was found, what was refused.

    `media` is the type of the bytes, `down` how far down a picture the quote stands, in percent.
    `fault` says in Thai why the text could not be read; the bytes then show nothing of it.
    """

    media: Media
    spot: Spot = Spot.NOWHERE
    match: Match = Match.NONE
    down: int = 0
    fault: str = ""
