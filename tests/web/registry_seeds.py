"""The seeded ministry's registry: one unit approved and changed since, one with hostile texts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from registry import writing
from registry.importing import bring_in
from registry.records import Author, How
from units.registry import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Engine

    from checklist.profile import UnitProfile
    from results.store import Store


def fill_registry(store: Store, units: Iterable[UnitProfile], day: datetime) -> None:
    """Bring the units in; `surin` was approved on `day` and got another address a day later."""
    listed = [_unit(one) for one in units]
    bring_in(store.engine, listed, Author("admin", day), "ทะเบียน-2566.xlsx")
    writing.approve(
        store.engine, "surin", 1, Author("executive", day), "นภา รองปลัด", "ครบถ้วนตามปีงบประมาณ"
    )
    surin = next(one for one in listed if one.id == "surin")
    urls = {**surin.urls, "O12": (f"{surin.main_site}/report-6-months",), "O13": ()}
    changed = Unit.model_validate({**surin.model_dump(), "urls": urls})
    later = Author("webmaster", day + timedelta(days=1))
    writing.save(store.engine, changed, 1, later, How.FORM)


def _unit(one: UnitProfile) -> Unit:
    site = one.main_site
    own = one.id in ("surin", "hostile")
    return Unit.model_validate(
        {
            "id": one.id,
            "name": one.name,
            "type": one.type,
            "main_site": site,
            "aliases": one.aliases,
            "owner_email": f"ita@{site.removeprefix('https://www.')}" if own else "",
            "urls": {f"O{n}": [f"{site}/o{n}"] for n in (1, 2, 5, 12, 13)} if own else {},
            "verified": own,
            "contacts": [{"name": "กองคลัง", "mail": "fin@surin.go.th", "items": ["O10", "O11"]}]
            if one.id == "surin"
            else [],
        }
    )


def empty_registry(engine: Engine) -> None:
    """As before anything was imported."""
    with engine.begin() as connection:
        for table in ("registry_units", "registry_revisions", "registry_approvals"):
            connection.execute(text(f"DELETE FROM {table}"))
