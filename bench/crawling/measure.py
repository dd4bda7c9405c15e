"""The same sites crawled in turn by `oit sweep` and by the peers; CPU seconds of each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench.country.watching import Watch
from bench.crawling.peers import Peer, is_page, peers
from bench.crawling.report import OURS, Run, report
from bench.memory.watching import below
from bench.nightly.reaping import Cost, cost_of
from bench.nightly.serving import Counts, Servers, servers
from bench.nightly.sweeping import ROOT, Home
from bench.repeats import in_turn
from demo.ministry import Ministry, write_ministry
from demo.plan import ALL_ITEMS
from demo.traffic import Count

if TYPE_CHECKING:
    from bench.subject import Means

_UNITS = 24
_WITHIN_S = 60
Way = Callable[[], "tuple[Cost, set[str]]"]


@dataclass(frozen=True)
class _Site:
    """The served sites, and the addresses at which their crawls begin."""

    serving: Servers
    registry: Path
    starts: tuple[str, ...]
    hosts: frozenset[str]


def measure(means: Means, units: int = _UNITS) -> str:
    """Write and serve the sites, run everybody in turn; raises `RuntimeError` when ours fails."""
    means.tell(f"writing {units} units")
    ministry = write_ministry(means.folder / "sites", means.kept, count=units)
    known = peers(means.peers)
    runnable = [peer for peer in known if not peer.missing]
    with servers(ministry.folder, means.folder / "units.csv") as serving:
        site = _site(ministry, serving, means.folder / "units.csv")
        ways: dict[str, Way] = {OURS: partial(_ours, site, means)}
        ways |= {peer.name: partial(_theirs, peer, site, means) for peer in runnable}
        found = in_turn(ways, means.repeats)
        steps = _by_step(site, means)
    runs = {name: Run.of(rounds) for name, rounds in found.items()}
    return report(units, runs, known, steps)


def _site(ministry: Ministry, serving: Servers, registry: Path) -> _Site:
    up = [unit for unit in ministry.units if _state(ministry, unit.host) != "down"]
    starts = tuple(serving.addresses[unit.host] + unit.main_path for unit in up)
    return _Site(serving, registry, starts, frozenset(unit.host for unit in up))


def _state(ministry: Ministry, host: str) -> str:
    return next(one.state for one in ministry.hosts if one.id == host)


def _ours(site: _Site, means: Means) -> tuple[Cost, set[str]]:
    """A sweep by a program that remembers nothing, through judging to the reports."""
    before = site.serving.counts()
    number = len(list(means.folder.glob("home-*")))
    swept = Home(means.folder / f"home-{number}", site.registry, ALL_ITEMS).sweep(site.serving)
    pages = _read(site, site.serving.counts(), before)
    means.tell(f"{OURS}: {len(pages)} pages, {swept.cost.cpu_s:.1f} s CPU")
    return swept.cost, pages


def _by_step(site: _Site, means: Means) -> dict[str, float]:
    """CPU seconds of one more sweep by kind of process, as seen while they run."""
    with Watch(set(below(os.getpid()))) as watch:
        _ours(site, means)
    return {kind: one.cpu_s for kind, one in watch.seen.of_kinds().items()}


def _theirs(peer: Peer, site: _Site, means: Means) -> tuple[Cost, set[str]]:
    before = site.serving.counts()
    log = means.folder / "peer.log"
    cost = cost_of(
        _bounded(peer.crawling(site.starts)),
        means.folder / "peer.json",
        _plain_environment(),
        ROOT,
        log,
    )
    pages = _read(site, site.serving.counts(), before)
    means.tell(f"{peer.name}: {len(pages)} pages, {cost.cpu_s:.1f} s CPU")
    if not pages:
        raise RuntimeError(f"{peer.name} fetched nothing: {log.read_text('utf-8')[-2000:]}")
    return cost, pages


def _bounded(command: list[str]) -> list[str]:
    """The command, asked to end after a time: some wait for what a robots.txt asks them to."""
    timeout = shutil.which("timeout")
    if timeout is None:
        raise RuntimeError("the program `timeout` of coreutils is missing")
    return [timeout, "--signal=INT", "--kill-after=10", str(_WITHIN_S), *command]


def _plain_environment() -> dict[str, str]:
    """Our own environment without what would change the Python of another program."""
    left_out = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    return {key: value for key, value in os.environ.items() if key not in left_out}


def _read(site: _Site, counts: Counts, before: Counts) -> set[str]:
    """The pages and documents of the units whose bodies were sent since `before`, each once."""
    return {
        f"{host}{urlsplit(path).path}"
        for (host, path), count in counts.items()
        if host in site.hosts
        and is_page(path)
        and count.body_bytes > before.get((host, path), Count()).body_bytes
    }
