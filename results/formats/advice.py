"""What to do about a finding and why it stands so, in full sentences for tables and gates. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from results.group import Group
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from results.report import GapReport, ItemFinding

_FAILED = (Group.MISSING, Group.OUTDATED)


def things_to_do(finding: ItemFinding) -> tuple[str, ...]:
    """What the unit must do: mend, answer a question, or let the checker in; none for the rest."""
    remedies = [reason.remedy for reason in finding.reasons]
    if finding.group in _FAILED:
        return _distinct([finding.remedy, *remedies])
    if finding.group is Group.REVIEW:
        question = finding.question or _(
            "เปิดดูแล้วยืนยันว่าครบทุกองค์ประกอบของข้อ {item}", item=finding.item
        )
        later = [_("เพื่อให้ชัดเจนในครั้งหน้า: {remedy}", remedy=one) for one in remedies if one]
        return _distinct([question, *later])
    return _distinct(remedies[:1]) if finding.group is Group.ERROR else ()


def why(report: GapReport, finding: ItemFinding) -> tuple[str, ...]:
    """Why an item of `report` stands as it does: people's decisions, reasons, a second fetch.

    A decision that ended by itself comes first, so that nobody overlooks it.
    """
    said = [
        f"‼ {one.standing_th} – {one.line}"
        for one in report.waivers
        if one.loud and one.item == finding.item
    ]
    said += [finding.waiver.line] if finding.waiver else []
    said += [reason.th for reason in finding.reasons]
    if finding.group in (Group.WAIVED, Group.NOT_APPLICABLE) and not said:
        said = [finding.question or finding.summary]
    if finding.recheck:
        said.append(finding.recheck.line)
    return _distinct(said)


def looked_at(finding: ItemFinding) -> str:
    """The address that shows a finding best: of its first quote, else the first one opened."""
    quotes = (quote for element in finding.elements for quote in element.quotes)
    shown = next((quote.final_url or quote.url for quote in quotes), "")
    return shown or (finding.urls[0] if finding.urls else "")


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for line in map(tidy, texts) if line))
