"""A plain table as a file: a workbook, CSV for Excel, or a page, all from the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from results.excel.book import Book, Number, Text
from results.excel.table import Column, Table, Value, row_of, write_table
from results.formats.page import templates
from results.speech import _, spoken
from results.wording import tidy
from units.formulas import defused

_NOTES_WIDTH = 110


class Kind(StrEnum):
    """Kinds of files; each is also the file's ending."""

    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Listing:
    """A table and what must be known to read it.

    `name` is the table's for programs, `title` the document's, `sheet` the worksheet's. `notes`
    stand above the table on a page and on a sheet of their own in a workbook; CSV has the table
    alone. So many columns as `frozen` stay in sight.
    """

    name: str
    title: str
    sheet: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = field(default=())
    frozen: int = 2


def listing_xlsx(listing: Listing) -> bytes:
    """The table as a workbook, filtered and frozen like the other workbooks."""
    book = Book(
        {"title": tidy(listing.title, 200), "author": _("ระบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)")},
        language={"th": "th-TH", "en": "en-GB"}[spoken().value],
        foot=(listing.title, ""),
    )
    about = tidy(listing.title, 200)
    table = Table(listing.name, listing.sheet, about, listing.columns, listing.frozen)
    write_table(book, table, (row_of(listing.columns, values) for values in listing.rows))
    if listing.notes:
        page = book.sheet(_("คำอธิบาย"), [_NOTES_WIDTH])
        for row, note in enumerate((listing.title, *listing.notes)):
            page.put(row, 0, Text(note, bold=row == 0))
    return book.content()


def listing_csv(listing: Listing) -> bytes:
    """The table as CSV for Excel: UTF-8 with BOM, lines ended by CRLF, no text is a formula."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(column.heading for column in listing.columns)
    for values in listing.rows:
        writer.writerow(_plain(value) for value in values)
    return lines.getvalue().encode("utf-8-sig")


def listing_html(listing: Listing) -> str:
    """The table as a page that needs no other file, no network and no script."""
    rows = [
        [(_shown(value, column), _is_number(value)) for value, column in pairs]
        for pairs in (zip(values, listing.columns, strict=True) for values in listing.rows)
    ]
    template = templates().get_template("listing.html.j2")
    return template.render(listing=listing, rows=rows, language=spoken().value)


FILES: Mapping[Kind, Callable[[Listing], str | bytes]] = {
    Kind.HTML: listing_html,
    Kind.XLSX: listing_xlsx,
    Kind.CSV: listing_csv,
}


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | Number)


def _plain(value: Value) -> str | float:
    if isinstance(value, Number):
        return value.value
    if isinstance(value, Text | str):
        text = value.text if isinstance(value, Text) else value
        return defused("\n".join(map(tidy, text.split("\n"))))
    return "" if value is None else value


def _shown(value: Value, column: Column) -> str:
    if isinstance(value, Number | int | float):
        amount = value.value if isinstance(value, Number) else value
        return (
            f"{amount:,.0f}"
            if column.shape.endswith("0") and "." not in column.shape
            else (f"{amount:,.2f}" if column.shape.endswith("0.00") else f"{amount:,.1f}")
        )
    return value.text if isinstance(value, Text) else value or ""
