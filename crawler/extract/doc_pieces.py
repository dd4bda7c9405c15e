"""The text of a legacy Word file and what its formatting says of each paragraph: [MS-DOC]."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checklist.evidence import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extract.ole import OleFile

_PAGE = 512
_MAX_PIECES = 200_000
_MAX_CHARS = 10_000_000
_ENCRYPTED = 0x0100
_TABLE_ONE = 0x0200
_IN_TABLE, _ROW_END, _OUTLINE, _VANISH = 0x2416, 0x2417, 0x2640, 0x083C
# How many bytes an operand takes, by the upper three bits of its code; 6 means "stated".
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_BIG_TABLE = 0xD608
_TITLE_STYLES = {62: 1, 74: 1}


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    offset: int
    wide: bool


@dataclass(frozen=True, slots=True)
class _Runs:
    """Properties that hold over stretches of the file: sorted starts, ends and values."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[tuple[int, dict[int, int]]] = field(default_factory=list)

    def at(self, offset: int) -> tuple[int, dict[int, int]]:
        place = bisect_right(self.starts, offset) - 1
        if place < 0 or offset >= self.ends[place]:
            return 0, {}
        return self.values[place]


@dataclass(frozen=True, slots=True)
class WordText:
    """All characters of a file; `body` is the main text, `parts` what follows it.

    `parts` are (region, start, end) of footnotes, page headers and text boxes, in characters.
    """

    chars: str = ""
    body: str = ""
    parts: tuple[tuple[Region, int, int], ...] = ()
    locked: bool = False
    pieces: tuple[_Piece, ...] = ()
    paragraphs: _Runs = field(default_factory=_Runs)
    hidden: tuple[tuple[int, int], ...] = ()
    levels: dict[int, int] = field(default_factory=dict)

    def shown(self, start: int, end: int) -> str:
        """The characters from `start` to `end` that are not hidden."""
        return "".join(self.chars[a:b] for a, b, unseen in self._split(start, end) if not unseen)

    def unseen(self, start: int, end: int) -> str:
        """The hidden characters from `start` to `end`."""
        return "".join(self.chars[a:b] for a, b, unseen in self._split(start, end) if unseen)

    def level(self, mark: int) -> int | None:
        """The heading level (1 to 9) of the paragraph whose mark stands at `mark`."""
        style, changes = self._paragraph(mark)
        outline = changes.get(_OUTLINE)
        if outline is not None:
            return outline + 1 if outline < 9 else None
        return self.levels.get(style)

    def in_table(self, mark: int) -> bool:
        """True when the paragraph with its mark at `mark` stands in a table."""
        return bool(self._paragraph(mark)[1].get(_IN_TABLE))

    def ends_row(self, mark: int) -> bool:
        """True when the mark at `mark` ends a row of a table."""
        return bool(self._paragraph(mark)[1].get(_ROW_END))

    def _paragraph(self, mark: int) -> tuple[int, dict[int, int]]:
        place = bisect_right(self.pieces, mark, key=lambda piece: piece.start) - 1
        if place < 0 or mark >= self.pieces[place].end:
            return 0, {}
        piece = self.pieces[place]
        return self.paragraphs.at(piece.offset + (mark - piece.start) * (2 if piece.wide else 1))

    def _split(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        place = start
        first = max(0, bisect_right(self.hidden, (start, 0)) - 1)
        for low, high in self.hidden[first:]:
            if low >= end:
                break
            if high <= place:
                continue
            if low > place:
                yield place, low, False
            yield max(low, place), min(high, end), True
            place = min(high, end)
        if place < end:
            yield place, end, False


def read_text(container: OleFile) -> WordText | None:
    """The text of the Word file in `container`; None when it is damaged or not Word 97+."""
    main = container.stream("WordDocument")
    if main is None or len(main) < 0x1AA or struct.unpack_from("<H", main, 2)[0] < 0x00C1:
        return None
    flags = struct.unpack_from("<H", main, 10)[0]
    if flags & _ENCRYPTED:
        return WordText(locked=True)
    table = container.stream("1Table" if flags & _TABLE_ONE else "0Table")
    if table is None:
        return None
    try:
        pieces = tuple(_pieces(_slice(main, table, 0x1A2)))
        paragraphs = _runs(main, _slice(main, table, 0x102), is_paragraph=True)
        runs = _runs(main, _slice(main, table, 0xFA), is_paragraph=False)
    except (struct.error, IndexError):
        return None
    chars = "".join(_decode(main, piece) for piece in pieces)[:_MAX_CHARS]
    counts = struct.unpack_from("<8i", main, 0x4C)
    body_end, parts = _parts(counts, len(chars))
    hidden = tuple(_hidden(pieces, runs))
    levels = _levels(_slice(main, table, 0xA2))
    return WordText(chars, chars[:body_end], parts, False, pieces, paragraphs, hidden, levels)


def _levels(sheet: bytes) -> dict[int, int]:
    """The heading level of each style, by its place in the style sheet."""
    levels = {style: style for style in range(1, 10)}
    if len(sheet) < 4:
        return levels
    place = 2 + struct.unpack_from("<H", sheet)[0]
    for style in range(struct.unpack_from("<H", sheet, 2)[0]):
        if place + 4 > len(sheet):
            break
        size, identity = struct.unpack_from("<HH", sheet, place)
        if size and (level := _TITLE_STYLES.get(identity & 0xFFF)):
            levels[style] = level
        place += 2 + size + size % 2
    return levels


def _slice(main: bytes, table: bytes, place: int) -> bytes:
    start, size = struct.unpack_from("<II", main, place)
    return table[start : start + size]


def _pieces(data: bytes) -> Iterator[_Piece]:
    place = 0
    while place < len(data) and data[place] == 1:
        place += 3 + struct.unpack_from("<H", data, place + 1)[0]
    if place >= len(data) or data[place] != 2:
        raise struct.error("no piece table")
    size = struct.unpack_from("<I", data, place + 1)[0]
    data = data[place + 5 : place + 5 + size]
    count = min((len(data) - 4) // 12, _MAX_PIECES)
    ends = struct.unpack_from(f"<{count + 1}I", data)
    for index in range(count):
        packed = struct.unpack_from("<I", data, 4 * (count + 1) + 8 * index + 2)[0]
        wide = not packed & 0x40000000
        offset = packed & 0x3FFFFFFF
        if ends[index] < ends[index + 1] <= _MAX_CHARS:
            yield _Piece(ends[index], ends[index + 1], offset if wide else offset // 2, wide)


def _decode(main: bytes, piece: _Piece) -> str:
    length = piece.end - piece.start
    if piece.wide:
        raw = main[piece.offset : piece.offset + 2 * length]
        # Letters beyond the first plane count as two: the places must not move.
        text = "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))
    else:
        text = main[piece.offset : piece.offset + length].decode("cp1252", "replace")
    return "".join(c if not 0xD800 <= ord(c) < 0xE000 else "\ufffd" for c in text).ljust(length)


def _parts(counts: tuple[int, ...], size: int) -> tuple[int, tuple[tuple[Region, int, int], ...]]:
    """Where the body ends, and the parts behind it: [MS-DOC] 2.4.1 gives their order."""
    body, notes, margins, _macros, comments, endnotes, boxes, margin_boxes = (
        max(0, count) for count in counts
    )
    place = min(body, size)
    found: list[tuple[Region, int, int]] = []
    for length, region in (
        (notes, Region.MAIN),
        (margins, Region.FOOTER),
        (comments, None),
        (endnotes, Region.MAIN),
        (boxes, Region.MAIN),
        (margin_boxes, Region.FOOTER),
    ):
        end = min(place + length, size)
        if region is not None and end > place:
            found.append((region, place, end))
        place = end
    return min(body, size), tuple(found)


def _runs(main: bytes, plc: bytes, *, is_paragraph: bool) -> _Runs:
    """The properties of paragraphs or of characters, by their place in the file."""
    count = (len(plc) - 4) // 8
    runs = _Runs()
    if count <= 0:
        return runs
    pages = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1))
    found: dict[int, tuple[int, tuple[int, dict[int, int]]]] = {}
    for page in dict.fromkeys(pages):
        data = main[(page & 0x3FFFFF) * _PAGE : ((page & 0x3FFFFF) + 1) * _PAGE]
        if len(data) < _PAGE:
            continue
        held = data[511]
        if 4 * (held + 1) + held > 511:
            continue
        bounds = struct.unpack_from(f"<{held + 1}I", data)
        for index in range(held):
            value = _papx(data, held, index) if is_paragraph else _chpx(data, held, index)
            found[bounds[index]] = (bounds[index + 1], value)
    for start in sorted(found):
        end, value = found[start]
        runs.starts.append(start)
        runs.ends.append(end)
        runs.values.append(value)
    return runs


def _papx(data: bytes, held: int, index: int) -> tuple[int, dict[int, int]]:
    place = 2 * data[4 * (held + 1) + 13 * index] if 4 * (held + 1) + 13 * index < 511 else 0
    if not place:
        return 0, {}
    length = data[place]
    if length:
        start, size = place + 1, 2 * length - 1
    else:
        start, size = place + 2, 2 * data[place + 1] if place + 1 < _PAGE else 0
    block = data[start : start + size]
    if len(block) < 2:
        return 0, {}
    return struct.unpack_from("<H", block)[0], _changes(block[2:])


def _chpx(data: bytes, held: int, index: int) -> tuple[int, dict[int, int]]:
    place = 2 * data[4 * (held + 1) + index]
    return (0, _changes(data[place + 1 : place + 1 + data[place]])) if place else (0, {})


def _changes(block: bytes) -> dict[int, int]:
    """Property codes and the first byte of their operands."""
    found: dict[int, int] = {}
    place = 0
    while place + 2 < len(block):
        code = struct.unpack_from("<H", block, place)[0]
        place += 2
        found[code] = block[place]
        size = _OPERANDS.get(code >> 13)
        if size is None:
            stated = (
                struct.unpack_from("<H", block, place)[0]
                if code == _BIG_TABLE and (place + 1 < len(block))
                else block[place]
            )
            size = stated + 1
        place += size
    return found


def _hidden(pieces: tuple[_Piece, ...], runs: _Runs) -> Iterator[tuple[int, int]]:
    """The stretches of characters that are marked hidden."""
    stretches = [
        (start, end)
        for start, end, (_, changes) in zip(runs.starts, runs.ends, runs.values, strict=True)
        if changes.get(_VANISH, 0) & 1
    ]
    if not stretches:
        return
    for piece in pieces:
        width = 2 if piece.wide else 1
        piece_end = piece.offset + (piece.end - piece.start) * width
        for start, end in stretches:
            low, high = max(start, piece.offset), min(end, piece_end)
            if low < high:
                yield (
                    piece.start + (low - piece.offset) // width,
                    piece.start + (high - piece.offset) // width,
                )
