"""What a stored scan says, in the form in which two scans are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from demo.ministry import truth
from results.store import Store

if TYPE_CHECKING:
    from demo.ministry import DemoUnit

Said = tuple[str, tuple[str, ...]]
"""A verdict and its reasons."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The verdicts by unit and item, and by address what the pages there said (their digests)."""

    verdicts: Mapping[tuple[str, str], Said]
    pages: Mapping[str, frozenset[str]]


def newest(database_url: str) -> Scan:
    """The newest scan of the database; raises `results.store.StoreError` when it cannot be read."""
    verdicts: dict[tuple[str, str], Said] = {}
    pages: defaultdict[str, set[str]] = defaultdict(set)
    with Store.open(database_url) as store:
        for result in store.unit_results(store.scans()[0].id):
            for one in result.verdicts:
                verdicts[result.unit.id, one.item] = one.verdict.value, tuple(one.reasons)
            for page in result.documents:
                if page.content_sha256:
                    pages[urldefrag(page.final_url).url].add(page.content_sha256)
    return Scan(verdicts, {url: frozenset(digests) for url, digests in pages.items()})


def changed_pages(before: Scan, after: Scan) -> set[str]:
    """The addresses read in both scans that say something else in the second."""
    both = before.pages.keys() & after.pages.keys()
    return {url for url in both if before.pages[url] != after.pages[url]}


def differences(one: Scan, other: Scan) -> list[str]:
    """Every item of the units in `other` whose verdict or reasons are not those of `one`."""
    units = {unit for unit, _ in other.verdicts}
    keys = {key for key in one.verdicts if key[0] in units} | other.verdicts.keys()
    return [
        f"{unit} {item}: {_told(one, unit, item)} -> {_told(other, unit, item)}"
        for unit, item in sorted(keys)
        if one.verdicts.get((unit, item)) != other.verdicts.get((unit, item))
    ]


def untrue(scan: Scan, units: Sequence[DemoUnit], items: Collection[str]) -> list[str]:
    """Each of the `items` whose verdict is not the one written by hand for the unit's model."""
    wrong = []
    for unit in units:
        for item, expected in truth(unit.model).items():
            if item not in items:
                continue
            verdict, reasons = scan.verdicts.get((unit.id, item), ("", ()))
            if not expected.agrees(verdict, reasons):
                wrong.append(f"{unit.id} {item}: {_told(scan, unit.id, item)}, not {expected}")
    return wrong


def _told(scan: Scan, unit: str, item: str) -> str:
    verdict, reasons = scan.verdicts.get((unit, item), ("none", ()))
    return f"{verdict} ({', '.join(reasons)})" if reasons else verdict
