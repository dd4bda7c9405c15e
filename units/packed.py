"""Units kept small: as objects, those of a country take more memory than all else of a sweep."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from units.registry import Unit

_FAST = 1


class PackedUnits(Sequence[Unit]):
    """Units in their order, each packed; one that is asked for is made anew."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """Pack `units`."""
        self._packed = [
            zlib.compress(unit.model_dump_json().encode("utf-8"), _FAST) for unit in units
        ]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._packed)

    def __iter__(self) -> Iterator[Unit]:
        """Each unit in turn."""
        return map(_unpacked, self._packed)

    @overload
    def __getitem__(self, place: int) -> Unit: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Unit]: ...
    def __getitem__(self, place: int | slice) -> Unit | Sequence[Unit]:
        """One unit, or some."""
        if isinstance(place, slice):
            return [_unpacked(one) for one in self._packed[place]]
        return _unpacked(self._packed[place])


def _unpacked(packed: bytes) -> Unit:
    return Unit.model_validate_json(zlib.decompress(packed))
