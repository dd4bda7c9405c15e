"""The units that a self-check can be made for, and finding one by what a person types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from results.unit_profiles import unit_profiles
from units import shipped
from web.registered import registered_units

if TYPE_CHECKING:
    from checklist.profile import UnitProfile
    from web.site import Site

_SHOWN = 5


class UnknownUnit(ValueError):  # noqa: N818  its text is an answer for a person
    """No unit, or more than one, goes by what was typed; `str` says so in Thai."""


def known_units(site: Site, scan_id: int | None) -> dict[str, UnitProfile]:
    """Units by id: this installation's registry, else the shipped one; then those of a scan.

    Raises `UnitsError` for a registry that cannot be read, `StoreError` for such a database.
    """
    known = dict(registered_units(site)) or {unit.id: unit.profile for unit in shipped()}
    if scan_id is not None:
        for profile in unit_profiles(site.store, scan_id):
            known.setdefault(profile.id, profile)
    return known


def found_units(known: Mapping[str, UnitProfile], text: str, most: int) -> list[UnitProfile]:
    """The units whose id or name holds `text`, those that begin with it first."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    near = [unit for unit in known.values() if wanted in f"{unit.id} {unit.name}".casefold()]
    near.sort(key=lambda unit: (not _begins(unit, wanted), unit.name))
    return near[:most]


def unit_named(known: Mapping[str, UnitProfile], text: str) -> UnitProfile:
    """The unit whose id or whole name is `text`, or the only one that holds it.

    Raises `UnknownUnit`.
    """
    wanted = text.strip()
    if wanted in known:
        return known[wanted]
    named = [unit for unit in known.values() if unit.name == wanted]
    found = named or found_units(known, wanted, _SHOWN + 1)
    if len(found) == 1:
        return found[0]
    if not wanted:
        raise UnknownUnit("ยังไม่ได้เลือกหน่วยงาน ให้พิมพ์ชื่อหรือรหัสหน่วยงาน เพราะเกณฑ์ต่างกันตามประเภทหน่วยงาน")
    if not found:
        raise UnknownUnit(f"ไม่พบหน่วยงาน «{wanted[:80]}» ให้พิมพ์ชื่อหรือรหัสตามทะเบียน เช่น จังหวัดเชียงใหม่")
    raise UnknownUnit(f"«{wanted[:80]}» มีหลายหน่วยงาน เช่น {_list(found)} ให้พิมพ์ให้เจาะจงขึ้น")


def _begins(unit: UnitProfile, wanted: str) -> bool:
    return unit.name.casefold().startswith(wanted) or unit.id.casefold().startswith(wanted)


def _list(units: Iterable[UnitProfile]) -> str:
    return " ".join(f"{unit.name} ({unit.id})" for unit in list(units)[:_SHOWN])
