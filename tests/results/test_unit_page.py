"""A unit's page: decisions of people, letters, the ITAS form, days left, language, line breaks."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from results.formats import html as page_module
from results.formats.html import unit_html, unit_page
from results.formats.unbroken import compounds, unbroken
from results.gap import build_report
from results.speech import Language, speaking
from tests.results.pages import (
    PLAN,
    decided_report,
    hostile_report,
    no_page,
    read,
    section,
    whole_report,
)
from tests.results.samples import (
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

TEMPLATES = Path(page_module.__file__).parent / "templates"
CHECKLIST = small_checklist()
REPORT = build_report(CHECKLIST, result_of(mixed()))
DECIDED = unit_html(decided_report())


def test_the_parts_stand_in_the_order_of_action() -> None:
    page = unit_html(whole_report())
    order = ["coverage", "ended", "first", "changes", "fails", "reviews", "errors", "passes"]
    order += ["excluded", "itas", "scores", "documents"]
    places = [page.index(f'id="{name}"') for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "phrase",
    [
        "คำวินิจฉัยของเจ้าหน้าที่สิ้นสุดลงเอง 2 รายการ",
        "O2 ข้อมูลผู้บริหาร สิ้นสุดแล้ว เพราะพ้นกำหนด",
        "เหตุผลที่ให้ไว้ เผยแพร่ไว้ที่เว็บไซต์ของกรมต้นสังกัด",
        "ผู้วินิจฉัย นางสาวสมหญิง ใจดี เมื่อ 10 กุมภาพันธ์ 2566 เวลา 10.00 น.",
        "มีผลถึง 31 มีนาคม 2566",
        "O4 แผนปฏิบัติราชการประจำปี สิ้นสุดแล้ว เพราะหน้าที่ใช้อ้างอิงเปลี่ยนไป",
        f"หน้าที่เปลี่ยนไป {PLAN}",
        "ผลตรวจครั้งนี้ ✕ ขาดข้อมูล",
    ],
)
def test_decisions_that_ended_by_themselves_are_told_loudly(phrase: str) -> None:
    assert phrase in section(DECIDED, "ended")


def test_only_what_ended_by_itself_is_loud() -> None:
    assert "O5" not in section(DECIDED, "ended")
    assert "O6" not in section(DECIDED, "ended")
    assert 'id="ended"' not in unit_html(REPORT)


def test_a_decision_that_holds_tells_its_kind_who_why_and_until_when() -> None:
    told = section(DECIDED, "O6")
    for phrase in (
        "ไม่เกี่ยวข้องกับหน่วยงานนี้",
        "ไม่มีภารกิจนี้",
        "นางสาวสมหญิง ใจดี",
        "10 กุมภาพันธ์ 2566",
        "30 กันยายน 2566",
    ):
        assert phrase in told
    assert "O6" not in section(DECIDED, "reviews")


def test_a_decision_that_was_taken_back_stays_in_the_history() -> None:
    told = section(DECIDED, "history")
    assert "ถอนคืนโดย นายวิชัย มานะ" in told
    assert "พบเอกสารฉบับใหม่" in told
    assert "ถอนคืนแล้วโดยเจ้าหน้าที่" in told


def test_a_history_is_shown_though_nothing_is_decided_now() -> None:
    everything = [passing(f"O{n}") for n in range(1, 7)]
    waived = decided_report().waivers
    report = build_report(CHECKLIST, result_of(everything))
    report = report.model_copy(update={"waivers": waived})
    assert "พบเอกสารฉบับใหม่" in section(unit_html(report), "excluded")


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        (date(2023, 4, 5), "เหลือ 25 วันก่อนปิดกรอก ITAS"),
        (date(2023, 4, 30), "วันสุดท้ายของการกรอก ITAS"),
        (date(2023, 5, 3), "ปิดกรอก ITAS ไปแล้ว 3 วัน"),
    ],
)
def test_every_card_says_how_many_days_are_left(as_of: date, said: str) -> None:
    page = unit_html(build_report(CHECKLIST, result_of(mixed(), as_of=as_of)))
    for item in ("O2", "O4", "O6"):
        assert said in section(page, item)


def test_what_could_not_be_checked_comes_with_a_letter_to_copy() -> None:
    report = whole_report()
    soup = read(unit_html(report))
    letters = soup.select("#errors details.letter")
    assert [letter.pre.get_text() for letter in letters if letter.pre] == [
        cause.letter for cause in report.causes
    ]
    assert len(letters) == 2
    assert all(not letter.has_attr("open") for letter in letters)
    paper = read(unit_page(report, paper=True))
    assert all(folded.has_attr("open") for folded in paper.select("details"))


def test_each_cause_stands_once_with_its_items() -> None:
    verdicts = [unreachable(f"O{n}", "dns" if n < 5 else "blocked_by_waf") for n in range(1, 7)]
    soup = read(unit_html(build_report(CHECKLIST, result_of(verdicts))))
    cards = soup.select("#errors article")
    assert [[row["id"] for row in card.select("tr[id]")] for card in cards] == [
        ["O6", "O5"],
        ["O4", "O1", "O2", "O3"],
    ]


def test_the_lines_of_the_itas_form_come_in_its_order() -> None:
    soup = read(unit_html(whole_report()))
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in soup.select("#itas tbody tr")
    ]
    assert [row[0].split()[0] for row in rows] == [f"O{n}" for n in range(1, 44)]
    assert rows[0][1:3] == ["มี", PLAN]
    assert rows[1][1:3] == ["ไม่มี", "–"]
    assert rows[4][1] == "ตรวจดูก่อนตอบ"
    assert "เปิดจาก URL โดยตรง" in rows[0][3]


def test_the_dearest_failures_come_first_whether_carded_or_listed() -> None:
    for verdicts in ([no_page("O4"), missing("O1")], [missing("O4"), no_page("O1")]):
        page = unit_html(build_report(CHECKLIST, result_of(verdicts)))
        assert page.index('id="O4"') < page.index('id="O1"')


def test_the_scan_compared_with_is_named() -> None:
    told = section(unit_html(whole_report()), "changes")
    assert "เทียบกับผลตรวจเมื่อ 5 มีนาคม 2566 เวลา 14.05 น. (การตรวจครั้งที่ 3)" in told


def test_the_language_of_the_page_is_that_of_the_report() -> None:
    with speaking(Language.EN):
        english = build_report(CHECKLIST, result_of(mixed()))
    page = BeautifulSoup(unit_html(english), "lxml").html
    assert page is not None
    assert page["lang"] == "en"
    assert "30 April 2566 B.E." in unit_html(english)


@pytest.mark.parametrize(
    "name",
    ["unit.html.j2", "parts.html.j2", *sorted(p.name for p in (TEMPLATES / "unit").iterdir())],
)
def test_every_thai_text_of_the_templates_can_be_translated(name: str) -> None:
    folder = TEMPLATES if (TEMPLATES / name).is_file() else TEMPLATES / "unit"
    text = (folder / name).read_text(encoding="utf-8")
    translated = re.sub(r'_\("[^"]*"', "", text)
    assert not re.findall(r"[ก-๛]+", translated)


class TestUnbroken:
    """Compounds stay on one line and the text stays as it is."""

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("ข้อมูลผู้บริหารของหน่วยงาน", ["ผู้บริหาร", "หน่วยงาน"]),
            ("ผู้บริหารสูงสุด", ["ผู้บริหารสูงสุด"]),
            ("งบประมาณรายจ่าย", ["งบประมาณ", "รายจ่าย"]),
            ("การใช้จ่ายงบประมาณ", ["การใช้จ่าย", "งบประมาณ"]),
            ("เกาะช้าง", []),
            ("ผู้บริหารี", []),
            ("Social Network", []),
        ],
    )
    def test_the_longest_compound_is_kept_whole(self, text: str, kept: list[str]) -> None:
        soup = BeautifulSoup(unbroken(text), "lxml")
        assert [span.get_text() for span in soup.select("span.nb")] == kept
        assert soup.get_text() == text

    def test_plain_text_is_escaped_and_markup_is_left_alone(self) -> None:
        assert unbroken("<b>&") == "&lt;b&gt;&amp;"
        link = Markup('<a title="ผู้บริหาร" href="/หน่วยงาน">ก</a>')
        assert unbroken(link) == link

    def test_a_page_says_the_same_with_and_without_the_marks(self) -> None:
        for report in (whole_report(), hostile_report()):
            marked = BeautifulSoup(unit_html(report), "lxml")
            assert marked.select("span.nb")
            assert marked.get_text() == read(unit_html(report)).get_text()
            assert not marked.select("title span")

    def test_the_list_is_of_short_thai_compounds(self) -> None:
        listed = compounds()
        assert 140 <= len(listed) <= 220
        assert all(re.fullmatch(r"[ก-๛]{4,20}", word) for word in listed)
        assert list(listed) == sorted(listed, key=lambda word: (-len(word), word))

    def test_time_grows_with_the_text_and_not_faster(self) -> None:
        def seconds(text: str) -> float:
            began = time.perf_counter()
            unbroken(text)
            return time.perf_counter() - began

        for part in ("ผู้บริหา", "<", "ก" * 50, "การปฏิบัติงา"):
            small = min(seconds(part * 2_000) for _ in range(3))
            large = min(seconds(part * 20_000) for _ in range(3))
            assert large < 40 * small + 0.05
