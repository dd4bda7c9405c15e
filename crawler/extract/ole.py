"""The container of the old Office formats (OLE compound file): streams by name.

Written after Microsoft's open specification [MS-CFB]; every chain is bounded, so that a file
whose sectors point at each other ends.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from crawler.extract.problems import damaged

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_SHORT_SECTOR = 64
_MAX_ENTRIES = 20_000
_OFFICE = "ไฟล์ Office รุ่นเก่า"


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int
    left: int
    right: int
    child: int


class OleFile:
    """A compound file in memory; `circular` when sectors read so far pointed at each other."""

    def __init__(self, body: bytes) -> None:
        """Read the allocation tables and the directory.

        Raises:
            UnreadableError: the container is damaged.
        """
        if not body.startswith(_MAGIC) or len(body) < 512:
            raise damaged(_OFFICE)
        self._body = body
        self.circular = False
        self._sector = 1 << min(struct.unpack_from("<H", body, 30)[0], 12)
        if self._sector < 512:
            raise damaged(_OFFICE)
        fat_count, directory = struct.unpack_from("<II", body, 44)
        self._cutoff, mini_start, _, difat, difat_count = struct.unpack_from("<IIIII", body, 56)
        self._fat = self._table(self._fat_sectors(fat_count, difat, difat_count))
        self._mini = self._numbers(self._chain(mini_start))
        self._entries = self._directory(directory)
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        self._short = self._chain(root.start)[: root.size] if root else b""
        self._top = self._children(root) if root else {}

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams that do not belong to an embedded object."""
        return frozenset(entry.name for entry in self._top.values())

    def stream(self, name: str) -> bytes | None:
        """The bytes of the stream called `name`, None when there is none."""
        entry = self._top.get(name.lower())
        if entry is None:
            return None
        short = entry.size < self._cutoff
        return self._short_of(entry) if short else self._long_of(entry)

    def readings(self, name: str) -> list[bytes]:
        """Every stream that a lax reader may take for the one called `name`, wherever it hangs.

        Readers differ on damaged files: some look through the whole directory, and some keep to
        the usual border between short and long streams whatever the file says.
        """
        named = [e for e in self._entries if e.name.lower() == name.lower() and e.kind != _ROOT]
        return [read(entry) for entry in named for read in (self._short_of, self._long_of)]

    def _short_of(self, entry: _Entry) -> bytes:
        return self._short_chain(entry.start, entry.size)[: len(self._body)]

    def _long_of(self, entry: _Entry) -> bytes:
        return self._chain(entry.start)[: min(entry.size, len(self._body))]

    def _children(self, root: _Entry) -> dict[str, _Entry]:
        """The streams directly below the root, by their names in small letters."""
        found: dict[str, _Entry] = {}
        stack = [root.child]
        seen: set[int] = set()
        while stack:
            index = stack.pop()
            if index in seen or index >= len(self._entries):
                continue
            seen.add(index)
            entry = self._entries[index]
            stack.extend((entry.left, entry.right))
            if entry.kind == _STREAM:
                found[entry.name.lower()] = entry
        return found

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._body[start : start + self._sector]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _fat_sectors(self, count: int, difat: int, difat_count: int) -> list[int]:
        sectors = list(self._numbers(self._body[76:512]))
        for _ in range(min(difat_count, len(self._body) // self._sector)):
            if difat >= _LAST:
                break
            numbers = self._numbers(self._at(difat))
            if not numbers:
                break
            sectors.extend(numbers[:-1])
            difat = numbers[-1]
        limit = len(self._body) // self._sector + 1
        return [sector for sector in sectors if sector < _LAST][: min(count, limit)]

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        return self._numbers(b"".join(map(self._at, sectors)))

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        sector = start
        for _ in range(min(len(self._fat), len(self._body) // self._sector + 1)):
            if sector >= len(self._fat):
                break
            parts.append(self._at(sector))
            sector = self._fat[sector]
        else:
            self.circular = self.circular or sector < len(self._fat)
        return b"".join(parts)

    def _short_chain(self, start: int, size: int) -> bytes:
        parts: list[bytes] = []
        sector = start
        for _ in range(min(len(self._mini), size // _SHORT_SECTOR + 1)):
            if sector >= len(self._mini):
                break
            parts.append(self._short[sector * _SHORT_SECTOR : (sector + 1) * _SHORT_SECTOR])
            sector = self._mini[sector]
        return b"".join(parts)[:size]

    def _directory(self, start: int) -> list[_Entry]:
        data = self._chain(start)
        entries: list[_Entry] = []
        for offset in range(0, min(len(data), _MAX_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            raw = data[offset : offset + _ENTRY]
            length = struct.unpack_from("<H", raw, 64)[0]
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<III", raw, 68)
            first, size = struct.unpack_from("<II", raw, 116)
            entries.append(_Entry(name, raw[66], first, size, left, right, child))
        return entries
