"""A workbook's sheets as passages and tables, whatever program wrote the workbook."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from checklist.evidence import Document, Fetch, Passage, Region, TextSource, Trail
from crawler.extract.plain import RowCollector, title_of
from crawler.extract.text import collapse, file_name_of

MAX_ROWS = 20_000
MAX_CELLS = 400_000
MAX_COLUMNS = 100
_TITLE_ROWS = 6

Row = tuple[str, ...]


@dataclass
class Workbook(RowCollector):
    """Gathers the sheets of a workbook, one after another."""

    titles: list[str] = field(default_factory=list)

    def add_sheet(self, name: str, rows: list[Row], *, hidden: bool) -> None:
        """Add a sheet: its name and title lines as headings, the rest as a table.

        The first rows with a single filled cell are the title lines; those of the first visible
        sheet that has some are the workbook's title. A hidden sheet is recorded as hidden text.
        """
        heading = Region.HIDDEN if hidden else Region.HEADING
        lines: list[str] = []
        while rows and len(lines) < _TITLE_ROWS and sum(map(bool, rows[0])) == 1:
            lines.append(next(filter(None, rows.pop(0))))
        if not lines and not rows:
            return
        name = collapse(name)
        path: tuple[str, ...] = (name,) if name else ()
        if name:
            self.passages.append(Passage(name, heading))
        for line in lines:
            self.passages.append(Passage(line, heading, path))
        if lines:
            path = (*path, " ".join(lines)[:300])
        if rows:
            region = Region.HIDDEN if hidden else Region.TABLE
            before = len(self.tables)
            self.add_table(rows, region, path)
            if len(self.tables) > before:
                self.tables[-1] = replace(self.tables[-1], caption=title_of(lines) or name)
        title = title_of(lines)
        if title and not hidden:
            self.titles.append(title)

    def add_hidden(self, texts: list[str]) -> None:
        """Record what stands in a sheet and is not seen."""
        self.passages.extend(Passage(text, Region.HIDDEN) for text in texts)

    def document(
        self, fetch: Fetch, trail: Trail, metadata: dict[str, str] | None = None
    ) -> Document:
        """All that was gathered, as one document; its title is the first sheet's that has one."""
        return Document(
            fetch=fetch,
            source=TextSource.XLSX,
            title=self.titles[0] if self.titles else "",
            passages=tuple(self.passages),
            tables=tuple(self.tables),
            metadata=metadata or {},
            file_name=file_name_of(fetch.final_url or fetch.url),
            trail=trail,
        )


def fill_down(rows: list[list[str]], first: int, last: int, column: int) -> None:
    """Repeat the cell at row `first` down to row `last` (both from 0): a vertical merge."""
    if first >= len(rows) or column >= len(rows[first]):
        return
    for row in rows[first + 1 : last + 1]:
        row.extend([""] * (column + 1 - len(row)))
        row[column] = row[column] or rows[first][column]
