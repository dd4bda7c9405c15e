"""Reads units from YAML: a list under `units:`, each with the keys of `Unit`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLWarning
from ruamel.yaml.events import AliasEvent

from units.checking import Location, check_unit
from units.problems import Place, Problem, UnitsError
from units.tables import FORM, read_bytes

if TYPE_CHECKING:
    from units.registry import Unit

# Parsing for events costs as much as loading; only a text with such a mark is asked.
_MAYBE_ALIAS = re.compile(r"(?:^|[\s,:\[{-])\*[^\s*]", re.MULTILINE)


def read_yaml(path: Path) -> tuple[list[tuple[Unit, Place]], list[Problem]]:
    """Every unit with its place, and every problem; raises `UnitsError` for an unreadable file."""
    entries = _entries(path, load_yaml(path))
    found: list[tuple[Unit, Place]] = []
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        start = Place(*_line(entries, index))
        if not isinstance(entry, Mapping):
            problems.append(
                Problem("หน่วยงานต้องเป็นคู่คีย์และค่า", "a unit must be keys and values", start)
            )
            continue

        def place_of(location: Location, entry: Any = entry, start: Place = start) -> Place:
            return place_within(entry, location, start)

        unit, wrong = check_unit(_raw(entry), place_of)
        problems += wrong
        if unit is not None:
            found.append((unit, start))
    return found, problems


def load_yaml(path: Path, form: str = FORM) -> Any:
    """The file's content, which knows its lines; raises `UnitsError` when it is no plain YAML.

    `form` is the command that writes a file to start from.
    """
    try:
        text = read_bytes(path, form).decode("utf-8-sig")
        if _MAYBE_ALIAS.search(text) and _has_alias(text):
            raise UnitsError(
                path.name,
                [Problem("ใช้ * (alias) ไม่ได้ ให้เขียนค่าเต็ม", "aliases (*) are not allowed")],
            )
        with warnings.catch_warnings():
            warnings.simplefilter("error", YAMLWarning)
            return YAML(typ="rt", pure=True).load(text)
    except UnicodeDecodeError as error:
        problem = Problem(
            f"ไม่ใช่ UTF-8 (ไบต์ที่ {error.start}) ให้บันทึกใหม่เป็น UTF-8",
            f"not UTF-8 at byte {error.start}; save it as UTF-8",
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = Problem(
            "อ่านเป็น YAML ไม่ได้ ตรวจย่อหน้าและเครื่องหมาย : ของบรรทัดนี้",
            f"not readable as YAML: {error.problem or error.context}",
            Place(f"บรรทัด {line}", f"line {line}"),
        )
    # The parser itself stumbles over scalars such as "+_".
    except (YAMLError, YAMLWarning, RecursionError, ValueError, LookupError) as error:
        if isinstance(error, UnitsError):
            raise
        problem = Problem("อ่านเป็น YAML ไม่ได้", f"not readable as YAML: {error}")
    raise UnitsError(path.name, [problem])


def _has_alias(text: str) -> bool:
    return any(isinstance(event, AliasEvent) for event in YAML(pure=True).parse(text))


def _entries(path: Path, data: Any) -> list[Any]:
    entries = data.get("units") if isinstance(data, Mapping) else data
    others = [str(key) for key in data if key != "units"] if isinstance(data, Mapping) else []
    if isinstance(entries, list) and not others:
        return entries
    problem = Problem(
        "ต้องเป็นรายการหน่วยงานใต้คีย์ units: เพียงคีย์เดียว",
        "expected a list of units under the one key units:",
    )
    raise UnitsError(path.name, [problem])


def _raw(entry: Mapping[Any, Any]) -> dict[str, Any]:
    raw = {str(key): value for key, value in entry.items()}
    urls = raw.get("urls")
    if isinstance(urls, Mapping):
        raw["urls"] = {
            str(item): [value] if isinstance(value, str) else value for item, value in urls.items()
        }
    for key in ("id", "name"):
        if isinstance(raw.get(key), int):
            raw[key] = str(raw[key])
    return raw


def _line(node: Any, key: Any) -> tuple[str, str]:
    position = getattr(node, "lc", None)
    if position is None:
        return ("", "")
    try:
        mark = position.item(key) if isinstance(node, list) else position.key(key)
    except (KeyError, IndexError, TypeError):
        return ("", "")
    return (f"บรรทัด {mark[0] + 1}", f"line {mark[0] + 1}")


def place_within(entry: Any, location: Location, start: Place) -> Place:
    """The line and key of the deepest part of `location` that `entry` holds, else `start`."""
    node, line = entry, (start.th, start.en)
    for key in location:
        line = _line(node, key) if _line(node, key)[0] else line
        try:
            node = node[key]
        except (KeyError, IndexError, TypeError):
            break
    path = ".".join(str(part) for part in location if isinstance(part, str) and part != "[key]")
    return Place(f"{line[0]} คีย์ {path}".strip(), f"{line[1]}, key {path}".strip(", "))
