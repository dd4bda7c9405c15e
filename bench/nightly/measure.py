"""Three sweeps of one ministry: the first, one of nothing new, one after a few pages changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.nightly.changing import Change, change, pages_of
from bench.nightly.scans import changed_pages, differences, untrue
from bench.nightly.serving import servers
from bench.nightly.sweeping import Home, Swept
from demo.ministry import write_ministry
from demo.paper import Press, find_browser
from demo.plan import ALL_ITEMS

if TYPE_CHECKING:
    from demo.traffic import Count

SHARE_CHANGED = 0.01
_DAY_S = 24 * 3600.0
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Nightly:
    """What the sweeps cost and found.

    `pages` were read by the first sweep; `changes` were made before the third, which found
    `found` changed. `untrue` are verdicts of the first that are not the truth, `unlike` those of
    the second that are not the first's, `unlike_fresh` those of the third that are not what a
    sweep without memory says of the changed units.
    """

    units: int
    pages: int
    first: Swept
    second: Swept
    third: Swept
    fresh: Swept
    changes: list[Change]
    found: set[str]
    untrue: list[str]
    unlike: list[str]
    unlike_fresh: list[str]

    @property
    def bytes_share(self) -> float:
        """Bytes of bodies sent for the second sweep as a share of the first's."""
        return _share(self.first.traffic, self.second.traffic)

    @property
    def cpu_share(self) -> float:
        """CPU seconds of the second sweep as a share of the first's."""
        return self.second.cost.cpu_s / self.first.cost.cpu_s

    @property
    def wanted(self) -> set[str]:
        """The addresses of the pages that were changed."""
        return {made.page.url for made in self.changes}

    @property
    def sound(self) -> bool:
        """True when verdicts are as they must be and exactly the changed pages were found."""
        told = (*self.untrue, *self.unlike, *self.unlike_fresh)
        return not told and self.found == self.wanted


def measure(
    count: int, folder: Path, pdf_cache: Path, tell: Tell, items: Sequence[str] = ALL_ITEMS
) -> Nightly:
    """Write a ministry of `count` units below `folder`, serve and sweep it; takes minutes.

    Raises `RuntimeError` when a sweep or the servers fail.
    """
    tell(f"writing {count} units")
    ministry = write_ministry(folder / "sites", pdf_cache, count=count)
    _age(ministry.folder)
    registry = folder / "units.csv"
    with servers(ministry.folder, registry) as serving:
        home = Home(folder / "home", registry, items)
        tell("first sweep")
        first = home.sweep(serving)
        tell(f"{_line(first)}; second sweep")
        second = home.sweep(serving)
        tell(_line(second))
        pages = pages_of(ministry, serving.addresses, second.scan.pages)
        program = find_browser()
        press = Press(program, pdf_cache) if program else None
        changes = change(pages, max(1, round(SHARE_CHANGED * len(second.scan.pages))), press)
        tell(f"{len(changes)} pages changed; third sweep")
        third = home.sweep(serving)
        touched = sorted({made.page.unit.id for made in changes})
        tell(f"{_line(third)}; {len(touched)} units from scratch")
        fresh = Home(folder / "fresh", registry, items).sweep(serving, touched)
    return Nightly(
        units=count,
        pages=len(first.scan.pages),
        first=first,
        second=second,
        third=third,
        fresh=fresh,
        changes=changes,
        found=changed_pages(second.scan, third.scan),
        untrue=untrue(first.scan, ministry.units, items),
        unlike=differences(first.scan, second.scan),
        unlike_fresh=differences(third.scan, fresh.scan),
    )


def _age(folder: Path) -> None:
    """Date the sites' files a day back: of a page just written its date proves nothing yet."""
    then = time.time() - _DAY_S
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def _line(swept: Swept) -> str:
    traffic, cost = swept.traffic, swept.cost
    return (
        f"{traffic.requests} requests, {traffic.not_modified} times 304, "
        f"{traffic.body_bytes / 1e6:.2f} MB, {cost.cpu_s:.1f} s CPU, {cost.wall_s:.1f} s"
    )


def _share(whole: Count, part: Count) -> float:
    return part.body_bytes / whole.body_bytes
