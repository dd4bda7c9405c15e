"""What a legacy Excel workbook claims of its cells, looked at before its reader sets room aside.

The reader makes a table as large as a sheet says it is, and as its farthest cell, and ends its
process where there is no such room. Sheets have at most 65,536 rows and 256 columns ([MS-XLS],
2.4.90), whatever a file says.
"""

from __future__ import annotations

import struct

from crawler.extract.ole import OleFile

_ROWS, _COLUMNS = 65_536, 256
_DIMENSIONS = 0x0200
_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_BOUND_SHEET = 0x0085


def is_impossible(body: bytes) -> bool:
    """True when the workbook in the container `body` has no end, or rows or columns of no sheet.

    Raises:
        UnreadableError: the container is damaged.
    """
    container = OleFile(body)
    streams = [*container.readings("Workbook"), *container.readings("Book")]
    if container.circular or _has_endless_table(body):
        return True
    return any(_says_impossible(stream) for stream in dict.fromkeys(streams))


def _says_impossible(stream: bytes) -> bool:
    seen, starts = bytearray(len(stream)), [0]
    while starts:
        if _is_impossible_from(starts.pop(), stream, seen, starts):
            return True
    return False


def _is_impossible_from(place: int, stream: bytes, seen: bytearray, starts: list[int]) -> bool:
    """Whether a record from `place` on is of no sheet; each place is `seen` once.

    The places at which sheets are said to begin join `starts`: the reader jumps there, and reads
    other records than a walk from the beginning meets.
    """
    while place + 8 <= len(stream) and not seen[place]:
        seen[place] = 1
        kind, size, low, column = struct.unpack_from("<HHHH", stream, place)
        if kind in _CELLS and size >= 4 and column >= _COLUMNS:
            return True
        if kind == _DIMENSIONS and not _is_possible(stream[place + 4 : place + 4 + size]):
            return True
        if kind == _BOUND_SHEET and size >= 4:
            starts.append(low | column << 16)
        place += 4 + size
    return False


def _has_endless_table(body: bytes) -> bool:
    """Whether the sectors that list the container's allocation table point at each other."""
    sector = 1 << min(struct.unpack_from("<H", body, 30)[0], 12)
    place: int = struct.unpack_from("<I", body, 68)[0]
    for _ in range(len(body) // sector + 1):
        end = (place + 2) * sector
        if end > len(body):
            return False
        place = struct.unpack_from("<I", body, end - 4)[0]
    return True


def _is_possible(dimensions: bytes) -> bool:
    """Whether a sheet may have these first and last rows and columns, the last not included."""
    if len(dimensions) >= 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", dimensions)
    elif len(dimensions) >= 8:
        top, bottom, left, right = struct.unpack_from("<HHHH", dimensions)
    else:
        return False
    return bool(top <= bottom <= _ROWS and left <= right <= _COLUMNS)
