"""What the unit's admin types into ITAS, item by item: มี/ไม่มี, the URLs, where they stand. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from checklist.whereabouts import Reach
from results.group import Group
from results.parts import Part, PlacementText
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from results.report import ItemFinding

_STEP_CHARS = 80


class Answer(StrEnum):
    """What the form may be answered; `look` until a person has looked."""

    YES = "yes"
    NO = "no"
    LOOK = "look"


ANSWERS = {
    Answer.YES: "มี",
    Answer.NO: "ไม่มี",
    Answer.LOOK: "ตรวจดูก่อนตอบ",
}
_BY_GROUP = {
    Group.PASS: Answer.YES,
    Group.VOUCHED: Answer.YES,
    Group.MISSING: Answer.NO,
    Group.OUTDATED: Answer.NO,
}


class ItasLine(Part):
    """One item of the ITAS form as it stands today; `explanation` tells where each URL stands.

    The URLs of an item answered `no` are none: what was looked at there does not serve.
    """

    item: str
    title: str
    answer: Answer
    answer_th: str
    urls: tuple[str, ...]
    explanation: str


def itas_lines(findings: Iterable[ItemFinding]) -> tuple[ItasLine, ...]:
    """The lines of the form in the order in which the admin types them."""
    return tuple(_line(one) for one in sorted(findings, key=lambda one: one.number))


def _line(finding: ItemFinding) -> ItasLine:
    answer = _BY_GROUP.get(finding.group, Answer.LOOK)
    urls = () if answer is Answer.NO else evidence_pages(finding)
    return ItasLine(
        item=finding.item,
        title=finding.title,
        answer=answer,
        answer_th=_(ANSWERS[answer]),
        urls=urls,
        explanation=_explanation(finding, answer, urls),
    )


def evidence_pages(finding: ItemFinding) -> tuple[str, ...]:
    """The addresses that show a finding: those its evidence was quoted from, else those read."""
    quoted = [
        quote.url for element in finding.elements for quote in element.quotes if element.required
    ]
    return tuple(dict.fromkeys(quoted)) or finding.urls


def _explanation(finding: ItemFinding, answer: Answer, urls: tuple[str, ...]) -> str:
    if answer is Answer.NO:
        return _("ยังใช้ตอบไม่ได้: {why}", why=finding.summary or finding.verdict_th)
    places = {place.url: place for place in finding.placements}
    lines = [_where(finding, url, places.get(url)) for url in urls]
    if len(lines) > 1:
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    if answer is Answer.LOOK:
        why = finding.question or finding.summary or finding.verdict_th
        lines.insert(0, _("ต้องตรวจดูก่อนตอบ: {why}", why=why))
    if finding.group is Group.VOUCHED:
        lines.insert(0, finding.verdict_th)
    return "\n".join(lines)


def _where(finding: ItemFinding, url: str, place: PlacementText | None) -> str:
    return " ".join((_way(place), *_spot(finding, url)))


def _way(place: PlacementText | None) -> str:
    if place is None or place.reach is not Reach.LINKED:
        return _("เปิดจาก URL โดยตรง")
    if not place.path:
        return _("อยู่บนหน้าแรกของเว็บไซต์หลัก")
    steps = (tidy(step.text, _STEP_CHARS) or _("(ลิงก์รูปภาพ)") for step in place.path)
    return " › ".join((_("เว็บไซต์หลัก"), *(f"“{step}”" for step in steps)))


def _spot(finding: ItemFinding, url: str) -> Iterator[str]:
    quotes = [q for e in finding.elements for q in e.quotes if q.url == url]
    pages = sorted({quote.page for quote in quotes if quote.page})
    if pages:
        yield _("หน้า {pages}", pages=", ".join(map(str, pages[:5])))
    headings = dict.fromkeys(q.heading_path[-1] for q in quotes if q.heading_path)
    if headings and not pages:
        yield _("หัวข้อ “{heading}”", heading=tidy(next(iter(headings)), _STEP_CHARS))
