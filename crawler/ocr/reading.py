"""One page picture in, its text out: upright, column by column, digits put right."""

from __future__ import annotations

import logging
import re
from statistics import fmean
from typing import TYPE_CHECKING

from crawler.ocr.ink import even_light
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
_NOISE_CONFIDENCE = 45.0


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
    lines: list[TextLine] = []
    for band in bands_of(grey):
        part = grey.crop((band.left, band.top, band.right, band.bottom))
        lines.extend(_moved(line, band) for line in engine.lines(part, dpi))
    lines = [line for line in lines if _confidence(line) >= _NOISE_CONFIDENCE]
    read = [
        put_right(line, runs)
        for line, runs in zip(lines, PageInk(grey, dpi, network).runs(lines), strict=True)
    ]
    heights = sorted(line.height for line in lines)
    return PageReading(
        page,
        "\n".join(line.text for line in read),
        tuple(sure for line in read for sure in line.digits),
        fmean([s.confidence for line in lines for s in line.symbols]) if lines else 0.0,
        heights[len(heights) // 2] if heights else 0,
    )


def needs_finer(reading: PageReading) -> bool:
    """True when the page holds small print that was read poorly or whose digits are doubtful."""
    doubtful = sum(sure < _DIGIT_SURE for sure in reading.digits)
    poor = reading.confidence < _SMALL_POOR or doubtful > _MANY_DOUBTFUL * len(reading.digits)
    return 0 < reading.line_height < _SMALL_PRINT and poor


def is_better(other: PageReading, than: PageReading) -> bool:
    """True when `other`, a finer rendering of the same page, is to be preferred."""
    return other.confidence > than.confidence + 1


def _confidence(line: TextLine) -> float:
    return fmean(symbol.confidence for symbol in line.symbols)


def _moved(line: TextLine, band: Band) -> TextLine:
    """A line found in a band, in the page's own coordinates."""
    if not band.left and not band.top:
        return line
    symbols = tuple(
        type(s)(s.text, s.left + band.left, s.top + band.top, s.right + band.left,
                s.bottom + band.top, s.confidence, s.spaced)
        for s in line.symbols
    )  # fmt: skip
    return TextLine(
        line.left + band.left, line.top + band.top, line.right + band.left,
        line.bottom + band.top, symbols,
    )  # fmt: skip
