"""Where the jobs of a database have their logs and locks: beside it, as those of the schedule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from database.addresses import file_of

if TYPE_CHECKING:
    from web.site import Site


def jobs_folder(site: Site) -> Path:
    """The folder; one database has one."""
    if (file := file_of(site.sources.database_url)) is not None:
        return file.resolve().with_name(f"{file.stem}-scans")
    return site.home.resolve() / "scans"
