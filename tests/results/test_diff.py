"""Two scans side by side: worse, better, unseen and unknown are four different things."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from checklist.verdict import Verdict
from results.diff import Pair, ScanDiff, scan_diff
from results.formats.diff import diff_listing
from results.formats.listing import listing_csv, listing_html
from results.record import ScanInfo, ScanStatus
from results.stands import ItemStand, Step, UnitStand
from tests.results.samples import small_checklist

CHECKLIST = small_checklist()
MOMENT = datetime(2023, 4, 5, 7, tzinfo=UTC)
BEFORE = ScanInfo(
    1, 2566, CHECKLIST.key, "h", date(2023, 4, 5), MOMENT, MOMENT, ScanStatus.FINISHED
)
AFTER = replace(BEFORE, id=2)
PASS, FAIL = ItemStand(Verdict.PASS), ItemStand(Verdict.FAIL, ("element_missing",))
REVIEW, ERROR = ItemStand(Verdict.REVIEW, ("ocr_year",)), ItemStand(Verdict.ERROR, ("timeout",))


def unit(info: ScanInfo, unit_id: str = "a", /, **items: ItemStand) -> UnitStand:
    return UnitStand(info, unit_id, f"จังหวัด {unit_id}", MOMENT, items)


def diff(before: dict[str, ItemStand], after: dict[str, ItemStand], *only: str) -> ScanDiff:
    pair = Pair(unit(BEFORE, "a", **before), unit(AFTER, "a", **after))
    return scan_diff(CHECKLIST, (BEFORE, AFTER), [pair], only)


def steps(found: ScanDiff) -> dict[str, Step]:
    return {item.item: item.step for one in found.units for item in one.items}


def test_every_sort_of_difference_is_told_apart() -> None:
    before = {"O1": PASS, "O2": FAIL, "O3": FAIL, "O4": PASS, "O5": ERROR, "O6": PASS}
    outdated = ItemStand(Verdict.FAIL, ("outdated",))
    after = {"O1": FAIL, "O2": PASS, "O3": outdated, "O4": ERROR, "O5": FAIL}
    found = diff(before, after)
    assert steps(found) == {
        "O1": Step.WORSE, "O2": Step.BETTER, "O3": Step.OTHER_REASON, "O4": Step.UNSEEN,
        "O5": Step.SEEN, "O6": Step.GONE,
    }  # fmt: skip
    assert found.units[0].items[0].item == "O1", "what got worse comes first"
    assert found.worse


def test_what_could_not_be_checked_makes_nothing_worse() -> None:
    found = diff({"O1": PASS, "O2": ERROR}, {"O1": ERROR, "O2": FAIL})
    assert not found.worse
    assert (found.counts[Step.UNSEEN], found.counts[Step.SEEN]) == (1, 1)


def test_a_decision_of_a_person_is_no_change_of_the_website() -> None:
    found = diff({"O1": FAIL}, {"O1": ItemStand(Verdict.WAIVED)})
    assert steps(found) == {"O1": Step.EXCUSED}


def test_content_that_changed_under_the_same_verdict_is_told() -> None:
    old = replace(PASS, urls=("u",), contents={"u": "1"})
    new = replace(PASS, urls=("u",), contents={"u": "2"})
    unread = replace(PASS, urls=("u",))
    assert steps(diff({"O1": old}, {"O1": new})) == {"O1": Step.CONTENT}
    assert steps(diff({"O1": old}, {"O1": unread})) == {}


def test_parts_that_began_and_ceased_to_lack_are_named() -> None:
    old, new = replace(FAIL, lacking={"O1.1": "ชื่อ"}), replace(FAIL, lacking={"O1.2": "โทรศัพท์"})
    (item,) = diff({"O1": old}, {"O1": new}).units[0].items
    assert (item.step, item.lost, item.found) == (Step.OTHER_REASON, ("โทรศัพท์",), ("ชื่อ",))


def test_points_are_told_and_compared_only_where_both_scans_saw_enough() -> None:
    whole = {f"O{n}": PASS for n in range(1, 7)}
    (one,) = diff(whole, {**whole, "O6": FAIL}).units
    assert (one.before, one.after, one.gain) == (40.0, 20.0, -20.0)
    (dark,) = diff(whole, dict.fromkeys(whole, ERROR)).units
    assert (dark.gain, dark.after) == (None, 0.0)


def test_units_of_one_scan_alone_are_told_without_items() -> None:
    pairs = [Pair(unit(BEFORE, "a", O1=PASS), None), Pair(None, unit(AFTER, "b", O1=FAIL))]
    found = scan_diff(CHECKLIST, (BEFORE, AFTER), pairs)
    assert (found.compared, found.only_before, found.only_after) == (0, 1, 1)
    assert all(not one.items for one in found.units)
    assert not found.worse


def test_units_without_a_difference_are_left_out() -> None:
    found = diff({"O1": PASS}, {"O1": PASS})
    assert (found.compared, found.units) == (1, ())


def test_it_can_be_narrowed_to_items() -> None:
    assert steps(diff({"O1": PASS, "O2": PASS}, {"O1": FAIL, "O2": FAIL}, "O2")) == {
        "O2": Step.WORSE
    }


def test_its_json_names_the_schema_and_counts_every_sort() -> None:
    told = json.loads(diff({"O1": PASS}, {"O1": FAIL}).model_dump_json())
    assert told["schema_version"] == "oit-diff/1"
    assert set(told["counts"]) == {step.value for step in Step} - {"same"}


def test_files_run_no_formula_and_escape_what_was_crawled() -> None:
    evil = replace(unit(AFTER, O1=FAIL), name="=HYPERLINK(1)<script>")
    found = scan_diff(CHECKLIST, (BEFORE, AFTER), [Pair(unit(BEFORE, O1=PASS), evil)])
    listing = diff_listing(found)
    assert "'=HYPERLINK" in listing_csv(listing).decode("utf-8-sig")
    assert "<script>" not in listing_html(listing)


def test_edited_criteria_are_pointed_out() -> None:
    edited = replace(AFTER, checklist_hash="other")
    found = scan_diff(
        CHECKLIST, (BEFORE, edited), [Pair(unit(BEFORE, O1=PASS), unit(edited, O1=FAIL))]
    )
    assert not found.same_criteria
    assert any("เกณฑ์" in note for note in diff_listing(found).notes)


def test_a_passed_item_that_needs_a_person_now_is_worse() -> None:
    assert steps(diff({"O1": PASS}, {"O1": REVIEW})) == {"O1": Step.WORSE}
