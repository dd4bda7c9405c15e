"""Turns raw values into a `Unit`, or into problems with their places, in both languages."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from checklist.profile import UnitType
from units.addresses import AddressError
from units.columns import TITLES
from units.problems import Place, Problem
from units.registry import STATUS_NAMES, TYPE_ALIASES, TYPE_NAMES, Unit

Location = tuple[int | str, ...]
PlaceOf = Callable[[Location], Place]

_IGNORED = re.compile(r"[\s.\u200b\u200c\u200d\ufeff]+")


def _plain(text: str) -> str:
    """`text` without spaces and full stops, its Thai vowels in the one form of NFC."""
    joined = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33")
    return _IGNORED.sub("", joined).casefold()


_TYPES: dict[str, UnitType] = {
    **{unit_type.value: unit_type for unit_type in UnitType},
    **{_plain(name): unit_type for unit_type, name in TYPE_NAMES.items()},
    **{name: unit_type for unit_type, names in TYPE_ALIASES.items() for name in names},
}
_STATUSES = {name: status for status, name in STATUS_NAMES.items()}
_TYPES_TH = ", ".join(TYPE_NAMES.values())
_TYPES_EN = ", ".join(unit_type.value for unit_type in UnitType)


def parse_type(text: str) -> UnitType:
    """The unit type that `text` names in Thai or English; raises `KeyError` for no type.

    Whole words only: `เทศบาล` is one, the name of a certain municipality is not.
    """
    return _TYPES[_plain(text)]


def check_unit(raw: Mapping[str, Any], place_of: PlaceOf) -> tuple[Unit | None, list[Problem]]:
    """Validate one unit's raw values; `place_of` turns a location in them into words."""
    values = dict(raw)
    problems: list[Problem] = []
    kind = values.get("type")
    if isinstance(kind, str) and kind.strip():
        try:
            values["type"] = parse_type(kind)
        except KeyError:
            problems.append(_wrong_type(kind, place_of(("type",))))
            values["type"] = UnitType.OTHER
    status = values.get("status")
    if isinstance(status, str):
        values["status"] = _STATUSES.get(status.strip(), status.strip())
        if not values["status"]:
            del values["status"]
    try:
        unit = Unit.model_validate(values)
    except ValidationError as error:
        for found in error.errors():
            problems.append(_explain(found, place_of(found["loc"])))
        return None, problems
    return (None if problems else unit), problems


def repeated_ids(found: Iterable[tuple[Unit, Place]]) -> list[Problem]:
    """A problem for every unit whose id an earlier one has (case is no difference)."""
    units = list(found)
    counts = Counter(unit.id.casefold() for unit, _ in units)
    first: dict[str, Place] = {}
    problems = []
    for unit, place in units:
        key = unit.id.casefold()
        if counts[key] > 1 and key in first:
            problems.append(
                Problem(
                    f"รหัสหน่วยงาน “{unit.id}” ซ้ำกับ{first[key].th} ให้ใช้รหัสไม่ซ้ำกัน",
                    f'unit id "{unit.id}" is already used in {first[key].en}; ids must differ',
                    place,
                )
            )
        first.setdefault(key, place)
    return problems


def _wrong_type(text: str, place: Place) -> Problem:
    near = difflib.get_close_matches(_plain(text), _TYPES, n=1, cutoff=0.6)
    meant = TYPE_NAMES[_TYPES[near[0]]] if near else ""
    return Problem(
        f"ไม่รู้จักประเภท “{text}”"
        + (f" หมายถึง “{meant}” หรือไม่" if meant else "")
        + f" ให้ใช้ {_TYPES_TH}",
        f'unknown type "{text}"; use one of {_TYPES_EN}',
        place,
    )


def _explain(found: Mapping[str, Any], place: Place) -> Problem:
    location: Location = found["loc"]
    cause = found.get("ctx", {}).get("error")
    if isinstance(cause, AddressError):
        return Problem(cause.th, cause.en, place)
    key = str(location[0]) if location else ""
    title = TITLES.get(key, key)
    kind = found["type"]
    if kind == "extra_forbidden":
        return _unknown_key(str(location[-1]), place)
    if kind == "missing" or (
        kind in ("string_too_short", "string_pattern_mismatch", "enum") and not found["input"]
    ):
        return Problem(f"ยังไม่ได้ใส่ “{title}”", f'"{title}" is empty; fill it in', place)
    if kind == "string_too_long":
        limit = found["ctx"]["max_length"]
        return Problem(
            f"“{title}” ยาวเกิน {limit} ตัวอักษร", f'"{title}" is longer than {limit}', place
        )
    if kind == "string_pattern_mismatch":
        return Problem(
            f"รหัสหน่วยงาน “{found['input']}” ใช้ไม่ได้ ให้ใช้ตัวอักษร ตัวเลข จุด ขีด หรือขีดล่าง ไม่มีช่องว่าง",
            f'unit id "{found["input"]}" may hold only letters, digits, ".", "-" and "_"',
            place,
        )
    if key == "status" and kind == "enum":
        names = " หรือ ".join(f"“{name}”" for name in STATUS_NAMES.values())
        return Problem(
            f"ไม่รู้จักสถานะ “{found['input']}” ให้ใช้ {names}",
            f'unknown status "{found["input"]}"; use one of {", ".join(STATUS_NAMES)}',
            place,
        )
    return Problem(
        f"ค่าของ “{title}” ไม่ถูกรูปแบบ",
        f'the value of "{title}" has the wrong form: {found["msg"]}',
        place,
    )


def _unknown_key(key: str, place: Place) -> Problem:
    near = difflib.get_close_matches(key, Unit.model_fields, n=1)
    return Problem(
        f"ไม่รู้จักคีย์ “{key}”" + (f" หมายถึง “{near[0]}” หรือไม่" if near else ""),
        f'unknown key "{key}"' + (f'; did you mean "{near[0]}"?' if near else ""),
        place,
    )
