"""A small ministry for the tests of results: a checklist of six items and verdicts on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import database.migrations
from checklist.evidence import (
    Coverage,
    Document,
    Fetch,
    Origin,
    Region,
    Skipped,
    TextSource,
    Trail,
)
from checklist.profile import UnitProfile, UnitType
from checklist.schema import Checklist
from checklist.verdict import (
    ElementState,
    ElementVerdict,
    ItemVerdict,
    Kind,
    Quote,
    Tier,
    Verdict,
)
from results.record import LookedAt, UnitResult

SITE = "https://www.phusuan.go.th"
UNIT = UnitProfile("phusuan", "จังหวัดภูสวน", UnitType.PROVINCE, ("สำนักงานจังหวัดภูสวน",), SITE)
CHECKED = datetime(2023, 4, 5, 7, 5, tzinfo=UTC)
AS_OF = date(2023, 4, 5)

_TITLES = {
    "O1": ("โครงสร้าง", "กองการเจ้าหน้าที่"),
    "O2": ("ข้อมูลผู้บริหาร", "กองการเจ้าหน้าที่"),
    "O3": ("อำนาจหน้าที่", "กองกฎหมาย"),
    "O4": ("แผนปฏิบัติราชการประจำปี", "กองแผนงาน"),
    "O5": ("สถิติการให้บริการ", "สำนักงานเลขานุการ"),
    "O6": ("มาตรการส่งเสริมความโปร่งใส", "ศูนย์ปฏิบัติการต่อต้านการทุจริต"),
}
SMALL_SHAPE = {"9": {"9.1": 3, "9.2": 2}, "10": {"10.1": 1}}


def checklist_of(
    shape: Mapping[str, Mapping[str, int]], year: int = 2566, confidence: str = "two_sources"
) -> Checklist:
    """A valid checklist with so many items under each sub-indicator of each indicator."""
    indicators: list[object] = []
    items: list[object] = []
    for indicator, subs in shape.items():
        placed = []
        for sub, count in subs.items():
            ids = [f"O{len(items) + n + 1}" for n in range(count)]
            placed.append({"id": sub, "title": f"ตัวชี้วัดย่อย {sub}", "items": ids})
            items.extend(_item(item_id, sub) for item_id in ids)
        indicators.append(
            {"id": indicator, "title": f"ตัวชี้วัด {indicator}", "sub_indicators": placed}
        )
    band = {"confidence": "two_sources"}
    window = {"start": "2023-03-01", "end": "2023-04-30", "confidence": confidence}
    return Checklist.model_validate(
        {
            "year": year,
            "title": f"แบบตรวจการเปิดเผยข้อมูลสาธารณะ ปีงบประมาณ พ.ศ. {year}",
            "scoring": {
                "oit_weight": 40,
                "iit_weight": 30,
                "eit_weight": 30,
                "pass_line": 85,
                "source": "ตัวอย่าง",
            },
            "bands": [
                {"name": "AA", "at_least": 95, **band},
                {"name": "A", "at_least": 85, **band},
                {"name": "B", "at_least": 50, **band},
                {"name": "F", "at_least": 0, **band},
            ],
            "calendar": {"oit_entry": {"name": "กรอกข้อมูล", **window}, "source": "ตัวอย่าง"},
            "indicators": indicators,
            "items": items,
            "source": "ตัวอย่าง",
        }
    )


def _item(item_id: str, sub: str) -> dict[str, object]:
    title, owner = _TITLES.get(item_id, (f"ข้อมูลลำดับที่ {item_id[1:]}", "กองกลาง"))
    return {
        "id": item_id,
        "title": title,
        "indicator": sub,
        "heading": "หมวดตัวอย่าง",
        "owner": owner,
        "find": [title],
        "year_rule": "none",
        "elements": [
            {
                "id": f"{item_id}.1",
                "text": f"มี{title}",
                "probe": {"kind": "terms", "all": [[title]]},
                "confidence": "two_sources",
            }
        ],
        "remedy": f"เผยแพร่{title}ฉบับปัจจุบัน",
        "confidence": "two_sources",
        "source": "ตัวอย่าง",
    }


def small_checklist() -> Checklist:
    """Six items: O1-O3 under 9.1, O4-O5 under 9.2, O6 under 10.1."""
    return checklist_of(SMALL_SHAPE)


def quote(text: str, url: str = f"{SITE}/plan.pdf", page: int | None = 3) -> Quote:
    """A quote from a PDF page."""
    return Quote(
        url=url,
        final_url=url,
        text=text,
        region=Region.TABLE,
        source=TextSource.PDF,
        status=200,
        sha256="ab" * 32,
        fetched_at=CHECKED,
        page=page,
        heading_path=("แผนงาน", "ปีงบประมาณ พ.ศ. 2566"),
        tier=Tier.VARIANT,
    )


def element(
    element_id: str,
    state: ElementState,
    detail: str = "",
    reason: str | None = None,
    quotes: Sequence[Quote] = (),
    text: str = "มีข้อมูลตามที่กำหนด",
) -> ElementVerdict:
    """An element's verdict."""
    return ElementVerdict(element_id, text, state, True, reason, detail, tuple(quotes))


