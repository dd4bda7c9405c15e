"""Small real pictures for the demonstration sites, drawn without a drawing library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import cache

Colour = tuple[int, int, int]
_HEADER = slice(16, 29)
_DATA = 41


@cache
def portrait(number: int) -> bytes:
    """A PNG of 60 x 75 pixels: head and shoulders before a plain ground."""
    shade = 90 + (number * 37) % 120

    def colour(x: int, y: int) -> Colour:
        if (x - 30) ** 2 + (y - 28) ** 2 < 15**2:
            return (236, 200, 170)
        if y > 48 and abs(x - 30) < 10 + (y - 48):
            return (60, 60, shade)
        return (shade, 190, 220)

    return png(60, 75, colour)


@cache
def chart() -> bytes:
    """A PNG of an organisation chart: one box above three."""
    boxes = ((130, 20, 190, 50), (20, 100, 90, 140), (125, 100, 195, 140), (230, 100, 300, 140))

    def colour(x: int, y: int) -> Colour:
        inside = any(left <= x < right and top <= y < bottom for left, top, right, bottom in boxes)
        line = (158 <= x < 162 and 50 <= y < 75) or (55 <= x < 265 and 73 <= y < 77)
        drop = 77 <= y < 100 and any(abs(x - mid) < 2 for mid in (55, 160, 264))
        return (40, 90, 160) if inside else (90, 90, 90) if line or drop else (255, 255, 255)

    return png(320, 180, colour)


@cache
def scan() -> bytes:
    """A PNG like a scanned page: grey lines of writing that no one can search."""

    def colour(x: int, y: int) -> Colour:
        written = 30 <= x < 270 and y % 14 < 5 and 40 <= y < 390 and (x * 7 + y) % 23 > 4
        return (70, 70, 75) if written else (250, 250, 246)

    return png(300, 424, colour)


@cache
def meeting() -> bytes:
    """A PNG of a meeting room: rows of heads before a screen."""

    def colour(x: int, y: int) -> Colour:
        if 60 <= x < 180 and 15 <= y < 65:
            return (245, 245, 255)
        if y > 80 and ((x % 30) - 15) ** 2 + ((y - 80) % 26 - 13) ** 2 < 64:
            return (50, 45, 45)
        return (150, 120, 90)

    return png(240, 150, colour)


def png(width: int, height: int, colour: Callable[[int, int], Colour]) -> bytes:
    """A PNG file of `width` x `height` pixels whose pixel (x, y) is `colour(x, y)`."""
    rows = b"".join(
        b"\0" + bytes(value for x in range(width) for value in colour(x, y)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _file(header, rows)


def rolled(picture: bytes, by: int) -> bytes:
    """A PNG that `png` made, moved `by` pixels along its rows; what leaves comes in at the end."""
    header = picture[_HEADER]
    width, height = struct.unpack(">II", header[:8])
    (length,) = struct.unpack(">I", picture[_DATA - 8 : _DATA - 4])
    rows = zlib.decompress(picture[_DATA : _DATA + length])
    line = 3 * width
    flat = b"".join(rows[n * (line + 1) + 1 : (n + 1) * (line + 1)] for n in range(height))
    moved = flat[3 * by :] + flat[: 3 * by]
    return _file(header, b"".join(b"\0" + moved[n * line : (n + 1) * line] for n in range(height)))


def _file(header: bytes, rows: bytes) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
