"""Every term that the items of a checklist look for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checklist.probes.base import Probe
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

_TERM_KEYS = frozenset({"all", "columns", "positions", "of", "about", "by"})
_WEAK = "~"


def terms_of(item: Item) -> Iterator[str]:
    """The terms of an item's name and of its elements' probes, as its file writes them."""
    for group in (*item.about.all_of, item.about.none_of):
        yield from group
    for element in item.elements:
        yield from _of_probe(element.probe)


def _of_probe(probe: Probe) -> Iterator[str]:
    for key in type(probe).model_fields:
        value = getattr(probe, key)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Probe):
                yield from _of_probe(part)
            elif key in _TERM_KEYS:
                terms = part if isinstance(part, tuple) else (part,)
                yield from (term.removeprefix(_WEAK) for term in terms)


def all_forms(checklist: Checklist) -> tuple[str, ...]:
    """All terms of all items in match form, each once, in a fixed order."""
    forms = {match_form(term) for item in checklist.items for term in terms_of(item)}
    return tuple(sorted(forms - {""}))
