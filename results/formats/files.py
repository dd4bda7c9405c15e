"""Writing reports to a folder: safe names, and files that are whole or not there at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from results.report import PictureText

_EVIDENCE = re.compile(r"evidence/[0-9a-f]{64}\.(?:png|jpg|webp)")
_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)


def report_stem(unit_id: str) -> str:
    """A file name, without ending, for a unit's report: the same for the same id, never shared.

    An id of plain letters, digits, dots and dashes is kept; any other gets a short digest.
    """
    plain = _UNSAFE.sub("-", unit_id).strip("-.")[:60]
    if plain == unit_id and unit_id == unit_id.lower():
        return f"gap-{plain}"
    digest = hashlib.sha256(unit_id.encode("utf-8", "replace")).hexdigest()[:8]
    return f"gap-{plain}-{digest}" if plain else f"gap-{digest}"


def write_whole(path: Path, text: str) -> Path:
    """Write `text` as UTF-8 so that `path` holds the old content or all of the new.

    The folder is made. Raises `OSError` when it cannot be written.
    """
    return write_bytes_whole(path, text.encode("utf-8"))


def write_pieces_whole(path: Path, pieces: Iterable[str]) -> Path:
    """Write the joined `pieces` as `write_whole` does, without joining them in memory."""
    return _write_whole(path, (piece.encode("utf-8") for piece in pieces))


def write_bytes_whole(path: Path, content: bytes) -> Path:
    """Write `content` as `write_whole` does."""
    return _write_whole(path, (content,))


def _write_whole(path: Path, pieces: Iterable[bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    return path


def write_picture(folder: Path, picture: PictureText) -> Path:
    """Write a report's picture to its place below `folder`.

    Raises `ValueError` for a place outside of `evidence/` and `OSError` when it cannot be written.
    """
    if not _EVIDENCE.fullmatch(picture.file):
        raise ValueError(f"not a picture's place: {picture.file[:100]!r}")
    return write_bytes_whole(folder / picture.file, picture.content)
