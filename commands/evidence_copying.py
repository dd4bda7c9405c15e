"""`oit evidence copy`: the archive from a folder to a bucket, or back."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from commands import options
from commands.language import Exit, err, refuse, refusing, say, words
from evidence.archive import Archive
from evidence.copying import Copied, copy, plan
from evidence.verifying import holds_nothing
from results import wording
from results.store import StoreError

_MOST_NAMED = 5


def copy_archive(
    to: Annotated[
        str, typer.Option("--to", metavar="ปลายทาง", help="โฟลเดอร์ หรือถัง เช่น s3://oit-evidence/moi")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="แสดงว่าจะคัดลอกอะไร โดยไม่คัดลอก")
    ] = False,
    database: options.DatabaseOption = "",
) -> None:
    """คัดลอกคลังหลักฐานทั้งคลังไปที่อื่น: จากโฟลเดอร์ไปยังที่เก็บวัตถุ (S3) หรือกลับ

    สำเนาทุกแฟ้มตรวจค่าแฮชทั้งต้นทางและปลายทาง หยุดกลางคันแล้วสั่งใหม่ได้ ทำต่อจากที่ค้าง ต้นทางไม่ถูกแก้ไข
    คัดลอกแล้วตั้ง OIT_EVIDENCE_URL หรือ OIT_EVIDENCE_FOLDER เป็นปลายทาง แล้วสั่ง oit evidence verify

    ตัวอย่าง:
      oit evidence copy --to s3://oit-evidence/moi --dry-run
      oit evidence copy --to s3://oit-evidence/moi
      OIT_EVIDENCE_URL=s3://oit-evidence/moi oit evidence copy --to var/oit-evidence
    """
    with (
        options.stored_results(database) as store,
        refusing(StoreError, OSError),
        Archive.open(options.evidence_place(store.url), store.url) as source,
    ):
        target = Archive(to if "://" in to else Path(to), store.engine)
        if target.place.shown == source.place.shown:
            refuse(f"ต้นทางและปลายทางเป็นที่เดียวกัน: {to}", f"both are the same place: {to}")
        if holds_nothing(source):
            refuse(
                f"ยังไม่มีคลังหลักฐานที่ {source.place.shown}",
                f"there is no evidence archive at {source.place.shown}",
            )
        done = plan(source, target) if dry_run else _copied(source, target)
    _tell(done, to, dry_run=dry_run)
    raise typer.Exit(Exit.GAPS if done.damaged else Exit.ALL_PASS)


def _copied(source: Archive, target: Archive) -> Copied:
    with ExitStack() as stack:
        bar = stack.enter_context(
            Progress(console=err, disable=not err.is_terminal, transient=True)
        )
        task = bar.add_task(words("คัดลอกสำเนา", "copies"), total=None)
        return copy(source, target, lambda number, of: bar.update(task, completed=number, total=of))


def _tell(done: Copied, to: str, *, dry_run: bool) -> None:
    for name in done.damaged[:_MOST_NAMED]:
        say(
            f"สำเนา {name} เสียหายหรือหายที่ต้นทาง จึงไม่ได้คัดลอก ให้สั่ง oit evidence verify",
            f"{name} is damaged or gone at its source and was not copied; run: oit evidence verify",
        )
    if len(done.damaged) > _MOST_NAMED:
        more = len(done.damaged) - _MOST_NAMED
        say(f"และอีก {more:,} แฟ้ม", f"and {more:,} more")
    th, en = ("จะคัดลอก", "to copy") if dry_run else ("คัดลอกแล้ว", "copied")
    say(
        f"{th} {done.objects:,} แฟ้ม ({wording.size(done.bytes)}) บัญชี {done.lines:,} รายการ "
        f"มีอยู่แล้ว {done.there:,} แฟ้ม",
        f"{en}: {done.objects:,} copies ({wording.size(done.bytes)}), {done.lines:,} entries; "
        f"{done.there:,} were there",
    )
    if not dry_run:
        say(
            f"ท้ายบัญชี: รายการที่ {done.head.seq} ค่าแฮช {done.head.hash} ต่อไปให้ตั้งค่าคลังเป็น {to} "
            "แล้วสั่ง oit evidence verify",
            f"head: entry {done.head.seq}, hash {done.head.hash}; now set the archive to {to} and "
            "run: oit evidence verify",
        )
