"""Pages set straight before they are read."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from crawler.ocr.leaders import without_leaders
from crawler.ocr.upright import bands_of, skew_of, straightened, turned
from tests.crawler.ocr import scanned

PROSE = "หน่วยงานจัดทำรายงานผลการดำเนินงานตามแผนปฏิบัติราชการ"


@pytest.mark.parametrize("angle", [-4.0, -1.3, 0.0, 0.6, 2.2, 5.0])
def test_the_angle_of_the_lines_is_found(angle: float) -> None:
    page = scanned.page([PROSE] * 18).rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew_of(page) == pytest.approx(angle, abs=0.15)


def test_a_level_page_and_an_empty_one_are_left_alone() -> None:
    for page in (scanned.page([PROSE] * 18), Image.new("L", (300, 300), 255)):
        assert straightened(page) is page


def test_four_quarter_turns_are_none() -> None:
    page = scanned.line("ปี ๒๕๖๖")
    assert turned(turned(page, 1), 3).tobytes() == page.tobytes()
    assert turned(page, 4) is page


def columns(left: str, right: str) -> Image.Image:
    sheet = Image.new("L", scanned.A4, 255)
    pen = ImageDraw.Draw(sheet)
    for number in range(24):
        down = 300 + number * 70
        for across, text in ((120, left), (900, right)):
            pen.text((across, down), text, font=scanned.font("Laksaman", 28), fill=0, anchor="ls")
    return sheet


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left, right = bands_of(columns(PROSE, PROSE))
    assert left.right == right.left
    assert 700 < left.right < 910
    assert left.top == right.top


def test_a_page_of_one_column_is_one_band() -> None:
    assert len(bands_of(scanned.page([PROSE] * 20))) == 1


def test_dotted_lines_go_and_words_stay() -> None:
    page = scanned.page(["ลงชื่อ" + "." * 60, "ปี ๒๕๖๖"])
    clean = without_leaders(page, 200)
    assert clean.crop((330, 290, 1600, 310)).getextrema() == (255, 255)
    assert clean.crop((0, 330, 1654, 420)).tobytes() == page.crop((0, 330, 1654, 420)).tobytes()
    assert without_leaders(scanned.page(["พ.ศ. ๒๕๖๖"]), 200).tobytes() == (
        scanned.page(["พ.ศ. ๒๕๖๖"]).tobytes()
    )
