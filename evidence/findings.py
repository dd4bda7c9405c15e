"""What a check of the archive can find, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """The kinds of findings; names are never changed."""

    LINE_UNREADABLE = "line_unreadable"
    LINE_CHANGED = "line_changed"
    LINES_MISSING = "lines_missing"
    LINES_SWAPPED = "lines_swapped"
    CHAIN_BROKEN = "chain_broken"
    TAIL_CUT = "tail_cut"
    HEAD_DIFFERS = "head_differs"
    TORN = "torn_last_line"
    OBJECT_GONE = "object_gone"
    OBJECT_CHANGED = "object_changed"
    PAYLOAD_DIFFERS = "payload_differs"
    ROW_DIFFERS = "row_differs"
    ROW_WITHOUT_LINE = "row_without_line"
    LINE_WITHOUT_ROW = "line_without_row"
    OBJECT_WITHOUT_LINE = "object_without_line"
    WINDOW_FORGOTTEN = "entry_window_forgotten"
    MENDED = "mended"
    INTERRUPTED = "interrupted"


NOTES = frozenset({Flaw.TORN, Flaw.MENDED, Flaw.INTERRUPTED, Flaw.OBJECT_WITHOUT_LINE})
"""What a crash leaves behind: told of, but no sign that anybody changed anything."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, in Thai and English, with the line or object it is about ("" for none)."""

    flaw: Flaw
    th: str
    en: str
    subject: str = ""

    @property
    def is_note(self) -> bool:
        """True when nothing speaks for tampering or loss."""
        return self.flaw in NOTES


def line_unreadable(number: int) -> Finding:
    """Line `number` of the file cannot be read."""
    return Finding(
        Flaw.LINE_UNREADABLE,
        f"บัญชีหลักฐานบรรทัดที่ {number} อ่านไม่ได้ ถูกแก้ไขหรือเสียหาย",
        f"line {number} of the manifest cannot be read",
        str(number),
    )


def line_changed(seq: int) -> Finding:
    """The line says other things than it was sealed with."""
    return Finding(
        Flaw.LINE_CHANGED,
        f"รายการที่ {seq} ในบัญชีหลักฐานถูกแก้ไข ค่าแฮชไม่ตรงกับเนื้อความ",
        f"entry {seq} of the manifest was changed: its hash does not fit",
        str(seq),
    )


def lines_missing(first: int, last: int) -> Finding:
    """Lines are gone from the middle."""
    which = f"{first}" if first == last else f"{first} ถึง {last}"
    return Finding(
        Flaw.LINES_MISSING,
        f"รายการที่ {which} หายไปจากบัญชีหลักฐาน",
        f"entries {first} to {last} are missing from the manifest",
        str(first),
    )


def lines_swapped(seq: int) -> Finding:
    """A line stands where it was not written."""
    return Finding(
        Flaw.LINES_SWAPPED,
        f"รายการที่ {seq} ในบัญชีหลักฐานอยู่ผิดลำดับ มีการสลับหรือแทรกบรรทัด",
        f"entry {seq} stands out of order in the manifest: lines were swapped or put in",
        str(seq),
    )


def chain_broken(seq: int) -> Finding:
    """A line names another hash before it than the line before has."""
    return Finding(
        Flaw.CHAIN_BROKEN,
        f"รายการที่ {seq} ไม่ต่อกับรายการก่อนหน้า รายการก่อนหน้าถูกเปลี่ยน",
        f"entry {seq} does not follow from the one before it",
        str(seq),
    )


def tail_cut(scan_id: int, seq: int, last: int) -> Finding:
    """The manifest ends before what the database noted for a scan."""
    return Finding(
        Flaw.TAIL_CUT,
        f"ท้ายบัญชีหลักฐานถูกตัด: เมื่อจบการตรวจครั้งที่ {scan_id} มีถึงรายการที่ {seq} แต่ขณะนี้มีถึงรายการที่ {last}",
        f"the manifest's tail was cut: scan {scan_id} ended at entry {seq}, now it ends at {last}",
        str(seq),
    )


def head_differs(scan_id: int, seq: int) -> Finding:
    """The line is there, but not with the hash that the database noted."""
    return Finding(
        Flaw.HEAD_DIFFERS,
        f"รายการที่ {seq} ไม่ใช่รายการเดิมที่บันทึกไว้เมื่อจบการตรวจครั้งที่ {scan_id} บัญชีถูกเขียนขึ้นใหม่",
        f"entry {seq} is not the one noted when scan {scan_id} ended: the manifest was rewritten",
        str(seq),
    )


def torn(size: int) -> Finding:
    """The last line was cut short by a crash."""
    return Finding(
        Flaw.TORN,
        f"บรรทัดสุดท้ายของบัญชีหลักฐานเขียนไม่จบ ({size} ไบต์) เพราะโปรแกรมหยุดกะทันหัน "
        "จะตัดออกเองเมื่อตรวจครั้งต่อไป",
        f"the last line was cut short by a crash ({size} bytes); the next sweep takes it off",
    )


