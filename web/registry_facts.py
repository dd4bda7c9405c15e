"""What the pages and the API of the registry share: the database behind, titles, last scans."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from checklist.loader import available, load
from registry.importing import take_over
from registry.reading import entry
from registry.records import Author, Entry
from results.models import UnitRow
from units.items import ITEM_IDS
from units.problems import UnitsError
from web.faults import Fault, NotFound

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from web.site import Site
    from web.viewer import Viewer

EARLIER_FILE = "units.csv"
"""Where an earlier version kept the imported units, in the installation's own folder."""


class Conflict(Fault):
    """Somebody else was faster."""

    status, code, title = 409, "conflict", "มีผู้แก้ไขไปแล้ว"


def engine_of(site: Site) -> Engine:
    """The database of the registry; units of an earlier version's file are taken over first."""
    try:
        take_over(site.engine, site.home / EARLIER_FILE, Author("oit", site.clock()))
    except UnitsError as error:
        raise Fault(f"อ่านทะเบียนเดิมไม่ได้ {error.text()}") from None
    return site.engine


def author_of(site: Site, viewer: Viewer) -> Author:
    """Who changes the registry, now."""
    return Author(viewer.name, site.clock())


def entry_for(site: Site, viewer: Viewer, unit_id: str) -> Entry:
    """The unit as it stands; raises `NotFound` when it is not there or not the viewer's."""
    viewer.require_unit(unit_id)
    found = entry(engine_of(site), unit_id)
    if found is None:
        raise NotFound
    return found


def last_checked(site: Site, unit_ids: Collection[str]) -> dict[str, datetime]:
    """When each unit was scanned last; units that never were are not there."""
    query = (
        select(UnitRow.unit_id, func.max(UnitRow.checked_at))
        .where(UnitRow.unit_id.in_(unit_ids))
        .group_by(UnitRow.unit_id)
    )
    with site.store.reading() as session:
        return {unit_id: at for unit_id, at in session.execute(query) if at is not None}


@cache
def item_titles() -> dict[str, str]:
    """The title of every item, from the newest checklist that has it."""
    found = {item.id: item.title for key in available() for item in load(key).items}
    return {item: found[item] for item in ITEM_IDS if item in found}
