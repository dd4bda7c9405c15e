"""The two tables of a TrueType font that a hand-made PDF needs: character to glyph, and widths."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_UNICODE_TABLES = ((3, 1), (0, 3), (0, 4), (3, 10))


@dataclass(frozen=True)
class TrueType:
    """A font file: its bytes, glyph numbers by character, widths in thousandths of the size."""

    name: str
    body: bytes
    glyphs: dict[str, int]
    widths: tuple[int, ...]

    def width(self, char: str) -> int:
        """The advance of `char` in thousandths of the font size; 0 for combining marks."""
        return self.widths[min(self.glyphs.get(char, 0), len(self.widths) - 1)]


@cache
def load(path: Path) -> TrueType:
    """Read the font at `path`.

    Raises:
        OSError: the file cannot be read.
        ValueError: it has no Unicode table of format 4, which every Thai font here has.
    """
    body = path.read_bytes()
    tables = {
        body[at : at + 4]: struct.unpack(">II", body[at + 8 : at + 16])
        for at in range(12, 12 + 16 * struct.unpack(">H", body[4:6])[0], 16)
    }
    units = struct.unpack(">H", body[tables[b"head"][0] + 18 :][:2])[0]
    count = struct.unpack(">H", body[tables[b"hhea"][0] + 34 :][:2])[0]
    start = tables[b"hmtx"][0]
    widths = tuple(
        round(struct.unpack(">H", body[start + 4 * index :][:2])[0] * 1000 / units)
        for index in range(count)
    )
    return TrueType(path.stem, body, _glyphs(body, tables[b"cmap"][0], path), widths)


def _glyphs(body: bytes, start: int, path: Path) -> dict[str, int]:
    found: dict[tuple[int, int], int] = {}
    for index in range(struct.unpack(">H", body[start + 2 : start + 4])[0]):
        platform, encoding, offset = struct.unpack(">HHI", body[start + 4 + 8 * index :][:8])
        found[platform, encoding] = start + offset
    for key in _UNICODE_TABLES:
        if key in found and struct.unpack(">H", body[found[key] :][:2])[0] == 4:
            return dict(_format_4(body, found[key]))
    raise ValueError(f"{path}: no Unicode character table of format 4")


def _format_4(body: bytes, at: int) -> list[tuple[str, int]]:
    double = struct.unpack(">H", body[at + 6 : at + 8])[0]
    count = double // 2

    def column(place: int, kind: str) -> tuple[int, ...]:
        return struct.unpack(f">{count}{kind}", body[at + place :][:double])

    ends = column(14, "H")
    starts = column(16 + double, "H")
    deltas = column(16 + 2 * double, "h")
    ranges = column(16 + 3 * double, "H")
    pairs = []
    for segment in range(count):
        for code in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code
            if ranges[segment]:
                place = at + 16 + 3 * double + 2 * segment
                place += ranges[segment] + 2 * (code - starts[segment])
                glyph = struct.unpack(">H", body[place : place + 2])[0]
            if glyph or not ranges[segment]:
                pairs.append((chr(code), (glyph + deltas[segment]) & 0xFFFF))
    return pairs
