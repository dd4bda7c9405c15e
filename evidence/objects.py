"""The copies themselves: objects named by the SHA-256 of their own bytes, never written over."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from objects.folder import Folder

if TYPE_CHECKING:
    from objects.port import Objects

logger = logging.getLogger(__name__)

OBJECTS = "objects"
ENDING = ".warc.gz"
AT_ONCE = 8
"""So many objects are asked for at the same time."""
_NAME = re.compile(r"[0-9a-f]{64}")


class ObjectStore:
    """Copies as `objects/ab/<sha256>.warc.gz`, in a folder or a bucket."""

    def __init__(self, place: Objects) -> None:
        """Keep copies below `objects` of that place."""
        self.place = place

    def put(self, content: bytes) -> str:
        """Store `content` and return its SHA-256 in hex; raises `OSError`."""
        name = hashlib.sha256(content).hexdigest()
        self.place.put(file_of(name), content)
        return name

    def holds(self, name: str) -> bool:
        """True when there is an object of that name, whatever is in it."""
        return bool(_NAME.fullmatch(name)) and self.place.size(file_of(name)) is not None

    def holding(self, names: Collection[str]) -> set[str]:
        """Those of the names that there are objects of, asked for together."""
        if isinstance(self.place, Folder) or len(names) < 2:
            return {name for name in names if self.holds(name)}
        asked = list(names)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return {name for name, there in zip(asked, pool.map(self.holds, asked), strict=True)
                    if there}  # fmt: skip

    def get(self, name: str) -> bytes | None:
        """The object's bytes; `None` when it is gone or no longer what its name says."""
        content = self.raw(name)
        if content is None or hashlib.sha256(content).hexdigest() == name:
            return content
        logger.error("copy %s is not what its name says; see: oit evidence verify", name)
        return None

    def raw(self, name: str) -> bytes | None:
        """The bytes under that name, whatever they are; `None` when there are none."""
        return self.place.get(file_of(name)) if _NAME.fullmatch(name) else None

    def remove(self, name: str) -> int:
        """Delete an object; returns the bytes freed."""
        return self.place.remove(file_of(name))

    def names(self) -> Iterator[str]:
        """The names of all objects, in order."""
        for entry in self.place.entries(OBJECTS):
            name = name_in(entry.name)
            if name:
                yield name

    def path(self, name: str) -> Path:
        """Where an object of a folder lies; raises `ValueError` for what is no SHA-256 in hex."""
        if not isinstance(self.place, Folder):
            raise TypeError(f"no folder: {self.place.shown}")
        return self.place.path(file_of(name))


def file_of(name: str) -> str:
    """The object's name in its place; raises `ValueError` for what is no SHA-256 in hex."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a SHA-256 in hex: {name[:80]!r}")
    return f"{OBJECTS}/{name[:2]}/{name}{ENDING}"


def name_in(file: str) -> str:
    """The SHA-256 by which a copy is named, from its name in its place; "" for what is none."""
    name = file.rpartition("/")[2].removesuffix(ENDING)
    return name if _NAME.fullmatch(name) and file == file_of(name) else ""
