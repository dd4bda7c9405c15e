"""Sentences that stand at the head and foot of a report in every format. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from results.speech import _

if TYPE_CHECKING:
    from results.report import GapReport


def document_name(report: GapReport) -> str:
    """What the paper is: `รายงานช่องว่างการเปิดเผยข้อมูลสาธารณะ (OIT)`."""
    return _("รายงานช่องว่าง{subject}", subject=report.subject)


def document_title(report: GapReport) -> str:
    """What a file's properties call it: of which list, year and unit."""
    return _(
        "รายงานช่องว่าง {short} {year} {unit}",
        short=report.short,
        year=report.year,
        unit=report.unit.name,
    )


def only_note(only: Sequence[str]) -> str:
    """That no more than these items are shown, and what the score is of; "" for a whole report."""
    if not only:
        return ""
    return _(
        "แสดงเฉพาะข้อ {items} จำนวนข้อนับเฉพาะข้อเหล่านี้ ส่วนคะแนนเป็นของรายการตรวจทั้งฉบับ",
        items=item_ranges(only),
    )


def purpose(notice: str) -> str:
    """What the report is for and what it is not; `notice` is what a list of its own says."""
    return notice or _(
        "รายงานนี้เป็นผลตรวจเบื้องต้นโดยระบบอัตโนมัติ เพื่อช่วยเตรียมข้อมูลก่อนส่ง ITAS "
        "ไม่ใช่ผลการประเมินของสำนักงาน ป.ป.ช."
    )


def item_ranges(items: Iterable[str]) -> str:
    """`O1-O3, O7` for the items O1, O2, O3 and O7, in whatever order they come."""
    runs: list[list[tuple[str, int]]] = []
    for letter, number in sorted((item[0], int(item[1:])) for item in items):
        if runs and (letter, number - 1) == runs[-1][-1]:
            runs[-1].append((letter, number))
        else:
            runs.append([(letter, number)])
    ends = [[f"{letter}{number}" for letter, number in (run[0], run[-1])] for run in runs]
    return ", ".join(first if first == last else f"{first}-{last}" for first, last in ends)
