"""Lines of text with known digits, rendered, worn, and cut into labelled cells for training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from bench.digits.wear import Wear, worn
from crawler.ocr.cells import Cell, cells_of, crop, joined, splits
from crawler.ocr.ink import even_light, ink_of, pieces_of, threshold_of
from crawler.ocr.network import ARABIC_DIGITS, CLASSES, OTHER, THAI_DIGITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bench.digits.faces import Face

_CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_VOWELS = ["", "", "ะ", "า", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ำ", "ั"]
_LEADS = ["", "", "", "เ", "แ", "โ", "ใ", "ไ"]
_TONES = ["", "", "", "่", "้", "๊", "๋", "์"]
_WORDS = [
    "พ.ศ.", "ประจำปีงบประมาณ", "วันที่", "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม",
    "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม", "รายงานผล",
    "แผนปฏิบัติราชการ", "ประกาศ", "เรื่อง", "ข้อ", "มาตรา", "จำนวน", "บาท", "ร้อยละ", "รอบ", "เดือน",
    "คำสั่ง", "ที่", "ฉบับที่", "ฎีกา", "องค์การบริหารส่วนตำบล", "เทศบาล", "ๆ", "ฯลฯ", "ฯ",
]  # fmt: skip
_LATIN = "abcdefghijklmnpqrstuvwxyzABCDEFGHIJKLMNPQRSTUVWXYZ"
_MARKS = ["/", "-", ".", ",", "(", ")", ":", "%", '"', "–", "=", "|"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A digit and the columns of its ink in the rendered line, in pixels."""

    digit: str
    left: float
    right: float


def text_of(random: np.random.Generator) -> list[str]:
    """A line as runs of digits, words, Latin letters and signs, years and dates among them."""
    runs: list[str] = []
    while sum(map(len, runs)) < 42:
        kind = random.random()
        if kind < 0.55:
            runs.append(_number(random))
        elif kind < 0.68:
            runs.append(str(random.choice(_WORDS)))
        elif kind < 0.88:
            runs.append("".join(_syllable(random) for _ in range(random.integers(1, 5))))
        elif kind < 0.93:
            runs.append("".join(random.choice(list(_LATIN), random.integers(2, 6))))
        runs.append(str(random.choice(_MARKS)) if random.random() < 0.3 else " ")
    return runs


def _number(random: np.random.Generator) -> str:
    digits = THAI_DIGITS if random.random() < 0.7 else ARABIC_DIGITS
    if random.random() < 0.25:
        return "".join(digits[int(d)] for d in str(random.integers(2540, 2580)))
    return "".join(random.choice(list(digits), random.integers(1, 6)))


def _syllable(random: np.random.Generator) -> str:
    return "".join(
        str(random.choice(part))
        for part in (_LEADS, list(_CONSONANTS), _VOWELS, _TONES)
    )  # fmt: skip


def drawn(
    face: Face,
    runs: Sequence[str],
    height: float,
    random: np.random.Generator,
    *,
    worn_type: bool = True,
) -> tuple[Image.Image, list[Placed]]:
    """A rendered line whose round digits are `height` pixels high, and where its digits stand.

    `worn_type` spaces letters wider or closer at times and draws strokes of handwriting.
    """
    scale = 3
    probe = face.font(200).getbbox("๑")
    size = max(8, round(200 * height * scale / max(1.0, probe[3] - probe[1])))
    tracking = random.choice([0, 0, 0, 0.02, 0.05, -0.03]) * size if worn_type else 0.0
    page = Image.new("L", (int(size * 0.62 * sum(map(len, runs))) + size, int(size * 2.2)), 255)
    pen = ImageDraw.Draw(page)
    baseline = int(size * 1.45)
    across = size * 0.4
    placed = []
    for run in runs:
        latin = run.isascii()
        font = face.font(size, thai=not latin)
        for part in run if run[0] in THAI_DIGITS + ARABIC_DIGITS else [run]:
            pen.text((across, baseline), part, font=font, fill=0, anchor="ls")
            if part in CLASSES:
                left, _, right, _ = pen.textbbox((across, baseline), part, font=font, anchor="ls")
                placed.append(Placed(part, left / scale, right / scale))
            across += font.getlength(part) + tracking
    page = page.crop((0, 0, min(page.width, int(across + size * 0.4)), page.height))
    if worn_type and random.random() < 0.06:
        _scribble(pen, page, random)
    small = page.resize((page.width // scale, page.height // scale), Image.Resampling.BOX)
    return small, placed


def _scribble(pen: ImageDraw.ImageDraw, page: Image.Image, random: np.random.Generator) -> None:
    """A stroke of handwriting across the line."""
    across = random.uniform(0, page.width, 6).cumsum() % page.width
    down = random.uniform(0, page.height, 6)
    pen.line(list(zip(across, down, strict=True)), fill=60, width=int(page.height / 40) + 1)


def samples(face: Face, random: np.random.Generator) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Labelled crops of one random line, cut exactly as pages are read."""
    height = float(np.exp(random.uniform(np.log(7.5), np.log(30))))
    line, placed = drawn(face, text_of(random), height, random)
    wear = Wear.drawn(random).kept_legible(height)
    picture = even_light(worn(line, wear, random))
    ink = ink_of(picture)
    level = threshold_of(ink) * random.uniform(0.75, 1.3)
    pieces = pieces_of(ink > level, dpi=height * 14)
    cells = cells_of(pieces.pieces, line_height=2.2 * height)
    for index, cell in enumerate(cells):
        options = [(cell,), *splits(cell, ink, pieces)]
        if index and cells[index].left - cells[index - 1].right < 0.3 * height:
            options.append((joined(cells[index - 1 : index + 1]),))
        for parts in options:
            for part in parts:
                label = _label(part, placed)
                if label is not None:
                    yield crop(part, ink, pieces), label


def _label(cell: Cell, placed: Sequence[Placed]) -> int | None:
    """The class of a cell; None when it is neither clearly one digit nor clearly none."""
    best, digit, touched = 0.0, OTHER, 0
    for known in placed:
        shared = min(cell.right, known.right) - max(cell.left, known.left)
        if shared <= 0:
            continue
        whole = max(cell.right, known.right) - min(cell.left, known.left)
        touched += shared > 0.3 * (known.right - known.left)
        if shared / whole > best:
            best, digit = shared / whole, known.digit
    if best > 0.72 and touched == 1:
        return CLASSES.index(digit)
    if best < 0.5 or touched > 1:
        return CLASSES.index(OTHER)
    return None
