"""A table whose header has these columns and that holds data rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document, Passage, Region, Table
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.reading import HTML_SOURCES, Line, Reading, readings
from checklist.thai import contains, match_form
from checklist.verdict import Quote, Tier

Term = Annotated[str, StringConstraints(min_length=1)]

_HEADER_ROWS = 3
_TEXT_WINDOW = 30
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+|\d+\.\d{2}(?!\d)")


class ColumnsProbe(Probe):
    """A table whose header has these columns and that holds at least `rows` data rows.

    A header may span the first three rows. Formats that know no tables (PDF text) show the
    header as lines: there the words must stand close together above lines with amounts.
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
        top = [table.header, *table.rows[: _HEADER_ROWS - 1]] if table.header else []
        top = top or list(table.rows[:_HEADER_ROWS])
        cells = "\n".join(match_form(cell) for row in top for cell in row)
        missing = [
            group[0] for group in self.columns if not any(contains(cells, term) for term in group)
        ]
        body = table.rows if table.header else table.rows[1:]
        width = max((len(row) for row in table.rows), default=0)
        return missing, [row for row in body if _is_data(row, width)]

    def _look_in_lines(self, reading: Reading) -> Finding | None:
        if reading.document.source in HTML_SOURCES:
            return None
        lines = reading.evidence
        for start in reading.places_having(self.columns[0]):
            line = lines[start]
            if any(contains(line.form, term) for term in self.columns[0]):
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
        return all(any(match_form(t) in joined for t in group) for group in self.columns)


def _tables(reading: Reading) -> Iterator[Table]:
    shown = {line.passage.table for line in reading.lines if line.passage.table is not None}
    for index, table in enumerate(reading.document.tables):
        if index in shown:
            yield table


def _is_data(row: Sequence[str], width: int) -> bool:
    filled = [cell for cell in row if cell.strip(" -–")]
    return len(filled) >= max(2, width // 2)


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
