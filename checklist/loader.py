"""Reads a checklist folder (`checklist.yaml`, `O1.yaml` ...) into a validated `Checklist`.

Errors name file, line, key and the nearest valid key.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from checklist.schema import Checklist, Item
from checklist.wording import WordingError, spelt_out, wording_lists
from checklist.yaml_source import (
    SourceError,
    YamlSource,
    mistake_of,
    models_in,
    plain,
    read_yaml,
)

SHIPPED = Path(__file__).parent
_OIT = "oit-"


class ChecklistError(ValueError):
    """A checklist that cannot be used; the text names file, line, key and a mend."""


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
    data = {**plain(head.data), "key": folder.resolve().name, "items": items}
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


def _read(path: Path) -> YamlSource:
    try:
        return read_yaml(path)
    except SourceError as error:
        raise ChecklistError(str(error)) from None


@cache
def shared_wording(folder: Path = SHIPPED / "wording") -> Mapping[str, tuple[str, ...]]:
    """The lists of wordings of every file in `folder`, name to terms; raises `ChecklistError`."""
    lists: dict[str, tuple[str, ...]] = {}
    home: dict[str, YamlSource] = {}
    for path in sorted(folder.glob("*.yaml")):
        source = _read(path)
        for name, terms in _lists_of(source).items():
            if name in home:
                line, there = source.line([name]), home[name].line([name])
                also = f"stands in {home[name].path}, line {there}, too; keep one of them"
                raise ChecklistError(f"{path}: line {line}: «{name}» {also}")
            lists[name], home[name] = terms, source
    return lists


def _lists_of(source: YamlSource) -> Mapping[str, tuple[str, ...]]:
    try:
        return wording_lists(plain(source.data))
    except WordingError as error:
        line = source.line(error.location)
        raise ChecklistError(f"{source.path}: line {line}: {error}") from None


def _spelt_out(source: YamlSource) -> Any:
    try:
        return spelt_out(plain(source.data), shared_wording())
    except WordingError as error:
        line = source.line(error.location)
        key = ".".join(map(str, error.location))
        raise ChecklistError(f"{source.path}: line {line}: {key}: {error}") from None


def _explain(error: ValidationError, source: YamlSource, model: type[BaseModel]) -> str:
    wrong = mistake_of(error, source, model, _probe_kinds())
    message = wrong.message
    if wrong.kind == "extra_forbidden":
        valid = ", ".join(wrong.valid)
        hint = f"did you mean «{wrong.near}»?" if wrong.near else f"valid keys: {valid}"
        message = f"unknown key; {hint}"
    elif wrong.kind == "missing":
        message = "this key is required"
    more = f" (and {wrong.more} more)" if wrong.more else ""
    return f"{source.path}: line {wrong.line}: {wrong.key or '(whole file)'}: {message}{more}"


@cache
def _probe_kinds() -> frozenset[str | int]:
    fields = (m.model_fields.get("kind") for m in models_in(Item))
    return frozenset(kind for field in fields if field for kind in get_args(field.annotation))
