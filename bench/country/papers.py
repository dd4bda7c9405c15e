"""PDFs made at once and without a browser: a text set by hand in a Thai font, or a scan of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from bench.read.handmade import plain, set_type, write
from bench.read.sample import Block, Paper, Part
from bench.read.scans import as_pdf, render
from bench.read.truetype import TrueType, load
from demo.paper import Press

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from demo.texts import Text

_FONTS = "/usr/share/fonts/truetype/tlwg/Garuda.ttf"
_PARTS = {"h1": Part.TITLE, "h2": Part.HEADING, "p": Part.PROSE, "li": Part.ENTRY}
_JPEG, _DPI = 70, 150


class HandPress(Press):
    """Prints what `demo.site` orders; `scanned` says of each order whether it becomes a picture."""

    def __init__(self, scanned: Sequence[bool]) -> None:
        """Print as many PDFs as `scanned` is long."""
        super().__init__("")
        self._scanned = iter(scanned)

    def order(self, path: Path, text: Text) -> None:
        """Write `text` as a PDF at `path` now."""
        body = printed(text.body)
        if next(self._scanned):
            body = as_pdf(render(body, _DPI), jpeg=_JPEG)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def printed(html: str) -> bytes:
    """A PDF of the paragraphs and tables of an HTML fragment."""
    font = _font()
    return write(set_type(Paper(0, tuple(_blocks(html)), ()), font, plain), font)


@cache
def _font() -> TrueType:
    return load(Path(_FONTS))


def _blocks(html: str) -> Iterator[Block]:
    for tag in BeautifulSoup(html, "lxml").find_all([*_PARTS, "tr"]):
        if tag.name == "tr":
            cells = [cell.get_text(" ", strip=True) for cell in tag.find_all(["th", "td"])]
            yield Block(Part.ROW, tuple(cell for cell in cells if cell))
        elif not tag.find_parent("table") and (words := tag.get_text(" ", strip=True)):
            yield Block(_PARTS[tag.name], (words,))
