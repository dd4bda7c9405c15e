"""Long lists in parts: which part is shown. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paging:
    """Part `number` (from 1) of `total` entries in parts of `size`, for the macro `pager`."""

    number: int
    size: int
    total: int

    @classmethod
    def of(cls, number: int, size: int, total: int) -> Paging:
        """The part asked for, or the nearest that there is."""
        last = max(1, -(-total // size))
        return cls(min(max(1, number), last), size, total)

    @property
    def last(self) -> int:
        """The number of the last part."""
        return max(1, -(-self.total // self.size))

    @property
    def skip(self) -> int:
        """How many entries come before this part."""
        return (self.number - 1) * self.size

    @property
    def first_shown(self) -> int:
        """The number of the first entry shown, 0 when there is none."""
        return self.skip + 1 if self.total else 0

    @property
    def last_shown(self) -> int:
        """The number of the last entry shown."""
        return min(self.total, self.skip + self.size)
