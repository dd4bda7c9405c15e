"""The units that a sweep of all would look at; the one place that knows where they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from results.newest import newest_whole_scan
from units.problems import UnitsError
from web.registered import registered_units

if TYPE_CHECKING:
    from web.site import Site


def known_units(site: Site) -> Mapping[str, str]:
    """Names by id of the registry that `--db` sweeps; empty while nothing was imported."""
    try:
        return {unit_id: unit.name for unit_id, unit in registered_units(site).items()}
    except (OSError, UnitsError):
        return {}


def holds(site: Site, checklist: str, unit_id: str) -> bool:
    """Whether the unit is in the registry, or, where there is none, in the newest whole scan."""
    known = known_units(site)
    if known:
        return unit_id in known
    newest = newest_whole_scan(site.store, checklist)
    return newest is not None and unit_id in site.store.done_units(newest.id)
