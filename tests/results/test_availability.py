"""How often given addresses answered: what counts, what is told apart, what is not the site's."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import docx
import pytest

from checklist.evidence import Coverage, Document, Origin, Skipped
from results.availability import (
    Check,
    Outcome,
    Period,
    UnitAvailability,
    availability,
    availability_text,
    entry_period,
    share_text,
)
from results.check_rows import CheckBook
from results.formats.docx import unit_docx
from results.formats.html import unit_html
from results.formats.xlsx import unit_xlsx
from results.gap import build_report
from results.store import Store
from tests.databases import database_at
from tests.results.samples import COVERAGE, SITE, UNIT, mixed, passing, result_of, small_checklist
from tests.results.scans import OIT, Night, page, scan, workbook_texts

FIRST = datetime(2023, 4, 1, 6, tzinfo=UTC)
WINDOW = entry_period(OIT.calendar)
URL = f"{SITE}/o1"


def checks(marks: str, url: str = URL) -> list[Check]:
    """A check a day: `.` answered, `t` timed out, `4` not found, `w` firewall, `r` robots."""
    problems = {".": None, "t": "timeout", "4": "not_found", "w": "blocked_by_waf",
                "r": "blocked_by_robots"}  # fmt: skip
    status = {".": 200, "4": 404, "w": 403}
    return [
        Check(url, FIRST + timedelta(days=n), status.get(mark, 0), problems[mark])
        for n, mark in enumerate(marks)
    ]


def of(*found: Check) -> UnitAvailability:
    return availability("a", "จังหวัดภูสวน", WINDOW, found)


@pytest.mark.parametrize(
    ("status", "problem", "outcome"),
    [
        (200, None, Outcome.ANSWERED),
        (204, None, Outcome.ANSWERED),
        (200, "extract_failed", Outcome.ANSWERED),
        (0, "too_large", Outcome.ANSWERED),
        (404, "not_found", Outcome.FAILED),
        (200, "soft_404", Outcome.FAILED),
        (200, "login_required", Outcome.FAILED),
        (500, "server_error", Outcome.FAILED),
        (0, "dns", Outcome.FAILED),
        (0, "timeout", Outcome.FAILED),
        (0, "tls", Outcome.FAILED),
        (200, "empty_page", Outcome.FAILED),
        (403, "blocked_by_waf", Outcome.REFUSED),
        (429, "rate_limited", Outcome.REFUSED),
        (0, "blocked_by_robots", Outcome.UNASKED),
        (0, "not_checked", Outcome.UNASKED),
        (0, "network_down", Outcome.UNASKED),
    ],
)
def test_only_a_shown_page_is_an_answer(status: int, problem: str | None, outcome: Outcome) -> None:
    assert Check(URL, FIRST, status, problem).outcome is outcome


def test_shares_stretches_and_causes_of_an_address() -> None:
    (one,) = of(*checks("..tt4...t.")).addresses
    assert (one.checks, one.answered, one.percent) == (10, 6, 60.0)
    assert one.longest is not None
    assert (one.longest.checks, one.longest.since) == (3, FIRST + timedelta(days=2))
    assert one.longest.until == FIRST + timedelta(days=5)
    assert one.last_answer == FIRST + timedelta(days=9)
    assert [(cause.reason, cause.count) for cause in one.causes] == [
        ("timeout", 3),
        ("not_found", 1),
    ]


def test_a_stretch_that_lasts_has_no_end_yet() -> None:
    (one,) = of(*checks("...tt")).addresses
    assert one.longest is not None
    assert one.longest.until is None


def test_what_was_not_asked_or_was_refused_neither_counts_nor_breaks_a_stretch() -> None:
    (one,) = of(*checks(".trwt.")).addresses
    assert (one.checks, one.answered, one.refused, one.unasked) == (4, 2, 1, 1)
    assert one.longest is not None
    assert one.longest.checks == 2


def test_checks_outside_of_the_window_are_left_out() -> None:
    late = Check(URL, datetime(2023, 4, 30, 17, 0, tzinfo=UTC), 200)
    last = Check(URL, datetime(2023, 4, 30, 16, 59, tzinfo=UTC), 200)
    assert of(late).checks == 0, "it is May in Thailand"
    assert of(last).checks == 1


def test_the_unit_sums_its_addresses_the_worst_first() -> None:
    found = of(*checks("....."), *checks(".t...", f"{SITE}/o2"))
    assert (found.checks, found.answered) == (10, 9)
    assert found.line == "เว็บไซต์ตอบ 9 จาก 10 ครั้งที่ตรวจในช่วงรายงาน (90.0%)"
    assert [one.url for one in found.addresses] == [f"{SITE}/o2", URL]


def test_of_few_checks_no_share_is_told() -> None:
    found = of(*checks("...."))
    assert (found.line, availability_text(found)) == ("", None)


def test_a_share_is_never_rounded_up_to_always() -> None:
    assert share_text(100 * 2999 / 3000) == "99.9%"
    assert share_text(100.0) == "100.0%"
    assert share_text(95.0) == "95.0%"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(database_at(f"{tmp_path}/oit.db"))


def night(store: Store, day: date, *documents: Document, coverage: Coverage = COVERAGE) -> int:
    return scan(store, Night(day, {"a": [passing("O1")]}, documents, coverage=coverage))


def book(store: Store, last: int | None = None) -> UnitAvailability:
    return CheckBook(store, "oit-2566", WINDOW, last).of("a")


def test_checks_are_read_from_every_scan_of_the_window(store: Store) -> None:
    followed = page(f"{SITE}/news", origin=Origin.FOLLOWED)
    night(store, date(2023, 2, 28), page(URL))
    night(store, date(2023, 3, 1), page(URL), followed)
    night(store, date(2023, 3, 2), page(URL, problem="timeout", status=0))
    night(store, date(2023, 5, 1), page(URL))
    (one,) = book(store).addresses
    assert (one.url, one.checks, one.answered) == (URL, 2, 1)
    assert book(store, last=2).checks == 1, "a report tells of no scan after its own"


def test_an_address_reached_by_a_link_that_night_is_still_the_given_one(store: Store) -> None:
    night(store, date(2023, 3, 1), page(URL))
    night(store, date(2023, 3, 2), page(URL, origin=Origin.FOLLOWED))
    assert book(store).checks == 2


def test_an_address_left_out_after_its_host_fell_silent_was_not_asked(store: Store) -> None:
    coverage = replace(COVERAGE, skipped=(Skipped(URL, "timeout"),))
    silent = page(URL, problem="timeout", status=0)
    night(store, date(2023, 3, 1), silent, coverage=coverage)
    (one,) = book(store).addresses
    assert (one.checks, one.unasked) == (0, 1)


def test_a_host_that_answered_nothing_answered_for_none_of_its_addresses(store: Store) -> None:
    """A night without the host weighs as much as a night with it."""
    urls = [f"{SITE}/o{number}" for number in range(10)]
    night(store, date(2023, 3, 1), *map(page, urls))
    silent = [page(url, problem="timeout", status=0) for url in urls]
    left_out = replace(COVERAGE, skipped=tuple(Skipped(url, "timeout") for url in urls[3:]))
    night(store, date(2023, 3, 2), *silent, coverage=left_out)
    found = book(store)
    assert (found.checks, found.answered, found.unasked) == (20, 10, 0)


def test_addresses_left_out_by_a_host_that_did_answer_others_were_not_asked(store: Store) -> None:
    silent = [page(f"{SITE}/o{number}", problem="timeout", status=0) for number in range(4)]
    left_out = replace(COVERAGE, skipped=(Skipped(f"{SITE}/o3", "timeout"),))
    night(store, date(2023, 3, 1), page(f"{SITE}/front"), *silent, coverage=left_out)
    found = book(store)
    assert (found.checks, found.unasked) == (4, 1)


def test_a_host_that_asked_for_rest_was_not_silent(store: Store) -> None:
    urls = [f"{SITE}/o{number}" for number in range(3)]
    resting = [page(url, problem="rate_limited", status=429) for url in urls]
    left_out = replace(COVERAGE, skipped=(Skipped(urls[2], "rate_limited"),))
    night(store, date(2023, 3, 1), *resting, coverage=left_out)
    found = book(store)
    assert (found.checks, found.refused, found.unasked) == (0, 2, 1)


def test_nothing_from_any_unit_of_a_small_scan_is_our_own_network(store: Store) -> None:
    nothing = Coverage(found=1)
    silent = [page(URL, problem="timeout", status=0)]
    units = {unit: [passing("O1")] for unit in ("a", "b")}
    scan(store, Night(date(2023, 3, 1), units, silent, coverage=nothing))
    assert (book(store).checks, book(store).unasked) == (0, 1)


def test_our_own_network_being_down_does_not_count_against_the_sites(store: Store) -> None:
    nothing = Coverage(found=1)
    silent = [page(URL, problem="dns", status=0)]
    units = {unit: [passing("O1")] for unit in ("a", "b", "c", "d", "e")}
    scan(store, Night(date(2023, 3, 1), units, silent, coverage=nothing))
    scan(store, Night(date(2023, 3, 2), {"a": units["a"]}, silent, coverage=nothing))
    (one,) = book(store).addresses
    assert (one.checks, one.unasked) == (1, 1), "one unit alone may well have been down"


def test_no_days_are_before_the_first_or_after_the_last() -> None:
    period = Period(date(2023, 4, 1), date(2023, 4, 1))
    begin, end = period.bounds
    assert period.holds(begin)
    assert not period.holds(end)


def test_the_report_tells_it_in_every_format() -> None:
    text = availability_text(of(*checks(".....t")))
    report = build_report(small_checklist(), result_of(mixed(), UNIT), availability=text)
    line = "เว็บไซต์ตอบ 5 จาก 6 ครั้งที่ตรวจในช่วงรายงาน (83.3%)"
    assert line in unit_html(report)
    assert any(line in cell for cell in workbook_texts(unit_xlsx(report)))
    word = docx.Document(io.BytesIO(unit_docx(report)))
    assert any(line in cell.text for table in word.tables for cell in table._cells)
    assert line in report.model_dump_json()


def test_a_report_without_enough_checks_says_nothing_of_it() -> None:
    report = build_report(small_checklist(), result_of(mixed(), UNIT))
    assert "ครั้งที่ตรวจในช่วงรายงาน" not in unit_html(report)
