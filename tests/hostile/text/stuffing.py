"""What a page is stuffed with: the words and texts of the checklist itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from checklist.schema import Item


def heading(item: Item, year: int) -> str:
    """The item's name with its year, as the heading of a page."""
    return f"<h1>{item.title} ปีงบประมาณ พ.ศ. {year}</h1>"


def terms(item: Item) -> list[str]:
    """Every word that the item's rules look for, each once."""
    found = (term for element in item.elements for term in _strings(element.probe))
    return list(dict.fromkeys(term.lstrip("~=").replace("#", "5") for term in found))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "kind":
                yield from _strings(getattr(value, name))
