"""What is asked of stored scans: which one, which of its units, with which it is compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from commands import options
from commands.disk import writing_into
from commands.language import refuse, refusing, say, words
from crawler.settings import CrawlSettings
from results.formats.files import report_stem, write_bytes_whole
from results.formats.listing import FILES, Kind, Listing
from results.formats.printing import Printer, PrintError
from results.record import ScanInfo, Scope
from results.speech import BANGKOK, moment_text
from results.store import Store
from sweep.reporting import ReportWriter

_OIT = "oit-"


def scan_of(store: Store, number: int, checklist: str = "") -> ScanInfo:
    """The scan of that number, 0 for the newest that holds a result.

    `checklist` narrows it to that list; without one a scan of the OIT goes before others, so that
    a sweep of another list is never taken for it. A scan of some units or items is only taken
    where there is no whole one.
    """
    key = options.checklist_of(checklist).key if checklist else ""
    if number:
        info = store.scan(number)
        if key and info.checklist != key:
            refuse(
                f"การตรวจครั้งที่ {number} ใช้รายการตรวจ {info.checklist} ไม่ใช่ {key}",
                f"scan {number} is of {info.checklist}, not of {key}",
            )
        return info
    scans = [info for info in store.scans() if info.units and key in ("", info.checklist)]
    if not scans:
        of = f"ของ {key} " if key else ""
        refuse(
            f"ยังไม่มีผลตรวจ{of}ที่บันทึกไว้ ให้สั่ง oit sweep ก่อน",
            f"no scan {f'of {key} ' if key else ''}is stored yet; run: oit sweep",
        )
    of_oit = [info for info in scans if info.checklist.startswith(_OIT)] or scans
    of_list = [info for info in of_oit if info.checklist == of_oit[0].checklist]
    return next((info for info in of_list if info.scope is Scope.WHOLE), of_list[0])


def known_scan(store: Store, number: int) -> ScanInfo:
    """The kept scan of that number; an unknown one is refused with those nearest to it."""
    scans = store.scans()
    found = next((info for info in scans if info.id == number), None)
    if found is None:
        _refuse_scan(number, scans)
    return found


def _refuse_scan(number: int, scans: Sequence[ScanInfo]) -> NoReturn:
    near = sorted(sorted(scans, key=lambda info: abs(info.id - number))[:3], key=lambda i: i.id)
    known = ", ".join(str(info.id) for info in near)
    refuse(
        f"ไม่พบการตรวจครั้งที่ {number} ในฐานข้อมูล"
        + (f" ใกล้ที่สุดคือ {known} (ดู oit scan list)" if known else " ยังไม่มีการตรวจที่เก็บไว้"),
        f"no scan {number} in the database"
        + (f"; nearest: {known} (see oit scan list)" if known else "; none is kept yet"),
    )


def listing_file(
    kind: Kind | None, path: Path | None, stem: str
) -> Callable[[Listing], None] | None:
    """What writes a table to `path`, or to a file named `stem` here; `None` where none is asked.

    The kind follows from the file's ending unless it is named; two that differ are refused.
    """
    if kind is None and path is None:
        return None
    known = {f".{one.value}": one for one in Kind}
    ending = known.get(path.suffix.lower()) if path is not None else None
    if path is not None and (ending is None or kind not in (None, ending)):
        kinds = f".{kind.value}" if kind else " ".join(known)
        refuse(f"ชื่อแฟ้ม «{path}» ต้องลงท้ายด้วย {kinds}", f"the file «{path}» must end with {kinds}")
    chosen = kind or ending
    assert chosen is not None, "one of both is named"
    target = path or Path(f"{report_stem(stem).removeprefix('gap-')}.{chosen.value}")

    def write(listing: Listing) -> None:
        content = FILES[chosen](listing)
        body = content.encode() if isinstance(content, str) else content
        with writing_into(target.parent):
            write_bytes_whole(target, body)
        count, place = len(listing.rows), target.resolve()
        say(f"เขียน {count:,} แถวใน {place}", f"{count:,} rows in {place}")

    return write


def told_scan(info: ScanInfo) -> tuple[str, str]:
    """Which scan a paper was made from, in Thai and in English."""
    day = info.started.astimezone(BANGKOK)
    return (
        f"การตรวจครั้งที่ {info.id} ({info.checklist} เมื่อ {moment_text(day)})",
        f"scan {info.id} ({info.checklist}, {day:%Y-%m-%d %H:%M})",
    )


def units_of(store: Store, info: ScanInfo, wanted: Sequence[str] | None) -> list[str]:
    """The wanted units of a scan, all of them when none is named; an unknown one is refused."""
    done = store.done_units(info.id)
    for unit_id in wanted or ():
        if unit_id not in done:
            _refuse_unit(unit_id, info, done)
    return list(dict.fromkeys(wanted)) if wanted else sorted(done)


def near_unit(unit_id: str, known: Collection[str]) -> str | None:
    """The known unit whose id is most like an unknown one, where one is like it at all."""
    folded = {one.casefold(): one for one in known}
    close = get_close_matches(unit_id.strip().casefold(), folded, n=1, cutoff=0.5)
    return folded[close[0]] if close else None


def _refuse_unit(unit_id: str, info: ScanInfo, done: Collection[str]) -> None:
    near = near_unit(unit_id, done)
    th = f" ใกล้ที่สุดคือ «{near}»" if near else f" (มี {len(done)} หน่วยงาน)"
    en = f"; did you mean «{near}»?" if near else f" ({len(done)} units)"
    refuse(
        f"การตรวจครั้งที่ {info.id} ไม่มีผลของหน่วยงาน «{unit_id}»{th}",
        f"scan {info.id} holds no result of unit «{unit_id}»{en}",
    )


def compared_with(store: Store, info: ScanInfo, since: int) -> int | None:
    """The scan to compare `info` with; `None` when none is named (0)."""
    if not since:
        return None
    before = store.scan(since)
    if before.checklist != info.checklist:
        refuse(
            f"เทียบการตรวจครั้งที่ {info.id} ({info.checklist}) กับครั้งที่ {since} "
            f"({before.checklist}) ไม่ได้ เพราะใช้รายการตรวจต่างกัน",
            f"scan {since} is of {before.checklist}, scan {info.id} of {info.checklist}",
        )
    if since == info.id:
        refuse(f"--since {since} เป็นครั้งเดียวกับที่ออกรายงาน", f"--since {since} is the scan itself")
    return since


def say_unprinted(writer: ReportWriter) -> None:
    """Tell which PDFs are missing, why, and how to print them later."""
    if not writer.unprinted or writer.print_fault is None:
        return
    names = ", ".join(name or words("ภาพรวม", "the overview") for name in writer.unprinted[:3])
    more = len(writer.unprinted) - 3
    names += words(f" และอีก {more} ฉบับ", f" and {more} more") if more > 0 else ""
    count, fault = len(writer.unprinted), writer.print_fault
    say(
        f"พิมพ์ PDF ไม่ได้ {count} ฉบับ ({names}): {fault} พิมพ์ใหม่ด้วย oit report --format pdf",
        f"{count} PDFs not printed ({names}): {fault.en}; run: oit report --format pdf",
    )


@contextmanager
def printing(wanted: bool, settings: CrawlSettings) -> Iterator[Printer | None]:
    """A printer of PDFs while the block runs, where one is wanted; its faults end the command."""
    if not wanted:
        yield None
        return
    if not settings.browser_path:
        refuse(
            "ไม่พบ Chromium สำหรับพิมพ์ PDF ติดตั้งด้วย setup/install.sh หรือระบุ --browser-path",
            "no Chromium to print the PDF; run setup/install.sh or give --browser-path",
        )
    with refusing(PrintError), Printer(settings.browser_path) as printer:
        yield printer
