"""What every place of objects does alike, be it a folder or a bucket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MOST_BYTES = 1024**3
"""The largest object that is read: far beyond the largest body a crawl takes."""
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """An object as a list tells of it: name, size in bytes, when it was written (aware)."""

    name: str
    size: int
    written: datetime


class Objects(Protocol):
    """A place of objects; names are plain letters, digits, `.`, `_`, `-`, parted by `/`.

    An object is there whole or not at all, and is never written over. All methods raise `OSError`
    when the place cannot be used, and `ValueError` for what is no name.
    """

    def __hash__(self) -> int:
        """A place is the same as itself alone."""
        ...

    @property
    def shown(self) -> str:
        """The place as people and logs may see it."""
        ...

    def put(self, name: str, content: bytes) -> bool:
        """Write an object that is not there yet; False when there is one, which then stays."""
        ...

    def get(self, name: str, most: int = MOST_BYTES) -> bytes | None:
        """The object's bytes; `None` when there is none. `OSError` beyond `most` bytes."""
        ...

    def size(self, name: str) -> int | None:
        """The object's bytes counted; `None` when there is none."""
        ...

    def remove(self, name: str) -> int:
        """Delete an object; the bytes freed, 0 when there was none."""
        ...

    def entries(self, below: str, after: str = "") -> Iterator[Entry]:
        """The objects whose names begin with the folder `below`, in the order of their names.

        Only those behind `after`, when it is given.
        """
        ...


def checked(name: str) -> str:
    """The name; raises `ValueError` for one that no place takes."""
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise ValueError(f"not a name of an object: {name[:80]!r}")
    return name


def too_large(name: str, most: int) -> OSError:
    """What is raised for an object that is larger than anything that was ever put there."""
    return OSError(
        f"วัตถุ {name} ใหญ่เกิน {most:,} ไบต์ ซึ่งโปรแกรมไม่เคยเขียน จึงไม่อ่าน "
        f"({name} is larger than {most:,} bytes, which this program never writes)"
    )
