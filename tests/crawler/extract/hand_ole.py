"""Small OLE compound files written by hand: the container of the old Office formats."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MIN = 4096


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of version 3 with `streams` below its root, each padded to 4096 bytes."""
    directory_sectors = (len(streams) + 1 + 3) // 4
    sectors: list[bytes] = []
    table: list[int] = []

    def add(data: bytes) -> int:
        count = max(1, -(-len(data) // 512))
        first = len(sectors)
        for index in range(count):
            sectors.append(data[index * 512 : index * 512 + 512].ljust(512, b"\0"))
            table.append(first + index + 1 if index + 1 < count else _END)
        return first

    add(b"")
    table[0] = _FAT
    directory_start = add(b"\0" * 512 * directory_sectors)
    entries = [entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(_MIN, b"\0")
        right = number + 1 if number < len(streams) else _FREE
        entries.append(entry(name, 2, add(padded), len(padded), right=right))
    directory = b"".join(entries).ljust(512 * directory_sectors, b"\0")
    for index in range(directory_sectors):
        sectors[directory_start + index] = directory[index * 512 : index * 512 + 512]
    assert len(table) <= 128, "too much for one allocation sector"
    sectors[0] = struct.pack("<128I", *(table + [_FREE] * (128 - len(table))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIIII", 1, directory_start, 0, _MIN, _END, 0, _END, 0, 0)
    return head + struct.pack("<I", _FREE) * 108 + b"".join(sectors)


def entry(
    name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE
) -> bytes:
    """One entry of the directory."""
    raw = name.encode("utf-16-le")
    body = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
    body += struct.pack("<III", _FREE, right, child) + b"\0" * 36
    return body + struct.pack("<IQ", start, size)
