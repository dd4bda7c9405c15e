"""A pack of evidence as one ZIP: its files, and their hashes as `sha256sum -c` reads them. Pure."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

HASHES = "hashes.txt"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_OLDEST = (1980, 1, 1, 0, 0, 0)


def hashes_of(files: Mapping[str, bytes]) -> bytes:
    """The files' SHA-256 in the form of `sha256sum`, by name."""
    lines = (
        f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(files.items())
    )
    return "".join(lines).encode("utf-8")


def zipped(files: Mapping[str, bytes], made_at: datetime) -> bytes:
    """The files with their hashes as a ZIP, which is the same for the same input."""
    out = io.BytesIO()
    moment = max(_OLDEST, made_at.timetuple()[:6])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, body in sorted({**files, HASHES: hashes_of(files)}.items()):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, body)
    return out.getvalue()


def safe_name(name: str, number: int, ending: str) -> str:
    """A name of plain letters for a file from a site: `02-plan.pdf`, `02-file.pdf`."""
    stem = _UNSAFE.sub("-", _ENDING.sub("", name)).strip("-.")[:60]
    return f"{number:02d}-{stem or 'file'}{ending}"
