"""The pages that the head of every page leads to, each for those who may open it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from accounts.roles import Right
from web.viewer import Viewer


@dataclass(frozen=True)
class Entry:
    """A page in the head: its path, its Thai name, and for whom it is."""

    path: str
    label: str
    shown_to: Callable[[Viewer], bool]


def _having(right: Right) -> Callable[[Viewer], bool]:
    return lambda viewer: viewer.may(right)


def _readers(viewer: Viewer) -> bool:
    return viewer.reads


ENTRIES: tuple[Entry, ...] = (
    Entry("/overview", "ภาพรวม", _readers),
    Entry("/units", "หน่วยงาน", _readers),
    Entry("/registry", "ทะเบียน", _readers),
    Entry("/review", "ตรวจทาน", _having(Right.REVIEW)),
    Entry("/decisions", "ผลการพิจารณา", _readers),
    Entry("/self-check", "ตรวจด้วยตนเอง", _having(Right.SELF_CHECK)),
    Entry("/scans", "การตรวจ", _having(Right.READ_ALL)),
    Entry("/checklist", "รายการตรวจ", _readers),
    Entry("/users", "ผู้ใช้", _having(Right.ADMINISTER)),
    Entry("/audit", "บันทึกการใช้งาน", _having(Right.READ_AUDIT)),
)
"""In the order of the head; a page that this version does not have is left out."""
LAST_RESORT = "/account"


def entries_for(viewer: Viewer, paths: Collection[str]) -> list[Entry]:
    """The entries that the viewer may open, of those among `paths`."""
    return [one for one in ENTRIES if one.path in paths and one.shown_to(viewer)]


def start_of(viewer: Viewer, paths: Collection[str]) -> str:
    """Where a person begins."""
    shown = entries_for(viewer, paths)
    return shown[0].path if shown else LAST_RESORT


def is_here(entry: Entry, path: str) -> bool:
    """Whether `path` is the entry's page or one below it."""
    return path == entry.path or path.startswith(f"{entry.path}/")
