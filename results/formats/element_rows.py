"""The table of items and elements, a row an element, that the workbook and the CSV share. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.verdict import ElementState
from results.formats.advice import looked_at, things_to_do, why
from results.group import Group
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from results.report import ElementText, GapReport, ItemFinding

HEADINGS = {
    "order": "ลำดับ",
    "item": "ข้อ",
    "title": "ชื่อข้อ",
    "verdict": "ผลของข้อ",
    "element": "องค์ประกอบ",
    "state": "ผลขององค์ประกอบ",
    "reason": "เหตุผล",
    "found": "สิ่งที่พบในขณะนี้",
    "where": "ตำแหน่งที่พบ",
    "url": "URL",
    "to_do": "สิ่งที่ต้องทำ",
    "owner": "ผู้รับผิดชอบ",
    "points": "คะแนนทั้งข้อ",
    "days_left": "เหลือเวลา (วัน)",
}
"""The columns by name, with headings that other programs may rely on."""


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One element of one item; an item without elements has one row with an empty `element`.

    `points` are the whole item's and stand in each of its rows; `leads` marks the row that
    tells why the item stands so and what to do about it. `state` is `None` where nothing was
    read, `required` false for what an item may lack.
    """

    order: int
    item: str
    title: str
    group: Group
    verdict: str
    element: str
    state: ElementState | None
    state_th: str
    required: bool
    reason: str
    found: str
    where: str
    url: str
    to_do: str
    owner: str
    points: float
    days_left: int
    leads: bool

    def cells(self) -> tuple[str | int | float, ...]:
        """The row's plain values in the order of `HEADINGS`."""
        return (
            self.order,
            self.item,
            self.title,
            self.verdict,
            self.element,
            self.state_th,
            self.reason,
            self.found,
            self.where,
            self.url,
            self.to_do,
            self.owner,
            self.points,
            self.days_left,
        )


def in_order(report: GapReport) -> tuple[ItemFinding, ...]:
    """All findings in the order of action: what fails first, dearest first, decided ones last."""
    return (
        *report.fails,
        *report.reviews,
        *report.errors,
        *report.passes,
        *report.settled,
        *report.unchecked,
    )


def element_rows(report: GapReport) -> Iterator[ElementRow]:
    """The rows of `report`, in the order of action."""
    order = 0
    for finding in in_order(report):
        lead = next((n for n, e in enumerate(finding.elements) if is_open(e)), 0)
        for number, element in enumerate(finding.elements or (None,)):
            order += 1
            yield _row(report, finding, element, order, leads=number == lead)


def is_open(element: ElementText) -> bool:
    """True for a required element that nobody has seen complete."""
    return element.required and element.state is not ElementState.PRESENT


def _row(
    report: GapReport, finding: ItemFinding, element: ElementText | None, order: int, *, leads: bool
) -> ElementRow:
    quotes = element.quotes if element else ()
    quote = quotes[0] if quotes else None
    where = quote.where if quote else ""
    if len(quotes) > 1:
        where += " " + _("(และอีก {count} แห่ง)", count=len(quotes) - 1)
    return ElementRow(
        order=order,
        item=finding.item,
        title=tidy(finding.title),
        group=finding.group,
        verdict=finding.verdict_th,
        element=tidy(element.text) if element else "",
        state=element.state if element else None,
        state_th=_state(element) if element else "",
        required=element.required if element else True,
        reason=" · ".join(_reasons(report, finding, element, leads=leads)),
        found=tidy(quote.text) if quote else "",
        where=tidy(where),
        url=tidy((quote.final_url or quote.url) if quote else looked_at(finding)),
        to_do=_to_do(finding, element, leads=leads),
        owner=tidy(finding.owner),
        points=round(finding.points, 4),
        days_left=report.deadline.days_left,
        leads=leads,
    )


def _state(element: ElementText) -> str:
    if element.required or element.state is ElementState.PRESENT:
        return element.state_th
    return _("{state} (ไม่บังคับ)", state=element.state_th)


def _reasons(
    report: GapReport, finding: ItemFinding, element: ElementText | None, *, leads: bool
) -> list[str]:
    own = [element.reason.th] if element and element.reason else []
    own += [tidy(element.detail)] if element and element.detail else []
    return list(dict.fromkeys([*(why(report, finding) if leads else ()), *own]))


def _to_do(finding: ItemFinding, element: ElementText | None, *, leads: bool) -> str:
    if leads:
        return " · ".join(things_to_do(finding))
    if element is None or not is_open(element):
        return ""
    if finding.group is Group.REVIEW:
        return _("ดูพร้อมกับคำถามของข้อ {item}", item=finding.item)
    if finding.group in (Group.MISSING, Group.OUTDATED):
        return _("ทำให้ครบพร้อมกันในข้อ {item}", item=finding.item)
    return ""
