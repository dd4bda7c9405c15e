"""A YAML file that knows its lines, and what is wrong in it: file, line, key, nearest valid key."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from checklist.yaml_quick import quick_values


class SourceError(ValueError):
    """A file that cannot be read as YAML; the text names the file, the line and the problem."""


@dataclass(frozen=True, slots=True)
class YamlSource:
    """What a file holds; the lines it stands in are read when they are asked for."""

    path: Path
    data: Any

    def line(self, location: Sequence[str | int]) -> int:
        """The line (from 1) of the deepest key of `location` that exists in the file."""
        node, line = self.data if hasattr(self.data, "lc") else _with_lines(self.path), 1
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


@dataclass(frozen=True, slots=True)
class YamlMistake:
    """The first thing wrong in a file: `kind` and `message` are pydantic's, `more` follow.

    `near` is the valid key that an unknown one is most like ("" for none), `valid` are all.
    """

    line: int
    key: str
    kind: str
    message: str
    near: str
    valid: tuple[str, ...]
    more: int


def read_yaml(path: Path) -> YamlSource:
    """The file with its lines; raises `SourceError`."""
    try:
        return YamlSource(path, quick_values(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return YamlSource(path, _with_lines(path))


def _with_lines(path: Path) -> Any:
    # Loaded here: a checklist without a mistake needs no lines.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SourceError(f"{path}: file not found") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        problem = error.problem or error.context
        raise SourceError(f"{path}: {where}not readable as YAML: {problem}") from None
    except (YAMLError, OSError, LookupError, ValueError) as error:
        raise SourceError(f"{path}: not readable as YAML: {error}") from None


def plain(node: Any) -> Any:
    """The same values without their lines."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def mistake_of(
    error: ValidationError,
    source: YamlSource,
    model: type[BaseModel],
    unwritten: Collection[str | int] = (),
) -> YamlMistake:
    """What is wrong first; `unwritten` are parts of a location that do not stand in the file."""
    errors = error.errors()
    # A misspelt key is also a missing one: the misspelling is what must be mended.
    first = min(errors, key=lambda one: one["type"] != "extra_forbidden")
    location = [part for part in first["loc"] if part not in unwritten]
    valid: tuple[str, ...] = ()
    close: list[str] = []
    if first["type"] == "extra_forbidden":
        valid = tuple(sorted({name for part in models_in(model) for name in part.model_fields}))
        close = difflib.get_close_matches(str(location[-1]), valid, n=1, cutoff=0.5)
    return YamlMistake(
        line=source.line(location),
        key=".".join(str(part) for part in location),
        kind=first["type"],
        message=first["msg"].removeprefix("Value error, "),
        near=close[0] if close else "",
        valid=valid,
        more=len(errors) - 1,
    )


@cache
def models_in(model: type[BaseModel]) -> frozenset[type[BaseModel]]:
    """`model` and every model inside it."""
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
