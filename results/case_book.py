"""The cases of a checklist that wait for a person now: open ones without a decision that holds."""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, func, or_, select

from database.sessions import reading
from results.case_rows import OpenCases, questions
from results.cases import QUEUES, Case, Ordering, Queue, Wanted, queue
from results.models import WaiverRow
from results.waivers import ANSWERS

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from checklist.schema import Checklist
    from checklist.verdict import Verdict

_MOST_QUEUES = 50
_ANSWERS = frozenset(kind.value for kind in ANSWERS)


class CaseBook:
    """The cases of one checklist in one database; threads share it.

    What was read is kept: a page only asks whether results or decisions came since.
    """

    def __init__(self, engine: Engine, checklist: Checklist) -> None:
        """Read from `engine`."""
        self._engine = engine
        self._checklist = checklist
        self._lock = threading.Lock()
        self._open = OpenCases()
        self._sorted: dict[Verdict, list[Case]] = {}
        self._settled: tuple[tuple[Any, ...], frozenset[tuple[str, str]]] = ((), frozenset())
        self._queues: dict[Wanted, Queue] = {}
        self.ordering = Ordering(checklist)

    def queue(self, wanted: Wanted, day: date) -> Queue:
        """The cases that wait and are wanted; decisions hold as of `day`."""
        with self._lock:
            with reading(self._engine) as session:
                changed = self._open.refresh(session, self._checklist.key)
                settled = self._decided(session, day, changed=changed)
            if changed or not self._sorted:
                self._sort()
            if wanted not in self._queues:
                if len(self._queues) >= _MOST_QUEUES:
                    self._queues.clear()
                cases = self._sorted[wanted.verdict]
                self._queues[wanted] = queue(self._checklist, self.ordering, cases, settled, wanted)
            return self._queues[wanted]

    def questions(self, cases: Collection[Case]) -> dict[int, str]:
        """What is asked in each of these cases, by the number of its verdict."""
        with reading(self._engine) as session:
            return questions(session, cases)

    def _sort(self) -> None:
        in_order = sorted(self._open.cases.values(), key=self.ordering.of)
        self._sorted = {
            verdict: [case for case in in_order if case.verdict is verdict] for verdict in QUEUES
        }

    def _decided(self, session: Session, day: date, *, changed: bool) -> frozenset[tuple[str, str]]:
        mark = (day, *session.execute(_decisions_mark(self._checklist.key)).one())
        if changed or mark != self._settled[0]:
            self._queues.clear()
            found = session.execute(_live(self._checklist.key, day))
            self._settled = (
                mark, frozenset((row.unit_id, row.item) for row in found if self._holds(row))
            )  # fmt: skip
        return self._settled[1]

    def _holds(self, row: Any) -> bool:
        """True for a decision that holds in the case's scan, as far as scans noted it."""
        case = self._open.cases.get((row.unit_id, row.item))
        if case is None or row.scan_id > case.scan_id:
            return False
        return row.kind not in _ANSWERS or (row.held_scan or 0) >= case.scan_id


_BOOKS: WeakKeyDictionary[Engine, dict[str, CaseBook]] = WeakKeyDictionary()
_OPENING = threading.Lock()


def case_book(engine: Engine, checklist: Checklist) -> CaseBook:
    """The one book of a checklist's cases in the database of `engine`."""
    with _OPENING:
        books = _BOOKS.setdefault(engine, {})
        return books.setdefault(checklist.key, CaseBook(engine, checklist))


def _decisions_mark(checklist: str) -> Select[int, int, int, int | None]:
    return select(
        func.max(WaiverRow.id),
        func.count(WaiverRow.ended_at),
        func.count(WaiverRow.changed_scan),
        func.sum(WaiverRow.held_scan),
    ).where(WaiverRow.checklist == checklist)


def _live(checklist: str, day: date) -> Select[Any]:
    columns: tuple[Any, ...] = (
        WaiverRow.unit_id, WaiverRow.item, WaiverRow.kind, WaiverRow.scan_id, WaiverRow.held_scan,
    )  # fmt: skip
    return select(*columns).where(
        WaiverRow.checklist == checklist,
        WaiverRow.ended_at.is_(None),
        WaiverRow.changed_scan.is_(None),
        or_(WaiverRow.until.is_(None), WaiverRow.until >= day),
    )
