"""The rows of a table, each with what stands in its column of results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from checklist.cells import WEAK_MARK, Cell, cell_kind, heads_column
from checklist.thai import match_form, to_arabic_digits

if TYPE_CHECKING:
    from checklist.evidence import Table

_HEAD_ROWS = 6
_HEADS_DEEP = 3
_LONG_HEAD = 90
_FEWEST_OF_A_ROW = 2
_MAY_HOLD = 3
# A column that speaks of results still to come, or of who and how.
_NO_RESULT = re.compile(
    r"คาด|ประมาณการ|^(?:ค่า)?เป้าหมาย|(?<!บรรลุ)(?<!เทียบ)(?<!ตาม)เป้าหมาย$|^ตัวชี้วัด|^แผน|แผนการ(?:ใช้|เบิก)|^วิธี|^แนวทาง"
    r"|^(?:โครงการ|กิจกรรม|มาตรการ|จัด(?!แล้ว|ไป)|แจ้ง|เผยแพร่|ประชุม|อบรม|ปรับปรุง|ทบทวน|ติดตั้ง|แต่งตั้ง|ส่งเสริม|พัฒนา|ชี้แจง)"
    r"|ผู้(?:รับผิดชอบ|รายงาน|ดำเนินการ)|^ระยะเวลา|^กำหนด|^ปัญหา|ความเสี่ยง$"
)
_MONTH = re.compile(r"ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค|ไตรมาส|รอบ|เดือน")
_AHEAD = re.compile(r"กำหนด|ระยะเวลา|ภายใน|เป้าหมาย|แผน|คาด")
_NOTHING = re.compile(r"\W*ไม่(?:มี|พบ|ปรากฏ)")
_SUM = re.compile(r"รวม|ยอดรวม|ผลรวม")
_COUNTER = re.compile(r"\(?\d{1,2}\)?")


class Standing(Enum):
    """Whether a row's result is told: not at all, told as not yet done, or told."""

    BLANK = auto()
    UNDONE = auto()
    FILLED = auto()


@dataclass(frozen=True, slots=True)
class ResultRows:
    """What a table says below a head that announces results.

    `head` is that head as printed, `rows` the standing of each row, `beside` the other cells that
    may tell a result (remarks, proofs, days), `by_month` that the column is a calendar, in which
    bars may be drawn.
    """

    head: str = ""
    rows: tuple[Standing, ...] = ()
    beside: tuple[str, ...] = ()
    by_month: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    columns: tuple[int, ...]
    cells: tuple[str, ...]
    below: int


def result_rows(table: Table, heads: Sequence[str], *, dash_tells: bool) -> ResultRows:
    """The rows below the columns that `heads` name (terms of the checklist language).

    A row is told when any of these columns tells it; weak terms (`~รายงานผล`) name a column only
    where no other does. Tables laid out as a form, label beside
    value, count each such label as a row. `dash_tells`: a dash is an answer (none), not a gap.
    """
    rows = [row for row in (table.header, *table.rows) if any(row)]
    strong = [term for term in heads if not term.startswith(WEAK_MARK)]
    weak = [term.removeprefix(WEAK_MARK) for term in heads if term.startswith(WEAK_MARK)]
    head = _head_of(rows, strong) or _head_of(rows, weak)
    if head is None:
        return _labelled(rows, strong, dash_tells=dash_tells)
    width = max((_size(row) for row in rows[head.below :]), default=0)
    body = [row for row in rows[head.below :] if _is_entry(row, head, width)]
    named = [head.cells[c] for c in head.columns]
    return ResultRows(
        next(name for name in named if name),
        tuple(_standing_of(row, head, dash_tells=dash_tells) for row in body),
        tuple(x for row in body for c, x in enumerate(row) if x and _may_tell(head, c)),
        by_month=any(map(_MONTH.search, named)),
    )


