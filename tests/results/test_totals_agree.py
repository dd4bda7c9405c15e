"""The counts come from `results.report.totals`; every format shows those and no others."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document
from junitparser import JUnitXml

from results.formats.csv import unit_csv
from results.formats.docx import unit_docx
from results.formats.html import unit_html
from results.formats.json import unit_json
from results.formats.junit import junit
from results.formats.sarif import sarif
from results.group import Group
from results.report import GapReport, totals
from results.wording import GROUPS
from tests.results.sheets import (
    answered_report,
    decided_report,
    empty_report,
    long_report,
    mixed_report,
    opened,
    table_rows,
    unasked_report,
)

Counts = dict[str, int]
_WORDS = {words: group for group, words in GROUPS.items()}


def of_csv(report: GapReport) -> Counts:
    rows = csv.DictReader(io.StringIO(unit_csv(report).decode("utf-8-sig")))
    return Counter({row["ข้อ"]: _WORDS[row["ผลของข้อ"]] for row in rows}.values())


def of_elements_sheet(report: GapReport) -> Counts:
    rows = table_rows(opened(report)["ข้อและองค์ประกอบ"])
    return Counter(
        {row["ข้อ"]: _WORDS[str(row["ผลของข้อ"]).partition(" ")[2]] for row in rows}.values()
    )


def of_summary_sheet(report: GapReport) -> Counts:
    rows = list(opened(report)["สรุป"].iter_rows(values_only=True))
    first = next(n for n, row in enumerate(rows) if row[:3] == ("ผลของข้อ", "ความหมาย", "จำนวนข้อ"))
    counts: Counts = {}
    for row in rows[first + 1 :]:
        if row[0] == "รวม":
            assert row[2] == sum(counts.values())
            return counts
        assert isinstance(row[2], int)
        counts[_WORDS[str(row[0]).partition(" ")[2]]] = row[2]
    raise AssertionError("the table has no sum")


def of_work_sheet(report: GapReport) -> Counts:
    rows = table_rows(opened(report)["ข้อที่ต้องทำ"])
    return Counter(_WORDS[str(row["ผลของข้อ"]).partition(" ")[2]] for row in rows if row["ข้อ"])


def of_junit(report: GapReport) -> Counts:
    document: Any = JUnitXml.fromstring(junit([report]).encode())
    (suite,) = document
    cases = [case.result[0].type if case.result else "pass" for case in suite]
    assert suite.tests == len(cases)
    return Counter(cases)


def of_sarif(report: GapReport) -> Counts:
    run = json.loads(sarif([report]))["runs"][0]
    return Counter(
        {r["properties"]["item"]: r["properties"]["group"] for r in run["results"]}.values()
    )


def of_sarif_facts(report: GapReport) -> Counts:
    run = json.loads(sarif([report]))["runs"][0]
    return by_group(run["properties"]["units"][0]["totals"])


def of_junit_facts(report: GapReport) -> Counts:
    document: Any = JUnitXml.fromstring(junit([report]).encode())
    (suite,) = document
    facts = {fact.name: fact.value for fact in suite.properties()}
    return by_group({n.partition(".")[2]: int(v) for n, v in facts.items() if "totals." in n})


def of_json(report: GapReport) -> Counts:
    return by_group(json.loads(unit_json(report))["totals"])


def of_html(report: GapReport) -> Counts:
    page = BeautifulSoup(unit_html(report), "lxml")
    return {
        group: int(page.select_one(f"ul.counts li.g-{group} b").get_text())  # type: ignore[union-attr]
        for group in ("missing", "outdated", "review", "error", "pass", "vouched")
        if group != "vouched" or page.select_one("ul.counts li.g-vouched")
    }


def by_group(counts: Counts) -> Counts:
    return {g.value: counts["passed" if g is Group.PASS else g.value] for g in Group}


SETTLED = {"pass", "vouched", "waived", "not_applicable", "unchecked"}
READERS: dict[str, tuple[Callable[[GapReport], Counts], set[str]]] = {
    "csv": (of_csv, set()),
    "xlsx, elements": (of_elements_sheet, set()),
    "xlsx, summary": (of_summary_sheet, set()),
    "xlsx, work": (of_work_sheet, SETTLED),
    "junit": (of_junit, set()),
    "junit, facts": (of_junit_facts, set()),
    "sarif": (of_sarif, {"pass", "unchecked"}),
    "sarif, facts": (of_sarif_facts, set()),
    "json": (of_json, set()),
    "html": (of_html, {"waived", "not_applicable", "unchecked"}),
}
"""How each format's counts are read back, and the groups that it does not tell apart or show."""
REPORTS = [mixed_report, decided_report, answered_report, long_report, empty_report, unasked_report]


@pytest.mark.parametrize("make", REPORTS)
@pytest.mark.parametrize("format_", READERS)
def test_totals_agree_in_every_format(format_: str, make: Callable[[], GapReport]) -> None:
    report = make()
    assert report.totals == totals(report.findings())
    read, untold = READERS[format_]
    wanted = by_group(report.totals.model_dump())
    shown = read(report)
    assert {g: shown.get(g, 0) for g in wanted if g not in untold} == {
        g: count for g, count in wanted.items() if g not in untold
    }


@pytest.mark.parametrize(
    ("format_", "text"),
    {
        "html": unit_html,
        "json": unit_json,
        "junit": lambda report: junit([report]),
        "sarif": lambda report: sarif([report]),
        "csv": lambda report: unit_csv(report).decode("utf-8-sig"),
        "xlsx": lambda report: "\n".join(
            str(cell) for sheet in opened(report) for row in sheet.values for cell in row
        ),
        "docx": lambda report: word_text(report),
    }.items(),
)
def test_every_format_says_whose_answer_it_is_and_why(
    format_: str, text: Callable[[GapReport], str]
) -> None:
    said = text(answered_report())
    for kind in ("ผ่านโดยการพิจารณาของเจ้าหน้าที่: เปิดดูภาพ", "ไม่ผ่านโดยการพิจารณาของเจ้าหน้าที่"):
        assert kind in said or format_ == "html"
    assert said.count("นางสาวมาลี ใจดี") >= 2
    assert "เปิดดูภาพสแกนแล้ว" in said
    assert format_ == "csv" or "5 เมษายน 2566" in said


def word_text(report: GapReport) -> str:
    found = Document(io.BytesIO(unit_docx(report)))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells])


def test_points_of_the_work_sheet_are_those_that_are_lost_or_open() -> None:
    report = long_report()
    rows = table_rows(opened(report)["ข้อที่ต้องทำ"])
    unchecked = sum(finding.points for finding in report.unchecked)
    stake = report.score.lost + report.score.open
    assert sum(float(str(row["คะแนน"])) for row in rows) + unchecked == pytest.approx(stake)
