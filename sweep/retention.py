"""Keeping house: what may go of the stored scans and of the folders beside them.

Another room that keeps evidence of scans joins in as a `Keeper`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checklist.loader import ChecklistError, available, load
from crawler.bodies import BodyStore
from crawler.memory.frontier import forget_scans
from crawler.memory.readings import READINGS
from results.availability import Period, entry_period
from results.forgetting import (
    bodies_of,
    half_forgotten,
    mark_forgotten,
    scan_facts,
    take_apart,
)
from results.retention import RetentionSettings, ScanFate, fates, in_window

if TYPE_CHECKING:
    from crawler.settings import CrawlSettings
    from results.store import Store


_GIGABYTE = 1024**3


class Keeper(Protocol):
    """A store of evidence that speaks of scans."""

    def protected(self) -> Collection[int]:
        """The scans that must stay."""
        ...

    def forget(self, scan_ids: Collection[int]) -> object:
        """Let go of what it holds of these scans, which are being deleted."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder kept by content, and how many bytes it may hold; `evidence`: bodies of documents."""

    name: str
    path: Path
    most_bytes: int
    evidence: bool = False


@dataclass
class Kept:
    """What a run did: scans deleted, those spared at the last moment, bytes freed by folder."""

    deleted: list[int] = field(default_factory=list)
    spared: list[int] = field(default_factory=list)
    freed: dict[str, int] = field(default_factory=dict)


def entry_windows(keys: Iterable[str]) -> dict[str, Period]:
    """The days in which each of these checklists is answered; none for one that is not known."""
    found = {}
    for key in set(keys) & set(available()):
        try:
            found[key] = entry_period(load(key).calendar)
        except ChecklistError:
            continue
    return found


def planned(
    store: Store, settings: RetentionSettings, today: date, keepers: Sequence[Keeper] = ()
) -> tuple[ScanFate, ...]:
    """What becomes of every stored scan, oldest first. Raises `StoreError`."""
    facts = scan_facts(store)
    windows = entry_windows(one.checklist for one in facts)
    archived = {scan for keeper in keepers for scan in keeper.protected()}
    return fates(facts, windows, settings, today, archived)


def clear(
    store: Store,
    plan: Sequence[ScanFate],
    keepers: Sequence[Keeper] = (),
    on_units: Callable[[int], None] | None = None,
) -> Kept:
    """Delete the scans that go, after those that an earlier run left half deleted.

    Raises `StoreError` when the database stays locked; what is deleted by then is whole.
    """
    done = Kept()
    for scan_id in half_forgotten(store):
        _take_apart(store, scan_id, keepers, on_units, done)
    for fate in plan:
        if not fate.goes:
            continue
        if mark_forgotten(store, fate.scan):
            _take_apart(store, fate.scan, keepers, on_units, done)
        else:
            done.spared.append(fate.scan)
    return done


def _take_apart(
    store: Store,
    scan_id: int,
    keepers: Sequence[Keeper],
    on_units: Callable[[int], None] | None,
    done: Kept,
) -> None:
    for keeper in keepers:
        keeper.forget([scan_id])
    forget_scans(store.url, [scan_id])
    take_apart(store, scan_id, on_units)
    done.deleted.append(scan_id)


def prune(store: Store, folders: Sequence[Folder]) -> dict[str, int]:
    """Bring the folders that are too large to their sizes and return the bytes freed by name.

    Bodies of what was read in an entry window stay, whatever room they take.
    """
    full = [one for one in folders if BodyStore(one.path).size() > one.most_bytes]
    keep = _window_bodies(store) if any(one.evidence for one in full) else frozenset()
    return {
        one.name: BodyStore(one.path).prune(one.most_bytes, keep if one.evidence else frozenset())
        for one in full
    }


def kept_folders(settings: CrawlSettings) -> list[Folder]:
    """The crawl's folders that keep something between sweeps, with the sizes that are set."""
    folders = []
    if settings.bodies_folder is not None:
        most = int(settings.keep_bodies_gb * _GIGABYTE)
        folders.append(Folder("bodies", settings.bodies_folder, most, evidence=True))
    if settings.documents_folder is not None:
        half = int(settings.keep_documents_gb * _GIGABYTE / 2)
        folders.append(Folder("documents", settings.documents_folder, half))
        folders.append(Folder("readings", settings.documents_folder / READINGS, half))
    return folders


def _window_bodies(store: Store) -> Collection[str]:
    facts = scan_facts(store)
    windows = entry_windows(one.checklist for one in facts)
    return bodies_of(store, [one.id for one in facts if in_window(one, windows)])
