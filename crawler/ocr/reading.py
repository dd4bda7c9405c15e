"""One page picture in, its text out: upright, column by column, digits put right."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.ocr.ink import even_light
from crawler.ocr.leaders import without_leaders
from crawler.ocr.marks import PageInk
from crawler.ocr.model import PageReading, TextLine
from crawler.ocr.numbers import put_right
from crawler.ocr.upright import Band, bands_of, straightened, turned

if TYPE_CHECKING:
    from PIL import Image

    from crawler.ocr.engine import Engine
    from crawler.ocr.network import DigitNetwork

_log = logging.getLogger(__name__)
_POOR = 72.0
_THAI = re.compile(r"[ก-๛]")
_SMALL_PRINT = 27
_SMALL_POOR = 88.0
_DIGIT_SURE = 95.0
_MANY_DOUBTFUL = 0.2
_NOISE = 50.0
_LOW_LINE_SURE = 70.0
_SURE_WEIGHT = 20.0


def read_picture(
    picture: Image.Image, page: int, dpi: int, engine: Engine, network: DigitNetwork
) -> PageReading:
    """Read a page of any orientation and light; `dpi` is what it was rendered or scaled to."""
    grey = straightened(even_light(picture))
    best = _read(grey, page, dpi, engine, network)
    if best.confidence >= _POOR and _THAI.search(best.text):
        return best
    for turns in _turns_to_try(grey, engine):
        other = _read(straightened(turned(grey, turns)), page, dpi, engine, network)
        if _merit(other) > _merit(best):
            best = other
        if best.confidence >= _POOR:
            break
    return best


def _turns_to_try(grey: Image.Image, engine: Engine) -> list[int]:
    """Quarter turns worth reading: the one the engine sees, else a quarter and a half."""
    seen = engine.quarter_turns(grey)
    if seen == 0:
        return []
    return [seen] if seen is not None else [1, 3, 2]


def _merit(reading: PageReading) -> float:
    """Confidence weighed by how much Thai was read."""
    return reading.confidence * min(1.0, len(_THAI.findall(reading.text)) / 60)


def _read(
    grey: Image.Image, page: int, dpi: int, engine: Engine, network: DigitNetwork
) -> PageReading:
    grey = without_leaders(grey, dpi)
    lines: list[TextLine] = []
    for band in bands_of(grey):
        part = grey.crop((band.left, band.top, band.right, band.bottom))
        lines.extend(_moved(line, band) for line in engine.lines(part, dpi))
    lines = _without_noise(lines)
    read = [
        put_right(line, runs)
        for line, runs in zip(lines, PageInk(grey, dpi, network).runs(lines), strict=True)
    ]
    letters = sum(len(line.symbols) for line in lines)
    return PageReading(
        page,
        "\n".join(line.text for line in read),
        tuple(sure for line in read for sure in line.digits),
        sum(line.confidence * len(line.symbols) for line in lines) / max(1, letters),
        _typical_height(lines),
    )


def _without_noise(lines: list[TextLine]) -> list[TextLine]:
    """Leave out what the engine reads into pictures, signatures and stray tone marks."""
    low = 0.6 * _typical_height(lines)
    return [
        line
        for line in lines
        if line.confidence >= (_LOW_LINE_SURE if line.height < low else _NOISE)
    ]


def _typical_height(lines: list[TextLine]) -> int:
    heights = sorted(line.height for line in lines)
    return heights[len(heights) // 2] if heights else 0


def needs_finer(reading: PageReading) -> bool:
    """True when the page holds small print that was read poorly or whose digits are doubtful."""
    doubtful = sum(sure < _DIGIT_SURE for sure in reading.digits)
    poor = reading.confidence < _SMALL_POOR or doubtful > _MANY_DOUBTFUL * len(reading.digits)
    return 0 < reading.line_height < _SMALL_PRINT and poor


def is_better(other: PageReading, than: PageReading) -> bool:
    """True when `other`, a finer rendering of the same page, is to be preferred."""
    return _worth(other) > _worth(than) + 1


def _worth(reading: PageReading) -> float:
    sure = sum(figure >= _DIGIT_SURE for figure in reading.digits)
    return reading.confidence + _SURE_WEIGHT * sure / max(1, len(reading.digits))


def _moved(line: TextLine, band: Band) -> TextLine:
    """A line found in a band, in the page's own coordinates."""
    if not band.left and not band.top:
        return line
    across, down = band.left, band.top
    return replace(
        line,
        left=line.left + across,
        top=line.top + down,
        right=line.right + across,
        bottom=line.bottom + down,
        symbols=tuple(
            replace(
                symbol,
                left=symbol.left + across,
                top=symbol.top + down,
                right=symbol.right + across,
                bottom=symbol.bottom + down,
            )
            for symbol in line.symbols
        ),
    )
