"""Documents read before, found by what they were read from: the same bytes are read once.

A file a reading: a line that names the reading code and the day of the first reading, the digest
of what follows, then the document. Code of another version does not serve, its day still does.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from crawler.memory.documents import dump, load
from crawler.memory.reading_code import reading_code
from crawler.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from checklist.evidence import Document, Fetch

_log = logging.getLogger(__name__)

READINGS = "readings"
"""The folder of readings, below that of documents."""
_LONGEST_HEAD = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a reading: the day of the first one, and the document where it serves."""

    read_on: date
    document: Document | None = None


class Readings:
    """Readings kept below a folder; its methods block."""

    def __init__(self, folder: Path) -> None:
        """Keep readings in `folder`, which is made when the first one comes."""
        self._folder = folder

    def find(self, name: str, fetch: Fetch) -> Kept | None:
        """The reading of that name as the answer `fetch`; `None` when none is kept or whole."""
        path = self._path(name)
        try:
            raw = path.read_bytes()
            # Its age decides what is thrown away first.
            os.utime(path)
        except OSError:
            return None
        head, _, rest = raw.partition(b"\n")
        try:
            told = json.loads(head[:_LONGEST_HEAD])
            read_on = date.fromisoformat(told["read_on"])
            if hashlib.sha256(rest).hexdigest() != told["sha256"]:
                return None
            if told["code"] != reading_code():
                return Kept(read_on)
            document = load(rest)
        except (ValueError, TypeError, KeyError):
            return None
        return Kept(read_on, replace(document, fetch=fetch, read_on=read_on))

    def keep(self, name: str, document: Document, read_on: date) -> None:
        """Keep a reading under its name; a full disk costs only the saving."""
        rest = dump(document)
        told = {
            "code": reading_code(),
            "read_on": read_on.isoformat(),
            "sha256": hashlib.sha256(rest).hexdigest(),
        }
        try:
            write_whole(self._path(name), json.dumps(told).encode() + b"\n" + rest)
        except OSError as error:
            _log.warning("a reading could not be kept: %s", error)

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name


def name_of(fetch: Fetch, charset: str | None, attachment: str, *, rendered: bool) -> str:
    """The name of a reading: everything besides the code that decides what is read."""
    parts = (
        fetch.sha256, fetch.url, fetch.final_url, fetch.content_type, charset, attachment, rendered
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def lasts(document: Document) -> bool:
    """True for a reading that a second one could not better.

    Not one that failed: the worker may have been lost, the memory short. Nor one whose first
    reader stopped on the way, nor an archive or a file with others inside, where either may have
    happened to one of them.
    """
    passing = {"members", "attachments", "unread", "stopped"}
    return document.readable and not passing & set(document.metadata)
