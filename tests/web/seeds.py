"""A small ministry with history for the dashboard: units, scans with evidence, people.

Six units in three scans of all 43 items: `surin` passes most, `dark` cannot be reached, `hostile`
publishes titles that try to run as script or as formulas.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import update

from accounts.audit import Audit, Entry
from accounts.passwords import hashed
from accounts.people import People
from accounts.roles import Role
from accounts.rows import PersonRow
from checklist.evidence import Coverage, Document, Fetch, Origin, Region, Skipped, TextSource, Trail
from checklist.loader import load
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ElementState, ElementVerdict, ItemVerdict, Kind, Quote, Verdict
from crawler.bodies import BodyStore
from evidence.archive import Archive, folder_beside
from evidence.capture import Capture, CaptureKind
from results.models import ScanRow, UnitRow
from results.store import Store
from tests.databases import database_at
from tests.web.registry_seeds import fill_registry

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

PASSWORD = "กุญแจ-ทดลอง-2566"
CHECKLIST = "oit-2566"
OWN_UNIT = "surin"
"""The webmaster's."""
HOSTILE = (
    '<script>alert(1)</script>',
    '=HYPERLINK("http://evil.example/","คลิก")',
    '"><img src=x onerror=alert(2)>',
    "{{ 7 * 7 }} ${7*7} <!-- ' -->",
)  # fmt: skip
PEOPLE: dict[Role, tuple[str, str]] = {
    Role.ADMINISTRATOR: ("admin", "สมใจ ใจดี"),
    Role.REVIEWER: ("reviewer", "วิชัย ตรวจตรา"),
    Role.EXECUTIVE: ("executive", "นภา รองปลัด"),
    Role.WEBMASTER: ("webmaster", "อารี เว็บสุรินทร์"),
    Role.GUEST: ("guest", "ผู้มาเยือน"),
}
UNITS: tuple[UnitProfile, ...] = (
    UnitProfile("surin", "จังหวัดสุรินทร์", UnitType.PROVINCE, ("สำนักงานจังหวัดสุรินทร์",), "https://www.surin.go.th"),
    UnitProfile("nan", "จังหวัดน่าน", UnitType.PROVINCE, (), "https://www.nan.go.th"),
    UnitProfile("dopa", "กรมการปกครอง", UnitType.CENTRAL, ("ปค.",), "https://www.dopa.go.th"),
    UnitProfile("bangrak-sao", "องค์การบริหารส่วนตำบลบางรัก", UnitType.LOCAL, ("อบต.บางรัก",), "https://www.bangrak.go.th"),
    UnitProfile("dark", "เทศบาลตำบลไกลสัญญาณ", UnitType.LOCAL, (), "https://www.dark.go.th"),
    UnitProfile("hostile", f"เทศบาลเมือง {HOSTILE[0]}", UnitType.LOCAL, (HOSTILE[1],), "https://www.hostile.go.th"),
)  # fmt: skip
DEEDS: tuple[tuple[str, Role, str, str, dict[str, object]], ...] = (
    ("admin", Role.ADMINISTRATOR, "login.done", "", {}),
    ("admin", Role.ADMINISTRATOR, "user.added", "user:webmaster", {"role": "webmaster"}),
    ("webmaster", Role.WEBMASTER, "login.done", "", {}),
    ("webmaster", Role.WEBMASTER, "password.changed", "user:webmaster", {}),
    ("", Role.GUEST, "login.failed", "user:reviewer", {}),
    ("reviewer", Role.REVIEWER, "token.made", "user:reviewer", {"label": HOSTILE[0]}),
)
FIRST_DAY = datetime(2023, 4, 3, 2, 0, tzinfo=UTC)
"""When the first of the three scans began; the others followed a day after each other."""
SCANS = 3


def seeded(folder: Path) -> str:
    """Fill `folder` and return the address of the database in it.

    `folder/bodies` holds what was downloaded, the evidence archive lies beside the database.
    """
    url = database_at(f"{folder}/oit.db")
    checklist = load(CHECKLIST)
    bodies = BodyStore(folder / "bodies")
    with Store.open(url) as store:
        for number in range(SCANS):
            _scan(store, checklist, number, bodies)
        _date_back(store)
        _people(store)
        fill_registry(store, UNITS, FIRST_DAY)
        _deeds(store)
    return url


