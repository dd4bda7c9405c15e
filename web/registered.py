"""The units of this installation's registry, read once until the registry changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from registry.models import RegistryRevisionRow
from registry.reading import holds_units
from registry.reading import units as stored_units
from units.importing import read_units
from web.registry_facts import EARLIER_FILE

if TYPE_CHECKING:
    from checklist.profile import UnitProfile
    from web.site import Site

Stamp = tuple[str, int, int]
"""What changes with the registry: the database, its newest revision, an earlier file's time."""
_turn = threading.Lock()
_kept: dict[Stamp, Mapping[str, UnitProfile]] = {}


def registry_stamp(site: Site) -> Stamp:
    """The stamp of the registry as it is now; raises `StoreError` for a database of no use."""
    with site.store.reading() as session:
        newest = session.scalar(select(func.max(RegistryRevisionRow.id))) or 0
    path = site.home / EARLIER_FILE
    return site.store.url, newest, path.stat().st_mtime_ns if path.exists() else 0


def registered_units(site: Site) -> Mapping[str, UnitProfile]:
    """The units of the registry by id, those set aside included; none where none was imported.

    Raises `UnitsError` for a file that cannot be read, `StoreError` for such a database.
    """
    stamp = registry_stamp(site)
    with _turn:
        if stamp not in _kept:
            found = _read(site)
            _kept.clear()
            _kept[stamp] = found
        return _kept[stamp]


def _read(site: Site) -> Mapping[str, UnitProfile]:
    path = site.home / EARLIER_FILE
    if holds_units(site.engine):
        registry = stored_units(site.engine)
    elif path.exists():
        registry = read_units(path)
    else:
        return {}
    return {unit.id: unit.profile for unit in registry}
