"""What the engine read, and what stands on the page: which of the two ends in the text."""

from __future__ import annotations

import pytest

from crawler.ocr.cells import Cell
from crawler.ocr.marks import Mark, Run
from crawler.ocr.model import Symbol, TextLine
from crawler.ocr.numbers import put_right, sureness

STEP = 20


def engine_line(text: str) -> TextLine:
    """Each character 20 pixels wide; a space is no symbol of its own."""
    symbols, spaced = [], False
    for place, character in enumerate(text):
        if character == " ":
            spaced = True
            continue
        symbols.append(Symbol(character, place * STEP, 0, place * STEP + 16, 20, 97.0, spaced))
        spaced = False
    return TextLine(0, 0, len(text) * STEP, 20, tuple(symbols))


def run_at(place: int, text: str, chance: float = 0.999) -> Run:
    return Run(
        tuple(
            Mark(Cell((place + i) * STEP, 2, (place + i) * STEP + 16, 20, (1,)), digit, chance)
            for i, digit in enumerate(text)
        )
    )


CASES = [
    # engine's line, runs on the page, final text
    ("พ.ศ. ๒๕๐๕", [run_at(5, "๒๕๖๘")], "พ.ศ. ๒๕๖๘"),
    ("ปี ๒๕๒๐๐ มาตรา ๑๑", [Run(run_at(3, "๒๕๖๐").marks), run_at(15, "๑๑")], "ปี ๒๕๖๐๐ มาตรา ๑๑"),
    ("ปี 2505", [run_at(3, "๒๕๖๖")], "ปี ๒๕๖๖"),
    ("ปี bce6", [run_at(3, "๒๕๖๖")], "ปี ๒๕๖๖"),
    ("วันที่ ๒๒ ตุลาคม ๒๕๐๓", [run_at(7, "๒๒"), run_at(17, "๒๕๖๗")], "วันที่ ๒๒ ตุลาคม ๒๕๖๗"),
    ("๐๕/๒๕๐๕", [run_at(0, "๐๖"), run_at(3, "๒๕๖๘")], "๐๖/๒๕๖๘"),
    ("ประจําปี ๒๕๐๕", [run_at(9, "๒๕๖๕")], "ประจำปี ๒๕๖๕"),
    # letters stay letters where only the picture looks like a digit
    ("hotmail.com", [run_at(1, "๐")], "hotmail.com"),
    ("กรมการปกครอง", [run_at(3, "๓", 0.99)], "กรมการปกครอง"),
    ("ณ วันที่", [run_at(0, "๓", 0.8)], "ณ วันที่"),
    ("กก", [run_at(0, "๓๓", 0.9)], "กก"),
]


@pytest.mark.parametrize(("engine", "runs", "final"), CASES)
def test_text_with_its_digits_put_right(engine: str, runs: list[Run], final: str) -> None:
    assert put_right(engine_line(engine), runs).text == final


def test_thai_digits_that_only_the_engine_saw_are_never_sure() -> None:
    assert put_right(engine_line("ปี ๒๕๖๖"), []).digits == (0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "run",
    [
        Run((*run_at(3, "๒๕").marks, *run_at(6, "๘").marks)),
        run_at(3, "๓๕๖๖", 0.8),
    ],
)
def test_a_year_the_picture_does_not_confirm_stays_and_is_unsure(run: Run) -> None:
    result = put_right(engine_line("ปี ๒๕๐๕"), [run])
    assert result.text == "ปี ๒๕๐๕"
    assert set(result.digits) == {0.0}


def test_a_letter_at_the_end_of_a_year_is_no_digit() -> None:
    doubtful = Run((*run_at(0, "๓", 0.55).marks, *run_at(2, "๒๕๖๗").marks))
    assert put_right(engine_line("ณ ๒๕๐๓"), [doubtful]).text == "ณ ๒๕๖๗"


def test_a_clear_digit_where_the_engine_read_a_letter_is_not_sure() -> None:
    result = put_right(engine_line("ที่ ๒๔๗ร"), [run_at(4, "๒๔๗๓")])
    assert min(result.digits) <= 90


@pytest.mark.parametrize(
    ("read", "on_page", "text", "sure"),
    [
        ("2566", "2566", "2566", True),
        ("2566", "2568", "2566", False),
        ("2566", None, "2566", False),
        ("11", None, "11", True),
    ],
)
def test_arabic_digits_are_sure_when_both_ways_agree(
    read: str, on_page: str | None, text: str, sure: bool
) -> None:
    result = put_right(engine_line(read), [run_at(0, on_page)] if on_page else [])
    assert result.text == text
    assert (min(result.digits) >= 95) is sure
    assert len(result.digits) == len(text)


@pytest.mark.parametrize(
    ("group", "chances", "lowest"),
    [
        ("๒๕๖๖", (0.99, 0.99, 0.98, 0.97), 97.0),
        ("๒๕๒๖", (0.99, 0.99, 0.98, 0.97), 85.0),
        ("๓๑", (0.97, 0.98), 97.0),
        ("๒๕๔๐", (1.0, 1.0, 1.0, 1.0), 100.0),
    ],
)
def test_years_far_from_ours_need_more_proof(
    group: str, chances: tuple[float, ...], lowest: float
) -> None:
    assert min(sureness(group, chances)) == pytest.approx(lowest)