def _people(store: Store) -> None:
    """Somebody in each role; one hash for all, because making one is meant to be slow."""
    people = People(store.engine)
    for role, (name, display) in PEOPLE.items():
        units = [OWN_UNIT] if role is Role.WEBMASTER else []
        # A provider's account has no password and costs no hash.
        people.add(name, display, role, FIRST_DAY, units=units, issuer="seed", subject=name)
    with store.writing() as session:
        session.execute(update(PersonRow).values(issuer="", subject="", password=hashed(PASSWORD)))


def _deeds(store: Store) -> None:
    """Some lines of the log, as pages write them."""
    log = Audit(store.engine)
    for n, (who, role, what, subject, detail) in enumerate(DEEDS):
        at = FIRST_DAY + timedelta(hours=7 * n)
        log.write(Entry(at, who, role.value, "10.1.2.3", what, subject, detail))


def _scan(store: Store, checklist: Checklist, number: int, bodies: BodyStore) -> None:
    day = FIRST_DAY + timedelta(days=number)
    settings = {"units": [{"id": unit.id} for unit in UNITS], "items": []}
    scan_id = store.start_scan(checklist, day.date(), settings, "1.2.3")
    archive_folder = folder_beside(store.url)
    assert archive_folder is not None
    archive = Archive(archive_folder, store.engine)
    for unit in UNITS:
        page, capture = _published(unit, number, day, bodies)
        verdicts = [_verdict(checklist, item, unit, number, page) for item in checklist.items]
        store.save_unit(
            scan_id, unit, verdicts, _coverage(unit), [page, *_lost(unit)], tally={"requests": 40}
        )
        if page.fetch.problem is None:
            items = tuple(one.item for one in verdicts if one.urls)
            about = {"software": "oit 1.2.3"}
            archive.keep(scan_id, unit.id, [replace(capture, items=items)], bodies.get, about)
    archive.seal(scan_id)
    store.finish_scan(scan_id)


def _published(
    unit: UnitProfile, number: int, day: datetime, bodies: BodyStore
) -> tuple[Document, Capture]:
    """The page that a unit's verdicts rest on; its text changes from scan to scan."""
    url = f"{unit.main_site}/oit?year=2566"
    title = HOSTILE[0] if unit.id == "hostile" else f"ข้อมูลสาธารณะ {unit.name}"
    body = _html(unit, title, number).encode()
    kept = bodies.put(body)
    problem = "timeout" if unit.id == "dark" else None
    status = 0 if problem else 200
    fetch = Fetch(url, url, status, "text/html; charset=utf-8", kept, len(body), day, problem)
    trail = Trail(
        Origin.GIVEN, unit.main_site, HOSTILE[2] if unit.id == "hostile" else "ข้อมูลสาธารณะ"
    )
    capture = Capture(
        url, url, 200, kept, len(body), CaptureKind.RESPONSE, "text/html; charset=utf-8", day
    )
    return Document(fetch, TextSource.HTML, title, trail=trail), capture


def _html(unit: UnitProfile, title: str, number: int) -> str:
    return (
        f"<!doctype html><html lang=th><head><meta charset=utf-8><title>{title}</title>"
        "<script>parent.document.title = 'run'</script></head><body>"
        f"<h1>{unit.name}</h1><p>ปรับปรุงครั้งที่ {number + 1}</p>"
        f"<p onclick=alert(3)>แผนผังโครงสร้างของ{unit.name} ปีงบประมาณ พ.ศ. 2566</p>"
        f"<p>{quote_text(unit, number)}</p>"
        '<img src="http://evil.example/x.png" onerror="alert(4)"></body></html>'
    )


