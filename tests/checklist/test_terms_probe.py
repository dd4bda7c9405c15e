"""Terms: of every group one word, in evidence, in the strength the checklist asks for."""

from __future__ import annotations

import pytest

from checklist.probes.terms import TermsProbe
from checklist.verdict import ElementState, Tier
from tests.checklist.pages import CONTEXT, page, text

PROJECTS = TermsProbe(kind="terms", all=(("โครงการ", "กิจกรรม"), ("งบประมาณ", "~ค่าใช้จ่าย")))
TABLE = "<table><tr><th>โครงการ</th><th>งบประมาณ</th></tr><tr><td>ซ่อมถนน</td><td>50,000</td></tr></table>"


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<p>โครงการซ่อมถนน งบประมาณ 50,000 บาท</p>", ElementState.PRESENT),
        ("<p>กิจกรรมปลูกป่า</p><p>งบประมาณ 10,000 บาท</p>", ElementState.PRESENT),
        ("<p>โครง การซ่อมถนน งบ ประมาณ ๕๐,๐๐๐ บาท</p>", ElementState.PRESENT),
        ("<p>โครงการซ่อมถนน ค่าใช้จ่าย 50,000 บาท</p>", ElementState.UNSURE),
        ("<p>โครงการซ่อมถนนสายบ้านสวน</p>", ElementState.ABSENT),
        ("<p>งบประมาณ 50,000 บาท</p>", ElementState.ABSENT),
        ("<nav>โครงการ งบประมาณ</nav><p>ยินดีต้อนรับ</p>", ElementState.ABSENT),
        ("<footer>โครงการ งบประมาณ</footer><p>ยินดีต้อนรับ</p>", ElementState.ABSENT),
        ("<p style='display:none'>โครงการ งบประมาณ</p><p>ว่าง</p>", ElementState.ABSENT),
        ("<p><a href='/a.pdf'>โครงการและงบประมาณ</a></p>", ElementState.ABSENT),
        ("<p>แผนที่มีข้อมูลรายละเอียด อย่างน้อยประกอบด้วย โครงการ งบประมาณ</p>", ElementState.ABSENT),
    ],
)
def test_every_group_needs_a_word_of_the_evidence(body: str, state: ElementState) -> None:
    assert PROJECTS.look([page(body)], CONTEXT).state is state


def test_present_quotes_every_group_and_absent_names_the_missing_one() -> None:
    found = PROJECTS.look([page("<p>โครงการหนึ่ง</p><p>งบประมาณสอง</p>")], CONTEXT)
    assert [quote.text for quote in found.quotes] == ["โครงการหนึ่ง", "งบประมาณสอง"]
    lost = PROJECTS.look([page("<p>โครงการหนึ่ง</p>")], CONTEXT)
    assert "«งบประมาณ»" in lost.detail
    assert "«โครงการ»" not in lost.detail


def test_a_known_variant_is_told_from_the_checklists_own_word() -> None:
    found = PROJECTS.look([page("<p>กิจกรรมและงบประมาณ</p>")], CONTEXT)
    assert {quote.tier for quote in found.quotes} == {Tier.VARIANT, Tier.EXACT}


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (TABLE, ElementState.PRESENT),
        ("<p>โครงการของเรามีงบประมาณมาก 50,000</p>", ElementState.ABSENT),
    ],
)
def test_near_table_wants_rows_on_a_web_page(body: str, state: ElementState) -> None:
    probe = PROJECTS.model_copy(update={"near": "table"})
    assert probe.look([page(body)], CONTEXT).state is state


def test_near_table_takes_lines_beside_figures_where_there_are_no_tables() -> None:
    probe = PROJECTS.model_copy(update={"near": "table"})
    rows = "แผนงาน\n\nโครงการ งบประมาณ\nซ่อมถนน 50,000\nลอกคลอง 30,000\n"
    assert probe.look([text(rows)], CONTEXT).present
    words = "แผนงานของเรา\n\nโครงการและงบประมาณเป็นเรื่องสำคัญ\n\nขอขอบคุณทุกท่าน\n"
    assert not probe.look([text(words)], CONTEXT).present


def test_within_passage_wants_all_words_in_one_row() -> None:
    probe = PROJECTS.model_copy(update={"within": "passage"})
    assert probe.look([page("<p>โครงการหนึ่ง งบประมาณสอง</p>")], CONTEXT).present
    assert not probe.look([page("<p>โครงการหนึ่ง</p><p>งบประมาณสอง</p>")], CONTEXT).present


