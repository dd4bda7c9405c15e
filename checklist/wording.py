"""Shared lists of wordings: an item writes `<progress>` where a list of terms is meant.

A list stands for what an assessor reads as the same thing; it is written once, in
a file of the folder `wording`, and every item of every year that needs it names it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

_NAME = re.compile(r"(~?)<([a-z0-9_]+)>")


class WordingError(ValueError):
    """A name of no list, or lists that are not lists; `location` is the path of keys to it."""

    def __init__(self, message: str, location: tuple[str | int, ...] = ()) -> None:
        """Say what is wrong and where."""
        super().__init__(message)
        self.location = location


def wording_lists(data: Any) -> Mapping[str, tuple[str, ...]]:
    """The lists of a wording file, name to terms; raises `WordingError`."""
    if not isinstance(data, Mapping):
        raise WordingError("expected names and lists of terms")
    for name, terms in data.items():
        usable = isinstance(terms, list) and terms and all(isinstance(t, str) for t in terms)
        if not usable:
            raise WordingError(f"«{name}» must be a list of terms", (name,))
        if any(_NAME.fullmatch(term) for term in terms):
            raise WordingError(f"«{name}» names another list; write its terms out", (name,))
    return {name: tuple(dict.fromkeys(terms)) for name, terms in data.items()}


def spelt_out(node: Any, lists: Mapping[str, Sequence[str]], at: tuple[str | int, ...] = ()) -> Any:
    """`node` (plain YAML data) with every `<name>` in a list replaced by the terms it stands for.

    Terms that the list already holds are not repeated. Raises `WordingError` for an unknown name.
    """
    if isinstance(node, Mapping):
        return {key: spelt_out(value, lists, (*at, key)) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    found: list[Any] = []
    for index, value in enumerate(node):
        named = _NAME.fullmatch(value) if isinstance(value, str) else None
        if named is None:
            found.append(spelt_out(value, lists, (*at, index)))
            continue
        mark, name = named.groups()
        if name not in lists:
            raise WordingError(_unknown(name, lists), (*at, index))
        found.extend(mark + term for term in lists[name] if mark + term not in found)
    return found


def _unknown(name: str, lists: Mapping[str, Sequence[str]]) -> str:
    near = difflib.get_close_matches(name, lists, n=1)
    known = f"did you mean <{near[0]}>?" if near else f"known: {', '.join(sorted(lists))}"
    return f"there is no list of wordings <{name}>; {known}"
