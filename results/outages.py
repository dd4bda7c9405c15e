"""When the checker itself had no network, which must not count against the sites. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

_OUTAGE_UNITS = 5
_OUTAGE_HOSTS = 3


@dataclass(frozen=True, slots=True)
class UnitReach:
    """A unit of a scan: its main site's host, when it was saved, whether anything came from it."""

    unit_id: str
    host: str
    at: datetime
    heard: bool


def network_down(units: Iterable[UnitReach]) -> frozenset[str]:
    """The units of a scan that were checked while the checker's own network was down.

    Five units in a row, on three sites or more, from which not one byte came: it is likelier that
    the checker had no network than that all of them failed in the same minutes. So it is when
    nothing came from any of a smaller scan's units, on two sites or more.
    """
    in_order = sorted(units, key=lambda one: one.at)
    if len({one.host for one in in_order}) > 1 and not any(one.heard for one in in_order):
        return frozenset(one.unit_id for one in in_order)
    found: set[str] = set()
    for heard, group in groupby(in_order, key=lambda one: one.heard):
        run = list(group)
        sites = {one.host for one in run}
        if not heard and len(run) >= _OUTAGE_UNITS and len(sites) >= _OUTAGE_HOSTS:
            found |= {one.unit_id for one in run}
    return frozenset(found)
