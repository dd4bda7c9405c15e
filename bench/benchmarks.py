"""`docs/benchmarks.md`, of which every bench writes its own section and leaves the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import aims

if TYPE_CHECKING:
    from pathlib import Path

_TITLE = "# ผลการวัด / Benchmarks\n"


def marks(name: str) -> tuple[str, str]:
    """The comments between which the section of the bench `name` stands."""
    return f"<!-- {name}: start -->", f"<!-- {name}: end -->"


def write_into(path: Path, name: str, text: str) -> None:
    """Put the section `name`, marks included, in place of the former one; the rest stays.

    Where the document tells which aims are reached, that is told anew.

    Raises:
        OSError: the document cannot be written.
    """
    old = path.read_text(encoding="utf-8") if path.exists() else _TITLE
    new = _with(old, name, text)
    start, end = marks(aims.NAME)
    if start in new:
        new = _with(new, aims.NAME, "\n\n".join([start, aims.section(new), end]) + "\n")
    path.write_text(new, encoding="utf-8")


def _with(old: str, name: str, text: str) -> str:
    start, end = marks(name)
    head, found, tail = old.partition(start)
    rest = tail.partition(end)[2].lstrip("\n") if found else ""
    return head.rstrip("\n") + "\n\n" + text + ("\n" + rest if rest else "")
