"""Text as databases take it: SQLite stores what PostgreSQL refuses, and neither should hold it."""

from __future__ import annotations

from typing import Any


def storable(text: str) -> str:
    """`text` without what databases refuse: NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def storable_json(value: Any) -> Any:
    """The same for every string, keys too, inside plain JSON values; tuples become lists."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(part) for part in value]
    return value
