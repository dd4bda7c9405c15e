"""Measures for weak indicators and questions: the shipped ones, and an office's own file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from results.papers.ita_scores import INDICATORS, indicator_of
from results.wording import tidy
from units.problems import Place, Problem, UnitsError
from units.yaml_files import load_yaml, place_within

if TYPE_CHECKING:
    from units.checking import Location

SHIPPED = Path(__file__).with_name("measures.yaml")
FORM = "oit paper measures-template"
"""The command that writes the shipped measures as a file to edit."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @field_validator("*", mode="after")
    @classmethod
    def _tidy(cls, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(tidy(part) if isinstance(part, str) else part for part in value)
        return tidy(value) if isinstance(value, str) else value


class Measure(_Strict):
    """What to do about an indicator (`for: 2`) or a question (`for: i7`).

    And who does it, how it is followed and reported; left empty, the file's default serves.
    """

    for_: str = Field(alias="for")
    urgent: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    owner: str = ""
    follow_up: str = ""
    reporting: str = ""

    @field_validator("for_", mode="before")
    @classmethod
    def _code(cls, value: object) -> str:
        code = str(value).strip().lower()
        if code.isdecimal() and int(code) in INDICATORS:
            return str(int(code))
        if "." not in code and indicator_of(code) is not None:
            return code
        raise ValueError(f"ไม่รู้จักตัวชี้วัด “{tidy(str(value), 40)}” ใช้ 1 ถึง 10, i1 ถึง i30 หรือ e1 ถึง e15")


class _File(_Strict):
    owner: str = ""
    follow_up: str = ""
    reporting: str = ""
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures by code (`2`, `i7`), every one with owner, follow-up and reporting."""

    by_code: Mapping[str, Measure]

    def of_indicator(self, number: int) -> Measure:
        """The indicator's measure; one without steps when the files name none."""
        return self.by_code.get(str(number)) or Measure.model_validate({"for": str(number)})

    def of_question(self, code: str) -> Measure | None:
        """The question's own measure; a part (`i1.2`) has its question's. None: there is none."""
        return self.by_code.get(code.partition(".")[0])


def read_measures(path: Path | None = None) -> Measures:
    """The shipped measures; what `path` says goes before them, entry by entry and key by key.

    Raises `UnitsError` that names file, line and key of every mistake.
    """
    shipped = _shipped()
    own = _read(path) if path else _File()
    entries = {measure.for_: measure for measure in shipped.measures}
    for measure in own.measures:
        entries[measure.for_] = _over(measure, entries.get(measure.for_))
    defaults = _over(own, shipped)
    return Measures({code: _completed(one, defaults) for code, one in entries.items()})


@cache
def _shipped() -> _File:
    return _read(SHIPPED)


def _read(path: Path) -> _File:
    data = load_yaml(path, FORM)
    if not isinstance(data, Mapping):
        told = Problem(
            "ต้องเป็นคู่คีย์และค่า เช่น measures: ตามด้วยรายการมาตรการ",
            "expected keys and values, such as measures: and a list",
        )
        raise UnitsError(path.name, [told])
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        problems = [_problem(data, one) for one in error.errors()]
        raise UnitsError(path.name, problems) from None
    seen: set[str] = set()
    problems = []
    for index, measure in enumerate(file.measures):
        if measure.for_ in seen:
            problems.append(_twice(measure.for_, place_within(data, ("measures", index), Place())))
        seen.add(measure.for_)
    if problems:
        raise UnitsError(path.name, problems)
    return file


_Kind = TypeVar("_Kind", "Measure", "_File")


def _over(mine: _Kind, theirs: _Kind | None) -> _Kind:
    """`theirs` with every value that `mine` gives."""
    if theirs is None:
        return mine
    given = {key: value for key in type(mine).model_fields if (value := getattr(mine, key))}
    return theirs.model_copy(update=given)


def _completed(measure: Measure, file: _File) -> Measure:
    keys = ("owner", "follow_up", "reporting")
    return measure.model_copy(
        update={key: getattr(measure, key) or getattr(file, key) for key in keys}
    )


def _problem(data: Any, error: Any) -> Problem:
    location: Location = error["loc"]
    place = place_within(data, location, Place("บรรทัด 1", "line 1"))
    if error["type"] == "extra_forbidden":
        known = sorted(field.alias or key for key, field in Measure.model_fields.items())
        known = known if len(location) > 1 else sorted(_File.model_fields)
        near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
        th = f"หมายถึง “{near[0]}” หรือไม่" if near else f"ใช้ได้: {', '.join(known)}"
        en = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
        return Problem(f"ไม่รู้จักคีย์นี้ {th}", f"unknown key; {en}", place)
    if error["type"] == "missing":
        return Problem("ขาดคีย์นี้ ให้เพิ่ม", "this key is required", place)
    if error["type"] == "value_error":
        said = str(error["msg"]).removeprefix("Value error, ")
        return Problem(
            said, "unknown indicator; use 1 to 10, i1 to i30 or e1 to e15", place
        )  # fmt: skip
    wanted = "รายการข้อความ (ขึ้นบรรทัดด้วย - )" if error["type"].startswith("tuple") else "ข้อความ"
    return Problem(f"ต้องเป็น{wanted}", str(error["msg"]), place)


def _twice(code: str, place: Place) -> Problem:
    return Problem(
        f"มีมาตรการของ “{code}” แล้ว ให้รวมเป็นรายการเดียว",
        f'"{code}" has its measures already; keep one entry',
        place,
    )
