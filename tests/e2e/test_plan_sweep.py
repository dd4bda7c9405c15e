"""The ministry's drive plan swept over a served site: verdicts, its own report, its own history.

The site's pages are the cases of `tests/checklist/moi-2566`; what each must give is written there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sweep
from checklist.loader import load, load_year
from checklist.profile import UnitType
from checklist.verdict import Verdict
from crawler.settings import CrawlSettings
from results.formats.html import unit_html
from results.formats.overview import overview_html
from results.overview_draft import build_overview
from results.store import Store
from sweep.reporting import report_of
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, page
from tests.databases import database_at
from tests.results.pages import read
from units.registry import Unit

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

CASES = Path(__file__).parents[1] / "checklist" / "moi-2566"
MENU = {
    "M1": ("คู่มือการปฏิบัติงาน", "pass/manual-table.html"),
    "M2": ("แผนการใช้จ่ายงบประมาณประจำปี", "pass/months.html"),
    "M5": ("สอบถาม ทักท้วง ร้องเรียนการใช้จ่ายงบประมาณ", "fail/phone-only.html"),
    "M8": ("ขั้นตอนการขออนุญาตใช้ทรัพย์สินของราชการ", "pass/car.html"),
    "M9": ("คู่มือการใช้ทรัพย์สินของราชการ", "fail/title-only.html"),
    "M13": ("ขั้นตอนและระยะเวลาการให้บริการ", "pass/table.html"),
    "M19": ("คู่มือการให้บริการ", "pass/manual.html"),
    "M20": ("ช่องทางการมีส่วนร่วม", "pass/form.html"),
}
GIVEN = {"M4": "pass/by-quarter.txt"}
WANTED = {
    item: case.split("/")[0]
    for item, case in (*((i, c) for i, (_, c) in MENU.items()), *GIVEN.items())
}


@contextmanager
def served() -> Iterator[Unit]:
    """A municipality whose menu leads to the measures it has published, and to a list of OIT items."""
    menu = "".join(f'<li><a href="/{i}.html">{text}</a></li>' for i, (text, _) in MENU.items())
    oit = "".join(f'<li><a href="/oit/{n}">O{n}</a></li>' for n in range(1, 21))
    pages = {
        "/": page("เทศบาลตำบลบ้านสวนมะลิ", f'<ul>{menu}</ul><a href="/oit">OIT 2566</a>{PROSE}'),
        "/oit": page("ข้อมูล OIT ปี 2566", f"<ul>{oit}</ul>{PROSE}"),
        "/results.txt": Answer((CASES / "M4" / GIVEN["M4"]).read_bytes(), kind="text/plain"),
        **{f"/oit/{n}": page(f"หัวข้อที่ {n}", PROSE) for n in range(1, 21)},
        **{f"/{i}.html": Answer((CASES / i / case).read_bytes()) for i, (_, case) in MENU.items()},
    }  # fmt: skip
    with LoopbackSite("127.0.0.1", pages) as site:
        yield Unit(
            id="suan",
            name="เทศบาลตำบลบ้านสวนมะลิ",
            type=UnitType.LOCAL,
            main_site=site.url,
            urls={"M4": (f"{site.url}/results.txt",)},
        )


def swept(
    checklist: Checklist, items: tuple[Item, ...], unit: Unit, folder: Path, store: Store
) -> sweep.SweepOutcome:
    request = sweep.SweepRequest(
        checklist=checklist,
        units=[unit],
        items=items,
        as_of=date(2023, 4, 5),
        settings=CrawlSettings(
            allow_networks=("127.0.0.0/8",), delay_s=0, confirm_after_s=0, bodies_folder=None
        ),
        out=folder / checklist.key,
    )
    return sweep.sweep(request, store)


def test_the_plan_is_swept_and_reported_like_the_oit(tmp_path: Path) -> None:
    plan = load("moi-2566")
    with served() as unit, Store.open(database_at(f"{tmp_path}/oit.db")) as store:
        oit = load_year(2566)
        swept(oit, oit.select(["O11", "O14"]), unit, tmp_path, store)
        first = swept(plan, plan.items, unit, tmp_path, store)
        again = report_of(store, plan, first.scan_id, unit.id)
        info = store.scan(first.scan_id)
        report = report_of(store, plan, first.scan_id, *first.units)
    assert (info.checklist, info.year) == ("moi-2566", 2566)
    got = {f.item: f.verdict.value for f in report.findings() if f.verdict}
    assert {item: got[item] for item in WANTED} == WANTED
    others = {item for item in got if item not in WANTED}
    assert [item for item in others if got[item] == Verdict.PASS.value] == []
    # The OIT scan just before is another list's: nothing has changed, nothing was fetched twice.
    assert (again.changes, again.compared_with_th) == ((), "")
    assert not [f for f in report.findings() if f.recheck]

    passed = [item for item, verdict in got.items() if verdict == "pass"]
    assert report.score.certain == pytest.approx(5 * len(passed))
    assert report.score.weight == 100
    data = json.loads((tmp_path / "moi-2566" / "gap-suan.json").read_text(encoding="utf-8"))
    assert (data["checklist"], data["score"]["measure"]) == ("moi-2566", "share")
    html = read(unit_html(report)).text
    assert "รายงานช่องว่างการเผยแพร่ตามแนวทางขับเคลื่อน ITA" in html
    assert "ร้อยละของมาตรการที่เผยแพร่แล้ว (เต็ม 100)" in html
    assert "การรายงานความก้าวหน้าตามแนวทางขับเคลื่อน ครั้งต่อไปวันที่ 10 เมษายน 2566 (เหลือ 5 วัน)" in html
    overview = read(overview_html(build_overview([report]))).text
    assert "ร้อยละของมาตรการที่เผยแพร่แล้ว เฉลี่ยทุกหน่วยงาน (เต็ม 100)" in overview
    for text in (html, overview):
        assert "OIT ที่คาดว่าจะได้" not in text
        assert "คะแนนที่แสดงคือส่วน OIT" not in text
        assert "ส่ง ITAS" not in text
