"""Where to begin: the dearest gaps, each with one short line that says what to do. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checklist.verdict import ElementState
from results.group import Group
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from results.report import ItemFinding

MOST = 8
_USUAL = 5
_LACKING = frozenset({ElementState.ABSENT, ElementState.OUTDATED})
_NOTHING_THERE = frozenset({"no_url", "not_found"})
_ITEMS_OWN_ADVICE = frozenset({"no_url", "wrong_kind"})
"""Reasons whose own remedy fits every item alike; the checklist's advice says more."""
_GAPS = frozenset({"element_missing", "month_missing", "period_incomplete"})


def dearest(findings: Sequence[ItemFinding]) -> tuple[ItemFinding, ...]:
    """The first 5 of `findings`, dearest first, and all that cost as much; at most 8."""
    if len(findings) <= _USUAL:
        return tuple(findings)
    least = round(findings[_USUAL - 1].points, 6)
    return tuple(f for f in findings if round(f.points, 6) >= least)[:MOST]


def nothing_there(finding: ItemFinding) -> bool:
    """True when an item fails only because no page was given, found or there to be opened."""
    codes = {reason.code for reason in finding.reasons}
    unseen = all(element.state is None for element in finding.elements)
    return len(codes) == 1 and codes <= _NOTHING_THERE and unseen


def first_step(finding: ItemFinding, limit: int = 120) -> str:
    """What to do about a finding, in one Thai line of at most `limit` characters."""
    return short(_step(finding), limit)


def short(text: str, limit: int) -> str:
    """`text` in at most `limit` characters and an ellipsis, ended at a space where one is near."""
    line = tidy(text, limit)
    if line == tidy(text):
        return line
    kept, space, _ = line.removesuffix(" …").rpartition(" ")
    return f"{kept} …" if space and len(kept) >= limit // 2 else line


def _step(finding: ItemFinding) -> str:
    if finding.group is Group.REVIEW:
        return finding.question or _("เปิดดูแล้วยืนยันว่าครบทุกองค์ประกอบของข้อ {item}", item=finding.item)
    reason = finding.reasons[0] if finding.reasons else None
    code = reason.code if reason else ""
    lacking = [e for e in finding.elements if e.required and e.state in _LACKING]
    said = "; ".join(dict.fromkeys(e.detail or e.text for e in lacking))
    if code == "not_found" and finding.urls:
        return _("นำหน้าที่เปิดไม่พบกลับมา หรือแก้ URL ให้ถูก: {url}", url=finding.urls[0])
    if code == "outdated":
        return _("เผยแพร่ฉบับของปีที่กำหนดแทน") + (f" ({said})" if said else "")
    if code in _GAPS and said:
        return _("เพิ่มส่วนที่ขาด: {parts}", parts=said)
    if reason and reason.remedy and code not in _ITEMS_OWN_ADVICE:
        return reason.remedy
    return finding.remedy
