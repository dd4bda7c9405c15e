"""Writing reports to a folder: safe names, and files that are whole or not there at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

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
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    return path
