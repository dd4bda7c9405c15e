"""What differs between two scans as a table for files, and the sentences about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.diff import STEPS
from results.excel.book import Text
from results.excel.table import Column, Value
from results.formats.listing import Listing
from results.formats.page import signed
from results.formats.words import only_note
from results.speech import _
from results.stands import Step

if TYPE_CHECKING:
    from results.diff import ItemDiff, ScanDiff, UnitDiff

_TONES = {Step.WORSE: "missing", Step.BETTER: "pass", Step.UNSEEN: "error", Step.SEEN: "error"}


def diff_title(diff: ScanDiff) -> str:
    """What the table tells: which scans of which checklist."""
    return _(
        "ความแตกต่างของการตรวจครั้งที่ {before} กับครั้งที่ {after} ({checklist})",
        before=diff.before.scan,
        after=diff.after.scan,
        checklist=diff.checklist_title,
    )


def diff_notes(diff: ScanDiff) -> list[str]:
    """What was compared, how much differs, and how to read it."""
    told = [
        _("{step} {count} ข้อ", step=_(STEPS[step]), count=count)
        for step, count in diff.counts.items()
        if count
    ]
    units = _(
        "ครั้งที่ {before} เริ่ม {before_day} ครั้งที่ {after} เริ่ม {after_day} "
        "เทียบ {count:,} หน่วยงานที่มีทั้งสองครั้ง",
        before=diff.before.scan,
        before_day=diff.before.day_th,
        after=diff.after.scan,
        after_day=diff.after.day_th,
        count=diff.compared,
    )
    lines = [units, " · ".join(told) or _("ไม่มีข้อใดต่างกัน")]
    if diff.only_before or diff.only_after:
        alone = _(
            "มีเฉพาะครั้งแรก {first:,} หน่วยงาน เฉพาะครั้งหลัง {second:,} หน่วยงาน",
            first=diff.only_before,
            second=diff.only_after,
        )
        lines.append(alone)
    if not diff.same_criteria:
        lines.append(_("เกณฑ์ของรายการตรวจถูกแก้ไขระหว่างสองครั้งนี้ ความต่างบางส่วนอาจมาจากเกณฑ์ ไม่ใช่เว็บไซต์"))
    lines += [only_note(diff.only)] if diff.only else []
    return [*lines, _("“ตรวจไม่ได้” หมายถึงเปิดดูไม่ได้ จึงไม่นับว่าแย่ลงหรือดีขึ้น")]


def diff_listing(diff: ScanDiff) -> Listing:
    """A row an item that differs, and one for each unit of one scan alone."""
    columns = [
        Column(_("รหัสหน่วยงาน"), 16),
        Column(_("หน่วยงาน"), 30),
        Column(_("ข้อ"), 7),
        Column(_("ชื่อข้อ"), 36),
        Column(_("การเปลี่ยนแปลง"), 20),
        Column(_("ครั้งก่อน"), 18),
        Column(_("ครั้งนี้"), 18),
        Column(_("รายละเอียด"), 60),
        Column(_("น้ำหนักคะแนน"), 10),
        Column(_("คะแนนหน่วยงาน"), 22),
        Column(_("ผู้รับผิดชอบ"), 30),
    ]
    rows: list[list[Value]] = []
    for unit in diff.units:
        head = [unit.unit, unit.name]
        if not (unit.in_before and unit.in_after):
            step = _(STEPS[Step.GONE if unit.in_before else Step.NEW])
            rows.append([*head, "", "", step, "", "", "", None, gain_text(unit), ""])
        rows += [[*head, *_item(item), gain_text(unit), item.owner] for item in unit.items]
    title = diff_title(diff)
    return Listing("diff", title, _("ความแตกต่าง"), columns, rows, diff_notes(diff), frozen=4)


def _item(item: ItemDiff) -> list[Value]:
    return [
        Text(item.item, bold=True),
        item.title,
        Text(item.step_th, _TONES.get(item.step, "")),
        item.before_th,
        item.after_th,
        "\n".join(details(item)),
        item.points,
    ]


def details(item: ItemDiff) -> list[str]:
    """What differs in an item beyond its verdict: reasons, parts, addresses, contents."""
    said = []
    if item.before_reason_th != item.after_reason_th:
        if item.before_reason_th:
            said.append(_("เหตุเดิม: {reason}", reason=item.before_reason_th))
        if item.after_reason_th:
            said.append(_("เหตุใหม่: {reason}", reason=item.after_reason_th))
    said += [_("ขาดเพิ่ม: {parts}", parts="; ".join(item.lost))] if item.lost else []
    said += [_("ไม่ขาดแล้ว: {parts}", parts="; ".join(item.found))] if item.found else []
    if item.moved:
        said.append(_("ใช้หน้าอื่นจากเดิม"))
    if item.step is Step.CONTENT:
        return said
    if item.content_changed:
        said.append(_("เนื้อหาของหน้าเปลี่ยน"))
    elif item.content_changed is False:
        said.append(_("เนื้อหาของหน้าไม่เปลี่ยน"))
    said += [_("เปิดซ้ำแล้วยืนยัน")] if item.confirmed else []
    return said


def gain_text(unit: UnitDiff) -> str:
    """`20.00 → 18.50 (−1.50)`: the unit's sure points, as far as they may be compared."""
    if unit.before is None or unit.after is None:
        return ""
    if unit.gain is None:
        return _("ไม่ได้เทียบคะแนน")
    return f"{unit.before:.2f} → {unit.after:.2f} ({signed(unit.gain)})"
