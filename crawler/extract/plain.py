"""Plain text and CSV as a `Document`."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Passage, Region, Table, TextSource, Trail
from crawler.extract.text import clip, collapse, file_name_of, has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TITLE_LINES = 6
_PROSE = 120
_COVER_LINES = 10
_JOINING = re.compile(r"\s*(?:และ|ของ|ประจำปี|ประจําปี|ปีงบประมาณ|พ\.ศ\.|รอบ|\()")
_MAX_LINES = 200_000
_TITLE_CHARS = 500


@dataclass
class RowCollector:
    """Gathers passages and tables of a reader that meets rows one after another."""

    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def add_table(
        self,
        rows: Sequence[tuple[str, ...]],
        region: Region = Region.TABLE,
        heading_path: tuple[str, ...] = (),
        page: int | None = None,
    ) -> None:
        """Add a table whose first row is its header, and every row as a passage."""
        index = None
        if region is Region.TABLE:
            index = len(self.tables)
            header, body = (rows[0], rows[1:]) if len(rows) > 1 else ((), rows)
            self.tables.append(Table(tuple(body), header, "", heading_path, page))
        for row in rows:
            text = "\t".join(row).strip("\t")
            if has_words(text):
                self.passages.append(Passage(text, region, heading_path, page, index))


def title_of(lines: Iterable[str]) -> str:
    """The first lines of a file joined to its title: those before a long paragraph or table."""
    head: list[str] = []
    for line in lines:
        if len(head) == _TITLE_LINES or len(line) > _PROSE:
            break
        head.append(line)
    return clip(" ".join(head), _TITLE_CHARS)


def read_plain(text: str, fetch: Fetch, trail: Trail) -> Document:
    """Read decoded text: a passage a line, tab-separated or comma-separated runs as tables."""
    name = file_name_of(fetch.final_url or fetch.url)
    lines = text.splitlines()[:_MAX_LINES]
    rows = _csv_rows(text, lines, fetch.content_type, name)
    collector = RowCollector()
    title = ""
    if rows is not None:
        collector.add_table(rows)
    else:
        title = _read_lines(lines, collector)
    return Document(
        fetch=fetch,
        source=TextSource.TEXT,
        title=title,
        passages=tuple(collector.passages),
        tables=tuple(collector.tables),
        file_name=name,
        trail=trail,
    )


def _read_lines(lines: list[str], collector: RowCollector) -> str:
    """Fill `collector`; the first short lines are headings, and joined the returned title."""
    head: list[str] = []
    in_head = True
    pending: list[tuple[str, ...]] = []
    for number, line in enumerate(lines):
        cells = tuple(collapse(cell) for cell in line.split("\t"))
        if len(cells) > 1 and sum(map(bool, cells)) > 1:
            pending.append(cells)
            in_head = False
            continue
        _end_table(pending, collector)
        whole = collapse(line)
        if not has_words(whole):
            in_head = in_head and (not head or _goes_on(head[-1], lines[number + 1 : number + 2]))
            continue
        in_head = in_head and len(whole) <= _PROSE and len(head) < _COVER_LINES
        if in_head:
            head.append(whole)
        region = Region.HEADING if in_head else Region.MAIN
        collector.passages.append(Passage(whole, region))
    _end_table(pending, collector)
    return clip(" ".join(head), _TITLE_CHARS)


def _goes_on(last: str, following: list[str]) -> bool:
    """True when a cover's title continues after a blank line: "แผน...", "และ", "แนวทาง..."."""
    return _JOINING.fullmatch(last) is not None or any(map(_JOINING.match, following))


def _end_table(pending: list[tuple[str, ...]], collector: RowCollector) -> None:
    if pending:
        collector.add_table(tuple(pending))
        pending.clear()


def _csv_rows(
    text: str, lines: list[str], content_type: str, name: str
) -> list[tuple[str, ...]] | None:
    """The rows of comma- or semicolon-separated text; None when it is not such text."""
    sample = [line for line in lines[:20] if line.strip()]
    claimed = "csv" in content_type.lower() or name.lower().endswith(".csv")
    for mark in (",", ";"):
        counts = {line.count(mark) for line in sample}
        regular = len(sample) >= 3 and len(counts) == 1 and min(counts) >= 2
        if regular or (claimed and any(counts)):
            reader = csv.reader(io.StringIO(text[:20_000_000]), delimiter=mark)
            try:
                rows = [tuple(collapse(cell) for cell in row) for row in reader if any(row)]
            except csv.Error:
                return None
            return rows[:_MAX_LINES] or None
    return None
