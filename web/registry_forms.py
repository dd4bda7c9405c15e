"""Between a unit and the form that a person edits: texts in fields, and what is wrong. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crawler.address_policy import AddressPolicy
from crawler.registered import inner_addresses
from registry.changes import FIELDS, lines_of, with_columns
from units.addresses import AddressError, split_urls
from units.checking import Location, check_unit
from units.columns import TITLES
from units.contacts import contact_values
from units.items import ITEM_IDS
from units.problems import Place
from units.registry import Unit

URL_FIELDS = (*ITEM_IDS, "explanation")
"""What those may change who edit addresses alone."""


@dataclass(frozen=True)
class Typed:
    """What a person typed: the texts by field, the unit they mean, or what is wrong by field."""

    texts: Mapping[str, str]
    unit: Unit | None
    wrong: Mapping[str, tuple[str, ...]]


def texts_of(unit: Unit) -> dict[str, str]:
    """The texts that the form's fields begin with."""
    texts = {key: "\n".join(lines_of(unit, key)) for key in (*FIELDS, *ITEM_IDS)}
    return {
        **texts,
        "id": unit.id,
        "type": unit.type.value,
        "status": unit.status.value,
        "verified": "1" if unit.verified else "",
    }


def typed(form: Mapping[str, str], base: Unit | None, *, all_fields: bool) -> Typed:
    """Read a form over the unit as its reader saw it; no `base`: a new unit.

    Without `all_fields` only the addresses and their explanation are taken, whatever was sent.
    """
    begun = texts_of(base) if base is not None else dict.fromkeys(("id", *FIELDS, *ITEM_IDS), "")
    taken = (*FIELDS, *ITEM_IDS) if all_fields else URL_FIELDS
    texts = {**begun, **{key: form[key] for key in taken if key in form}}
    if all_fields and "verified" not in form:
        texts["verified"] = ""
    if base is None:
        texts["id"] = form.get("id", "")
    raw, wrong = _raw(texts)
    unit, problems = check_unit(raw, _place)
    for problem in problems:
        wrong.setdefault(problem.place.th, []).append(problem.th)
    found = {key: tuple(lines) for key, lines in wrong.items()}
    if unit is not None and not found and base is not None and not all_fields:
        unit = with_columns(base, unit, frozenset(URL_FIELDS))
    return Typed(texts, None if found else unit, found)


def outside_only(given: Typed, networks: tuple[str, ...]) -> Typed:
    """What was typed, refused where an address lies inside a network that is not in `networks`."""
    if given.unit is None:
        return given
    wrong: dict[str, tuple[str, ...]] = {}
    for column, problem in inner_addresses(given.unit, AddressPolicy(networks)):
        wrong[column] = (*wrong.get(column, ()), problem.th)
    return Typed(given.texts, None, wrong) if wrong else given


def _raw(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    wrong: dict[str, list[str]] = {}
    raw: dict[str, Any] = {
        key: texts[key].strip()
        for key in ("id", "name", "type", "status", "main_site", "owner_email")
    }
    raw |= {"explanation": texts["explanation"], "note": texts["note"]}
    raw["aliases"] = [line.strip() for line in texts["aliases"].splitlines() if line.strip()]
    raw["verified"] = bool(texts["verified"])
    raw["urls"] = {item: split_urls(texts[item]) for item in ITEM_IDS if texts[item].strip()}
    try:
        raw["contacts"] = contact_values(texts["contacts"])
    except AddressError as error:
        wrong["contacts"] = [error.th]
    return raw, wrong


def _place(location: Location) -> Place:
    """The form's field in which a value stands."""
    field = next((str(part) for part in location if str(part) in TITLES), "")
    return Place(field, field)
