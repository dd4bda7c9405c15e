"""What reads: a digest that changes with every program that decides what is read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import checklist
import crawler

_LIBRARIES = (
    "beautifulsoup4", "lxml", "olefile", "openpyxl", "pillow", "pydantic", "pypdfium2",
    "python-calamine", "python-docx", "python-pptx", "striprtf",
)  # fmt: skip
_ENDINGS = frozenset({".py", ".yaml", ".txt", ".json"})


@cache
def reading_code() -> str:
    """A digest of the code, the libraries and the programs that read documents.

    The whole of `crawler` and the code of `checklist` count: what reads leans on much of both,
    and a reading made anew for nothing costs one night.
    """
    digest = hashlib.sha256(sys.version.encode())
    for file in _files():
        digest.update(str(file).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    digest.update(_poppler().encode())
    return digest.hexdigest()[:32]


def _files() -> list[Path]:
    own = Path(crawler.__file__).parent
    judged = Path(checklist.__file__).parent
    found = [file for file in own.rglob("*") if file.suffix in _ENDINGS]
    return sorted([*found, *judged.rglob("*.py")])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _poppler() -> str:
    try:
        told = subprocess.run(["pdftotext", "-v"], capture_output=True, timeout=10, check=False)  # nosec B603, B607  # our own arguments, the system's program
    except (OSError, subprocess.TimeoutExpired):
        return "none"
    return told.stderr.decode("utf-8", "replace").split("\n", 1)[0]
