"""Examples of what passes an item and what does not, as offices would publish it.

They are short and made up; each is judged in the tests, so that a passing one does pass.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from checklist.loader import ChecklistError, load
from checklist.schema import YearRule
from checklist.strict import Strict, Thai
from checklist.yaml_source import SourceError, plain, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "examples"
_ROW = "|"
_YEAR = re.compile(r"25[0-9]{2}")
LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)]+)\)")


class Example(Strict):
    """A made-up document: its `title`, its `text` line by line, and `why` it passes or does not.

    A line that begins with `|` is a row of a table, its cells parted by `|`; `[words](address)` is
    a link, `[ภาพ: words]` a picture and `[แบบฟอร์ม: field, …, button]` a form to fill in.
    """

    title: Thai
    text: Thai
    why: Thai

    @property
    def blocks(self) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
        """Its paragraphs (text, no rows) and tables ("", rows of cells) in their order."""
        found: list[tuple[str, list[tuple[str, ...]]]] = []
        for line in filter(None, (line.strip() for line in self.text.splitlines())):
            if not line.startswith(_ROW):
                found.append((line, []))
                continue
            if not found or found[-1][0]:
                found.append(("", []))
            found[-1][1].append(tuple(cell.strip() for cell in line.strip(_ROW).split(_ROW)))
        return tuple((text, tuple(rows)) for text, rows in found)


def without_addresses(text: str) -> str:
    """A line of an example for people: of links only the words."""
    return LINK.sub(r"\1 (ลิงก์)", text)


class Examples(Strict):
    """What would pass an item, and what looks alike and does not."""

    good: Example
    bad: Example


class Like(Strict):
    """The same examples as those of an item elsewhere (`oit-2566/O12`), in their own year."""

    like: Annotated[str, Field(pattern=r"^[a-z]+-[0-9]{4}/[A-Z][0-9]+$")]


class _File(Strict):
    items: Annotated[dict[str, Examples | Like], Field(min_length=1)]


@cache
def examples_of(key: str) -> Mapping[str, Examples]:
    """The examples of the checklist `key` by item id, none where none are shipped.

    Raises `ChecklistError` when the file cannot be used.
    """
    return {
        item: one if isinstance(one, Examples) else _taken(key, item, one.like)
        for item, one in _written(key).items()
    }


@cache
def _written(key: str) -> Mapping[str, Examples | Like]:
    path = _FOLDER / f"{key}.yaml"
    if not path.is_file():
        return {}
    try:
        return _File.model_validate({"items": plain(read_yaml(path).data)}).items
    except (SourceError, ValidationError) as error:
        raise ChecklistError(f"{path}: {error}") from None


def _taken(key: str, item: str, like: str) -> Examples:
    """The examples written at `like`, their years moved to those of checklist `key`.

    Where no year is asked for, the years in a text are those of laws and stay.
    """
    other, _, name = like.partition("/")
    found = _written(other).get(name)
    if not isinstance(found, Examples):
        raise ChecklistError(f"{_FOLDER / key}.yaml: {item}: {like} has no examples of its own")
    checklist = load(key)
    if checklist.item(item).year_rule is YearRule.NONE:
        return found
    years = checklist.year - int(other.rpartition("-")[2])
    return Examples(good=_moved(found.good, years), bad=_moved(found.bad, years))


def _moved(one: Example, years: int) -> Example:
    def moved(text: str) -> str:
        return _YEAR.sub(lambda found: str(int(found[0]) + years), text)

    return Example(title=moved(one.title), text=moved(one.text), why=moved(one.why))