def terms(*groups: tuple[str, ...], near: str = "anywhere", rows: int = 1) -> TermsProbe:
    return TermsProbe.model_validate({"kind": "terms", "all": groups, "near": near, "rows": rows})


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("คลินิกไต งบ ๒๔๐,๐๐๐ ใช้ ๑๓๑,๕๐๐ บาท", ElementState.PRESENT),
        ("คลินิกไต ใช้เครื่องมือใหม่", ElementState.ABSENT),
    ],
)
def test_a_number_mark_stands_for_any_number(body: str, state: ElementState) -> None:
    assert terms(("ใช้ #",)).look([text(body)], CONTEXT).state is state


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<h2>ปัญหา</h2><p>ฝนตก</p>", ElementState.PRESENT),
        ("<p>๔. ปัญหา : ฝนตก</p>", ElementState.PRESENT),
        ("<p>โครงการแก้ไขปัญหาภัยแล้ง</p>", ElementState.ABSENT),
    ],
)
def test_a_word_of_its_own_is_not_part_of_another(body: str, state: ElementState) -> None:
    assert terms(("=ปัญหา",)).look([page(body)], CONTEXT).state is state


def test_heads_of_columns_are_the_first_rows_of_a_table() -> None:
    probe = terms(("=ผล",), near="header")
    head = "<tr><th>โครงการ</th><th>ผล</th></tr><tr><td>ซ่อมถนน</td><td>เสร็จ</td></tr>"
    assert probe.look([page(f"<table>{head}</table>")], CONTEXT).present
    body = "<tr><td>โครงการ</td><td>งบ</td></tr><tr><td>ถนน</td><td>5,000</td></tr><tr><td>ดู ผล</td></tr>"
    assert not probe.look([page(f"<table>{body}</table>")], CONTEXT).present
    assert not probe.look([page("<p>ผล</p>")], CONTEXT).present


def test_heads_of_columns_in_plain_text_stand_above_rows_of_figures() -> None:
    probe = terms(("=ผล",), near="header")
    rows = "1 ถนน 5,000 เสร็จ\n2 คลอง 7,000 เสร็จ\n"
    lead = "รายงานของเทศบาล\nประจำปี\n\nเทศบาลขอรายงานดังต่อไปนี้\n"
    assert probe.look([text(f"{lead}ที่ โครงการ งบ ผล\n{rows}")], CONTEXT).present
    assert not probe.look([text(f"{lead}ที่ โครงการ งบ\n{rows}รวม ผล\n")], CONTEXT).present


def test_rows_counts_the_passages_that_hold_a_term() -> None:
    probe = terms(("ม.ค.", "ก.พ.", "~ต้นปี"), rows=2)
    assert probe.look([page("<p>ม.ค. 66</p><p>ก.พ. 66</p>")], CONTEXT).present
    assert probe.look([page("<p>ม.ค. 66</p><p>ต้นปี</p>")], CONTEXT).state is ElementState.UNSURE
    assert probe.look([page("<p>ม.ค. 66 และ ก.พ. 66</p>")], CONTEXT).state is ElementState.ABSENT


@pytest.mark.parametrize(("rows", "state"), [(1, "present"), (2, "unsure"), (3, "absent")])
def test_rows_within_passage_hold_all_words_together(rows: int, state: str) -> None:
    probe = TermsProbe(
        kind="terms", all=(("พ.ร.บ.", "~กฎ"), ("พ.ศ.",)), within="passage", rows=rows
    )
    body = "<p>พ.ร.บ. หนึ่ง พ.ศ. 2530</p><p>กฎ สอง พ.ศ. 2540</p><p>พ.ร.บ. สาม</p>"
    assert probe.look([page(body)], CONTEXT).state.value == state


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<h1>รายงาน</h1><h2>อุปสรรค</h2><p>ฝนตก</p>", ElementState.PRESENT),
        ("<h1>รายงาน</h1><h2>อุปสรรค</h2><h2>อื่น ๆ</h2><p>ไม่มี</p>", ElementState.ABSENT),
        ("<h1>รายงาน</h1><h2>อุปสรรค</h2><img src='/p/scan.jpg' alt='หน้า 9'>", ElementState.UNSURE),
    ],
)
def test_a_heading_needs_text_below_it(body: str, state: ElementState) -> None:
    finding = terms(("อุปสรรค",), near="text").look([page(body)], CONTEXT)
    assert finding.state is state
    assert (finding.reason == "image_only") is (state is ElementState.UNSURE)


def test_a_contents_page_and_a_chapter_still_to_come_say_nothing() -> None:
    probe = terms(("ขั้นตอน",), near="text")
    book = "คู่มือ\nสารบัญ\nบทที่ 2 ขั้นตอนการทำงาน .......... 4\n{}"
    assert not probe.look([text(book.format("บทที่ 1 บทนำ\n"))], CONTEXT).present
    assert not probe.look([text(book.format("ขั้นตอน\n(อยู่ระหว่างจัดทำ)\n"))], CONTEXT).present
    assert probe.look([text(book.format("ขั้นตอน\n1. รับเรื่อง\n"))], CONTEXT).present
