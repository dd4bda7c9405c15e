"""Adding lines behind a manifest's head, wherever the manifest stands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from evidence.capture import CONTINUED, moment
from evidence.chain import Head, sealed

if TYPE_CHECKING:
    from collections.abc import Collection
    from contextlib import AbstractContextManager

logger = logging.getLogger(__name__)

Put = Callable[[Head, bytes], None]
"""Puts lines behind that head, all or none; raises `OSError`. They are safe when it returns."""


class Writer:
    """Adds lines behind `head`; only a manifest's `writing` gives one."""

    def __init__(self, put: Put, head: Head) -> None:
        """Lines go through `put`."""
        self._put = put
        self.head = head

    def append(self, facts: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add a line for each of `facts` and return their numbers; safe on return.

        Raises `OSError` when they cannot all be written; none of them is left then.
        """
        at, head, lines = moment(datetime.now(UTC)), self.head, []
        for one in facts:
            line, head = sealed(head, at, one)
            lines.append(line)
        if lines:
            self._put(self.head, b"".join(lines))
        first, self.head = self.head.seq + 1, head
        return list(range(first, head.seq + 1))

    def extend(self, first: int, head: Head, lines: bytes) -> None:
        """Put lines that were sealed elsewhere, from number `first` to `head`, as they are.

        Raises `OSError` as `append` does.
        """
        self._put(Head(first - 1, self.head.hash), lines)
        self.head = head

    def go_on_after(self, seq: int) -> None:
        """Let the next line follow number `seq`, where others know of lines that are not here.

        A line says so, and the gap in the numbers shows what is lost: a number is never given
        out twice. Raises `OSError` as `append` does.
        """
        if seq <= self.head.seq:
            return
        logger.error(
            "entries %d to %d are missing from the manifest; see: oit evidence verify",
            self.head.seq + 1,
            seq,
        )
        before, self.head = self.head, Head(seq, self.head.hash)
        try:
            self.append([{"what": CONTINUED, "after": before.hash}])
        except OSError:
            self.head = before
            raise


class Chain(Protocol):
    """A manifest: lines that are only ever added, by one writer at a time."""

    @property
    def exists(self) -> bool:
        """True when a line was ever written, or begun."""
        ...

    def writing(self) -> AbstractContextManager[Writer]:
        """The right to add lines."""
        ...

    def standing_still(self) -> AbstractContextManager[int]:
        """No other process of this machine adds a line while the block runs, where that can be.

        Gives a mark of where the manifest ends now, for `raw_lines`.
        """
        ...

    def raw_lines(self, mark: int | None = None) -> Iterator[bytes]:
        """Every line with its line end, up to a mark."""
        ...

    def head(self) -> Head:
        """The last complete line; the start's when there is none or it cannot be read."""
        ...

    def lines(self, numbers: Collection[int]) -> Iterator[bytes]:
        """The lines with these numbers as they stand there, line ends and all."""
        ...

    def tidy(self) -> None:
        """Put many small pieces together where a manifest is in pieces; its lines stay."""
        ...
