"""Gap reports as JUnit XML for gates of a website's deployment: a suite a unit, a case an item.

An item that is not proven complete is never a passed case. The verdicts of `fail_on` are
failures (what could not be checked is an error); the others are skipped cases, so that a gate
lets them through and still shows them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from results import wording
from results.formats.advice import looked_at, things_to_do, why
from results.formats.failures import FAIL_ON
from results.formats.page import points
from results.formats.words import only_note
from results.group import Group
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.verdict import Verdict
    from results.report import ElementText, GapReport, ItemFinding

_MESSAGE = 400
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def junit(reports: Iterable[GapReport], fail_on: Collection[Verdict] = FAIL_ON) -> str:
    """The reports as one JUnit XML document, to be written as UTF-8.

    `fail_on` are the verdicts that fail the gate, out of fail, review and error.
    """
    document: Any = JUnitXml("OIT")
    for report in reports:
        document.add_testsuite(_suite(report, fail_on))
    document.update_statistics()
    text = str(document.tostring(), "utf-8")
    return f"{text if text.startswith('<?xml') else _DECLARATION + text}\n"


def _suite(report: GapReport, fail_on: Collection[Verdict] = FAIL_ON) -> TestSuite:
    suite = TestSuite(tidy(report.unit.name))
    suite.timestamp = report.checked_at.isoformat(timespec="seconds")
    facts: dict[str, object] = {
        "unit": report.unit.id,
        "checklist": report.checklist,
        "as_of": report.as_of.isoformat(),
        "scan": report.scan_id,
        "score.certain": points(report.score.certain),
        "score.possible": points(report.score.possible),
        "score.weight": points(report.score.weight),
        "score.vouched": points(report.score.vouched),
        "days_left": report.deadline.days_left,
        "fail_on": ",".join(sorted(verdict.value for verdict in fail_on)),
        **{f"totals.{name}": count for name, count in report.totals.model_dump().items()},
    }
    if report.only:
        facts["only"] = only_note(report.only)
    for name, value in facts.items():
        suite.add_property(name, tidy(str(value)))
    for finding in report.findings():
        suite.add_testcase(_case(report, finding, fail_on))
    return suite


def _case(report: GapReport, finding: ItemFinding, fail_on: Collection[Verdict]) -> TestCase:
    case = TestCase(
        name=tidy(f"{finding.item} {finding.title}"),
        classname=f"{report.checklist}.{finding.sub_indicator}",
        time=0.0,
    )
    if finding.group is Group.PASS:
        return case
    said = tidy(f"{finding.verdict_th}: {_message(report, finding)}", _MESSAGE)
    told = "\n".join(_told(report, finding))
    if finding.verdict not in fail_on or finding.group not in _FAILING:
        case.result = Skipped(said, finding.group.value)
        case.system_out = told
        return case
    kind = Error if finding.group is Group.ERROR else Failure
    result = kind(said, finding.group.value)
    result.text = told
    case.result = result
    return case


_FAILING = frozenset({Group.MISSING, Group.OUTDATED, Group.REVIEW, Group.ERROR})


def _message(report: GapReport, finding: ItemFinding) -> str:
    if finding.group is Group.REVIEW and finding.question:
        return finding.question
    said = "; ".join(why(report, finding))
    if finding.group not in _FAILING:
        return said or finding.verdict_th
    return finding.summary or said or finding.verdict_th


def _told(report: GapReport, finding: ItemFinding) -> Iterator[str]:
    yield _(
        "{verdict} · มีผลต่อคะแนน {points} · ผู้รับผิดชอบ {owner}",
        verdict=_(wording.GROUPS[finding.group.value]),
        points=points(finding.points),
        owner=tidy(finding.owner),
    )
    for said in why(report, finding):
        yield _("เหตุผล: {said}", said=said)
    for element in finding.elements:
        yield from _element(element)
    if url := tidy(looked_at(finding)):
        yield f"URL: {url}"
    for todo in things_to_do(finding):
        yield _("สิ่งที่ต้องทำ: {todo}", todo=todo)


def _element(element: ElementText) -> Iterator[str]:
    said = f"- [{element.state_th}] {tidy(element.text)}"
    yield f"{said}: {tidy(element.detail)}" if element.detail else said
    for quote in element.quotes[:1]:
        yield f"  “{tidy(quote.text, _MESSAGE)}” ({tidy(quote.where)})"