def passing(item_id: str, text: str = "แผนผังโครงสร้างของจังหวัดภูสวน") -> ItemVerdict:
    """A passed item with its quote."""
    shown = element(f"{item_id}.1", ElementState.PRESENT, quotes=[quote(text)])
    return ItemVerdict(item_id, Verdict.PASS, Kind.MATCH, (), (shown,), (f"{SITE}/plan.pdf",))


def missing(item_id: str, detail: str = "ไม่พบตัวชี้วัดของแผน") -> ItemVerdict:
    """An item that lacks an element."""
    gone = element(f"{item_id}.1", ElementState.ABSENT, detail, "element_missing")
    urls = (f"{SITE}/plan.pdf",)
    return ItemVerdict(item_id, Verdict.FAIL, Kind.MATCH, ("element_missing",), (gone,), urls)


def outdated(item_id: str) -> ItemVerdict:
    """The right document of the year before."""
    old = element(
        f"{item_id}.1",
        ElementState.OUTDATED,
        "เอกสารระบุปีงบประมาณ 2565",
        "outdated",
        [quote("แผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. 2565")],
    )
    return ItemVerdict(item_id, Verdict.FAIL, Kind.MATCH, ("outdated",), (old,), (f"{SITE}/old",))


def in_review(item_id: str) -> ItemVerdict:
    """An item that a person must look at."""
    dim = element(f"{item_id}.1", ElementState.UNSURE, "อ่านได้จากภาพสแกน", "ocr_year")
    question = "เอกสารนี้เป็นของปีงบประมาณ พ.ศ. 2566 หรือไม่"
    return ItemVerdict(
        item_id, Verdict.REVIEW, Kind.MATCH, ("ocr_year",), (dim,), (f"{SITE}/scan.pdf",), question
    )


def unreachable(item_id: str, reason: str = "blocked_by_waf") -> ItemVerdict:
    """An item whose page could not be opened."""
    return ItemVerdict(item_id, Verdict.ERROR, reasons=(reason,), urls=(f"{SITE}/service",))


def excused(item_id: str, verdict: Verdict = Verdict.WAIVED) -> ItemVerdict:
    """An item that does not count."""
    return ItemVerdict(item_id, verdict, question="ผู้ว่าราชการจังหวัดอนุมัติถึง 30 กันยายน 2566")


def mixed() -> tuple[ItemVerdict, ...]:
    """One verdict of each sort over the small checklist."""
    return (
        passing("O1"),
        missing("O2", "รองผู้ว่าราชการจังหวัดไม่มีช่องทางการติดต่อ"),
        excused("O3"),
        outdated("O4"),
        unreachable("O5"),
        in_review("O6"),
    )


COVERAGE = Coverage(
    found=40,
    fetched=30,
    rendered=2,
    bytes=14_200_000,
    seconds=125.4,
    skipped=(
        Skipped(f"{SITE}/private", "blocked_by_robots"),
        Skipped(f"{SITE}/a", "budget_pages"),
        Skipped(f"{SITE}/b", "budget_pages", "โควตา 30 หน้า"),
    ),
)


def document(url: str = f"{SITE}/plan.pdf", problem: str | None = None) -> Document:
    """A fetched document."""
    fetch = Fetch(url, url, 200, "application/pdf", "cd" * 32, 5_000_000_000, CHECKED, problem)
    trail = Trail(Origin.FOLLOWED, SITE, "แผนปฏิบัติราชการ")
    return Document(fetch, TextSource.PDF, "แผนปฏิบัติราชการ", trail=trail)


def result_of(
    verdicts: Sequence[ItemVerdict],
    unit: UnitProfile = UNIT,
    as_of: date = AS_OF,
    coverage: Coverage = COVERAGE,
    scan_id: int = 7,
) -> UnitResult:
    """A unit's result as the store would give it."""
    documents = (LookedAt.of(document()), LookedAt.of(document(f"{SITE}/gone", "not_found")))
    return UnitResult(scan_id, as_of, CHECKED, unit, tuple(verdicts), coverage, documents)


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to an older revision."""
    config = Config()
    config.set_main_option("script_location", database.migrations.__path__[0])
    config.set_main_option("path_separator", "os")
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
