"""Retention: whatever the settings, the floor holds; what goes, goes whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from checklist.verdict import Verdict
from crawler.bodies import BodyStore
from database.sessions import reading
from results.availability import Period
from results.forgetting import half_forgotten, mark_forgotten, take_apart
from results.models import DocumentRow, ElementRow, EvidenceRow, ItemRow, UnitRow
from results.record import ScanStatus
from results.retention import FLOOR, RetentionSettings, ScanFacts, ScanFate, Why, fates
from results.store import Store, StoreError
from results.waivers import Waiver, WaiverKind
from sweep.retention import Folder, clear, planned, prune
from tests.databases import database_at
from tests.results.samples import document, missing, passing
from tests.results.scans import Night, page, scan

WINDOW = Period(date(2023, 3, 1), date(2023, 4, 30))
WINDOWS = {"oit-2566": WINDOW, "moi-2566": Period(date(2023, 1, 1), date(2023, 9, 30))}
NOTHING_KEPT = RetentionSettings(keep_scans_days=0, keep_scans_newest=0, keep_scans_monthly=False)
LATER = date(2033, 1, 1)


def facts(number: int, day: date, **more: object) -> ScanFacts:
    begun = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    one = ScanFacts(number, "oit-2566", begun, begun, ScanStatus.FINISHED)
    return replace(one, **more)  # type: ignore[arg-type]


def kept(*scans: ScanFacts, settings: RetentionSettings = NOTHING_KEPT, today: date = LATER,
         archived: Collection[int] = ()) -> dict[int, tuple[Why, ...]]:  # fmt: skip
    # The scan begun last always stays: it is of another list here, so that it decides nothing.
    last = facts(99, date(2023, 12, 1), checklist="moi-2566")
    found = fates([*scans, last], WINDOWS, settings, today, archived)
    return {fate.scan: fate.kept_by for fate in found if fate.scan != 99}


AUTUMN = date(2023, 10, 1)


def test_with_nothing_to_keep_it_a_scan_goes() -> None:
    assert kept(facts(1, AUTUMN)) == {1: ()}


@pytest.mark.parametrize("day", [WINDOW.first, WINDOW.last])
def test_the_days_of_the_entry_window_stay(day: date) -> None:
    assert kept(facts(1, day)) == {1: (Why.ENTRY_WINDOW,)}


def test_a_scan_begun_before_the_window_and_ended_in_it_stays() -> None:
    ended = datetime(2023, 3, 1, 1, tzinfo=UTC)
    assert kept(facts(1, date(2023, 2, 28), finished=ended)) == {1: (Why.ENTRY_WINDOW,)}


def test_the_window_is_counted_in_days_of_thailand() -> None:
    night = datetime(2023, 2, 28, 17, 30, tzinfo=UTC)
    assert kept(facts(1, AUTUMN, started=night, finished=night)) == {1: (Why.ENTRY_WINDOW,)}


def test_a_list_whose_calendar_is_gone_keeps_all_its_scans() -> None:
    assert kept(facts(1, AUTUMN, checklist="oit-2560")) == {1: (Why.UNKNOWN_WINDOW,)}


def test_decisions_newest_of_units_and_the_archive_keep_scans() -> None:
    scans = [
        facts(1, AUTUMN, decided=True),
        facts(2, AUTUMN, newest_of_unit=True),
        facts(3, AUTUMN),
    ]
    assert kept(*scans, archived=[3]) == {
        1: (Why.DECISION,), 2: (Why.NEWEST_OF_UNIT,), 3: (Why.ARCHIVE,),
    }  # fmt: skip


def test_only_an_unfinished_scan_that_can_be_resumed_stays() -> None:
    broken = {"status": ScanStatus.INTERRUPTED}
    scans = [facts(1, AUTUMN, **broken), facts(2, AUTUMN), facts(3, AUTUMN, **broken)]
    assert kept(*scans) == {1: (), 2: (), 3: (Why.UNFINISHED,)}


def test_settings_keep_more() -> None:
    scans = [facts(n, AUTUMN + timedelta(days=n)) for n in (1, 2, 40)]
    days = RetentionSettings(keep_scans_days=5, keep_scans_newest=0, keep_scans_monthly=False)
    newest = RetentionSettings(keep_scans_days=0, keep_scans_newest=2, keep_scans_monthly=False)
    monthly = RetentionSettings(keep_scans_days=0, keep_scans_newest=0, keep_scans_monthly=True)
    assert kept(*scans, settings=days, today=date(2023, 11, 12)) == {1: (), 2: (), 40: (Why.DAYS,)}
    assert kept(*scans, settings=newest) == {1: (), 2: (Why.NEWEST,), 40: (Why.NEWEST,)}
    assert kept(*scans, settings=monthly) == {1: (), 2: (Why.MONTHLY,), 40: (Why.MONTHLY,)}


def test_the_scan_begun_last_stays_so_that_no_number_is_given_twice() -> None:
    (one,) = fates([facts(7, AUTUMN)], WINDOWS, NOTHING_KEPT, LATER)
    assert one.kept_by == (Why.LAST,)


SCANS = st.lists(
    st.builds(
        facts,
        st.integers(1, 40),
        st.dates(date(2022, 11, 1), date(2023, 12, 31)),
        status=st.sampled_from([ScanStatus.FINISHED, ScanStatus.RUNNING, ScanStatus.FAILED]),
        checklist=st.sampled_from(["oit-2566", "moi-2566", "oit-2560"]),
        decided=st.booleans(),
        newest_of_unit=st.booleans(),
    ),
    unique_by=lambda one: one.id,
    max_size=12,
)
SETTINGS = st.builds(
    RetentionSettings,
    keep_scans_days=st.integers(0, 10**9),
    keep_scans_newest=st.integers(0, 50),
    keep_scans_monthly=st.booleans(),
)


@given(SCANS, SETTINGS, st.dates(date(2022, 1, 1), date(2099, 1, 1)))
def test_the_floor_holds_whatever_the_settings(
    scans: Sequence[ScanFacts], settings: RetentionSettings, today: date
) -> None:
    found = {fate.scan: fate for fate in fates(scans, WINDOWS, settings, today)}
    harshest = {fate.scan: fate for fate in fates(scans, WINDOWS, NOTHING_KEPT, LATER)}
    for one in scans:
        window = WINDOWS.get(one.checklist)
        must = window is None or window.holds(one.started) or one.decided or one.newest_of_unit
        assert not (must and found[one.id].goes)
        floor = set(harshest[one.id].kept_by)
        assert floor <= FLOOR
        assert floor <= set(found[one.id].kept_by), "a setting only ever keeps more"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(database_at(f"{tmp_path}/oit.db"))


def waive(store: Store, number: int) -> None:
    made = datetime(2023, 10, 2, tzinfo=UTC)
    kind, verdict = WaiverKind.ACCEPTED, Verdict.FAIL
    store.add_waiver(
        Waiver("a", "oit-2566", "O1", kind, "ก", "ข", made, AUTUMN, verdict, scan_id=number)
    )


def rows(store: Store) -> list[int]:
    tables = (UnitRow, ItemRow, ElementRow, EvidenceRow, DocumentRow)
    with reading(store.engine) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def autumn(store: Store, count: int, units: Sequence[str] = ("a",)) -> None:
    for number in range(count):
        night = Night(AUTUMN + timedelta(days=number), {unit: [passing("O1")] for unit in units},
                      [document()])  # fmt: skip
        scan(store, night)


def goes(plan: Sequence[ScanFate]) -> list[int]:
    return [fate.scan for fate in plan if fate.goes]


def test_stored_scans_are_judged_by_what_is_stored(store: Store) -> None:
    scan(store, Night(date(2023, 4, 1), {"a": [passing("O1")]}))  # 1: entry window
    autumn(store, 6)  # 2 to 7
    waive(store, 3)
    scan(store, Night(AUTUMN, {"b": [missing("O1")]}))  # 8: the newest and only one of unit b
    autumn(store, 2)  # 9, 10: the newest two of unit a
    scan(store, Night(AUTUMN, {"a": []}, status=ScanStatus.INTERRUPTED))  # 11: can be resumed
    assert goes(planned(store, NOTHING_KEPT, LATER)) == [2, 4, 5, 6, 7]


def test_what_goes_leaves_nothing_behind_and_decisions_stay(store: Store) -> None:
    autumn(store, 1, ["a", "b"])
    before = rows(store)
    autumn(store, 4, ["a", "b"])
    waive(store, 1)
    done = clear(store, planned(store, NOTHING_KEPT, LATER))
    assert done.deleted == [2, 3]
    assert [info.id for info in store.scans()] == [5, 4, 1]
    assert rows(store) == [3 * count for count in before]
    assert len(store.waivers("oit-2566")) == 1


def test_a_scan_is_hidden_from_every_reader_before_it_is_taken_apart(store: Store) -> None:
    autumn(store, 3)
    assert mark_forgotten(store, 3)
    assert [info.id for info in store.scans()] == [2, 1]
    newest = store.latest_scan("oit-2566", "a")
    assert newest is not None
    assert newest.id == 2
    assert [info.id for info in store.earlier_scans(2, 5)] == [1]
    assert store.unfinished_scan("oit-2566") is None
    with pytest.raises(StoreError, match="3"):
        store.scan(3)


class MachineStoppedError(Exception):
    """The machine stops."""


def test_a_stopped_run_is_gone_on_with(store: Store) -> None:
    autumn(store, 4, [f"unit{n}" for n in range(25)])

    def stop(_units: int) -> None:
        raise MachineStoppedError

    plan = planned(store, NOTHING_KEPT, LATER)
    with pytest.raises(MachineStoppedError):
        clear(store, plan, on_units=stop)
    assert half_forgotten(store) == [1]
    assert [info.units for info in store.scans()] == [25, 25, 25], "no reader sees half a scan"
    assert clear(store, planned(store, NOTHING_KEPT, LATER)).deleted == [1, 2]
    assert half_forgotten(store) == []
    assert rows(store)[0] == 50


def test_units_are_deleted_in_short_transactions(store: Store) -> None:
    autumn(store, 1, [f"unit{n}" for n in range(25)])
    mark_forgotten(store, 1)
    told: list[int] = []
    take_apart(store, 1, told.append)
    assert told == [20, 5]


def test_a_scan_that_is_not_marked_is_not_taken_apart(store: Store) -> None:
    autumn(store, 1)
    with pytest.raises(ValueError, match="not marked"):
        take_apart(store, 1)


def test_a_decision_made_after_the_plan_spares_its_scan(store: Store) -> None:
    autumn(store, 4)
    plan = planned(store, NOTHING_KEPT, LATER)
    waive(store, 1)
    done = clear(store, plan)
    assert (done.deleted, done.spared) == ([2], [1])


class Archive:
    def __init__(self) -> None:
        self.forgotten: list[int] = []

    def protected(self) -> Collection[int]:
        return [1]

    def forget(self, scan_ids: Collection[int]) -> None:
        self.forgotten += scan_ids


def test_an_archive_protects_scans_and_is_told_of_those_that_go(store: Store) -> None:
    autumn(store, 4)
    archive = Archive()
    clear(store, planned(store, NOTHING_KEPT, LATER, [archive]), [archive])
    assert archive.forgotten == [2]


def test_bodies_read_in_the_entry_window_outlive_any_size(store: Store, tmp_path: Path) -> None:
    bodies = BodyStore(tmp_path / "bodies")
    needed, other = bodies.put("หลักฐาน".encode()), bodies.put("อื่น".encode())
    seen = page("https://a.example.go.th/o1")
    seen = replace(seen, fetch=replace(seen.fetch, sha256=needed))
    scan(store, Night(date(2023, 4, 1), {"a": [passing("O1")]}, [seen]))
    freed = prune(store, [Folder("bodies", tmp_path / "bodies", 0, evidence=True)])
    assert freed == {"bodies": len("อื่น".encode())}
    assert bodies.get(needed) is not None
    assert bodies.get(other) is None
