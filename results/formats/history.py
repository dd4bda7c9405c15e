"""A unit's history as a table for files: a row an item and scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results.diff import STEPS
from results.excel.book import Text
from results.excel.table import Column, Value
from results.formats.listing import Listing
from results.formats.page import SYMBOLS
from results.speech import _, day_text
from results.stands import Step

if TYPE_CHECKING:
    from results.history import ItemHistory, ItemPoint, UnitHistory

GROUPS = {Verdict.FAIL: "missing"}
"""The tone and symbol of a verdict, where they are not called like it."""


def group_name(verdict: Verdict | None) -> str:
    """The name under which a verdict has its symbol and its colours."""
    if verdict is None:
        return "unchecked"
    return GROUPS.get(verdict, verdict.value)


def symbol(verdict: Verdict | None) -> str:
    """A verdict as one character: `✓ ✕ ? !`, `·` where it was not asked for."""
    return SYMBOLS[group_name(verdict)]


def said_of(point: ItemPoint) -> list[str]:
    """What is different at a point: the step, its reason, parts, addresses, contents."""
    said = [] if point.step is Step.SAME else [_(STEPS[point.step])]
    said += [point.reason_th] if point.reason_th else []
    said += [_("ขาดเพิ่ม: {parts}", parts="; ".join(point.lost))] if point.lost else []
    said += [_("ไม่ขาดแล้ว: {parts}", parts="; ".join(point.found))] if point.found else []
    said += [_("ใช้หน้าอื่นจากเดิม")] if point.moved else []
    changed = point.content_changed and point.step is not Step.CONTENT
    said += [_("เนื้อหาของหน้าเปลี่ยน")] if changed else []
    return said


def history_listing(history: UnitHistory) -> Listing:
    """A row an item and scan, items by number and scans oldest first."""
    columns = [
        Column(_("ข้อ"), 7),
        Column(_("ชื่อข้อ"), 36),
        Column(_("การตรวจครั้งที่"), 10, shape="0"),
        Column(_("วันที่"), 18),
        Column(_("ผล"), 20),
        Column(_("รายละเอียด"), 60),
        Column(_("คะแนนหน่วยงาน"), 12),
        Column(_("สถานะปัจจุบันของข้อ"), 44),
    ]
    points = {one.scan_id: one.certain for one in history.scans if one.comparable}
    rows: list[list[Value]] = [
        _row(item, point, points.get(point.scan_id))
        for item in history.items
        for point in item.points
    ]
    title = _("ประวัติผลตรวจของ{unit} ({checklist})", unit=history.name, checklist=history.checklist)
    notes = [
        history.checklist_title,
        _("คะแนนว่างไว้ในครั้งที่ตัดสินได้ไม่เกินครึ่งหนึ่งของข้อทั้งหมด เพราะเทียบกับครั้งอื่นไม่ได้"),
    ]
    return Listing("history", title, _("ประวัติ"), columns, rows, notes)


def _row(item: ItemHistory, point: ItemPoint, certain: float | None) -> list[Value]:
    verdict = f"{symbol(point.verdict)} {point.verdict_th}"
    return [
        Text(item.item, bold=True),
        item.title,
        point.scan_id,
        day_text(point.day),
        Text(verdict, group_name(point.verdict)),
        "\n".join(said_of(point)),
        certain,
        item.line,
    ]
