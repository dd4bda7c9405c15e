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
