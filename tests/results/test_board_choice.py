"""Filters and orders of the board, against the findings of the same scan's reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from checklist.loader import load
from checklist.profile import UnitType
from results.board.choice import Choice, Sort, chosen
from results.board.counts import head, items, owners, sums
from results.board.shelf import shelf_of
from results.group import Group
from results.store import Store
from tests.databases import database_at
from tests.results.boards import DAY, reports_of, seeded

if TYPE_CHECKING:
    from results.board.counted import Counted
    from results.report import GapReport, ItemFinding

OIT = load("oit-2566")
FAILED = frozenset({Group.MISSING, Group.OUTDATED})
OPEN = frozenset({Group.REVIEW, Group.ERROR, Group.UNCHECKED})


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counted, list[GapReport]]]:
    folder = tmp_path_factory.mktemp("board")
    with Store.open(database_at(f"{folder}/oit.db")) as store:
        scan_id = seeded(store, OIT, 3)
        now = shelf_of(store).board(store.scan(scan_id), OIT, DAY)
        yield now, reports_of(store, OIT, scan_id)


def wanted(choice: Choice, finding: ItemFinding) -> bool:
    return all(
        (
            not choice.groups or finding.group in choice.groups,
            not choice.item or finding.item == choice.item,
            not choice.owner or finding.owner == choice.owner,
            not choice.reason or choice.reason in {reason.code for reason in finding.reasons},
        )
    )


OWNER = OIT.items[0].owner
CHOICES = [
    Choice(groups=FAILED),
    Choice(groups=frozenset({Group.REVIEW})),
    Choice(item="O12"),
    Choice(item="O12", groups=frozenset({Group.PASS})),
    Choice(owner=OWNER),
    Choice(owner=OWNER, type=UnitType.LOCAL, groups=FAILED),
    Choice(owner="สำนักที่ไม่มี"),
    Choice(reason="timeout"),
    Choice(reason="out"),
    Choice(reason="outdated", item="O3", sort=Sort.WORST),
    Choice(item="O99"),
]


@pytest.mark.parametrize("choice", CHOICES, ids=[*map(str, range(len(CHOICES)))])
def test_what_is_chosen_are_the_findings_that_fit(
    scanned: tuple[Counted, list[GapReport]], choice: Choice
) -> None:
    now, reports = scanned
    mine = chosen(now, choice)
    found = {
        (report.unit.id, finding.item): finding
        for report in reports
        if choice.type in (None, report.unit.type)
        for finding in report.findings()
        if wanted(choice, finding)
    }
    shown = {now.board.ids[row] for row in mine.rows}
    assert shown == {unit for unit, _item in found}
    counted = {
        (now.board.ids[row], now.board.items[column]) for row, column in zip(*mine.cells.nonzero(),
        strict=True)
    }  # fmt: skip
    assert counted == set(found)
    top = head(sums(now, mine))
    assert sum(top.groups.values()) == len(found)
    lost = sum(f.points for f in found.values() if f.group in FAILED)
    still_open = sum(f.points for f in found.values() if f.group in OPEN)
    for lines in ([top], items(sums(now, mine)), owners(sums(now, mine))):
        assert sum(line.lost for line in lines) == pytest.approx(lost)
        assert sum(line.open for line in lines) == pytest.approx(still_open)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("อบต", {"อบต.บางเตย"}),
        ("จังหวัด ภู", {"จังหวัดภูสวน"}),
        ("U3", {"กรมทดลอง"}),
        ("ไม่มีชื่อนี้", set()),
        ("%", set()),
        (
            "  ",
            {"จังหวัดภูสวน", "อบต.บางเตย", "เทศบาลตำบลดอนแก้ว", "กรมทดลอง", "=1+1 จังหวัดสูตร", "หน่วยมืด"},
        ),
    ],
)
def test_a_name_is_found_by_its_words_or_its_id(
    scanned: tuple[Counted, list[GapReport]], text: str, names: set[str]
) -> None:
    now, _reports = scanned
    assert {now.board.names[row] for row in chosen(now, Choice(text=text)).rows} == names


def test_a_filter_of_units_keeps_all_columns_and_one_of_items_only_its_own(
    scanned: tuple[Counted, list[GapReport]],
) -> None:
    now, _reports = scanned
    assert len(chosen(now, Choice(type=UnitType.LOCAL, groups=FAILED)).columns) == 43
    assert chosen(now, Choice(item="O12")).columns == (11,)
    owned = chosen(now, Choice(owner=OWNER, type=UnitType.CENTRAL)).columns
    named = {c for c, i in enumerate(OIT.items) if OIT.owner_of(i, UnitType.CENTRAL) == OWNER}
    assert set(owned) == named


def lost(report: GapReport) -> float:
    return sum(f.points for f in report.fails)


def test_the_orders_are_by_lost_points_by_name_and_by_the_worst_cell(
    scanned: tuple[Counted, list[GapReport]],
) -> None:
    now, reports = scanned
    by_id = {report.unit.id: report for report in reports}

    def ordered(sort: Sort) -> list[GapReport]:
        return [by_id[now.board.ids[row]] for row in chosen(now, Choice(sort=sort)).rows]

    amounts = [round(lost(report), 2) for report in ordered(Sort.POINTS)]
    assert amounts == sorted(amounts, reverse=True)
    assert len(set(amounts)) > 2
    names = [report.unit.name for report in ordered(Sort.NAME)]
    assert names == sorted(names)
    worst = [round(max((f.points for f in r.fails), default=0.0), 2) for r in ordered(Sort.WORST)]
    assert worst == sorted(worst, reverse=True)
