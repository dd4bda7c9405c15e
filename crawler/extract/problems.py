"""Why a body cannot be read, in words for the person who published it."""

from __future__ import annotations


class UnreadableError(Exception):
    """The body is whole, yet holds no text that can be read; `detail` says why in Thai."""

    def __init__(self, detail: str) -> None:
        """Keep `detail`, one Thai sentence that names the format or the lock."""
        super().__init__(detail)
        self.detail = detail
