"""Which scan speaks for the ministry, a unit, an item; a scan of a few never speaks for the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from checklist.loader import load
from results.forgetting import scan_facts
from results.newest import (
    newest_result,
    newest_scan_of,
    newest_whole_scan,
    resumable_scans,
    scan_before,
    scans_by_item,
)
from results.record import ScanStatus, Scope
from results.retention import RetentionSettings, Why, fates
from results.statistic_rows import newest_scans
from results.store import Store
from tests.databases import database_at
from tests.results.samples import COVERAGE, UNIT, missing, passing

OIT = load("oit-2566")
KEY = OIT.key
DAY = date(2023, 4, 5)
FINISHED, INTERRUPTED, RUNNING = ScanStatus.FINISHED, ScanStatus.INTERRUPTED, ScanStatus.RUNNING


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(database_at(f"{tmp_path}/oit.db"))


def scan(
    store: Store,
    units: dict[str, list[str]],
    scope: Scope = Scope.WHOLE,
    status: ScanStatus = FINISHED,
    failing: tuple[str, ...] = (),
) -> int:
    """Store a scan of `units` (their items by id); those `failing` do not pass."""
    settings = {"units": [{"id": one} for one in units], "items": []}
    number = store.start_scan(OIT, DAY, settings, "1.0", scope)
    for unit, items in units.items():
        verdicts = [missing(one) if one in failing else passing(one) for one in items]
        store.save_unit(number, replace(UNIT, id=unit), verdicts, COVERAGE, [])
    if status is not RUNNING:
        store.finish_scan(number, status)
    return number


ALL = {"surin": ["O1", "O2"], "phrae": ["O1", "O2"]}


def test_without_a_scan_nothing_speaks(store: Store) -> None:
    assert newest_whole_scan(store, KEY) is None
    assert newest_scan_of(store, KEY, "surin") is None
    assert newest_result(store, KEY, "surin") is None


def test_a_check_of_one_unit_never_speaks_for_the_ministry(store: Store) -> None:
    whole = scan(store, ALL)
    narrow = scan(store, {"surin": ["O1", "O2"]}, Scope.UNITS)
    found = newest_whole_scan(store, KEY)
    assert found is not None
    assert (found.id, found.units, found.planned, found.scope) == (whole, 2, 2, Scope.WHOLE)
    of_surin, of_phrae = (newest_scan_of(store, KEY, one) for one in ("surin", "phrae"))
    assert of_surin is not None
    assert of_surin.id == narrow
    assert of_phrae is not None
    assert of_phrae.id == whole
    assert newest_scans(store)[KEY] == (whole, None)


def test_only_narrow_scans_leave_the_ministry_without_one(store: Store) -> None:
    scan(store, {"surin": ["O1"]}, Scope.ITEMS)
    assert newest_whole_scan(store, KEY) is None


def test_a_finished_scan_speaks_before_one_under_way(store: Store) -> None:
    first = scan(store, ALL)
    scan(store, {"surin": ["O1", "O2"]}, status=RUNNING)
    found = newest_whole_scan(store, KEY)
    assert found is not None
    assert found.id == first


def test_the_first_scan_speaks_as_soon_as_it_holds_a_unit(store: Store) -> None:
    scan(store, {}, status=RUNNING)
    assert newest_whole_scan(store, KEY) is None
    begun = scan(store, {"surin": ["O1"]}, status=RUNNING)
    scan(store, {}, status=RUNNING)
    found = newest_whole_scan(store, KEY)
    assert found is not None
    assert found.id == begun


def test_an_item_checked_again_takes_its_own_place_alone(store: Store) -> None:
    whole = scan(store, ALL, failing=("O1", "O2"))
    again = scan(store, {"surin": ["O2"]}, Scope.ITEMS)
    assert scans_by_item(store, KEY, "surin") == {"O1": whole, "O2": again}
    for_unit = newest_scan_of(store, KEY, "surin")
    for_item = newest_scan_of(store, KEY, "surin", "O2")
    assert for_unit is not None
    assert for_unit.id == whole
    assert for_item is not None
    assert for_item.id == again
    result = newest_result(store, KEY, "surin")
    assert result is not None
    assert [(one.item, one.verdict.value) for one in result.verdicts] == [
        ("O1", "fail"), ("O2", "pass"),
    ]  # fmt: skip


def test_a_later_whole_scan_takes_over_what_was_checked_again(store: Store) -> None:
    scan(store, {"surin": ["O2"]}, Scope.ITEMS)
    scan(store, ALL, failing=("O2",))
    result = newest_result(store, KEY, "surin")
    assert result is not None
    assert result.verdicts[1].verdict.value == "fail"


def test_a_unit_known_from_one_item_alone_is_told_by_it(store: Store) -> None:
    only = scan(store, {"surin": ["O2"]}, Scope.ITEMS)
    found = newest_scan_of(store, KEY, "surin")
    assert found is not None
    assert found.id == only


def test_a_whole_scan_is_compared_with_one_of_every_item(store: Store) -> None:
    first = scan(store, ALL)
    item = scan(store, {"surin": ["O2"]}, Scope.ITEMS)
    other = scan(store, {"surin": ["O1"]}, Scope.ITEMS)
    last = scan(store, ALL)
    assert scan_before(store, store.scan(last), "surin") == first
    assert scan_before(store, store.scan(other), "surin") == first
    assert scan_before(store, store.scan(item), "surin") == first
    assert scan_before(store, store.scan(first), "surin") is None


def test_the_row_of_scans_of_the_ministry_holds_whole_ones(store: Store) -> None:
    first = scan(store, ALL)
    scan(store, {"surin": ["O1", "O2"]}, Scope.UNITS)
    last = scan(store, ALL)
    assert [one.id for one in store.earlier_scans(last, 5)] == [first]


def test_a_check_of_one_unit_ends_no_sweep_that_can_be_gone_on_with(store: Store) -> None:
    sweep = scan(store, {"surin": ["O1"]}, status=INTERRUPTED)
    scan(store, {"surin": ["O1"]}, Scope.UNITS)
    cut_off = scan(store, {}, Scope.ITEMS, status=INTERRUPTED)
    assert [one.id for one in resumable_scans(store, KEY)] == [sweep, cut_off]
    found = store.unfinished_scan(KEY)
    assert found is not None
    assert found.id == sweep
    scan(store, ALL)
    assert resumable_scans(store, KEY) == ()
    assert store.unfinished_scan(KEY) is None


def test_checks_of_units_displace_no_sweep_from_what_is_kept(store: Store) -> None:
    whole = scan(store, ALL)
    for _ in range(3):
        scan(store, {"surin": ["O1"]}, Scope.ITEMS)
    settings = RetentionSettings(keep_scans_days=0, keep_scans_newest=1, keep_scans_monthly=True)
    kept = {one.scan: one.kept_by for one in fates(scan_facts(store), {}, settings, DAY)}
    assert {Why.NEWEST, Why.MONTHLY, Why.NEWEST_OF_UNIT} <= set(kept[whole])
    assert Why.NEWEST not in kept[whole + 1]
