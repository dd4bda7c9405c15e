"""The paper as Word sees it, and as the judge of O42 and O43 sees it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from typer.testing import CliRunner, Result

from cli import app
from commands.language import Lang, speak
from results.gap import build_report
from results.papers.analysis import analyse
from results.papers.analysis_docx import analysis_docx
from results.papers.measures import read_measures
from results.papers.open_items import sweep_facts
from results.papers.outcome_form import NOT_DONE, outcome_form
from results.speech import Language, speaking
from tests.results.papers.score_samples import ASKED, csv_text, published, put, wide
from tests.results.papers.test_analysis import CHECKLISTS
from tests.results.samples import mixed, result_of, small_checklist

if TYPE_CHECKING:
    from docx.document import Document

MADE = date(2022, 12, 15)
AGENCY = "สำนักงานปลัดกระทรวงมหาดไทย"


@cache
def content() -> bytes:
    found = analyse(published(questions=True), read_measures(), CHECKLISTS)
    facts = sweep_facts([build_report(small_checklist(), result_of(mixed()))])
    return analysis_docx(found, AGENCY, MADE, facts)


def paper() -> Document:
    return docx.Document(io.BytesIO(content()))


def rows(of: Document, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in of.tables[table].rows]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OIT_HOME", raising=False)
    monkeypatch.delenv("OIT_DATABASE_URL", raising=False)
    yield
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def judged(path: str, item: str, year: int = 2566) -> Result:
    day = f"{year - 543}-04-30"
    return oit("check", path, "--item", item, "--checklist", str(year), "--as-of", day, "--no-ocr")


class TestPaper:
    def test_its_sections_stand_in_order(self) -> None:
        top = [p.text for p in paper().paragraphs if p.style and p.style.name == "Heading 1"]
        assert [text.split(".")[0] for text in top] == list("๑๒๓๔๕๖")
        assert AGENCY in top[1]

    def test_the_score_table_shows_the_ministrys_figures_in_thai_digits(self) -> None:
        shown = rows(paper(), 0)
        assert shown[0][2:7] == [
            "ผลคะแนน ปี ๒๕๖๓", "ผลคะแนน ปี ๒๕๖๔", "ผลคะแนน ปี ๒๕๖๕", "เปรียบเทียบ ปี ๖๓/๖๔", "เปรียบเทียบ ปี ๖๔/๖๕",
        ]  # fmt: skip
        assert shown[1][1:7] == ["๑. การปฏิบัติหน้าที่", "๘๙.๑๒", "๙๐.๓๖", "๙๘.๐๙", "+๑.๒๔", "+๗.๗๓"]
        assert shown[8][2:7] == ["๘๙.๑๐", "๘๑.๒๙", "๙๓.๑๔\n(ต่ำสุด)", "-๗.๘๑", "+๑๑.๘๕"]
        assert shown[9][2:7] == ["๗๐.๖๔", "๑๐๐", "๑๐๐", "+๒๙.๓๖", "คะแนนเต็ม"]
        assert shown[6][-1] == "รวม EIT (๓๐ คะแนน)\nปี ๒๕๖๓ = ๒๖.๙๓\nปี ๒๕๖๔ = ๒๕.๔๐\nปี ๒๕๖๕ = ๒๘.๑๗"
        assert shown[11][1:7] == [
            "ผลคะแนนรวม", "๗๔.๗๕ ระดับ C", "๙๐.๕๒ ระดับ A", "๙๖.๙๑ ระดับ AA", "+๑๕.๗๗", "+๖.๓๙",
        ]  # fmt: skip

    def test_an_instruments_cells_are_merged(self) -> None:
        cells = paper().tables[0].rows
        assert cells[1].cells[0]._tc is cells[5].cells[0]._tc
        assert cells[6].cells[-1]._tc is cells[8].cells[-1]._tc

    def test_the_notes_say_where_the_announced_figures_differ_and_whose_grades_are_borrowed(
        self,
    ) -> None:
        said = "\n".join(p.text for p in paper().paragraphs)
        assert "คะแนน EIT ปี ๒๕๖๕ ใช้ค่าที่ประกาศ (๒๘.๑๗) ซึ่งต่างจากค่าที่คำนวณ" in said
        assert "ระดับของปี ๒๕๖๓ ใช้เกณฑ์ของปี ๒๕๖๕" in said

    def test_the_weaknesses_begin_with_the_lowest(self) -> None:
        shown = rows(paper(), 1)
        assert shown[1] == ["๑", "ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน", "๙๓.๑๔\n(ต่ำสุด)", "๘๑.๒๙", "+๑๑.๘๕"]
        assert [row[0] for row in shown[1:]] == list("๑๒๓๔๕")

    def test_the_measures_table_has_the_ministrys_columns_and_no_open_cell(self) -> None:
        shown = rows(paper(), 3)
        assert shown[0] == [
            "ตัวชี้วัด/ประเด็น", "คะแนน ปี ๖๕/๖๔", "แนวทาง/มาตรการ (ขั้นตอนหรือวิธีปฏิบัติ)",
            "หน่วยงานรับผิดชอบ", "การกำกับติดตาม", "การรายงานผล",
        ]  # fmt: skip
        assert len(shown) == 6
        assert all(cell for row in shown for cell in row)
        assert all("วันที่ ๑๐ ของทุกเดือน" in row[-1] for row in shown[1:])

    def test_the_open_items_stand_below_their_owners(self) -> None:
        shown = rows(paper(), 5)
        assert shown[0] == ["ข้อ", "ผล", "สิ่งที่พบ", "สิ่งที่ต้องทำ"]
        bands = [row[0] for row in shown if row[0].startswith("หน่วยงานรับผิดชอบ: ")]
        assert bands == list(dict.fromkeys(bands))
        assert any(row[0].startswith("O2 ") and row[1] == "ต้องแก้ไข" for row in shown)
        assert any(row[0].startswith("O6 ") and row[1] == "ต้องให้เจ้าหน้าที่ตรวจ" for row in shown)

    def test_every_table_repeats_its_head(self) -> None:
        for table in paper().tables:
            assert table.rows[0]._tr.trPr is not None
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None

    def test_wide_tables_lie_on_landscape_pages(self) -> None:
        turned = [one.orientation is WD_ORIENT.LANDSCAPE for one in paper().sections]
        assert turned == [False, False, True, False, True]

    @pytest.mark.parametrize("style", ["Normal", "Title", "Heading 1", "Heading 2", "Table Text"])
    def test_thai_and_latin_letters_have_font_size_and_language(self, style: str) -> None:
        properties = paper().styles[style].element.rPr
        fonts = properties.find(qn("w:rFonts"))
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            assert fonts.get(qn(script)) == "TH SarabunPSK"
        assert not [key for key in fonts.attrib if "Theme" in key]
        sizes = [properties.find(qn(key)).get(qn("w:val")) for key in ("w:sz", "w:szCs")]
        assert sizes[0] == sizes[1]
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"

    def test_pages_are_numbered_in_thai_digits_but_for_the_first(self) -> None:
        first, second, *_others = paper().sections
        assert first.header.paragraphs[0].text == ""
        assert "PAGE" in second.header._element.xml
        assert 'w:fmt="thaiNumbers"' in second._sectPr.xml

    def test_the_chart_is_described_for_those_who_cannot_see_it(self) -> None:
        (shape,) = paper().inline_shapes
        assert "ตัวชี้วัด" in shape._inline.docPr.get("descr", "")

    def test_texts_from_a_score_file_cannot_break_the_file(self) -> None:
        year = published(questions=True)[-1]
        evil = tuple(type(q)(q.code, "คำถาม\x00\x0b<w:p>\ufffe", q.score) for q in year.questions)
        found = analyse((type(year)(2565, year.indicators, evil),), read_measures(), CHECKLISTS)
        text = analysis_docx(found, "หน่วย\x01งาน", MADE, None)
        assert "คำถาม <w:p>" in rows(docx.Document(io.BytesIO(text)), 2)[2][0]

    def test_the_same_input_gives_the_same_text(self) -> None:
        found = analyse(published(questions=True), read_measures(), CHECKLISTS)
        facts = sweep_facts([build_report(small_checklist(), result_of(mixed()))])
        again = docx.Document(io.BytesIO(analysis_docx(found, AGENCY, MADE, facts)))
        assert again.element.xml == paper().element.xml

    def test_an_english_paper_keeps_arabic_digits(self) -> None:
        found = analyse(published(), read_measures(), CHECKLISTS)
        with speaking(Language.EN):
            english = docx.Document(io.BytesIO(analysis_docx(found, AGENCY, MADE, None)))
        assert rows(english, 0)[1][2] == "89.12"


class TestJudged:
    def test_the_paper_passes_o42_of_2566(self) -> None:
        Path("analysis.docx").write_bytes(content())
        result = judged("analysis.docx", "O42")
        assert result.exit_code == 0, result.output

    def test_it_does_not_serve_for_another_year(self) -> None:
        Path("analysis.docx").write_bytes(content())
        assert judged("analysis.docx", "O42", 2565).exit_code == 1

    def test_it_is_no_report_of_what_was_done(self) -> None:
        Path("analysis.docx").write_bytes(content())
        assert judged("analysis.docx", "O43").exit_code == 1

    def test_the_form_of_results_passes_o43_only_when_it_is_filled_in(self) -> None:
        found = analyse(published(questions=True), read_measures(), CHECKLISTS)
        form = docx.Document(io.BytesIO(outcome_form(found, AGENCY, MADE)))
        form.save("form.docx")
        assert judged("form.docx", "O43").exit_code == 1
        head, *open_rows = form.tables[0].rows
        assert [cell.text for cell in head.cells][3:] == ["ผลการดำเนินการ", "วันที่ดำเนินการ", "หลักฐาน"]
        for row in open_rows:
            assert row.cells[3].text == NOT_DONE
            row.cells[3].text = "ดำเนินการแล้ว จัดประชุมชี้แจงบุคลากร 120 คน และแจ้งเวียนแนวปฏิบัติ"
            row.cells[4].text = "16 มกราคม 2566"
            row.cells[5].text = "หนังสือเวียนและภาพถ่าย"
        form.save("filled.docx")
        result = judged("filled.docx", "O43")
        assert result.exit_code == 0, result.output

    @pytest.mark.parametrize("left", ["", " ", "-", "................"])
    def test_a_form_with_blank_results_does_not_pass(self, left: str) -> None:
        found = analyse(published(questions=True), read_measures(), CHECKLISTS)
        form = docx.Document(io.BytesIO(outcome_form(found, AGENCY, MADE)))
        for row in form.tables[0].rows[1:]:
            row.cells[3].text = left
        form.save("blank.docx")
        result = judged("blank.docx", "O43")
        assert result.exit_code == 1, result.output
        assert "แบบฟอร์ม" in result.output


class TestCommand:
    def test_from_the_scores_to_the_paper(self) -> None:
        rows_ = wide([2564, 2565])
        rows_ += [[code, *scores] for code, scores in ASKED.items()]
        Path("s.csv").write_text(csv_text(rows_), encoding="utf-8")
        result = oit("paper", "analysis", "--scores", "s.csv", "-o", "out/a.docx", "--agency", "เทศบาลเมืองบึง",
                     "--results-form", "out/o43.docx")  # fmt: skip
        assert result.exit_code == 0, result.output
        assert "ยังไม่มีผลตรวจเว็บไซต์" in result.output
        assert not Path("var/oit.db").exists()
        assert "เทศบาลเมืองบึง" in [p.text for p in docx.Document("out/a.docx").paragraphs]
        assert judged("out/a.docx", "O42").exit_code == 0
        assert Path("out/o43.docx").exists()

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (("analysis", "--scores", "none.xlsx"), "none.xlsx: ไม่พบแฟ้มนี้"),
            (("analysis", "--scores", "bad.csv"), "bad.csv: แถว 2 คอลัมน์ B (2565): คะแนน 101"),
            (("analysis", "--scores", "s.csv", "-o", "a.pdf"), "ต้องลงท้ายด้วย .docx"),
            (("analysis", "--scores", "s.csv", "-o", "a.docx", "--results-form", "./a.docx"), "ไฟล์เดียวกัน"),
            (("analysis", "--scores", "s.csv", "--limit", "101"), "--limit ต้องเป็นคะแนน"),
            (("analysis", "--scores", "s.csv", "--limit", "สูง"), "--limit ต้องเป็นคะแนน"),
            (("analysis", "--scores", "s.csv", "--limit", "nan"), "--limit ต้องเป็นคะแนน"),
            (("analysis", "--scores", "s.csv", "--scan", "9"), "ไม่พบการตรวจครั้งที่ 9"),
            (("analysis", "--scores", "s.csv", "--measures", "m.yaml"), "m.yaml: บรรทัด 1 คีย์ mesures"),
            (("analysis", "--scores", "s.csv", "-o", "/proc/no/a.docx"), "/proc/no"),
            (("analysis",), "--scores"),
            (("scores-template", "a.csv"), "ต้องลงท้ายด้วย .xlsx"),
            (("scores-template", "taken.xlsx"), "เพิ่ม --replace เพื่อเขียนทับ"),
            (("measures-template", "m.yaml"), "เพิ่ม --replace เพื่อเขียนทับ"),
        ],
    )  # fmt: skip
    def test_bad_input_is_one_clear_line_and_writes_nothing(
        self, tmp_path: Path, arguments: tuple[str, ...], says: str
    ) -> None:
        Path("s.csv").write_text(csv_text(wide()), encoding="utf-8")
        Path("bad.csv").write_text(csv_text(put(wide([2565]), 2, 2, 101)), encoding="utf-8")
        Path("m.yaml").write_text("mesures: []\n", encoding="utf-8")
        Path("taken.xlsx").write_bytes(b"mine")
        before = {path for path in tmp_path.rglob("*") if "var" not in path.parts}
        result = oit("paper", *arguments)
        assert result.exit_code == 2, result.output
        assert says in result.output.replace("\n", " ")
        assert {path for path in tmp_path.rglob("*") if "var" not in path.parts} == before
        assert Path("taken.xlsx").read_bytes() == b"mine"

    def test_the_forms(self) -> None:
        assert oit("paper", "scores-template", "f.xlsx", "--year", "2565").exit_code == 0
        assert oit("paper", "measures-template", "mine.yaml").exit_code == 0
        assert read_measures(Path("mine.yaml")) == read_measures()
