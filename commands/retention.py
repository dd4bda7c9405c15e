"""`oit retention`: deletes old scans, never what the entry window or a decision rests on."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from commands import options
from commands.language import home, refuse, refusing, say, spoken, words
from commands.scans import JsonOption
from commands.screen import show_json
from commands.tables import show_line, show_table
from evidence.archive import Archive
from results import wording
from results.forgetting import compact, half_forgotten
from results.retention import FLOOR, SCHEMA, RetentionSettings, ScanFate
from results.speech import Language, speaking
from results.store import Store, StoreError
from sweep.reporting import today
from sweep.retention import Folder, Keeper, Kept, clear, kept_folders, planned, prune

_GIGABYTE = 1024**3
_OCR_GB = "OIT_KEEP_OCR_GB"


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="แสดงว่าจะลบอะไร โดยไม่ลบ")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="ลบตามที่แสดง (ไม่ระบุ = แสดงเท่านั้น)")] = False,
    shrink: Annotated[
        bool, typer.Option("--compact", help="คืนเนื้อที่ของฐานข้อมูลให้ดิสก์ด้วย (โปรแกรมอื่นต้องรอ)")
    ] = False,
    as_json: JsonOption = False,
    database: options.DatabaseOption = "",
) -> None:
    """ลบการตรวจเก่าที่พ้นกำหนดเก็บ และย่อโฟลเดอร์ข้อมูลให้ไม่เกินขนาดที่ตั้ง

    ไม่ว่าตั้งค่าอย่างไร จะไม่ลบการตรวจในช่วงกรอก ITAS ครั้งที่เจ้าหน้าที่ใช้ตัดสิน ครั้งล่าสุดและครั้งก่อนหน้าของทุกหน่วยงาน
    และครั้งที่ยังทำต่อได้

    ตัวอย่าง:
      oit retention
      OIT_KEEP_SCANS_DAYS=180 oit retention --yes
    """
    if yes and dry_run:
        refuse("ระบุ --yes หรือ --dry-run อย่างใดอย่างหนึ่ง", "give --yes or --dry-run, not both")
    settings, folders = retention_settings(), _folders()
    with (
        options.stored_results(database) as store,
        refusing(StoreError, OSError),
        _archive(store) as archive,
        speaking(Language.TH if as_json else Language(spoken().value)),
    ):
        plan = planned(store, settings, today(), [archive])
        left = half_forgotten(store)
        kept = _clear(store, plan, folders, archive) if yes else Kept()
        if yes and shrink:
            compact(store)
    if as_json:
        show_json(_json(plan, left, kept if yes else None))
        return
    _show(plan, left)
    if yes:
        _tell(kept)
    else:
        say("ยังไม่ได้ลบสิ่งใด เพิ่ม --yes เพื่อลบ", "nothing was deleted; add --yes to delete")


def retention_settings() -> RetentionSettings:
    """The settings from the environment; a value that does not fit ends the command."""
    names = RetentionSettings.model_fields
    values = {
        name: text for name in names if (text := os.environ.get(f"OIT_{name.upper()}")) is not None
    }
    try:
        return RetentionSettings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"OIT_{str(first['loc'][0]).upper()}"
        refuse(
            f"ค่าตั้ง {name} ใช้ไม่ได้: «{values[str(first['loc'][0])]}» ต้องเป็นจำนวนเต็มตั้งแต่ 0 "
            "(OIT_KEEP_SCANS_MONTHLY เป็น true หรือ false)",
            f"setting {name}: {first['msg']}",
        )


def _folders() -> list[Folder]:
    crawl = kept_folders(options.crawl_settings())
    return [*crawl, Folder("ocr", Path(home()) / "ocr", _ocr_bytes())]


def _ocr_bytes() -> int:
    text = os.environ.get(_OCR_GB, "").strip()
    try:
        gigabytes = float(text) if text else 1.0
        if not 0 <= gigabytes < float("inf"):
            raise ValueError(text)
    except ValueError:
        refuse(
            f"ค่าตั้ง {_OCR_GB} ใช้ไม่ได้: «{text}» ต้องเป็นจำนวนกิกะไบต์ตั้งแต่ 0 เช่น 4 หรือ 0.5",
            f"setting {_OCR_GB}: «{text}» is no number of gigabytes",
        )
    return int(gigabytes * _GIGABYTE)


def _archive(store: Store) -> Archive:
    """The evidence archive, which has a say in what may go."""
    return Archive.open(options.evidence_place(store.url), store.url)


def _clear(
    store: Store, plan: Sequence[ScanFate], folders: Sequence[Folder], keeper: Keeper
) -> Kept:
    kept = clear(store, plan, [keeper])
    kept.freed = prune(store, folders)
    return kept


def _json(plan: Sequence[ScanFate], left: Sequence[int], kept: Kept | None) -> str:
    told = {
        "schema_version": SCHEMA,
        "scans": [{**fate.model_dump(mode="json"), "goes": fate.goes} for fate in plan],
        "half_deleted_before": list(left),
        "deleted": kept.deleted if kept else None,
        "spared": kept.spared if kept else None,
        "freed_bytes": kept.freed if kept else None,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _show(plan: Sequence[ScanFate], left: Sequence[int]) -> None:
    gone = [fate for fate in plan if fate.goes]
    show_line(
        words(
            f"การตรวจ {len(plan):,} ครั้ง: ลบได้ {len(gone):,} เก็บไว้ {len(plan) - len(gone):,}",
            f"{len(plan):,} scans: {len(gone):,} may go, {len(plan) - len(gone):,} stay",
        )
    )
    if left:
        numbers = ", ".join(map(str, left))
        show_line(words(f"ลบค้างอยู่: ครั้งที่ {numbers}", f"half deleted before: {numbers}"))
    if gone:
        headings = [
            words("ลบครั้งที่", "scan to go"),
            words("รายการตรวจ", "checklist"),
            words("วันที่", "day"),
        ]
        rows = [[str(fate.scan), fate.checklist, fate.day_th] for fate in gone]
        show_table(headings, rows, numbers=(0,))
    pairs = (zip(fate.kept_by, fate.kept_by_th, strict=True) for fate in plan)
    reasons = Counter(chain.from_iterable(pairs))
    for (why, said), count in reasons.most_common():
        th = f"เก็บ {count:,} ครั้ง: {said}"
        en = f"{count:,} stay: {said}"
        if why in FLOOR:
            th, en = f"{th} (ลบไม่ได้ไม่ว่าตั้งค่าอย่างไร)", f"{en} (whatever the settings)"
        show_line(words(th, en))


def _tell(kept: Kept) -> None:
    freed = sum(kept.freed.values())
    say(
        f"ลบแล้ว {len(kept.deleted):,} ครั้ง คืนเนื้อที่ในโฟลเดอร์ {wording.size(freed)}",
        f"{len(kept.deleted):,} scans deleted, {wording.size(freed)} freed in folders",
    )
    if kept.spared:
        numbers = ", ".join(map(str, kept.spared))
        say(
            f"ไม่ได้ลบครั้งที่ {numbers} เพราะมีเจ้าหน้าที่ตัดสินจากผลครั้งนั้นระหว่างนี้",
            f"scans {numbers} stay: a decision has named them meanwhile",
        )
