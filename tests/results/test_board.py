"""The board says of every unit, item and office what the reports of the same scan say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checklist.loader import load
from checklist.verdict import Verdict
from results.board.choice import Choice, chosen
from results.board.counts import head, items, owners, sums, worst
from results.board.line import line_of, reasons_by_item
from results.board.matrix import GROUPS
from results.board.scans import scans_with_results
from results.board.shelf import shelf_of
from results.board.trend import present_point, trend_point
from results.forgetting import mark_forgotten, take_apart
from results.group import Group
from results.overview_draft import build_overview
from results.record import Scope
from results.store import Store
from results.trend import trend_of
from results.waivers import EvidenceMark, Waiver, WaiverKind
from tests.databases import database_at, raw
from tests.results.boards import DAY, reports_of, seeded, units, verdicts
from tests.results.samples import COVERAGE, document, downgrade, missing, passing, unreachable

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.board.counted import Counted
    from results.trend import TrendPoint

pytestmark = pytest.mark.usefixtures("on_each_database")

OIT = load("oit-2566")
CHECKLISTS = [OIT, load("moi-2566")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_at(f"{tmp_path}/oit.db")) as opened:
        yield opened


def board_of(store: Store, scan_id: int, checklist: Checklist = OIT, day: date = DAY) -> Counted:
    return shelf_of(store).board(store.scan(scan_id), checklist, day)


def trend_in(
    store: Store, now: Counted, seen: frozenset[str] | None = None, most: int = 12
) -> list[TrendPoint]:
    who = chosen(now, Choice(), seen).who
    before = shelf_of(store).before(now, most)
    return [*(trend_point(now, one, who, seen) for one in before), present_point(now, who)]


def assert_same(store: Store, scan_id: int, checklist: Checklist = OIT, day: date = DAY) -> None:
    """Compare every figure of the board with those of the reports."""
    reports = reports_of(store, checklist, scan_id, day)
    overview = build_overview(reports)
    now = board_of(store, scan_id, checklist, day)
    everything = chosen(now, Choice())
    assert {
        unit: (certain, possible, lost, bool(judged))
        for unit, certain, possible, lost, judged in zip(
            now.board.ids,
            now.reach.certain,
            now.reach.possible,
            now.reach.lost,
            now.reach.judged,
            strict=True,
        )
    } == {
        line.id: (
            pytest.approx(line.certain),
            pytest.approx(line.possible),
            pytest.approx(line.lost),
            line.rank is not None,
        )
        for line in overview.units
    }
    for line in overview.units:
        row = now.board.places[line.id]
        assert now.board.names[row] == line.name
        assert [GROUPS[cell] for cell in now.board.cells[row]] == [c.group for c in line.cells]
        assert list(now.stake[row]) == pytest.approx([cell.points for cell in line.cells])
    for report in reports:
        told = reasons_by_item(now.board.reasons[now.board.places[report.unit.id]])
        for finding in report.findings():
            codes = {reason.code for reason in finding.reasons}
            assert set(told.get(finding.number, ())) == codes, finding.item

    top = head(sums(now, everything))
    assert (top.units, top.unjudged) == (len(reports), overview.unjudged)
    assert top.mean_certain == pytest.approx(overview.mean_certain)
    assert top.mean_possible == pytest.approx(overview.mean_possible)
    assert top.mean_lost == pytest.approx(overview.mean_lost)
    assert top.groups == totals_of(overview.totals)
    assert top.uncheckable == len(overview.troubled())
    lines = items(sums(now, everything))
    by_item: list[Any] = [(i.item, i.lost, i.open, i.groups, i.owners) for i in lines]
    assert by_item == [
        (i.item, pytest.approx(i.lost), pytest.approx(i.open), totals_of(i.totals), i.owners)
        for i in overview.items
    ]
    assert [i.item for i in worst(lines)] == [i.item for i in overview.worst_items()]
    by_owner: list[Any] = [
        (o.owner, o.units, o.lost, o.open, o.gaps, o.groups[Group.ERROR])
        for o in owners(sums(now, everything))
    ]
    assert by_owner == [
        (o.owner, o.units, pytest.approx(o.lost), pytest.approx(o.open), o.gaps, o.error)
        for o in overview.owners
    ]


def totals_of(totals: object) -> dict[Group, int]:
    names = {Group.PASS: "passed"}
    return {group: getattr(totals, names.get(group, group.value)) for group in Group}


@pytest.mark.parametrize("checklist", CHECKLISTS, ids=lambda one: one.key)
def test_a_board_says_what_the_reports_say(store: Store, checklist: Checklist) -> None:
    assert_same(store, seeded(store, checklist, 1), checklist)


def test_a_unit_that_is_saved_again_is_counted_as_it_is_now(store: Store) -> None:
    scan_id = seeded(store, OIT, 1)
    before = board_of(store, scan_id)
    again = units()[0]
    store.save_unit(scan_id, again, verdicts(OIT, again, 5), COVERAGE, [])
    assert_same(store, scan_id)
    assert board_of(store, scan_id) is not before
    last = units()[-1]
    store.save_unit(scan_id, last, [passing("O1")], COVERAGE, [])
    assert_same(store, scan_id)


def test_a_board_is_read_once_while_nothing_changes(store: Store) -> None:
    scan_id = seeded(store, OIT, 1)
    now = board_of(store, scan_id)
    assert board_of(store, scan_id) is now
    assert board_of(store, scan_id, day=DAY + timedelta(days=1)) is not now


def decision(item: str, scan_id: int, unit: str = "u0", **more: Any) -> Waiver:
    made = datetime(2023, 4, 5, 3, tzinfo=UTC)
    kind = WaiverKind.ACCEPTED
    return replace(
        Waiver(unit, OIT.key, item, kind, "เจ้าหน้าที่", "เหตุผล", made, scan_id=scan_id), **more
    )


def test_decisions_of_people_are_in_the_board_as_they_are_in_the_reports(store: Store) -> None:
    first, scan_id = seeded(store, OIT, 1), seeded(store, OIT, 2)
    read = document()
    content = store.unit_result(scan_id, "u0").documents[0].content_sha256
    same, other = (EvidenceMark(read.fetch.url, said) for said in (content, "00" * 32))
    made = [
        decision("O1", first),
        decision("O2", first, kind=WaiverKind.NOT_APPLICABLE),
        decision("O3", first, until=DAY),
        decision("O4", first, until=DAY - timedelta(days=1)),
        decision("O5", first, evidence=(same,)),
        decision("O6", first, evidence=(other,)),
        decision("O7", scan_id + 1),
        decision("O8", first, changed_scan=scan_id),
        *(decision(item.id, first, "u1") for item in OIT.items),
        decision("O1", first, "no-such-unit"),
    ]
    for waiver in made:
        store.add_waiver(waiver)
    assert_same(store, first)
    assert_same(store, scan_id)
    assert_same(store, scan_id, day=DAY + timedelta(days=1))
    assert_trends_agree(store, scan_id)
    ended = store.waivers(OIT.key, "u1")[0]
    store.end_waiver(ended.id, "เจ้าหน้าที่", "ตรวจซ้ำแล้ว")
    assert_same(store, scan_id)
    store.note_changed_evidence([store.waivers(OIT.key, "u1")[1].id], scan_id)
    assert_same(store, scan_id)


def assert_trends_agree(store: Store, scan_id: int, most: int = 12) -> None:
    told = trend_of(store, OIT, reports_of(store, OIT, scan_id), most)
    counted = trend_in(store, board_of(store, scan_id), most=most)
    assert [point.model_dump() for point in counted] == [
        {key: pytest.approx(value) if isinstance(value, float) else value for key, value in point}
        for point in told
    ]


def test_the_trend_is_that_of_the_reports(store: Store) -> None:
    for most in (4, 6, 5, 5):
        last = seeded(store, OIT, most, most=most)
    store.start_scan(OIT, DAY)
    assert_trends_agree(store, last)
    assert_trends_agree(store, last, most=3)


def test_what_may_not_be_seen_is_in_no_figure(store: Store) -> None:
    seeded(store, OIT, 1)
    scan_id = seeded(store, OIT, 2)
    own = frozenset({"u1", "not-there"})
    now = board_of(store, scan_id)
    mine = chosen(now, Choice(), own)
    alone = build_overview([r for r in reports_of(store, OIT, scan_id) if r.unit.id == "u1"])
    top = head(sums(now, mine))
    assert [now.board.ids[row] for row in mine.rows] == ["u1"]
    assert (top.units, top.groups) == (1, totals_of(alone.totals))
    assert top.mean_certain == pytest.approx(alone.mean_certain)
    assert {o.owner for o in owners(sums(now, mine))} == {o.owner for o in alone.owners}
    assert sum(sum(i.groups.values()) for i in items(sums(now, mine))) == 43
    for point in trend_in(store, now, own):
        assert (point.units, point.shared) == (1, 1)
    nobody = chosen(now, Choice(), frozenset())
    assert head(sums(now, nobody)).units == 0
    assert head(sums(now, nobody)).mean_certain is None
    assert owners(sums(now, nobody)) == ()


def test_a_forgotten_scan_leaves_no_line(store: Store, tmp_path: Path) -> None:
    gone, kept = seeded(store, OIT, 1), seeded(store, OIT, 2)
    assert mark_forgotten(store, gone)
    assert [scan.id for scan in scans_with_results(store, OIT.key, 9)] == [kept]
    take_apart(store, gone)
    with raw(database_at(f"{tmp_path}/oit.db")) as plain:
        counts = plain.execute("SELECT scan_id, count(*) FROM board_lines GROUP BY scan_id")
        assert counts.fetchall() == [(kept, 6)]
    assert_same(store, kept)


def test_scans_from_before_the_board_get_their_lines_when_they_are_asked_for(
    tmp_path: Path,
) -> None:
    url = database_at(f"{tmp_path}/oit.db")
    with Store.open(url) as store:
        numbers = [seeded(store, OIT, seed) for seed in range(2)]
    downgrade(url, "0016")
    with Store.open(url) as store:
        now = board_of(store, numbers[-1])
        assert len(now.board.ids) == 6
        assert_trends_agree(store, numbers[-1])
        for number in numbers:
            assert_same(store, number)


def test_lines_are_written_in_several_goes_and_the_rest_next_time(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("results.board.rows.UNITS_AT_ONCE", 2)
    older, scan_id = seeded(store, OIT, 1), seeded(store, OIT, 2)
    with raw(database_at(f"{tmp_path}/oit.db")) as plain:
        plain.execute("DELETE FROM board_lines")
    monkeypatch.setattr("results.board.shelf.FILL_S", 0.0)
    now = board_of(store, scan_id)
    assert [point.scan_id for point in trend_in(store, now)] == [scan_id]
    monkeypatch.setattr("results.board.shelf.FILL_S", 5.0)
    assert [point.scan_id for point in trend_in(store, now)] == [older, scan_id]
    assert_same(store, scan_id)


def test_a_scan_that_holds_nothing_yet_is_no_board() -> None:
    assert line_of(()).letters == ""
    assert line_of([missing("O3"), unreachable("O1")]).letters == "E-M"
    assert line_of([missing("O3")]).reasons == "element_missing 3"


def test_an_item_that_the_checklist_lost_is_left_out(store: Store) -> None:
    scan_id = store.start_scan(OIT, DAY)
    store.save_unit(scan_id, units()[0], [passing("O1"), missing("O99")], COVERAGE, [])
    now = board_of(store, scan_id)
    assert head(sums(now, chosen(now, Choice()))).groups[Group.MISSING] == 0
    assert Verdict.PASS.value == GROUPS[now.board.cells[0, 0]].value


def test_a_scan_of_a_few_items_speaks_for_nobody_else(store: Store) -> None:
    whole = seeded(store, OIT, 1)
    narrow = store.start_scan(OIT, DAY, scope=Scope.ITEMS)
    store.save_unit(narrow, units()[0], [passing("O1")], COVERAGE, [])
    store.finish_scan(narrow)
    assert [scan.id for scan in scans_with_results(store, OIT.key, 9)] == [whole]
