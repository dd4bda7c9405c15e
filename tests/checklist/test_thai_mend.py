"""Faults of Thai text that the dictionary mends, and sound text that only resembles them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.thai import contains, match_form, normalise
from checklist.thai_codes import recoded, unshifted
from checklist.thai_signs import betrayed, suspicious
from checklist.thai_words import fluency, lexicon, words

OFFICIAL = [
    "รายงานผลการดำเนินงานตามแผนปฏิบัติการประจำปีงบประมาณ",
    "ประกาศสำนักงานเทศบาลตำบลเรื่องกำหนดจำนวนตำแหน่งพนักงานจ้าง",
    "การรักษาความสงบเรียบร้อยและการบำรุงทางน้ำ",
    "คู่มือการให้บริการประชาชนของหน่วยงานในอำเภอ",
    "หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคลสำหรับข้าราชการ",
    "มาตรการป้องกันการทุจริตและข้อเสนอแนะที่นำไปสู่การปฏิบัติ",
    "ร้อยละของการเบิกจ่ายต่ำกว่าค่าเป้าหมายเพราะคำสั่งล่าช้า",
    "ผู้อำนวยการกองช่างทำหน้าที่ประธานกรรมการตรวจรับงานจ้าง",
]

SWAPPED = [
    ("เทศบำล", "เทศบาล"),
    ("กำรศึกษำ", "การศึกษา"),
    ("สำนักงำนเทศบำลตำบล", "สำนักงานเทศบาลตำบล"),
    ("สถำนกำรณ์กำรทำงำน", "สถานการณ์การทำงาน"),
    ("ควำมพึงพอใจ", "ความพึงพอใจ"),
    ("มหำวิทยำลัย", "มหาวิทยาลัย"),
    ("อำคำรและสถำนที่", "อาคารและสถานที่"),
    ("กำรจ่ำยค่ำตอบแทน", "การจ่ายค่าตอบแทน"),
    ("เดือนตุลำคม", "เดือนตุลาคม"),
    ("เบี้ยประชุม ค่ำตอบแทน", "เบี้ยประชุม ค่าตอบแทน"),
    ("ตัวชี้วัดและค่ำเป้าหมาย", "ตัวชี้วัดและค่าเป้าหมาย"),
]

LOST = [
    ("ตาบล", "ตำบล"),
    ("จานวน ๓ ตาแหน่ง", "จำนวน ๓ ตำแหน่ง"),
    ("สานักงานปลัด", "สำนักงานปลัด"),
    ("ประจาปี", "ประจำปี"),
    ("การดาเนินการ", "การดำเนินการ"),
    ("คาสั่ง", "คำสั่ง"),
    ("ต่ากว่า", "ต่ำกว่า"),
    ("จังหวัดลาปาง", "จังหวัดลำปาง"),
    ("การนาเสนอผลงาน", "การนำเสนอผลงาน"),
    ("ทางานตามอานาจหน้าที่", "ทำงานตามอำนาจหน้าที่"),
    ("ดาเนินการจัดทาและนาไปใช้", "ดำเนินการจัดทำและนำไปใช้"),
]

REPLACED = [
    ("ส\ufffdนักงานเทศบาลต\ufffdบล", "สำนักงานเทศบาลตำบล"),
    ("จัดท\ufffdแผน", "จัดทำแผน"),
    ("ทีÉ 1 เพืÉอพัฒนาพืÊนฐาน", "ที่ 1 เพื่อพัฒนาพื้นฐาน"),
    ("นีҟคือสิѷงพิมพ์", "นี้คือสิ่งพิมพ์"),
    ("ปÑจจุบÑน", "ปัจจุบัน"),
    ("ตÑéงแต่เดÔม", "ตั้งแต่เดิม"),
    ("ปฏФบСตФ", "ปฏิบัติ"),
]

SPACED = [
    ("เ ท ศ บ า ล", "เทศบาล"),
    ("ก า ร จั ด ซื้ อ จั ด จ้ า ง", "การจัดซื้อจัดจ้าง"),
    ("ห น้ า ๒", "หน้า ๒"),
    ("ก ารเชื่อ ม โย งชุม ช น", "การเชื่อมโยงชุมชน"),
    ("ป้ องกันการทุจริต", "ป้องกันการทุจริต"),
    ("การฟื้ นฟูสภาพ", "การฟื้นฟูสภาพ"),
    ("รายง าน", "รายงาน"),
    ("ป ร ะ จ ำ ปี ๒ ๕ ๖ ๖", "ประจำปี ๒๕๖๖"),
]

DOUBLED = [
    ("คู่มืคู่ อ มื การปฏิบัติงาน", "คู่มือการปฏิบัติงาน"),
    ("สุจสุริตริ", "สุจริต"),
    ("กองช่าช่ง", "กองช่าง"),
    ("ซึ่งซึ่สูงสูกว่าว่ค่าค่เป้าป้หมาย", "ซึ่งสูงกว่าค่าเป้าหมาย"),
]

ORDER = [
    ("หนา้ท่ี", "หน้าที่"),
    ("ผูใ้หญ่บ้าน", "ผู้ใหญ่บ้าน"),
    ("จ\nำนวน", "จำนวน"),
    ("น\n้ำ", "น้ำ"),
]


@pytest.mark.parametrize(
    ("broken", "right"), [*SWAPPED, *LOST, *REPLACED, *SPACED, *DOUBLED, *ORDER]
)
def test_the_dictionary_mends(broken: str, right: str) -> None:
    assert normalise(broken) == right


@pytest.mark.parametrize(
    ("broken", "right"), [*SWAPPED, *LOST, *REPLACED, *SPACED, *DOUBLED, *ORDER]
)
def test_mended_text_matches_the_right_wording(broken: str, right: str) -> None:
    assert match_form(broken) == match_form(right)


STAYS = [
    "ทำนาจำนวนมากตามคำสั่งสำนัก",
    "ชาวนาเสนอราคาสั่งซื้อยาทาผิว",
    "ตามที่กำหนดในราคากลาง",
    "อเมริกากับไทย",
    "หัวหน้าหน่วยงานของรัฐ",
    "น้าสาวและหน้าน้องชาย",
    "ค่าเป้าหมาย",
    "นางจำปา กาญจนาภรณ์",
    "กรณีที่มีผู้มีความคิดเห็น",
    "ในกรณีที่มีที่ปรึกษา",
    "ที่ดินที่ดีที่สุด",
    "แผน งาน และ งบ ประมาณ",
    "ทุกปี งบประมาณ",
    "ประเภท ข ตามข้อ ก",
    "ณ ที่ทำการ",
    "คะแนน 4 5 5 4 3",
    "ก ข ค จ ฉ ช ข้อ 1 2 3",
    "ขนาด 3×4 เมตร×เมตร",
    "ภาษา École française",
    "ปรากฏตามกฎหมาย",
]


@pytest.mark.parametrize("text", [*OFFICIAL, *STAYS])
def test_sound_text_stays_as_it_is(text: str) -> None:
    assert normalise(text) == text


def test_a_word_of_two_meanings_changes_only_where_all_rings_are_lost() -> None:
    assert normalise("ยาทาแผล") == "ยาทาแผล"
    assert normalise("ให้ทาแผนของตาบล") == "ให้ทำแผนของตำบล"
    assert normalise("ให้ทาแผล จำนวน ๓ คน") == "ให้ทาแผล จำนวน ๓ คน"


def faulty(text: str, fault: str) -> str:
    """`text` with one fault of PDFs made all over it."""
    made = {
        "lost": text.replace("ำ", "า"),
        "swapped": text.replace("า", "ำ"),
        "replaced": text.replace("ำ", "\ufffd"),
        "decomposed": text.replace("ำ", "\u0e4d\u0e32"),
        "spaced": text.replace("ำ", " า"),
        "latin": text.encode("tis-620").decode("latin-1"),
        "utf8": text.encode().decode("latin-1"),
        "symbols": "".join(chr(ord(letter) - 0x0E01 + 0xF0A1) for letter in text),
        "shifted": "".join(chr(ord(letter) - 0x0DD0) for letter in text),
        "letters": " ".join(text),
    }
    return made[fault]


@pytest.mark.parametrize("text", OFFICIAL)
@pytest.mark.parametrize(
    "fault",
    [
        "lost", "swapped", "replaced", "decomposed", "spaced",
        "latin", "utf8", "symbols", "shifted", "letters",
    ],
)  # fmt: skip
def test_each_fault_of_official_wording_is_undone(text: str, fault: str) -> None:
    assert match_form(faulty(text, fault)) == match_form(text)


WORDS = st.sampled_from(
    [*OFFICIAL, *STAYS, *(broken for broken, _ in [*SWAPPED, *LOST, *REPLACED, *SPACED, *DOUBLED])]
)
SCRAPS = st.text(alphabet="กตทนสาำัี้่เ ง\ufffdÉé\n", max_size=12)


@settings(deadline=None)
@given(st.lists(st.one_of(WORDS, SCRAPS), max_size=6).map(" ".join))
def test_mending_settles(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    form = match_form(text)
    assert match_form(form) == form


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_is_too_strange(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


CODES = [
    ("à·ÈºÒÅ", "เทศบาล"),
    ("à·ÈºÒÅ ¨Ñ§ËÇÑ´ ¹Ò", "เทศบาล จังหวัด นา"),
    ("café São Paulo", "café São Paulo"),
    ("naïve 25°C ±5 ½", "naïve 25°C ±5 ½"),
    ("แผนงาน".encode().decode("cp1252", "ignore")[:0] or "à¸¡à¸²", "มา"),
    ("\uf0b7 ข้อหนึ่ง", "\uf0b7 ข้อหนึ่ง"),
    ("แผนงาน", "แผนงาน"),
]


@pytest.mark.parametrize(("text", "right"), CODES)
def test_codes_of_other_encodings(text: str, right: str) -> None:
    assert recoded(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "0 2566 1234 , 089-123-4567 (12/34)",
        "1,234.50 12,345.00 99.99 100,000.00",
        "http://www.example.go.th/?id=12&page=7",
        "Annual Report of the Municipality",
        "1>@01>1/0@ N1APo >B?/0=@ @P/>o?@1",
        "แผนงาน",
        "",
    ],
)
def test_what_is_no_shifted_thai_stays(text: str) -> None:
    assert unshifted(text) is None


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("เทศบำลตำบล", [True, False]),
        ("เทศบาลตาบล", [False, True]),
        ("จำนวน", [False]),
        ("จานวน", [True]),
        ("กขค", []),
    ],
)
def test_signs_point_at_the_vowel(text: str, doubts: list[bool]) -> None:
    assert suspicious(text) == doubts
    assert betrayed(text) is any(doubts)


def test_fluency_tells_words_from_syllables() -> None:
    assert fluency("รายงานผลการดำเนินงาน").known_share == 1.0
    assert fluency("กลุหบขืจปฟเกดงซย").known_share < 0.3
    assert fluency("รายงาน").cost_per_letter < fluency("รำยงำน").cost_per_letter
    assert fluency("").known_share == 0.0


def test_a_mended_text_serves_as_evidence() -> None:
    assert contains(match_form("รายงำนผลกำรดำเนินงำน ประจำปี"), "รายงานผลการดำเนินงาน")
    assert not contains(match_form("ตามปกติ"), "ตำบล")


def test_sound_text_never_loads_the_dictionary() -> None:
    lexicon.cache_clear()
    for text in OFFICIAL:
        normalise(text)
        match_form(text)
    assert lexicon.cache_info().misses == 0


def test_sound_text_is_read_fast() -> None:
    lines = [f"{text} ที่ {number} พ.ศ. ๒๕๖๖" for number in range(400) for text in OFFICIAL]
    size = sum(len(line.encode()) for line in lines)
    taken = []
    # The best of a few rounds: what else the machine does must not decide.
    for turn in range(3):
        start = time.process_time()
        for line in lines:
            match_form(f"{line} {turn}")
        taken.append(time.process_time() - start)
    assert size / min(taken) > 1_500_000


def test_faulty_text_is_read_in_time() -> None:
    text = "".join(f"{faulty(text, 'lost')} ที่ {n}\n" for n in range(200) for text in OFFICIAL)
    start = time.process_time()
    match_form(text)
    assert len(text.encode()) / (time.process_time() - start) > 100_000


@pytest.mark.parametrize(
    ("run", "cut"),
    [
        ("ปลัดกระทรวงมหาดไทย", ["ปลัด", "กระทรวงมหาดไทย"]),
        ("เปิดเผยข้อมูล", ["เปิดเผย", "ข้อมูล"]),
        ("ฟฟฟขคขคเปิดเผย", ["ฟฟฟขคขค", "เปิดเผย"]),
        ("", []),
    ],
)
def test_a_run_of_letters_is_cut_into_words(run: str, cut: list[str]) -> None:
    assert words(run) == cut


@given(st.text(alphabet="กขคงเแาะิ่้ำรนมอ", max_size=40))
def test_no_letter_is_lost_when_words_are_cut(run: str) -> None:
    assert "".join(words(run)) == run
