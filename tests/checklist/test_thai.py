"""Thai text: the faults of real documents, and matching that survives them."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.thai import contains, match_form, normalise, thai_share, to_arabic_digits

THAI = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B),
        st.characters(min_codepoint=0xF700, max_codepoint=0xF71A),
        st.sampled_from(" \t\n\u00a0\u200b\u00ad\ufeffaZ09.-–…\"'ฯๆ"),
    ),
    max_size=60,
)

REPAIRS = [
    ("ต าบล", "ตำบล"),
    ("ประจ าปี", "ประจำปี"),
    ("ส านักงาน", "สำนักงาน"),
    ("จัดท า แผน", "จัดทำ แผน"),
    ("การด าเนินงาน", "การดำเนินงาน"),
    ("ค านำ", "คำนำ"),
    ("อ านาจหน้าที่", "อำนาจหน้าที่"),
    ("ต่ ากว่า", "ต่ำกว่า"),
    ("น้ าประปา", "น้ำประปา"),
    ("หน้ าที่", "หน้าที่"),
    ("เจ้ าหน้าที่", "เจ้าหน้าที่"),
    ("ค้ าประกัน", "ค้ำประกัน"),
    ("ตํา\u0e1aล", "ตำบล"),
    ("ประจํา", "ประจำ"),
    ("นํ้า", "น้ำ"),
    ("น้ํา", "น้ำ"),
    ("นำ้", "น้ำ"),
    ("จัดทาํ", "จัดทำ"),
    ("เเผน", "แผน"),
    ("เเละ", "และ"),
    ("ท\uf70bอง", "ท้อง"),
    ("หน\uf70bา", "หน้า"),
    ("ป\uf702", "ปี"),
    ("ก\uf70eารันต", "ก์ารันต"),
    ("ค ู ่ ม ื อ", "คู่มือ"),
    ("ระเบ ี ยบ", "ระเบียบ"),
    ("ปฏ ิ บ ั ต ิ", "ปฏิบัติ"),
    ("พ้ิ", "พิ้"),
    ("ที่\u200bอยู่", "ที่อยู่"),
    ("\ufeffแผน", "แผน"),
    ("แผน\u00adงาน", "แผนงาน"),
    ("แผน\u00a0งาน", "แผน งาน"),
    ("แผน    งาน", "แผน งาน"),
    ("ก า ร ศ ึ ก ษ า", "การศึกษา"),
]

UNTOUCHED = [
    "การบริหารงาน",
    "รายงานผลการดำเนินงาน\nประจำปี",
    "มา ตา ยา",
    "ป้าขายผ้า",
    "หัวข้อ\tค่า",
    "Annual Report 2023",
    "",
]


@pytest.mark.parametrize(("broken", "right"), REPAIRS)
def test_faults_are_repaired(broken: str, right: str) -> None:
    assert normalise(broken) == right


@pytest.mark.parametrize("text", UNTOUCHED)
def test_sound_text_stays(text: str) -> None:
    assert normalise(text) == text


@given(THAI)
def test_normalise_is_idempotent_and_composed(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.normalize("NFC", once) == once


@given(THAI)
def test_match_form_is_idempotent_and_without_blanks(text: str) -> None:
    once = match_form(text)
    assert match_form(once) == once
    assert not any(blank in once for blank in "\n\t\u00a0\u200b")


@given(THAI)
def test_spaces_never_decide_a_match_of_thai(text: str) -> None:
    assert match_form("แผน งาน" + text) == match_form("แผนงาน" + text)


@pytest.mark.parametrize(
    ("text", "digits"),
    [("พ.ศ. ๒๕๖๖", "พ.ศ. 2566"), ("๒๕61", "2561"), ("๐๑๒๓๔๕๖๗๘๙", "0123456789"), ("กข", "กข")],
)
def test_thai_digits(text: str, digits: str) -> None:
    assert to_arabic_digits(text) == digits


SAME = [
    ("ถาม – ตอบ", "ถาม-ตอบ"),
    ("การทุจริตฯ", "การทุจริต"),
    ("ต่าง ๆ", "ต่าง"),
    ("กฏหมาย", "กฎหมาย"),
    ("พ.ศ. ๒๕๖๖", "พ.ศ.2566"),
    ("“แผน”", "แผน"),
    ("E-SERVICE", "e-service"),
    ("สารบัญ..........", "สารบัญ"),
    ("หนังสือ ฯลฯ", "หนังสือ"),
    ("ค ู ่ ม ื อ", "คู่มือ"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_share_a_match_form(one: str, other: str) -> None:
    assert match_form(one) == match_form(other)


STANDS = [
    ("แผนปฏิบัติการป้องกันการทุจริต", "แผนปฏิบัติการ"),
    ("แผน ปฏิบัติ การ", "แผนปฏิบัติการ"),
    ("แผนกการเงินและแผนงาน", "แผน"),
    ("แผนการจัดซื้อจัดจ้าง", "แผน"),
    ("แผนกลยุทธ์ของหน่วยงาน", "แผน"),
    ("แผนกำลังคนภาครัฐ", "แผน"),
    ("แผนกรอบอัตรากำลัง", "แผน"),
    ("โครงสร้างส่วนราชการ", "โครงสร้าง"),
    ("งบประมาณที่ใช้จ่าย", "งบประมาณ"),
    ("นโยบาย No Gift Policy", "No Gift Policy"),
    ("นโยบาย NoGiftPolicy", "No Gift Policy"),
    ("No-Gift-Policy", "No Gift Policy"),
    ("ระบบ E – Service", "E-Service"),
    ("ระบบ EService", "e-service"),
    ("ผลการประเมิน ITA ปี 2566", "ITA"),
    ("ITA Online", "ITA"),
    ("ถาม-ตอบ (Q & A)", "Q&A"),
    ("อำนาจหน้าที่", "หน้าที่"),
    ("เจ้าหน้าที่มีหน้าที่", "หน้าที่"),
    ("ช่องทางไลน์", "ไลน์"),
    ("ตามกฏกระทรวง", "กฎ"),
    ("พ.ศ. ๒๕๖๖", "2566"),
]

STANDS_NOT = [
    ("แผนกการเงิน", "แผน"),
    ("แผนกรังวัด", "แผน"),
    ("แผนที่ตั้ง", "แผน"),
    ("โครงสร้างพื้นฐาน", "โครงสร้าง"),
    ("กองทุนหลักประกัน", "กอง"),
    ("เชื่อมโยงเว็บไซต์", "ชื่อ"),
    ("ผลิตภัณฑ์", "ผล"),
    ("ออนไลน์", "ไลน์"),
    ("เจ้าหน้าที่", "หน้าที่"),
    ("ปรากฏตามเอกสาร", "กฎ"),
    ("facility", "it"),
    ("online", "line"),
    ("capital", "ITA"),
    ("12566", "2566"),
    ("25661", "2566"),
    ("แผน", ""),
    ("", "แผน"),
]


@pytest.mark.parametrize(("text", "term"), STANDS)
def test_terms_that_stand_in_a_text(text: str, term: str) -> None:
    assert contains(match_form(text), term)


@pytest.mark.parametrize(("text", "term"), STANDS_NOT)
def test_terms_that_only_seem_to(text: str, term: str) -> None:
    assert not contains(match_form(text), term)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("แผนงาน", 1.0, 1.0),
        ("plan", 0.0, 0.0),
        ("แผน plan", 0.3, 0.5),
        ("2566", 0.0, 0.0),
        ("", 0, 0),
    ],
)
def test_thai_share(text: str, low: float, high: float) -> None:
    assert low <= thai_share(text) <= high


def test_a_large_text_is_read_fast() -> None:
    text = "รายงานผลการด าเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ ของส านักงาน\n" * 8000
    start = time.process_time()
    match_form(text)
    seconds = time.process_time() - start
    assert len(text.encode()) / seconds > 1_000_000


@pytest.mark.parametrize(
    "scrap", ["ก่ิ", "ุ่", "ำ่", "ํ า", "ก า ", "ก ิ", " ", "า่ํ", "เ", "\u0301", "\uf70a"]
)
def test_hostile_runs_cost_no_more_than_text(scrap: str) -> None:
    start = time.process_time()
    normalise("ก" + scrap * 20_000)
    assert time.process_time() - start < 2.0
