"""Digits as the network reads them from the picture, in typefaces it was and was not taught."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crawler.ocr.cells import SIDE, Cell, cells_of, crops, joined, splits
from crawler.ocr.ink import even_light, ink_of, pieces_of, threshold_of
from crawler.ocr.marks import PageInk, renderings
from crawler.ocr.model import TextLine
from crawler.ocr.network import CLASSES, OTHER, THAI_DIGITS, shipped
from tests.crawler.ocr import scanned

TAUGHT = ["Garuda", "Norasi", "Kinnari", "Loma"]
NEVER_TAUGHT = ["Laksaman", "Waree", "Laksaman-Bold", "Waree-Bold"]


def read(picture: Image.Image) -> list[tuple[str, float]]:
    """The runs of digits of a picture that holds one line, with their chances."""
    line = TextLine(0, 0, picture.width, picture.height, ())
    runs = PageInk(even_light(picture), 200, shipped()).runs([line])[0]
    return [(run.text, run.chance) for run in runs]


@pytest.mark.parametrize("face", TAUGHT + NEVER_TAUGHT)
@pytest.mark.parametrize("year", ["๒๕๖๕", "๒๕๖๖", "๒๕๖๘", "๒๕๗๐", "๒๕๕๙", "๒๕๔๓", "๑๒๓๔"])
def test_a_year_standing_free(face: str, year: str) -> None:
    runs = read(scanned.line(f"ปี {year} กท", face))
    assert [text for text, chance in runs if chance > 0.9] == [year]


@pytest.mark.parametrize("text", ["พระราชบัญญัติ", "องค์การบริหารส่วนตำบล", "ณ ฐาน ฎีกา ฏ ฑ ด ต ค ถ"])
@pytest.mark.parametrize("face", ["Laksaman", "Norasi"])
def test_letters_are_not_surely_digits(face: str, text: str) -> None:
    assert [
        run for run in read(scanned.line(text, face)) if run[1] > 0.97 and len(run[0]) > 1
    ] == []


def test_digits_that_touch_are_cut_apart() -> None:
    line = scanned.line("ปี ๒๕๖๖ กท", "Laksaman")
    # Two columns of paper between digits are closed with ink as a blurred copy would.
    ink = np.asarray(line) < 128
    holes = np.flatnonzero(~ink.any(axis=0))
    values = np.asarray(line).copy()
    runs = read(line)
    gap = [x for x in holes if 100 < x < line.width - 100]
    middle = int(np.flatnonzero(ink.any(axis=1)).mean())
    values[middle : middle + 3, gap[0] : gap[-1]] = 0
    assert runs
    assert read(line)[0][0] == "๒๕๖๖"
    assert all(len(text) <= 4 for text, _ in read(Image.fromarray(values)))


def test_a_blank_page_and_a_black_page_hold_no_digits() -> None:
    assert read(Image.new("L", (300, 80), 255)) == []
    assert read(Image.new("L", (300, 80), 0)) == []


def test_seven_renderings_of_one_digit_agree() -> None:
    picture = even_light(scanned.line("๖", "Laksaman", 60))
    ink = ink_of(picture)
    pieces = pieces_of(ink > threshold_of(ink), 200)
    cell = joined(cells_of(pieces.pieces, 60))
    views = renderings(crops([cell], ink, pieces)[0])
    assert views.shape == (7, SIDE, SIDE)
    best = shipped().probabilities(views).argmax(axis=1)
    assert {CLASSES[place] for place in best} == {"๖"}


def test_probabilities_sum_to_one_for_every_class() -> None:
    noise = np.random.default_rng(1).random((9, SIDE, SIDE)).astype(np.float32)
    chances = shipped().probabilities(noise)
    assert chances.shape == (9, len(CLASSES))
    assert CLASSES[-1] == OTHER
    assert CLASSES[:10] == THAI_DIGITS
    assert chances.sum(axis=1) == pytest.approx(1.0, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=9, max_size=9), min_size=1, max_size=9))
def test_pieces_are_those_of_a_flood(rows: list[list[bool]]) -> None:
    mask = np.array(rows, dtype=bool)
    found = pieces_of(mask, dpi=200)
    assert len(found.pieces) == flooded(mask)
    assert sum(piece.area for piece in found.pieces) == int(mask.sum())
    assert np.array_equal(found.labels > 0, mask)


def flooded(mask: np.ndarray) -> int:
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    count = 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            y, x = edge.pop()
            near = {(y + a, x + b) for a in (-1, 0, 1) for b in (-1, 0, 1)} & left
            left -= near
            edge.extend(near)
    return count


def test_the_line_of_a_form_does_not_join_what_stands_on_it() -> None:
    mask = np.zeros((40, 400), dtype=bool)
    mask[30:32, :] = True
    mask[10:30, 50:60] = mask[10:30, 100:110] = True
    assert len(pieces_of(mask, dpi=200).pieces) == 2


def test_shadows_are_evened_out() -> None:
    values = np.tile(np.linspace(110, 250, 600), (200, 1))
    values[90:96, 40:560:40] = 20
    flat = np.asarray(even_light(Image.fromarray(values.astype(np.uint8))))
    paper = flat[20:60, 20:580]
    assert paper.min() > 225


def test_a_narrow_cell_is_never_cut() -> None:
    mask = np.zeros((40, 40), dtype=bool)
    mask[5:35, 10:16] = True
    pieces = pieces_of(mask, 200)
    assert splits(Cell(10, 5, 16, 35, (1,)), mask.astype(np.float32), pieces) == ()