def _head_of(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> _Head | None:
    """The head row and its columns of results, those that continue one to the right included.

    Only the first full row is one, below the titles of a sheet: measures name results as well.
    """
    width = max(map(_size, rows), default=0)
    fewest = max(_FEWEST_OF_A_ROW, width // 2)
    at = next((i for i, row in enumerate(rows[:_HEAD_ROWS]) if _size(row) >= fewest), None)
    if at is None:
        return None
    cells, below = list(rows[at]), at + 1
    while below < min(at + _HEADS_DEEP, len(rows) - 1) and _goes_on(cells, rows[below]):
        cells = [_joined(_cell(cells, c), x) for c, x in enumerate(_as_wide(rows[below], cells))]
        below += 1
    named = [c for c, cell in enumerate(cells) if c and _announces(cell, heads)]
    columns = dict.fromkeys(c for first in named for c in _span(cells, first))
    kept = tuple(c for c in columns if not _NO_RESULT.search(cells[c]))
    return _Head(kept, tuple(cells), below) if kept else None


def _as_wide(row: Sequence[str], above: Sequence[str]) -> Sequence[str]:
    return [*row, *[""] * (len(above) - len(row))]


def _announces(cell: str, heads: Sequence[str]) -> bool:
    if not cell or len(cell) > _LONG_HEAD or _NO_RESULT.search(cell):
        return False
    form = match_form(cell)
    return any(heads_column(form, term) for term in heads)


def _goes_on(above: Sequence[str], row: Sequence[str]) -> bool:
    """True for a second row of heads: it repeats those above it or parts a wide one."""
    told = [(c, cell) for c, cell in enumerate(row) if cell]
    if _is_counting([cell for _, cell in told]):
        return True
    parting = [c for c, cell in told if cell != _cell(above, c)]
    return bool(parting) and all(
        not _cell(above, c) or (c + 1 < len(above) and not above[c + 1]) for c in parting
    )


def _is_counting(cells: Sequence[str]) -> bool:
    """True for the row of a form that numbers its columns: (1), (2), (3)."""
    found = [to_arabic_digits(cell).strip() for cell in cells]
    numbers = [int(re.sub(r"\D", "", x)) for x in found if _COUNTER.fullmatch(x)]
    return len(cells) >= _MAY_HOLD and numbers == list(range(1, len(cells) + 1))


def _joined(upper: str, lower: str) -> str:
    return upper if not lower or lower == upper else f"{upper} {lower}".strip()


def _span(cells: Sequence[str], first: int) -> list[int]:
    """The column and those to its right that a wide head covers."""
    columns = [first]
    for c in range(first + 1, len(cells)):
        if cells[c] and not (_MONTH.search(cells[c]) and len(cells[c]) < _LONG_HEAD // 3):
            break
        columns.append(c)
    return columns


def _is_entry(row: Sequence[str], head: _Head, width: int) -> bool:
    """True for a row of the table's own, neither a caption inside it nor its sum."""
    others = [x.strip() for c, x in enumerate(row) if c not in head.columns and x.strip()]
    if not others or _SUM.match(others[0]) or _is_counting([x for x in row if x]):
        return False
    told = [c for c in head.columns if _cell(row, c)]
    caption = len(others) == 1 and not told and width >= _MAY_HOLD
    return not caption


def _may_tell(head: _Head, column: int) -> bool:
    """True for a column, other than those of results, in which a deed may be told."""
    return column not in head.columns and not _AHEAD.search(_cell(head.cells, column))


def _standing_of(row: Sequence[str], head: _Head, *, dash_tells: bool) -> Standing:
    others = (x for c, x in enumerate(row) if c not in head.columns)
    if dash_tells and any(map(_NOTHING.match, others)):
        return Standing.FILLED
    return _standing([_cell(row, c) for c in head.columns], dash_tells=dash_tells)


def _labelled(
    rows: Sequence[Sequence[str]], heads: Sequence[str], *, dash_tells: bool
) -> ResultRows:
    """Rows whose first cell is the label of a result and whose other cells are its value."""
    label = ""
    found: list[Standing] = []
    beside: list[str] = []
    for row in rows:
        if row and _announces(row[0], heads):
            label = label or row[0]
            found.append(_standing(row[1:], dash_tells=dash_tells))
        else:
            beside.extend(cell for cell in row[1:] if cell)
    return ResultRows(label, tuple(found), tuple(beside)) if label else ResultRows()


def _standing(cells: Sequence[str], *, dash_tells: bool) -> Standing:
    kinds = [cell_kind(cell) for cell in cells]
    if Cell.FILLED in kinds or (dash_tells and {Cell.DASH, Cell.UNDONE} & set(kinds)):
        return Standing.FILLED
    return Standing.UNDONE if Cell.UNDONE in kinds else Standing.BLANK


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _size(row: Sequence[str]) -> int:
    return sum(bool(cell) for cell in row)
