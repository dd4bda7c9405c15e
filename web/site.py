"""What every page is made from, for the life of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.loader import available_years, load
from crawler.bodies import bodies_at
from database.revisions import is_there
from results.newest import newest_whole_scan
from results.store import Store
from web.settings import WebSettings
from web.sources import MissingError, Sources

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from checklist.schema import Checklist
    from crawler.bodies import SharedBodies
    from crawler.settings import CrawlSettings
    from results.record import ScanInfo

PATIENCE_S = 5.0
"""How long a page waits for another writer, in seconds."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Site:
    """The database and folders behind the pages, how they are set up, and what time it is.

    `out` is the folder of reports, `crawl` how this installation fetches and where it keeps what
    was fetched; without it the usual places below `home` hold.
    """

    sources: Sources
    settings: WebSettings = field(default_factory=WebSettings)
    clock: Callable[[], datetime] = now
    out: Path = Path("reports")
    crawl: CrawlSettings | None = None

    @cached_property
    def store(self) -> Store:
        """The results, opened and brought up to date at first use, then kept.

        Raises `MissingError` when there is no database yet, `StoreError` when it is of no use.
        """
        if not is_there(self.sources.database_url):
            raise MissingError("no database")
        return Store.open(self.sources.database_url, busy_timeout=PATIENCE_S)

    @property
    def engine(self) -> Engine:
        """The database with its pool of connections; raises as `store` does."""
        return self.store.engine

    @property
    def home(self) -> Path:
        """The folder of this installation's own data."""
        return self.sources.folder

    @property
    def networks(self) -> tuple[str, ...]:
        """Inner networks that the operator lists: sites there may be checked."""
        return self.crawl.allow_networks if self.crawl else ()

    @property
    def bodies_folder(self) -> Path:
        """Where downloaded bodies lie, for `crawler.bodies.BodyStore`."""
        return (self.crawl and self.crawl.bodies_folder) or self.home / "bodies"

    @property
    def bodies(self) -> SharedBodies:
        """The downloaded bodies, those of other machines too where they are shared."""
        return bodies_at(self.bodies_folder, self.crawl.shared_url if self.crawl else "")

    @property
    def evidence_place(self) -> Path | str:
        """Where the evidence archive of this database is, for `evidence.archive.Archive`."""
        return (self.crawl and self.crawl.evidence_url) or self.evidence_folder

    @property
    def evidence_folder(self) -> Path:
        """The folder of the evidence archive, where it is in one."""
        if self.crawl and self.crawl.evidence_folder:
            return self.crawl.evidence_folder
        from evidence.archive import folder_beside

        return folder_beside(self.sources.database_url) or self.home / "evidence"

    def checklist(self, key: str | None = None) -> Checklist:
        """The checklist of that key, else the OIT of the newest year; raises `ChecklistError`."""
        return load(key or f"oit-{max(available_years())}")

    def newest_scan(self, checklist: Checklist) -> ScanInfo | None:
        """The scan that speaks for all units of the checklist, if there is one."""
        return newest_whole_scan(self.store, checklist.key)

    def close(self) -> None:
        """Let go of the database."""
        if "store" in self.__dict__:
            self.store.close()
