"""The cells of an overview on the disk until they are written: of a country there are 350,000."""

from __future__ import annotations

import os
import tempfile
import weakref
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import overload

from pydantic import TypeAdapter

from results.overview_lines import Cell

_FAST = 1


class CellShelf:
    """A file without a name that holds the cells of units; gone with its last reader.

    Raises `OSError` when the disk is full or cannot be read.
    """

    def __init__(self) -> None:
        """Nothing is put down yet."""
        with tempfile.TemporaryFile() as file:
            self._handle = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._handle)
        self._end = 0

    def put(self, cells: tuple[Cell, ...]) -> Sequence[Cell]:
        """Put down the cells of a unit; what comes back reads them whenever they are asked for."""
        packed = zlib.compress(_cells().dump_json(cells), _FAST)
        os.pwrite(self._handle, packed, self._end)
        place = Shelved(self, self._end, len(packed), len(cells))
        self._end += len(packed)
        return place

    def read(self, start: int, size: int) -> tuple[Cell, ...]:
        """The cells that lie there."""
        packed = os.pread(self._handle, size, start)
        return _cells().validate_json(zlib.decompress(packed))


@dataclass(frozen=True, slots=True)
class Shelved(Sequence[Cell]):
    """The cells of one unit, `size` bytes of a shelf from `start`; read anew each time."""

    shelf: CellShelf
    start: int
    size: int
    held: int

    def __len__(self) -> int:
        """How many there are."""
        return self.held

    def __iter__(self) -> Iterator[Cell]:
        """All of them, read at once."""
        return iter(self.shelf.read(self.start, self.size))

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, place: int | slice) -> Cell | tuple[Cell, ...]:
        """One of them, or some."""
        return self.shelf.read(self.start, self.size)[place]


@cache
def _cells() -> TypeAdapter[tuple[Cell, ...]]:
    return TypeAdapter(tuple[Cell, ...])
