"""The bench's files: the same each time, and each fault really in its file."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PIL import ImageStat

from bench.read import office, printed, scans
from bench.read.faults import FAULTS, Fault, hand_made
from bench.read.generator import faulty, font_file, office_files
from bench.read.measuring import error_rate
from bench.read.sample import Block, Paper, Part
from bench.read.truetype import load
from bench.read.wording import PHRASES_PER_PAPER, paper, phrases, sound_paper

SAID = "เทศบาลตำบลป่าน้ำฟ้า แจ้งผู้ซื้อที่กฎหมายกำหนดแล้ว ป้องกัน"
SHORT = Paper(0, (Block(Part.TITLE, (SAID,)),), ())
CASES = {
    "clean": SAID,
    "am_spaced": "ต าบลป่าน้ าฟ้า",
    "am_decomposed": "ต\u0e4d\u0e32บลป่าน\u0e4d้\u0e32",
    "am_ring_after_tone": "น้\u0e4d\u0e32ฟ้า",
    "am_lost": "ต\x08าบลป่าน\x08้าฟ้า",
    "am_replaced": "ต\ufffdบลป่าน้\ufffdฟ้า",
    "aa_as_am": "เทศบำลตำบลป่ำน้ำฟ้ำ",
    "private_use": "ป\uf705าน\uf70bำฟ\uf706า",
    "word_2003": "ป\uf705าน\uf70b าฟ\uf706า",
    "marks_spaced": "ผ ู ้ ซ ื ้ อท ี ่ กฎ",
    "letters_spaced": "เ ท ศ บ า ล ต ำ บ ล",
    "tall_gap": "ป้ องกัน",
    "doubled": "แจ้งจ้ผู้ซื้ผู้อซื้ที่กที่",
    "double_e": "เเจ้ง",
    "tone_first": "ซ้ือท่ี",
    "zero_width": "กำหนด\u200bแล้ว",
    "patak": "กฏหมาย",
    "marks_latin": "แจéงผÙéซ×éอทÕè",
    "marks_cyrillic": "แจйงผЩйซ",
    "latin_1": "à·ÈºÒÅµÓºÅ",
    "shifted": "`7H:RE5S:E",
    "symbol_font": "\uf0e0\uf0b7\uf0c8\uf0ba\uf0d2\uf0c5",
}


@cache
def said(fault: Fault) -> str:
    """The text of a short file as PDFium gives it, which mends nothing."""
    document = pdfium.PdfDocument(hand_made(SHORT, load(font_file("Garuda")), fault))
    try:
        return str(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_is_in_its_file(fault: Fault) -> None:
    if fault.mapped:
        assert CASES[fault.name] in said(fault)
    else:
        assert not re.search("[ก-๙]", said(fault))


@pytest.mark.parametrize("fault", FAULTS[1:], ids=lambda fault: fault.name)
def test_a_fault_changes_what_the_file_says(fault: Fault) -> None:
    assert said(fault) != said(FAULTS[0])


def test_every_fault_looks_the_same_on_paper() -> None:
    """Faults that add no spaces draw the very picture of the sound file."""
    font = load(font_file("Garuda"))
    sound, *others = (
        scans.render(hand_made(SHORT, font, fault), 50)[0].tobytes()
        for fault in FAULTS
        if fault.name in {"clean", "aa_as_am", "latin_1", "shifted", "no_map", "private_use"}
    )
    assert [other == sound for other in others] == [True] * 5


def test_hand_made_and_office_files_are_the_same_each_time() -> None:
    once, again = (
        [(sample.name, sample.body) for sample in (*faulty(), *office_files())] for _ in range(2)
    )
    assert once == again


def test_a_worn_scan_is_the_same_each_time_and_has_no_text() -> None:
    picture = scans.render(hand_made(SHORT, load(font_file("Norasi")), FAULTS[0]), 60)[0]
    once, again = (
        scans.as_pdf([scans.worn(picture, scans.WEAR[0], seed=7)], jpeg=50) for _ in range(2)
    )
    assert once == again
    assert once != scans.as_pdf([scans.worn(picture, scans.WEAR[0], seed=8)], jpeg=50)
    document = pdfium.PdfDocument(BytesIO(once))
    assert document[0].get_textpage().get_text_bounded() == ""
    shown = ImageStat.Stat(scans.render(once, 60)[0])
    assert shown.mean[0] < 255
    assert shown.stddev[0] > 5


def test_a_false_layer_is_latin_and_not_seen() -> None:
    picture = scans.render(hand_made(SHORT, load(font_file("Norasi")), FAULTS[0]), 60)[0]
    bare, layered = scans.as_pdf([picture]), scans.as_pdf([picture], false_text=True)
    text = pdfium.PdfDocument(BytesIO(layered))[0].get_textpage().get_text_bounded()
    assert re.search("[a-z]{4}", text)
    assert not re.search("[ก-๙]", text)
    assert scans.render(bare, 60)[0].tobytes() == scans.render(layered, 60)[0].tobytes()


def test_chromium_prints_the_same_file_twice() -> None:
    page = printed.as_html(paper(3), "Laksaman")
    once, again = printed.by_chromium([page, page])
    assert once == again


def test_papers_in_a_row_use_up_at_least_200_phrases() -> None:
    every = phrases()
    assert len(set(every)) == len(every) >= 200
    rounds = -(-len(every) // PHRASES_PER_PAPER)
    assert {name for number in range(rounds) for name in paper(number).phrases} == set(every)


@pytest.mark.parametrize("number", range(6))
def test_a_paper_shows_its_phrases_and_is_always_the_same(number: int) -> None:
    text = paper(number)
    assert text == paper(number)
    assert [name for name in text.phrases if name not in text.text] == []
    assert {block.part for block in text.blocks} == set(Part)


def test_sound_wording_is_no_official_phrase() -> None:
    assert len(set(sound_paper().phrases)) >= 30
    assert not set(sound_paper().phrases) & set(phrases())


def test_a_narrow_table_is_another_file() -> None:
    assert office.word_file(paper(0)) != office.word_file(paper(0), narrow=True)


@pytest.mark.parametrize(
    ("truth", "read", "rate"),
    [
        ("ตำบล", "ต ำบล", 0.0),
        ("ตำบล", "ตาบล", 0.25),
        ("ตำบล", "", 1.0),
        ("ปี ๒๕๖๖", "ปี ๒๕๖๖ ๑", 1 / 6),
    ],
)
def test_the_error_rate_counts_letters_and_no_spaces(truth: str, read: str, rate: float) -> None:
    assert error_rate(truth, read) == pytest.approx(rate)
