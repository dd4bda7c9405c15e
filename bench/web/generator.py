"""Writes the history that is measured: many units, items and scans, by plain SQL.

All scans share one registry; each has its units, a verdict with its address for every item, and
the board's lines. What verdicts rest on (elements, quotes, documents) is written for all units of
the newest scan, and for the sample's units in every scan; decisions of people for some units.
Nothing is fetched, so there are no bodies, page images or archive.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.web.bulk import Bulk
from bench.web.grounds import Grounds
from bench.web.standing import REASONS, reason_of, standings
from checklist.loader import load
from checklist.verdict import Verdict
from results.board.line import LETTERS
from results.board.matrix import FAILED, GROUPS
from results.record import ScanStatus
from results.store import Store, checklist_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from checklist.schema import Checklist

CHECKLIST = "oit-2566"
FIRST_DAY = date(2023, 1, 2)
_TYPES = (*("local",) * 18, "province", "central")
_NAMES = {"local": "องค์การบริหารส่วนตำบลทดสอบ", "province": "จังหวัดทดสอบ", "central": "กรมทดสอบ"}
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Size:
    """How much is written; so many units at the start are the sample."""

    units: int = 8300
    scans: int = 50
    sample: int = 40
    decided: int = 300


@dataclass(frozen=True, slots=True)
class History:
    """The database as it was written: rows by table, and the units whose whole history is there."""

    path: Path
    size: Size
    items: tuple[str, ...]
    rows: dict[str, int]
    sample: tuple[str, ...]

    @property
    def newest(self) -> int:
        """The number of the newest scan."""
        return self.size.scans


def write_history(path: Path, size: Size, tell: Callable[[str], None]) -> History:
    """Make the database at `path`; the full size takes some minutes and gigabytes.

    Raises `StoreError` when the database cannot be made, `OSError` when the disk is full.
    """
    checklist = load(CHECKLIST)
    Store.open(f"sqlite:///{path}").close()
    writer = _Writer(Bulk(path), checklist, size)
    tables = ("item_verdicts", "element_verdicts", "evidence", "documents")
    with writer.bulk.without_indexes(tables):
        for number, cells in enumerate(standings(size.units, len(checklist.items), size.scans), 1):
            writer.scan(number, cells)
            if number % 10 == 0 or number == size.scans:
                tell(f"{number} scans of {size.units} units, {path.stat().st_size / 1e9:.2f} GB")
        writer.decisions()
        tell("indexes")
    writer.bulk.finish()
    return History(
        path,
        size,
        tuple(item.id for item in checklist.items),
        dict(writer.rows),
        tuple(unit_id(n) for n in range(min(size.sample, size.units))),
    )


def unit_id(number: int) -> str:
    """The id of a unit by its number from 0."""
    return f"unit-{number:05}"


def moment(scan: int, seconds: int = 0) -> datetime:
    """When a scan was begun: one a week, in the night."""
    day = FIRST_DAY + timedelta(weeks=scan - 1)
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC) + timedelta(seconds=seconds)


def _registered(number: int, checklist: Checklist) -> dict[str, object]:
    """The unit as it stood in the registry that the scans were begun with."""
    site = f"https://www.{unit_id(number)}.example.go.th"
    kind = _TYPES[number % len(_TYPES)]
    return {
        "id": unit_id(number),
        "name": f"{_NAMES[kind]} {number + 1}",
        "type": kind,
        "main_site": site,
        "urls": {item.id: [f"{site}/{item.id}.pdf"] for item in checklist.items},
    }


def stored(when: datetime) -> str:
    """A moment as the database keeps it."""
    return when.strftime("%Y-%m-%d %H:%M:%S.%f")


class _Writer:
    """Counts the numbers of rows on while scan after scan is written."""

    def __init__(self, bulk: Bulk, checklist: Checklist, size: Size) -> None:
        self.bulk, self.checklist, self.size = bulk, checklist, size
        self.rows: dict[str, int] = defaultdict(int)
        self._grounds = Grounds(checklist)
        self._hash = checklist_hash(checklist)
        self._insert("scan_registries", "id digest", [(1, "0" * 64)])
        self._insert("scan_registry_units", "registry_id position unit_id unit", (
            (1, n, unit_id(n), json.dumps(_registered(n, checklist))) for n in range(size.units)
        ))  # fmt: skip

    def scan(self, number: int, cells: NDArray[Any]) -> None:
        """Write the whole scan `number` with these cells."""
        began, ended = moment(number), moment(number, 6 * 3600)
        row = (
            number, self.checklist.year, self.checklist.key, self._hash, began.date().isoformat(),
            stored(began), stored(ended), ScanStatus.FINISHED.value, "{}", "bench", 1,
        )  # fmt: skip
        self._insert("scans", _SCAN, [row])
        first_unit, first_item = self.rows["scan_units"] + 1, self.rows["item_verdicts"] + 1
        self._insert("scan_units", _UNIT, self._units(number, first_unit))
        self._insert("item_verdicts", _ITEM, self._verdicts(cells, first_unit, first_item))
        self._insert("board_lines", _LINE, self._lines(number, cells))
        whole = len(cells) if number == self.size.scans else min(self.size.sample, len(cells))
        self._evidence(number, cells[:whole], first_unit, first_item)

    def decisions(self) -> None:
        """Write a decision each about one item of the first units after the sample."""
        made = stored(moment(self.size.scans))
        items = [item.id for item in self.checklist.items]
        rows = [
            (
                unit_id(n), self.checklist.key, items[n % len(items)], 1, "accepted", "เจ้าหน้าที่",
                "ตรวจแล้ว", made, "fail", "[]", "", "",
            )
            for n in range(self.size.sample, min(self.size.sample + self.size.decided,
                                                 self.size.units))
        ]  # fmt: skip
        self._insert("waivers", _WAIVER, rows)

    def _insert(self, table: str, columns: str, rows: Any) -> None:
        def told() -> Iterator[Sequence[Any]]:
            for row in rows:
                self.rows[table] += 1
                yield row

        self.bulk.insert(table, columns.split(), told())

    def _units(self, scan: int, first: int) -> Iterator[tuple[Any, ...]]:
        for number in range(self.size.units):
            kind = _TYPES[number % len(_TYPES)]
            site = f"https://www.{unit_id(number)}.example.go.th"
            yield (
                first + number, scan, unit_id(number), f"{_NAMES[kind]} {number + 1}", kind, "[]",
                site, "done", stored(moment(scan, number)), 60, 55, 2, 9_000_000, 40.0, "[]", "{}",
            )  # fmt: skip

    def _verdicts(
        self, cells: NDArray[Any], first_unit: int, first_item: int
    ) -> Iterator[tuple[Any, ...]]:
        items = [item.id for item in self.checklist.items]
        words = {group: _verdict_words(group) for group in REASONS}
        row = first_item
        for unit, groups in enumerate(cells.tolist()):
            site = f'["https://www.{unit_id(unit)}.example.go.th/'
            for item, group in enumerate(groups):
                verdict, kind, question = words[group]
                reason = reason_of(group, unit, item)
                yield (
                    row, first_unit + unit, item, items[item], verdict, kind,
                    f'["{reason}"]' if reason else "[]", f'{site}{items[item]}.pdf"]', question,
                    "[]",
                )  # fmt: skip
                row += 1

    def _lines(self, scan: int, cells: NDArray[Any]) -> Iterator[tuple[Any, ...]]:
        letters = "".join(LETTERS[group] for group in GROUPS)
        numbers = [item.number for item in self.checklist.items]
        assert numbers == list(range(1, len(numbers) + 1)), "letters stand at the item's number"
        for unit, groups in enumerate(cells.tolist()):
            kind = _TYPES[unit % len(_TYPES)]
            reasons: dict[str, list[str]] = defaultdict(list)
            for item, group in enumerate(groups):
                reason = reason_of(group, unit, item)
                if reason:
                    reasons[reason].append(str(item + 1))
            told = "\n".join(f"{code} {' '.join(at)}" for code, at in sorted(reasons.items()))
            yield (
                scan, unit_id(unit), f"{_NAMES[kind]} {unit + 1}", kind,
                stored(moment(scan, unit)), "".join(letters[group] for group in groups), told,
            )  # fmt: skip

    def _evidence(self, scan: int, cells: NDArray[Any], first_unit: int, first_item: int) -> None:
        """Write what the verdicts rest on, so many units at a time."""
        width = cells.shape[1]
        for start in range(0, len(cells), _BATCH):
            some = cells[start : start + _BATCH].tolist()
            made = self._grounds.of(
                some,
                (start, first_unit + start, first_item + start * width),
                (self.rows["element_verdicts"] + 1, stored(moment(scan, 60)), scan),
            )
            for table, (columns, rows) in made.items():
                self._insert(table, columns, rows)


def _verdict_words(group: int) -> tuple[str, str, str]:
    """Verdict, kind and question of a cell."""
    verdict = Verdict.FAIL if group in FAILED else Verdict(GROUPS[group].value)
    question = "เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่" if verdict is Verdict.REVIEW else ""
    return verdict.value, "none" if verdict is Verdict.ERROR else "match", question


_SCAN = (
    "id year checklist checklist_hash as_of started finished status settings tool_version "
    "registry_id"
)
_UNIT = (
    "id scan_id unit_id name type aliases main_site status checked_at found fetched rendered "
    "bytes seconds skipped tally"
)
_ITEM = "id scan_unit_id position item verdict kind reasons urls question placements"
_LINE = "scan_id unit_id name type checked_at letters reasons"
_WAIVER = (
    "unit_id checklist item scan_id kind made_by reason made_at verdict evidence ended_by ended_why"
)
