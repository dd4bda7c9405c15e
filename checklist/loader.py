"""Reads a checklist folder (`checklist.yaml`, `O1.yaml` ...) into a validated `Checklist`.

Errors name file, line, key and the nearest valid key.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from checklist.schema import Checklist, Item
from checklist.wording import WordingError, spelt_out, wording_lists

SHIPPED = Path(__file__).parent
_OIT = "oit-"


class ChecklistError(ValueError):
    """A checklist that cannot be used; the text names file, line, key and a mend."""


@dataclass(frozen=True, slots=True)
class _Yaml:
    path: Path
    data: Any

    def line(self, location: Sequence[str | int]) -> int:
        """The line (from 1) of the deepest key of `location` that exists in the file."""
        node, line = self.data, 1
        for key in location:
            position = getattr(node, "lc", None)
            if position is None:
                break
            try:
                mark = position.item(key) if isinstance(node, list) else position.key(key)
                node = node[key]
            except (KeyError, IndexError, TypeError):
                break
            line = mark[0] + 1
        return line


def available() -> tuple[str, ...]:
    """The keys of the shipped checklists (`oit-2566`, `moi-2566`), the OIT first, by year."""
    folders = (path.parent.name for path in SHIPPED.glob("*/checklist.yaml"))
    return tuple(sorted(folders, key=lambda key: (not key.startswith(_OIT), key)))


def available_years() -> tuple[int, ...]:
    """The fiscal years (B.E.) whose OIT checklists are shipped."""
    return tuple(int(key.removeprefix(_OIT)) for key in available() if key.startswith(_OIT))


def shipped_item_ids() -> tuple[str, ...]:
    """The ids of all items of all shipped checklists, each once: O1 to O43, then the others."""
    paths = (path for key in available() for path in _item_paths(SHIPPED / key))
    return tuple(dict.fromkeys(path.stem for path in paths))


@cache
def load(key: str) -> Checklist:
    """The shipped checklist in the folder `key`; raises `ChecklistError`."""
    if key not in available():
        raise ChecklistError(f"no checklist {key}; available: {', '.join(available())}")
    return load_folder(SHIPPED / key)


def load_year(year: int) -> Checklist:
    """The shipped OIT checklist of fiscal year `year` (B.E.); raises `ChecklistError`."""
    return load(f"{_OIT}{year}")


def load_folder(folder: Path) -> Checklist:
    """Read a checklist's folder, its name being the key; raises `ChecklistError`."""
    head = _read(folder / "checklist.yaml")
    if not isinstance(head.data, Mapping):
        raise ChecklistError(f"{head.path}: line 1: expected keys and values")
    items = [load_item(path) for path in _item_paths(folder)]
    data = {**_plain(head.data), "key": folder.resolve().name, "items": items}
    try:
        return Checklist.model_validate(data)
    except ValidationError as error:
        raise ChecklistError(_explain(error, head, Checklist)) from None


def _item_paths(folder: Path) -> list[Path]:
    """The item files of a folder in the order of their numbers."""
    return sorted(folder.glob("[A-Z]*.yaml"), key=lambda path: (len(path.stem), path.stem))


def load_item(path: Path) -> Item:
    """Read one item file; raises `ChecklistError`. The file's name must be the item's id."""
    source = _read(path)
    data = _spelt_out(source)
    try:
        item = Item.model_validate(data)
    except ValidationError as error:
        raise ChecklistError(_explain(error, source, Item)) from None
    if item.id != path.stem:
        line = source.line(["id"])
        raise ChecklistError(f"{path}: line {line}: id is {item.id}; name the file {item.id}.yaml")
    return item


def _read(path: Path) -> _Yaml:
    try:
        return _Yaml(path, YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ChecklistError(f"{path}: file not found") from None
    except UnicodeDecodeError as error:
        raise ChecklistError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        problem = error.problem or error.context
        raise ChecklistError(f"{path}: {where}not readable as YAML: {problem}") from None
    except (YAMLError, OSError, LookupError, ValueError) as error:
        raise ChecklistError(f"{path}: not readable as YAML: {error}") from None


@cache
def shared_wording(folder: Path = SHIPPED / "wording") -> Mapping[str, tuple[str, ...]]:
    """The lists of wordings of every file in `folder`, name to terms; raises `ChecklistError`."""
    lists: dict[str, tuple[str, ...]] = {}
    home: dict[str, _Yaml] = {}
    for path in sorted(folder.glob("*.yaml")):
        source = _read(path)
        for name, terms in _lists_of(source).items():
            if name in home:
                line, there = source.line([name]), home[name].line([name])
                also = f"stands in {home[name].path}, line {there}, too; keep one of them"
                raise ChecklistError(f"{path}: line {line}: «{name}» {also}")
            lists[name], home[name] = terms, source
    return lists


def _lists_of(source: _Yaml) -> Mapping[str, tuple[str, ...]]:
    try:
        return wording_lists(_plain(source.data))
    except WordingError as error:
        line = source.line(error.location)
        raise ChecklistError(f"{source.path}: line {line}: {error}") from None


def _spelt_out(source: _Yaml) -> Any:
    try:
        return spelt_out(_plain(source.data), shared_wording())
    except WordingError as error:
        line = source.line(error.location)
        key = ".".join(map(str, error.location))
        raise ChecklistError(f"{source.path}: line {line}: {key}: {error}") from None


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node


def _explain(error: ValidationError, source: _Yaml, model: type[BaseModel]) -> str:
    errors = error.errors()
    # A misspelt key is also a missing one: the misspelling is what must be mended.
    first = min(errors, key=lambda one: one["type"] != "extra_forbidden")
    location = [part for part in first["loc"] if part not in _probe_kinds()]
    key = ".".join(str(part) for part in location) or "(whole file)"
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        message = f"unknown key{_nearest(str(location[-1]), model)}"
    elif first["type"] == "missing":
        message = "this key is required"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{source.path}: line {source.line(location)}: {key}: {message}{more}"


@cache
def _probe_kinds() -> frozenset[str | int]:
    fields = (m.model_fields.get("kind") for m in _models(Item))
    return frozenset(kind for field in fields if field for kind in get_args(field.annotation))


def _nearest(key: str, model: type[BaseModel]) -> str:
    names = sorted({name for part in _models(model) for name in part.model_fields})
    close = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
    return f"; did you mean «{close[0]}»?" if close else f"; valid keys: {', '.join(names)}"


@cache
def _models(model: type[BaseModel]) -> frozenset[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    waiting = [model]
    while waiting:
        candidate = waiting.pop()
        if candidate not in found:
            found.add(candidate)
            for field in candidate.model_fields.values():
                waiting.extend(_inner_models(field.annotation))
    return frozenset(found)


def _inner_models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inner_models(argument)
