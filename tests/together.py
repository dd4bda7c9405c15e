"""Which tests stay in one process when several run: what they share is made once, not waited for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[1]


class FilesTogether(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of a file stay together, and so do all files that look at the sweep of attacks."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid.partition("::")[0])


@cache
def _group(file: str) -> str:
    attacks = file.startswith("tests/hostile/") and "swept: Swept" in (ROOT / file).read_text()
    return "the sweep of attacks" if attacks else file