def quote_text(unit: UnitProfile, number: int) -> str:
    """What a unit's page says in scan `number`, and what verdicts quote."""
    if unit.id == "hostile":
        return HOSTILE[number % len(HOSTILE)]
    return f"แผนปฏิบัติราชการของ{unit.name} ประจำปีงบประมาณ พ.ศ. 2566 ฉบับที่ {number + 1}"


def _lost(unit: UnitProfile) -> list[Document]:
    url = f"{unit.main_site}/gone.pdf"
    fetch = Fetch(url, url, 404, "text/html", "", 0, FIRST_DAY, "not_found", "ไม่พบไฟล์")
    return [Document(fetch, TextSource.NONE, "", trail=Trail(Origin.FOLLOWED, unit.main_site))]


def _coverage(unit: UnitProfile) -> Coverage:
    skipped = (Skipped(f"{unit.main_site}/private", "blocked_by_robots"),)
    return Coverage(
        found=40, fetched=30, rendered=2, bytes=4_200_000, seconds=61.5, skipped=skipped
    )


def kind_of(unit_id: str, position: int, number: int) -> Verdict:
    """The verdict of the item at `position` (from 0) in scan `number`, the same each time."""
    if unit_id == "dark":
        return Verdict.ERROR
    if unit_id == "surin" and position == 1 and number == SCANS - 1:
        return Verdict.FAIL
    turn = position % {"surin": 11, "nan": 5, "dopa": 7, "bangrak-sao": 4, "hostile": 4}[unit_id]
    better = position % 3 == 0 and number > 0
    return {
        0: Verdict.PASS,
        1: Verdict.PASS if unit_id == "surin" or better else Verdict.FAIL,
        2: Verdict.REVIEW,
        3: Verdict.ERROR if unit_id != "surin" else Verdict.FAIL,
    }.get(turn, Verdict.PASS)


def _verdict(
    checklist: Checklist, item: Item, unit: UnitProfile, number: int, page: Document
) -> ItemVerdict:
    position = [one.id for one in checklist.items].index(item.id)
    verdict = kind_of(unit.id, position, number)
    urls = (page.fetch.final_url,)
    if verdict is Verdict.ERROR:
        return ItemVerdict(item.id, verdict, reasons=("timeout",), urls=urls)
    quote = _quote(unit, number, page)
    state, reason, detail = {
        Verdict.PASS: (ElementState.PRESENT, None, ""),
        Verdict.FAIL: (ElementState.ABSENT, "element_missing", "ไม่พบข้อความตามที่กำหนด"),
        Verdict.REVIEW: (ElementState.UNSURE, "ocr_year", "อ่านได้จากภาพสแกน"),
    }[verdict]
    elements = tuple(
        ElementVerdict(
            one.id,
            one.text,
            state if n == 0 else ElementState.PRESENT,
            reason=reason if n == 0 else None,
            detail=detail if n == 0 else "",
            quotes=() if state is ElementState.ABSENT and n == 0 else (quote,),
        )
        for n, one in enumerate(item.elements)
    )
    asked = "เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่" if verdict is Verdict.REVIEW else ""
    reasons = (reason,) if reason else ()
    return ItemVerdict(item.id, verdict, Kind.MATCH, reasons, elements, urls, asked)


def _quote(unit: UnitProfile, number: int, page: Document) -> Quote:
    fetch = page.fetch
    heading = (HOSTILE[2],) if unit.id == "hostile" else ("ข้อมูลสาธารณะ",)
    return Quote(
        fetch.url, fetch.final_url, quote_text(unit, number), Region.MAIN, TextSource.HTML,
        200, fetch.sha256, fetch.fetched_at, None, heading,
    )  # fmt: skip


def _date_back(store: Store) -> None:
    """Let the scans have been made in the spring of 2566, one a day."""
    with store.writing() as session:
        for number in range(SCANS):
            begun = FIRST_DAY + timedelta(days=number)
            ended = begun + timedelta(minutes=20)
            scan, unit = ScanRow.id == number + 1, UnitRow.scan_id == number + 1
            session.execute(update(ScanRow).where(scan).values(started=begun, finished=ended))
            session.execute(update(UnitRow).where(unit).values(checked_at=ended))
