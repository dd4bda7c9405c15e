"""The one sweep that all cases look at: of the sites of those test files that are run."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.hostile.sites import Site
from tests.hostile.sweeping import NEIGHBOURS, Swept, sweep_all

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def swept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Swept:
    """The sweep, made once, by whichever test process comes first."""
    sites = dict(_sites_of(request.session.items))
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    done = folder / "hostile.pickle"
    with (folder / "hostile.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            place = folder / "hostile"
            place.mkdir()
            clean = NEIGHBOURS if len(sites) > NEIGHBOURS else 1
            done.write_bytes(pickle.dumps(sweep_all(sites, place, clean)))
    made: Swept = pickle.loads(done.read_bytes())
    return replace(made, names={id(site): name for name, site in sites.items()})


def _sites_of(items: list[pytest.Item]) -> Iterator[tuple[str, Site]]:
    """The sites of every module with a test that looks at the sweep, by a name of their own."""
    modules: dict[str, ModuleType] = {}
    for item in items:
        here = item.path.is_relative_to(HERE)
        if here and isinstance(item, pytest.Function) and "swept" in item.fixturenames:
            modules.setdefault(_name_of(item.path), item.module)
    seen: set[int] = set()
    for prefix, module in sorted(modules.items()):
        for name, site in _in(module):
            if id(site) not in seen:
                seen.add(id(site))
                yield f"{prefix}{name}", site


def _name_of(path: Path) -> str:
    group, _, stem = path.relative_to(HERE).with_suffix("").as_posix().rpartition("/")
    return f"{group[:4]}-{stem.removeprefix('test_')}".replace("_", "-").lower()


def _in(module: ModuleType) -> Iterator[tuple[str, Site]]:
    """Sites at the module's top, alone or in tables: the first has the module's name."""
    found = [
        site for value in vars(module).values() for site in _flat(value) if isinstance(site, Site)
    ]
    for number, site in enumerate(found):
        yield (f"-{number + 1}" if number else ""), site


def _flat(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else [value]
