"""Objects as files below a folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from objects.port import MOST_BYTES, Entry, checked, too_large
from objects.whole import write_durably


class Folder:
    """A folder of objects, made when the first one comes."""

    def __init__(self, root: Path) -> None:
        """Keep objects below `root`."""
        self.root = root

    @property
    def shown(self) -> str:
        """The folder's path."""
        return str(self.root)

    def put(self, name: str, content: bytes) -> bool:
        """Write an object that is not there yet, through a loss of power too."""
        return write_durably(self.path(name), content, anew=True)

    def get(self, name: str, most: int = MOST_BYTES) -> bytes | None:
        """The object's bytes; `None` when there is none."""
        try:
            with open(self.path(name), "rb") as file:
                content = file.read(most + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if len(content) > most:
            raise too_large(name, most)
        return content

    def size(self, name: str) -> int | None:
        """The object's bytes counted; `None` when there is none."""
        path = self.path(name)
        try:
            return path.stat().st_size if path.is_file() else None
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> int:
        """Delete an object; the bytes freed."""
        path = self.path(name)
        with contextlib.suppress(FileNotFoundError):
            size = path.stat().st_size
            path.unlink()
            return size
        return 0

    def entries(self, below: str, after: str = "") -> Iterator[Entry]:
        """The objects below, in the order of their names."""
        for entry in _walk(self.root / below, f"{below.rstrip('/')}/"):
            if entry.name > after:
                yield entry

    def path(self, name: str) -> Path:
        """Where an object lies; raises `ValueError` for what is no name."""
        return self.root / checked(name)


def _walk(folder: Path, name: str) -> Iterator[Entry]:
    try:
        found = [one for one in os.scandir(folder) if not one.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return
    for one in sorted(found, key=lambda one: f"{one.name}/" if one.is_dir() else one.name):
        if one.is_dir():
            yield from _walk(folder / one.name, f"{name}{one.name}/")
            continue
        with contextlib.suppress(FileNotFoundError):
            facts = one.stat()
            written = datetime.fromtimestamp(facts.st_mtime, UTC)
            yield Entry(f"{name}{one.name}", facts.st_size, written)
