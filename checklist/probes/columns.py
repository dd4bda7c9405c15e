"""A table whose header has these columns and that holds data rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.cells import WHOLE_CELL, heads_column
from checklist.evidence import Document, Passage, Region, Table
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.reading import HTML_SOURCES, Reading, readings
from checklist.thai import contains, letters_of, match_form
from checklist.verdict import Quote, Tier

if TYPE_CHECKING:
    from checklist.lines import Line

Term = Annotated[str, StringConstraints(min_length=1)]

_HEADER_ROWS = 3
# A sheet's title lines may stand above its header.
_HEADER_ROWS_OF_A_SHEET = 6
_TEXT_WINDOW = 30
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+|\d+\.\d{2}(?!\d)")
_LINES = re.compile(r"[\s.…_–/-]+")
# What a form prints beside the space to be filled in: "......../2565", "........ บาท".
_PRINTED = re.compile(r"(?:25|20)\d\d|บาท")
_LEADER = re.compile(r"\.{3}|…|_{3}")
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?")


class ColumnsProbe(Probe):
    """A table whose header has these columns and that holds at least `rows` data rows.

    A header may span the first three rows, and stand below a sheet's title. Cells of dots or
    lines left to be filled in hold no data. Formats that know no tables (PDF text) show the
    header as lines: there the words must stand close together above lines with amounts.
    A term written `=term` is the whole cell, but for a unit in brackets.
    """

    kind: Literal["columns"]
    columns: Annotated[
        tuple[Annotated[tuple[Term, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    rows: Annotated[int, Field(ge=1)] = 1

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the header and a first row quoted; absent names the missing columns."""
        best_missing: list[str] | None = None
        header_without_rows: Quote | None = None
        for reading in readings(documents):
            for table in _tables(reading):
                missing, data = self._check(table)
                if not missing and len(data) >= self.rows:
                    return present(*_quotes(reading, table, data[0]))
                if not missing and header_without_rows is None:
                    header_without_rows = _quotes(reading, table, ())[0]
                if best_missing is None or len(missing) < len(best_missing):
                    best_missing = missing
            finding = self._look_in_lines(reading)
            if finding:
                return finding
        if header_without_rows:
            return absent("ตารางมีหัวตารางแต่ไม่มีรายการข้อมูล", header_without_rows)
        if best_missing is None:
            return absent("ไม่พบตารางที่มีคอลัมน์ " + ", ".join(f"«{c[0]}»" for c in self.columns))
        return absent("ตารางขาดคอลัมน์ " + ", ".join(f"«{name}»" for name in best_missing))

    def _check(self, table: Table) -> tuple[list[str], list[tuple[str, ...]]]:
        rows = [*([table.header] if table.header else []), *table.rows]
        limit = _HEADER_ROWS if table.header else _HEADER_ROWS_OF_A_SHEET
        missing, size = self._header(rows, limit)
        width = max((len(row) for row in table.rows), default=0)
        return missing, [row for row in rows[size:] if _is_data(row, width)]

    def _header(self, rows: Sequence[Sequence[str]], limit: int) -> tuple[list[str], int]:
        """The columns that the first rows do not name, and how many rows it took to name all."""
        missing = list(self.columns)
        for size, row in enumerate(rows[:limit], start=1):
            forms = [match_form(cell) for cell in row]
            joined = "\n".join(forms)
            missing = [group for group in missing if not _named(group, forms, joined)]
            if not missing:
                return [], size
        return [group[0] for group in missing], limit

    def _look_in_lines(self, reading: Reading) -> Finding | None:
        if reading.document.source in HTML_SOURCES:
            return None
        lines = reading.evidence
        plain = [term.removeprefix(WHOLE_CELL) for term in self.columns[0]]
        for start in sorted({p for t in plain for p in reading.places_of(letters_of(t))}):
            line = lines[start]
            if any(heads_column(line.form, term) for term in self.columns[0]):
                window = lines[start : start + _TEXT_WINDOW]
                if self._all_in(window):
                    amounts = [x for x in window if _MONEY.search(x.form)]
                    if len(amounts) >= self.rows:
                        quotes = (reading.quote(x, Tier.VARIANT) for x in (line, amounts[0]))
                        return present(*dict.fromkeys(quotes))
                    return unsure("พบหัวตารางแต่อ่านแถวข้อมูลไม่ได้ชัดเจน", reading.quote(line))
        return None

    def _all_in(self, window: Sequence[Line]) -> bool:
        joined = "".join(line.form for line in window)
        return all(
            any(match_form(t) in joined for t in group if not t.startswith(WHOLE_CELL))
            for group in self.columns
        )


def _tables(reading: Reading) -> Iterator[Table]:
    shown = {line.passage.table for line in reading.lines if line.passage.table is not None}
    for index, table in enumerate(reading.document.tables):
        if index in shown:
            yield table


def _named(group: Sequence[str], forms: Sequence[str], joined: str) -> bool:
    """True when a cell of a row bears a term of `group`; `joined` is the whole row."""
    return any(
        any(heads_column(form, term) for form in forms)
        if term.startswith(WHOLE_CELL)
        else contains(joined, term)
        for term in group
    )


def _is_data(row: Sequence[str], width: int) -> bool:
    filled = [cell for cell in row if not _is_unfilled(cell)]
    return len(filled) >= max(2, width // 2) and not _numbers_columns(filled)


def _is_unfilled(cell: str) -> bool:
    left = _LINES.sub("", cell)
    return not left or bool(_LEADER.search(cell) and _PRINTED.fullmatch(left))


def _numbers_columns(cells: Sequence[str]) -> bool:
    """True for the row of a form that numbers its columns: (1), (2), (3)."""
    numbers = [_NUMBERED.fullmatch(cell.strip()) for cell in cells]
    return len(cells) > 2 and [n and int(n[1]) for n in numbers] == list(range(1, len(cells) + 1))


def _quotes(reading: Reading, table: Table, row: Sequence[str]) -> list[Quote]:
    header = table.header or (table.rows[0] if table.rows else ())
    texts = [" | ".join(cells) for cells in (header, row) if cells]
    return [
        Quote.of(
            reading.document,
            Passage(text, Region.TABLE, table.heading_path, table.page),
            text[:300],
        )
        for text in texts
    ]
