"""A workbook in memory into which crawled text can be written without harm.

Every text is written as a text: nothing becomes a formula, a number or a link by how it looks.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any

from xlsxwriter import Workbook

from results.excel.looks import FONT, FONT_SIZE, INK, LINK, TONES, Look
from results.excel.measure import row_height
from results.links import ascii_address
from results.speech import _
from results.wording import tidy
from units.formulas import runs

TEXT_LIMIT = 32_767
"""Characters that a cell holds, in UTF-16 units."""
LINK_LIMIT = 65_530
"""Links that a sheet holds."""
URL_LIMIT = 2_079
_NAME_LIMIT = 31
_FOOT_PICTURE = re.compile(r"&(?=[Gg\[])")
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")


@dataclass(frozen=True, slots=True)
class Text:
    """A text cell; `tone` names its colours, `url` makes it a link where a reader may be sent.

    `beside` makes it a link to a file beside the workbook instead: `gap-surin.html#O12`.
    """

    text: str
    tone: str = ""
    url: str = ""
    beside: str = ""
    bold: bool = False
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number cell with its number format."""

    value: float
    shape: str = "0.00"
    bold: bool = False
    centre: bool = False


Cell = Text | Number


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Properties of many cells, told apart from others by being another object."""

    look: Look


_PLAIN = Shared({})


@dataclass(frozen=True, slots=True)
class _Style:
    """A format of the workbook, with what decides the height of a row."""

    format: Any
    wraps: bool
    size: float
    bold: bool


@lru_cache(maxsize=8_192)
def cell_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` as a cell can hold it: its lines tidied, cut with an ellipsis at `limit`."""
    lines = "\n".join(tidy(line) for line in text.split("\n")).strip("\n")
    units = lines.encode("utf-16-le")
    if len(units) <= 2 * limit:
        return lines
    return units[: 2 * limit - 4].decode("utf-16-le", "ignore").rstrip() + " …"


class Sheet:
    """A worksheet that takes cells; rows and columns count from 0."""

    def __init__(self, book: Book, sheet: Any, widths: Sequence[float]) -> None:
        """Wrap `sheet` of `book`; its first columns are so many digits wide."""
        self._book = book
        self._links = 0
        self._widths = widths
        self._heights: dict[int, float] = {}
        self.sheet = sheet
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def put(
        self, row: int, column: int, cell: Cell, shared: Shared = _PLAIN, /, **look: object
    ) -> None:
        """Write `cell`, with further properties of its look."""
        if isinstance(cell, Number):
            side = "center" if cell.centre else "right"
            shape = {"num_format": cell.shape, "align": side, "bold": cell.bold}
            given = self._book.look({**shape, **shared.look, **look})
            self.sheet.write_number(row, column, cell.value, given)
            return
        self._put_text(row, column, cell, self._widths[column], shared, look)

    def put_across(self, row: int, last: int, cell: Text, **look: object) -> None:
        """Write `cell` over the columns from the first to `last`, which become one."""
        self.sheet.merge_range(row, 0, row, last, "", self._book.look(look))
        self._put_text(row, 0, cell, sum(self._widths[: last + 1]), _PLAIN, look)

    def _put_text(
        self, row: int, column: int, cell: Text, width: float, shared: Shared, more: Look
    ) -> None:
        text = cell_text(cell.text)
        address = f"external:{cell.beside}" if cell.beside else ascii_address(cell.url)
        linked = bool(text and address) and len(address) <= URL_LIMIT and self._links < LINK_LIMIT
        quoted = runs(text)
        style = self._book.style(cell, shared, more, quoted=quoted, linked=linked)
        # Of very many rows a program that shows them works out the heights itself: each that is
        # set stays in memory until the end.
        if style.wraps and not self._book.long:
            self.heighten(row, row_height(text, width, style.size, bold=style.bold))
        if linked:
            self._links += 1
            self.sheet.write_url(row, column, address, style.format, text)
        elif text:
            self.sheet.write_string(row, column, text, style.format)
        else:
            self.sheet.write_blank(row, column, None, style.format)

    def heighten(self, row: int, height: float) -> None:
        """Make a row at least so many points high."""
        if height > self._heights.get(row, 0.0):
            self._heights[row] = height
            self.sheet.set_row(row, height)

    def lead_to(self, row: int, column: int, sheet_name: str, **look: object) -> None:
        """Write the name of another sheet as a link to its first cell."""
        given = {"font_color": LINK, "underline": 1, **look}
        target = f"internal:'{sheet_name}'!A1"
        self.sheet.write_url(row, column, target, self._book.look(given), sheet_name)


