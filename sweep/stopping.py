"""Being asked to stop: what is at hand is finished first; asked a second time, nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Stop:
    """Whether a sweep was asked to stop.

    `ask` is for a signal's handler. It raises `KeyboardInterrupt` where waiting may be cut short;
    within a block of `finishing` the exception comes at the block's end.
    """

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.asked = False
        self._finishing = 0

    def ask(self) -> None:
        """Ask the sweep to stop, from a signal's handler in the main thread."""
        self.asked = True
        if not self._finishing:
            raise KeyboardInterrupt

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Let the block end before the sweep stops.

        Raises `KeyboardInterrupt` after the block when the sweep was asked to stop meanwhile.
        """
        if self.asked:
            raise KeyboardInterrupt
        self._finishing += 1
        try:
            yield
        finally:
            self._finishing -= 1
        if self.asked and not self._finishing:
            raise KeyboardInterrupt

    @contextmanager
    def at_the_end(self) -> Iterator[None]:
        """A block that is run to its end whether the sweep was asked to stop or not."""
        self._finishing += 1
        try:
            yield
        finally:
            self._finishing -= 1
