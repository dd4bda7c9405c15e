"""A sweep through the real command, in a home of its own, and what it cost."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.nightly.reaping import Cost, cost_of
from bench.nightly.scans import Scan, newest
from bench.nightly.serving import Counts, Servers, heaviest, total
from demo.ministry import AS_OF
from demo.plan import FISCAL_YEAR

if TYPE_CHECKING:
    from demo.traffic import Count

ROOT = Path(__file__).parents[2]
_HEAVY = 5
_WITHOUT_GAPS, _GAPS, _TOO_LITTLE = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Swept:
    """A sweep: its cost, what the servers sent for it, what it found, and what weighed most."""

    cost: Cost
    traffic: Count
    scan: Scan
    heavy: list[tuple[str, int]]


class Home:
    """A folder with the database and everything else that sweeps of one home remember."""

    def __init__(
        self,
        folder: Path,
        units: Path,
        items: Sequence[str],
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Sweeps of the registry in the file `units` for `items`; `settings` are `OIT_…`."""
        self._folder, self._units, self._items = folder, units, items
        self._settings = dict(settings or {})
        folder.mkdir(parents=True)

    def sweep(self, servers: Servers, only: Iterable[str] = ()) -> Swept:
        """Sweep all units or `only` some; raises `RuntimeError` when the command fails."""
        before = servers.counts()
        log = self._folder / "sweep.log"
        database = f"sqlite:///{self._folder}/oit.db"
        command = [sys.executable, "-m", "cli", "sweep", "--units", str(self._units)]
        command += ["--database", database, "--out", str(self._folder / "reports")]
        command += ["--checklist", str(FISCAL_YEAR), "--as-of", AS_OF]
        command += ["--items", ",".join(self._items), "--allow-network", "127.0.0.0/8"]
        for unit in only:
            command += ["--unit", unit]
        cost = cost_of(command, self._folder / "cost.json", self._env(), ROOT, log)
        if cost.code not in (_WITHOUT_GAPS, _GAPS, _TOO_LITTLE):
            raise RuntimeError(
                f"oit sweep ended with {cost.code}: {log.read_text('utf-8')[-2000:]}"
            )
        counted: Counts = servers.counts()
        return Swept(
            cost, total(counted, before), newest(database), heaviest(counted, before, _HEAVY)
        )

    def _env(self) -> dict[str, str]:
        ours = {key: value for key, value in os.environ.items() if not key.startswith("OIT_")}
        # Where programs are installed their modules are compiled once, not at every start.
        ours.pop("PYTHONDONTWRITEBYTECODE", None)
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
        home = {"OIT_HOME": str(self._folder), "OIT_DELAY_S": "0", "OIT_CONFIRM_AFTER_S": "0"}
        return {**ours, **home, **self._settings, "PYTHONPATH": path}