def mended(seq: int, size: int) -> Finding:
    """A line cut short by a crash was taken off."""
    return Finding(
        Flaw.MENDED,
        f"รายการที่ {seq}: ตัดบรรทัดที่เขียนไม่จบออกแล้ว ({size} ไบต์) หลังโปรแกรมหยุดกะทันหัน",
        f"entry {seq}: a line cut short by a crash was taken off ({size} bytes)",
        str(seq),
    )


def object_gone(name: str, seq: int, url: str) -> Finding:
    """The file of a capture is not there."""
    return Finding(
        Flaw.OBJECT_GONE,
        f"สำเนาหลักฐานของรายการที่ {seq} หายไป: {name[:16]}… ({url})",
        f"the copy of entry {seq} is gone: {name} ({url})",
        name,
    )


def object_changed(name: str, seq: int, url: str) -> Finding:
    """The file of a capture is another than it was."""
    return Finding(
        Flaw.OBJECT_CHANGED,
        f"สำเนาหลักฐานของรายการที่ {seq} ถูกแก้ไขหรือเสียหาย: {name[:16]}… ({url})",
        f"the copy of entry {seq} was changed or is damaged: {name} ({url})",
        name,
    )


def payload_differs(name: str, seq: int, url: str) -> Finding:
    """The copy holds other bytes than its line states."""
    return Finding(
        Flaw.PAYLOAD_DIFFERS,
        f"เนื้อหาในสำเนาของรายการที่ {seq} ไม่ตรงกับค่า SHA-256 ในบัญชี: {name[:16]}… ({url})",
        f"the copy of entry {seq} holds other bytes than the manifest states: {name} ({url})",
        name,
    )


def row_differs(seq: int) -> Finding:
    """The database says other things of a capture than the manifest."""
    return Finding(
        Flaw.ROW_DIFFERS,
        f"ข้อมูลของรายการที่ {seq} ในฐานข้อมูลไม่ตรงกับบัญชีหลักฐาน",
        f"the database and the manifest differ about entry {seq}",
        str(seq),
    )


def rows_unreadable() -> Finding:
    """The database holds something that no capture can be."""
    return Finding(
        Flaw.ROW_DIFFERS,
        "ตารางสำเนาในฐานข้อมูลมีค่าที่อ่านไม่ได้ ถูกแก้ไขหรือเสียหาย",
        "the database's table of captures holds what cannot be read",
    )


def row_without_line(seq: int) -> Finding:
    """The database holds a capture of which the manifest knows nothing."""
    return Finding(
        Flaw.ROW_WITHOUT_LINE,
        f"ฐานข้อมูลมีรายการที่ {seq} แต่ไม่มีในบัญชีหลักฐาน",
        f"the database holds entry {seq}, the manifest does not",
        str(seq),
    )


def line_without_row(seq: int, scan_id: int, unit_id: str) -> Finding:
    """The manifest holds a capture of which the database knows nothing."""
    return Finding(
        Flaw.LINE_WITHOUT_ROW,
        f"รายการที่ {seq} (การตรวจครั้งที่ {scan_id} หน่วยงาน {unit_id}) มีในบัญชีหลักฐานแต่หายจากฐานข้อมูล",
        f"entry {seq} (scan {scan_id}, unit {unit_id}) is in the manifest, not in the database",
        str(seq),
    )


def interrupted(seq: int, scan_id: int, unit_id: str) -> Finding:
    """A capture was written down when a crash came; nothing that is stored rests on it."""
    return Finding(
        Flaw.INTERRUPTED,
        f"รายการที่ {seq} (การตรวจครั้งที่ {scan_id} หน่วยงาน {unit_id}) "
        "เขียนค้างเมื่อโปรแกรมหยุดกะทันหัน ไม่มีผลตรวจที่บันทึกไว้อ้างถึง",
        f"entry {seq} (scan {scan_id}, unit {unit_id}) was cut off by a crash; nothing needs it",
        str(seq),
    )


def object_without_line(name: str) -> Finding:
    """There is a whole object that no line names."""
    return Finding(
        Flaw.OBJECT_WITHOUT_LINE,
        f"มีสำเนา {name[:16]}… ที่ไม่มีรายการใดอ้างถึง เกิดได้เมื่อโปรแกรมหยุดกลางคัน ไม่กระทบหลักฐานอื่น",
        f"no entry names the copy {name}; a crash can leave one, nothing else is affected",
        name,
    )


def window_forgotten(seq: int) -> Finding:
    """A capture of the entry window is said to be forgotten, which retention never does."""
    return Finding(
        Flaw.WINDOW_FORGOTTEN,
        f"รายการที่ {seq} เก็บในช่วงกรอก ITAS แต่ถูกนำออก ซึ่งการล้างข้อมูลตามอายุไม่ทำเช่นนั้น",
        f"entry {seq} is of the entry window and was removed, which retention never does",
        str(seq),
    )
