"""Where the jobs of a database have their logs and locks: beside it, as those of the schedule."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from web.site import Site


def jobs_folder(site: Site) -> Path:
    """The folder; one database has one."""
    with suppress(ArgumentError):
        url = make_url(site.sources.database_url)
        if url.get_backend_name() == "sqlite" and url.database:
            file = Path(url.database).resolve()
            return file.with_name(f"{file.stem}-scans")
    return site.home.resolve() / "scans"
