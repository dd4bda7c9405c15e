"""Which two scans a monthly report compares: by when they ran in Thailand, finished ones first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from results.papers.scan_pair import choose_scans, due_before, next_due
from results.record import ScanInfo, ScanStatus

APRIL = date(2023, 4, 10)


def scan(
    number: int, ran: str, status: str = "finished", units: int = 5, year: int = 2566
) -> ScanInfo:
    """A scan that ended at `ran`, Thailand's time."""
    ended = datetime.fromisoformat(f"{ran}:00+07:00").astimezone(UTC)
    running = status == "running"
    return ScanInfo(
        id=number,
        year=year,
        checklist=f"oit-{year}",
        checklist_hash="",
        as_of=APRIL,
        started=ended if running else ended - timedelta(hours=1),
        finished=None if running else ended,
        status=ScanStatus(status),
        units=units,
    )


MARCH_8 = scan(1, "2023-03-08 10:00")
MARCH_11 = scan(2, "2023-03-11 10:00")
APRIL_9 = scan(3, "2023-04-09 10:00")


@pytest.mark.parametrize(
    ("scans", "now", "before"),
    [
        ([MARCH_8, MARCH_11, APRIL_9], 3, 1),
        ([MARCH_8, MARCH_11], 2, 1),
        ([APRIL_9], 3, None),
        ([MARCH_8, scan(4, "2023-04-10 23:59")], 4, 1),
        ([MARCH_8, APRIL_9, scan(4, "2023-04-11 00:00")], 3, 1),
        ([scan(4, "2023-03-10 23:59"), APRIL_9], 3, 4),
        ([MARCH_8, APRIL_9, scan(4, "2023-04-10 09:00", units=0)], 3, 1),
        ([scan(9, "2023-03-01 10:00"), scan(2, "2023-03-08 10:00"), APRIL_9], 3, 2),
        ([MARCH_8, APRIL_9, scan(4, "2023-04-10 09:00", "interrupted")], 3, 1),
        ([MARCH_8, scan(4, "2023-04-10 09:00", "running")], 4, 1),
    ],
)
def test_the_newest_scans_up_to_both_due_days(
    scans: list[ScanInfo], now: int, before: int | None
) -> None:
    pair = choose_scans(scans, APRIL)
    assert pair is not None
    assert not pair.stale
    assert (pair.now.id, pair.before.id if pair.before else None) == (now, before)


def test_without_a_scan_since_the_last_report_only_the_standing_is_told() -> None:
    pair = choose_scans([MARCH_8], APRIL)
    assert pair is not None
    assert (pair.now, pair.before, pair.stale) == (MARCH_8, None, True)


def test_an_unfinished_scan_passed_over_is_named() -> None:
    cut = scan(4, "2023-04-10 09:00", "interrupted", units=1)
    pair = choose_scans([MARCH_8, APRIL_9, cut], APRIL)
    assert pair is not None
    assert pair.unused == (cut,)


def test_scans_of_another_checklist_are_not_compared() -> None:
    older = scan(4, "2023-03-09 09:00", year=2565)
    pair = choose_scans([MARCH_8, older, APRIL_9], APRIL)
    assert pair is not None
    assert pair.before == MARCH_8
    other = choose_scans([MARCH_8, older, APRIL_9], APRIL, "oit-2565")
    assert other is not None
    assert (other.now, other.stale) == (older, True)


@pytest.mark.parametrize(
    "scans", [[], [scan(1, "2023-04-11 00:01")], [scan(1, "2023-04-01 09:00", units=0)]]
)
def test_no_scan_is_no_report(scans: list[ScanInfo]) -> None:
    assert choose_scans(scans, APRIL) is None


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2023, 4, 1), date(2023, 4, 10)),
        (date(2023, 4, 10), date(2023, 4, 10)),
        (date(2023, 4, 11), date(2023, 5, 10)),
        (date(2023, 12, 31), date(2024, 1, 10)),
        (date(2023, 1, 31), date(2023, 2, 10)),
    ],
)
def test_the_next_due_day(today: date, due: date) -> None:
    assert next_due(today) == due
    assert due_before(date(2023, 1, 10)) == date(2022, 12, 10)
