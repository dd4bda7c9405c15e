"""The cases that wait for a person: reviews and could-not-checks, dearest item first. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, overload

from checklist.profile import UnitType
from checklist.verdict import Verdict
from results.score import points_at_stake

if TYPE_CHECKING:
    from checklist.schema import Checklist

QUEUES = (Verdict.REVIEW, Verdict.ERROR)
"""What a person is asked, and what could not be checked: two lists."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: of which list, of one item, office, type of unit or reason; "" is any."""

    verdict: Verdict = Verdict.REVIEW
    item: str = ""
    owner: str = ""
    unit_type: str = ""
    reason: str = ""


class Case(NamedTuple):
    """An item of a unit's newest scan that waits; `row` is its verdict's number in the store."""

    unit: str
    item: str
    name: str
    unit_type: UnitType | None
    scan_id: int
    row: int
    verdict: Verdict
    reasons: tuple[str, ...]


Key = tuple[int, str]


class Ordering:
    """The order of cases: the items with most points first, then by unit id."""

    def __init__(self, checklist: Checklist) -> None:
        """Order the items of `checklist`; `points` of the assessment's 100 hang on each."""
        self.points: Mapping[str, float] = {
            item.id: points_at_stake(checklist, item.id) for item in checklist.items
        }
        dearest = sorted(checklist.items, key=lambda item: (-self.points[item.id], item.number))
        self._rank = {item.id: rank for rank, item in enumerate(dearest)}

    def key(self, unit: str, item: str) -> Key:
        """What to sort a case by; an item that the checklist no longer has comes last."""
        return self._rank.get(item, len(self._rank)), unit

    def of(self, case: Case) -> Key:
        """The key of a case."""
        return self.key(case.unit, case.item)


class Queue(Sequence[Case]):
    """Cases in order, with the neighbours of any place, whether a case waits there or not."""

    def __init__(self, cases: Sequence[Case], ordering: Ordering) -> None:
        """`cases` stand in the order of `ordering`."""
        self._cases = cases
        self._ordering = ordering

    def __len__(self) -> int:
        """How many wait."""
        return len(self._cases)

    @overload
    def __getitem__(self, place: int) -> Case: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Case]: ...

    def __getitem__(self, place: int | slice) -> Case | Sequence[Case]:
        """The case at a place, or those of a slice."""
        return self._cases[place]

    def place(self, unit: str, item: str) -> int | None:
        """Where the case of the unit and item stands, from 0; `None` where it does not wait."""
        found = bisect_left(self._cases, self._ordering.key(unit, item), key=self._ordering.of)
        there = found < len(self._cases) and self._cases[found][:2] == (unit, item)
        return found if there else None

    def after(self, unit: str, item: str) -> Case | None:
        """The next case behind that place."""
        found = bisect_right(self._cases, self._ordering.key(unit, item), key=self._ordering.of)
        return self._cases[found] if found < len(self._cases) else None

    def before(self, unit: str, item: str) -> Case | None:
        """The case in front of that place."""
        found = bisect_left(self._cases, self._ordering.key(unit, item), key=self._ordering.of)
        return self._cases[found - 1] if found else None


def queue(
    checklist: Checklist,
    ordering: Ordering,
    cases: Sequence[Case],
    settled: Collection[tuple[str, str]],
    wanted: Wanted,
) -> Queue:
    """Those of `cases` (in order) that are wanted and not `settled` (pairs of unit and item)."""
    fits = _fitting(checklist, wanted)
    return Queue(
        [case for case in cases if fits(case) and (case.unit, case.item) not in settled], ordering
    )


def _fitting(checklist: Checklist, wanted: Wanted) -> Callable[[Case], bool]:
    owned = _owned(checklist, wanted.owner) if wanted.owner else None

    def fits(case: Case) -> bool:
        return (
            (not wanted.item or case.item == wanted.item)
            and (not wanted.unit_type or case.unit_type == wanted.unit_type)
            and (not wanted.reason or wanted.reason in case.reasons)
            and (owned is None or (case.unit_type, case.item) in owned)
        )

    return fits


def _owned(checklist: Checklist, owner: str) -> frozenset[tuple[UnitType | None, str]]:
    """The items that `owner` acts on, by the type of unit that calls it so."""
    return frozenset(
        (kind, item.id)
        for kind in (None, *UnitType)
        for item in checklist.items
        if checklist.owner_of(item, kind) == owner
    )
