"""Which units a command means: a file's, those imported into the database, or the shipped ones."""

from __future__ import annotations

from pathlib import Path

from commands import options
from commands.language import home, refusing
from units import shipped
from units.importing import read_units
from units.problems import UnitsError
from units.registry import Registry


def registry_path() -> Path:
    """Where an earlier version kept the imported units."""
    return Path(home()) / "units.csv"


def registry_of(path: Path | None, *, shipped_only: bool = False, database: str = "") -> Registry:
    """The units of a file; without one those of the database, else the units shipped as data.

    `database` is the option of that name. Units that an earlier version imported are read from
    their file until something is imported into the database.
    """
    if shipped_only:
        return shipped()
    with refusing(UnitsError, FileNotFoundError, OSError):
        if path is not None:
            return read_units(path)
        imported = imported_registry(database)
        return shipped() if imported is None else imported


def imported_registry(database: str) -> Registry | None:
    """The units that were imported; `None` when none ever were."""
    # Imported here: a command that is given a file needs no database, which takes long to load.
    from registry.reading import holds_units
    from registry.reading import units as stored_units
    from results.store import StoreError

    with refusing(UnitsError, StoreError):
        if options.missing_database(database) is None:
            with options.store_of(database) as store:
                if holds_units(store.engine):
                    return stored_units(store.engine)
        return read_units(registry_path()) if registry_path().exists() else None
