"""`oit evidence`: what was kept as evidence, a pack to hand in, and whether anybody changed it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.disk import refuse_existing, writing_into
from commands.evidence_copying import copy_archive
from commands.language import Exit, out, refuse, refusing, say, spoken, words
from commands.screen import show_json
from commands.stored import scan_of, units_of
from evidence.archive import Archive
from evidence.capture import CaptureKind, Kept, facts_of
from evidence.verifying import Checked, holds_nothing, verify
from results.formats.files import report_stem, write_bytes_whole
from results.record import ScanInfo
from results.speech import Language, moment_text, speaking
from results.store import Store, StoreError
from results.wording import tidy
from sweep.evidence_pack import Asked, NoEvidenceError, evidence_pack

app = typer.Typer(help="คลังหลักฐาน: สำเนาหน้าเว็บที่ผลตรวจอ้างอิง พร้อมเวลาและค่าแฮช", no_args_is_help=True)

UnitOption = Annotated[str, typer.Option("--unit", metavar="รหัส", help="หน่วยงาน")]
ScanOption = Annotated[int, typer.Option("--scan", metavar="N", help="ครั้งที่ตรวจ (ไม่ระบุ = ล่าสุด)")]
JsonOption = Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")]
app.command("copy")(copy_archive)
_MOST_SCANS = 10
_KINDS = {
    CaptureKind.RESPONSE: ("คำตอบของเว็บไซต์", "answer"),
    CaptureKind.RENDERED: ("หน้าที่แสดงผลแล้ว", "rendered page"),
    CaptureKind.SCREENSHOT: ("ภาพหน้าเว็บ", "screenshot"),
}


@app.command("list")
def list_captures(
    unit: UnitOption,
    item: Annotated[str, typer.Option("--item", metavar="O12", help="เฉพาะข้อนี้")] = "",
    scan: ScanOption = 0,
    checklist: options.ScanListOption = "",
    as_json: JsonOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """แสดงสำเนาที่เก็บไว้ของหน่วยงานในการตรวจครั้งหนึ่ง

    ตัวอย่าง: oit evidence list --unit surin --item O12
    """
    with _opened(database) as (store, archive):
        info, unit_id, wanted = _meant(store, scan, checklist, unit, item)
        found = archive.of_unit(info.id, unit_id, wanted)
        other = _held(store, archive, info, unit_id, wanted)
    if as_json:
        rows = [{"line": one.seq, **facts_of(one)} for one in found]
        show_json(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    with speaking(Language(spoken().value)):
        for one in found:
            out.print(_told(one), markup=False, soft_wrap=True)
    say(
        f"การตรวจครั้งที่ {info.id}: สำเนา {len(found)} รายการ",
        f"scan {info.id}: {len(found)} copies",
    )
    if other:
        say(*_told_scans(other))


def _told(kept: Kept) -> str:
    one = kept.capture
    inside = words(" [ช่วงกรอก ITAS]", " [entry window]") if one.entry_window else ""
    return (
        f"{kept.seq:>6}  {','.join(one.items)}  HTTP {one.status}  {words(*_KINDS[one.kind])}  "
        f"{moment_text(one.fetched_at)}{inside}  {one.payload_sha256[:16]}  {tidy(one.url)}"
    )


@app.command("export")
def export(
    unit: UnitOption,
    item: Annotated[str, typer.Option("--item", metavar="O12", help="ข้อที่จะชี้แจง")],
    scan: ScanOption = 0,
    checklist: options.ScanListOption = "",
    path: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.zip", help="แฟ้มที่จะเขียน (ไม่ระบุ = ตั้งชื่อให้)")
    ] = None,
    replace: options.ReplaceOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """ออกชุดหลักฐานของข้อหนึ่งเป็น ZIP สำหรับช่วงชี้แจง: WARC ภาพ แฟ้มต้นฉบับ ค่าแฮช และแบบ Word ให้ลงนาม

    ตัวอย่าง: oit evidence export --unit surin --item O12 --out surin-O12.zip
    """
    with _opened(database) as (store, archive):
        info, unit_id, item_id = _meant(store, scan, checklist, unit, item)
        asked = Asked(
            checklist=options.checklist_of(info.checklist),
            scan_id=info.id,
            unit_id=unit_id,
            item_id=item_id,
            made_at=datetime.now(UTC),
        )
        stem = report_stem(unit_id).removeprefix("gap-")
        target = path or Path(f"evidence-{stem}-{asked.item_id}-scan{info.id}.zip")
        refuse_existing([target], replace)
        other = _held(store, archive, info, unit_id, item_id)
        try:
            pack = evidence_pack(asked, archive, store, target.name)
        except NoEvidenceError:
            th, en = _told_scans(other)
            refuse(
                f"คลังหลักฐานไม่มีสำเนาของหน่วยงาน «{unit_id}» ข้อ {asked.item_id} "
                f"จากการตรวจครั้งที่ {info.id} (ไม่มีหน้าใดตอบ หรือตรวจก่อนมีคลัง) {th}",
                f"the archive holds nothing of «{unit_id}» {asked.item_id} in scan {info.id}; {en}",
            )
    with writing_into(target.parent):
        write_bytes_whole(target, pack.content)
    for url in pack.lost:
        say(
            f"สำเนาของ {tidy(url)} หายหรือเสียหาย ไม่มีในชุดนี้ ให้สั่ง oit evidence verify",
            f"the copy of {tidy(url)} is gone or damaged; run: oit evidence verify",
        )
    say(
        f"เขียนชุดหลักฐาน {pack.captures} รายการแล้วที่ {target.resolve()}",
        f"{pack.captures} copies written to {target.resolve()}",
    )
    if not pack.in_window and any(other.values()):
        th, en = _told_scans(other)
        say(f"สำเนาในชุดนี้เก็บนอกช่วงกรอก ITAS {th}", f"these copies are not of the entry window; {en}")


@app.command("verify")
def verify_archive(
    as_json: JsonOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """ตรวจว่าคลังหลักฐานไม่ถูกแก้ไข: บัญชีที่ต่อกันเป็นลูกโซ่ สำเนาทุกแฟ้ม และฐานข้อมูล

    จบด้วยรหัส 0 เมื่อไม่พบสิ่งผิดปกติ 1 เมื่อพบ 2 เมื่อไม่มีคลัง

    ตัวอย่าง: oit evidence verify
    """
    with _opened(database) as (_, archive):
        checked = verify(archive)
    if as_json:
        show_json(json.dumps(_as_json(checked), ensure_ascii=False, indent=2))
    else:
        for one in checked.findings:
            mark = " " if one.is_note else "!"
            out.print(f"{mark} {words(one.th, one.en)}", markup=False, soft_wrap=True)
        _say_result(checked)
    raise typer.Exit(Exit.ALL_PASS if checked.clean else Exit.GAPS)


def _say_result(checked: Checked) -> None:
    bad = sum(not one.is_note for one in checked.findings)
    th = "ไม่พบการแก้ไขหรือสูญหาย" if checked.clean else f"พบสิ่งผิดปกติ {bad} รายการ"
    en = "nothing was changed or lost" if checked.clean else f"{bad} findings"
    say(
        f"{th}: ตรวจบัญชี {checked.lines:,} รายการ สำเนา {checked.objects:,} แฟ้ม "
        f"นำออกตามอายุ {checked.forgotten:,} รายการ",
        f"{en}: {checked.lines:,} entries, {checked.objects:,} copies, "
        f"{checked.forgotten:,} forgotten by retention",
    )
    say(
        f"ท้ายบัญชี: รายการที่ {checked.head.seq} ค่าแฮช {checked.head.hash} (จดไว้ในบันทึกถึงผู้บริหาร)",
        f"head: entry {checked.head.seq}, hash {checked.head.hash} (note it in a dated letter)",
    )


def _as_json(checked: Checked) -> dict[str, object]:
    return {
        "clean": checked.clean,
        "lines": checked.lines,
        "captures": checked.captures,
        "forgotten": checked.forgotten,
        "objects": checked.objects,
        "head": asdict(checked.head),
        "findings": [
            {"flaw": one.flaw.value, "note": one.is_note, "subject": one.subject, "th": one.th,
             "en": one.en}
            for one in checked.findings
        ],
    }  # fmt: skip


@contextmanager
def _opened(database: str) -> Iterator[tuple[Store, Archive]]:
    """The results and their archive; an archive in which nothing was ever kept is refused."""
    with (
        options.stored_results(database) as store,
        refusing(StoreError),
        Archive.open(options.evidence_place(store.url), store.url) as archive,
    ):
        if holds_nothing(archive):
            place = archive.place.shown
            refuse(
                f"ยังไม่มีคลังหลักฐานที่ {place} คลังจะเกิดเมื่อสั่ง oit sweep",
                f"there is no evidence archive at {place}; a sweep makes it",
            )
        yield store, archive


def _meant(
    store: Store, number: int, checklist: str, unit: str, item: str
) -> tuple[ScanInfo, str, str]:
    """The scan, unit and item ("" for all) that are meant.

    Without a number it is the newest scan that holds the item's verdict for the unit: a later
    one of other units or items, or one that has only begun, says nothing of it.
    """
    info = scan_of(store, number, checklist)
    wanted = _item(info.checklist, item) if item.strip() else ""
    newest = info if number else store.latest_scan(info.checklist, unit) or info
    [unit_id] = units_of(store, newest, [unit])
    found: ScanInfo | None = newest
    while wanted and not number and found is not None:
        if any(one.item == wanted for one in store.unit_result(found.id, unit_id).verdicts):
            return found, unit_id, wanted
        found = store.latest_scan(info.checklist, unit_id, before=found.id)
    return newest, unit_id, wanted


def _held(
    store: Store, archive: Archive, info: ScanInfo, unit_id: str, item: str
) -> dict[int, bool]:
    """The other scans of the checklist that hold copies: whether of the entry window."""
    others = [
        one.id for one in store.scans() if one.checklist == info.checklist and one.id != info.id
    ]
    return archive.windows_of(others, unit_id, item)


def _told_scans(held: Mapping[int, bool]) -> tuple[str, str]:
    """Which other scans hold copies, in Thai and in English."""
    if not held:
        return "ครั้งอื่นก็ไม่มีสำเนา", "no other scan holds a copy"
    inside = [str(scan) for scan, of_window in sorted(held.items()) if of_window]
    newest = [str(scan) for scan in sorted(held)][-_MOST_SCANS:]
    if inside:
        shown = ", ".join(inside[-_MOST_SCANS:])
        return (
            f"ครั้งที่มีสำเนาในช่วงกรอก ITAS: {shown} (เลือกด้วย --scan)",
            f"scans with copies of the entry window: {shown} (choose with --scan)",
        )
    shown = ", ".join(newest)
    return (
        f"ครั้งอื่นที่มีสำเนา: {shown} (เลือกด้วย --scan)",
        f"other scans with copies: {shown} (choose with --scan)",
    )


def _item(checklist: str, text: str) -> str:
    """The one item that `text` names."""
    found = options.items_of(options.checklist_of(checklist), [text])
    if len(found) != 1:
        refuse(f"ระบุทีละข้อ เช่น --item O12 ไม่ใช่ «{text}»", f"name one item, not «{text}»")
    return found[0].id
