"""The self-check's desk with a stand-in for its process, and sending it a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.self_check.asked import DONE, STUB
from web.checking.desk import Desk

if TYPE_CHECKING:
    from tests.web.conftest import Client, Dashboard
    from web.checking.job import Job
    from web.checking.settings import SelfCheckSettings

UNIT = {"unit": "surin"}


class Here:
    """The dashboard with a desk whose process is a stand-in."""

    def __init__(self, dashboard: Dashboard) -> None:
        self.dashboard = dashboard
        self.desks: list[Desk] = []

    def open(self, root: Path, settings: SelfCheckSettings, clock: Callable[[], datetime]) -> Desk:
        self.desks.append(Desk(root, settings, clock, STUB))
        return self.desks[-1]

    @property
    def folder(self) -> Path:
        return self.dashboard.site.home / "self-checks"

    def files(self) -> list[str]:
        """What lies on the disk, but for the lock of the server itself."""
        found = (path.name for path in self.folder.rglob("*") if path.is_file())
        return sorted(name for name in found if name != "owner.lock")

    def job(self, person: str) -> Job:
        return self.desks[0].of(person)[0]


def send(person: Client, content: bytes = DONE, name: str = "แผน.pdf", **fields: str) -> Any:
    return person.post("/self-check", files={"file": (name, content)}, data=UNIT | fields)
