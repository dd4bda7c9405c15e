"""An item's history: since when it stands as it does, and what changed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from checklist.verdict import ItemVerdict, Verdict
from results.history import ItemHistory, unit_history
from results.record import ScanStatus
from results.stand_rows import bare_stands, scan_stands, unit_stands
from results.stands import Step, with_decisions
from results.store import Store
from results.waivers import Waiver, WaiverKind
from tests.databases import database_at
from tests.results.samples import SITE, missing, outdated, passing, unreachable
from tests.results.scans import OIT, Night, page, scan

DAYS = [date(2023, 4, day) for day in range(1, 8)]
PLAN = f"{SITE}/plan.pdf"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(database_at(f"{tmp_path}/oit.db"))


def nights(store: Store, *verdicts: ItemVerdict, texts: Sequence[str] = ()) -> None:
    for number, verdict in enumerate(verdicts):
        text = texts[number] if texts else "แผน"
        documents = [page(PLAN, text, origin=page(PLAN).trail.origin)]
        scan(store, Night(DAYS[number], {"a": [passing("O1"), verdict]}, documents))


def history(store: Store, item: str = "O2") -> ItemHistory:
    found = unit_history(OIT, unit_stands(store, "oit-2566", "a"), [item])
    return found.items[0]


def steps(one: ItemHistory) -> list[Step]:
    return [point.step for point in one.points]


def test_it_tells_since_when_an_item_fails(store: Store) -> None:
    nights(store, passing("O2"), passing("O2"), missing("O2"), missing("O2"), missing("O2"))
    one = history(store)
    assert (one.verdict, one.since, one.times) == (Verdict.FAIL, DAYS[2], 3)
    assert one.line == "ไม่ผ่านมาตั้งแต่ 3 เมษายน 2566 (3 ครั้ง)"
    assert steps(one) == [Step.SAME, Step.SAME, Step.WORSE, Step.SAME, Step.SAME]


def test_a_night_without_answer_ends_no_other_state(store: Store) -> None:
    nights(store, missing("O2"), unreachable("O2"), missing("O2"))
    one = history(store)
    assert (one.since, one.times, one.unseen) == (DAYS[0], 2, 1)
    assert one.line == "ไม่ผ่านมาตั้งแต่ 1 เมษายน 2566 (2 ครั้ง) ระหว่างนั้นตรวจไม่ได้ 1 ครั้ง"
    assert steps(one) == [Step.SAME, Step.UNSEEN, Step.SEEN]


def test_what_cannot_be_checked_now_is_not_called_failing(store: Store) -> None:
    nights(store, missing("O2"), unreachable("O2"))
    one = history(store)
    assert (one.verdict, one.since, one.times) == (Verdict.ERROR, DAYS[1], 1)


def test_another_reason_for_the_same_verdict_is_a_change(store: Store) -> None:
    nights(store, missing("O2"), outdated("O2"))
    point = history(store).points[1]
    assert (point.step, point.moved) == (Step.OTHER_REASON, True)
    assert point.reason_th


def test_other_parts_lacking_are_told_by_their_words(store: Store) -> None:
    first = missing("O2")
    (gone,) = first.elements
    other = replace(first, elements=(replace(gone, id="O2.2", text="ไม่มีเบอร์โทรศัพท์"),))
    nights(store, first, other)
    point = history(store).points[1]
    assert (point.step, point.lost, point.found) == (
        Step.OTHER_REASON, ("ไม่มีเบอร์โทรศัพท์",), (gone.text,),
    )  # fmt: skip


def test_new_content_under_the_same_verdict_is_told_apart(store: Store) -> None:
    nights(store, passing("O2"), passing("O2"), passing("O2"), texts=["ก", "ก", "ข"])
    assert steps(history(store)) == [Step.SAME, Step.SAME, Step.CONTENT]
    assert [point.content_changed for point in history(store).points[1:]] == [False, True]


def test_a_scan_that_did_not_ask_for_the_item_leaves_a_gap(store: Store) -> None:
    nights(store, missing("O2"))
    scan(store, Night(DAYS[1], {"a": [passing("O1")]}))
    scan(store, Night(DAYS[2], {"a": [missing("O2")]}))
    one = history(store)
    assert [point.verdict for point in one.points] == [Verdict.FAIL, None, Verdict.FAIL]
    assert (one.since, one.times) == (DAYS[0], 2)


def test_a_score_is_marked_when_too_little_was_judged(store: Store) -> None:
    nights(store, passing("O2"))
    (point,) = unit_history(OIT, unit_stands(store, "oit-2566", "a")).scans
    assert (point.comparable, point.day, point.weight) == (False, DAYS[0], 40)


def test_other_checklists_and_forgotten_scans_are_not_part_of_it(store: Store) -> None:
    nights(store, missing("O2"), missing("O2"))
    scan(store, Night(DAYS[2], {"a": []}, checklist="moi-2566"))
    scan(store, Night(DAYS[3], {"a": [missing("O2")]}, status=ScanStatus.FORGOTTEN))
    assert [one.scan.id for one in unit_stands(store, "oit-2566", "a")] == [1, 2]


def test_the_last_scans_are_read_by_their_verdicts_alone(store: Store) -> None:
    nights(store, missing("O2"), passing("O2"))
    whole, bare = (read(store, "oit-2566", "a") for read in (unit_stands, bare_stands))
    assert [(one.scan.id, one.checked_at, one.answers) for one in bare] == [
        (one.scan.id, one.checked_at, one.answers) for one in whole
    ]
    (last,) = bare_stands(store, "oit-2566", "a", newest=1)
    assert last.answers["O2"] is Verdict.PASS


def test_decisions_hold_in_the_history_as_in_the_report(store: Store) -> None:
    nights(store, missing("O2"), missing("O2"))
    made = datetime(2023, 4, 2, tzinfo=UTC)
    decision = Waiver(
        "a", "oit-2566", "O2", WaiverKind.ACCEPTED, "ก", "ข", made, date(2023, 5, 1), scan_id=2
    )
    stands = unit_stands(store, "oit-2566", "a")
    told = [with_decisions(one, [decision], date(2023, 4, 3)) for one in stands]
    assert [one.answers["O2"] for one in told] == [Verdict.FAIL, Verdict.WAIVED]


def test_the_number_of_queries_does_not_grow_with_the_scans(store: Store) -> None:
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    def counted() -> int:
        asked.clear()
        unit_stands(store, "oit-2566", "a")
        return len([one for one in asked if one.startswith("SELECT")])

    nights(store, missing("O2"))
    first = counted()
    nights(store, *[missing("O2")] * 6)
    assert counted() == first
    assert not any("evidence" in one for one in asked)


def test_a_scan_is_read_unit_by_unit(store: Store) -> None:
    scan(store, Night(DAYS[0], {unit: [missing("O2")] for unit in ("b", "a", "c")}))
    assert [one.unit_id for one in scan_stands(store, 1)] == ["a", "b", "c"]
    assert [one.unit_id for one in scan_stands(store, 1, ["c", "x"])] == ["c"]