class Book:
    """A workbook under way; `content` ends it."""

    def __init__(
        self,
        properties: Mapping[str, object],
        language: str,
        foot: tuple[str, str],
        *,
        long: bool = False,
    ):
        """A workbook with document `properties`; `foot` stands left and right of page numbers.

        A `long` one takes no more memory than a row: each is on the disk as soon as the next is
        begun, so its sheets are written one by one, from the first row to the last.
        """
        self.long = long
        # Closed by `content`, after which there is no book any more.
        self._file: IO[bytes] = tempfile.TemporaryFile() if long else io.BytesIO()  # noqa: SIM115
        options = {
            "in_memory": not long,
            "constant_memory": long,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": dict(FONT),
        }
        self._book = Workbook(self._file, options)
        self._book.set_properties(dict(properties))
        self._book.set_custom_property("Language", language)
        self._looks: dict[frozenset[tuple[str, object]], Any] = {}
        self._styles: dict[tuple[object, ...], _Style] = {}
        self._foot = tuple(_foot_text(text) for text in foot)

    def look(self, properties: Look) -> Any:
        """The cell format with `properties` upon the common look."""
        key = frozenset(properties.items())
        if key not in self._looks:
            common = {**FONT, "font_color": INK, "text_wrap": True, "valign": "top"}
            self._looks[key] = self._book.add_format({**common, **properties})
        return self._looks[key]

    def style(
        self, cell: Text, shared: Shared, more: Look, *, quoted: bool, linked: bool
    ) -> _Style:
        """How a text cell looks: a workbook has thousands of cells and few styles."""
        further = tuple(more.items()) if more else ()
        key = (cell.bold, cell.centre, cell.tone, quoted, linked, shared, further)
        found = self._styles.get(key)
        if found is None:
            side = "center" if cell.centre else "left"
            look = {"bold": cell.bold, "align": side, **shared.look, **more}
            if cell.tone:
                tone = TONES[cell.tone]
                look = {"font_color": tone.ink, "bg_color": tone.ground, **look}
            if quoted:
                look["quote_prefix"] = True
            size, wraps = look.get("font_size", FONT_SIZE), look.get("text_wrap", True)
            if linked:
                look = {"font_color": LINK, "underline": 1, **look}
            assert isinstance(size, (int, float))
            found = _Style(self.look(look), bool(wraps), size, bool(look["bold"]))
            self._styles[key] = found
        return found

    def sheet(self, name: str, widths: Sequence[float]) -> Sheet:
        """A new sheet with columns of `widths`, for A4 landscape, fitted to the page's width."""
        sheet = self._book.add_worksheet(sheet_name(name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        left, right = self._foot
        pages = _("หน้า {page} จาก {pages}", page="&P", pages="&N")
        sheet.set_footer(f"&L{left}&C{pages}&R{right}")
        return Sheet(self, sheet, widths)

    def chart(self, kind: Look) -> Any:
        """A new chart of XlsxWriter's, to be put on a sheet of this workbook."""
        return self._book.add_chart(dict(kind))

    def content(self) -> bytes:
        """The finished workbook, opened at the first cell of its first sheet."""
        self._book.worksheets()[0].activate()
        with self._file as file:
            self._book.close()
            file.seek(0)
            return file.read()


def _foot_text(text: str) -> str:
    """`text` in the foot of a page, where `&` begins codes; `&G` would ask for a picture."""
    return _FOOT_PICTURE.sub("& ", tidy(text, 80)).replace("&", "&&")


def sheet_name(name: str) -> str:
    """`name` as Excel allows it: at most 31 characters, no brackets, slashes or quotes."""
    return tidy(name).translate(_NOT_IN_NAMES)[:_NAME_LIMIT]
