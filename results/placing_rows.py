"""Placements as the plain JSON that the database keeps, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from checklist.whereabouts import Placement

_PLACEMENT = TypeAdapter(Placement)


def placement_json(placement: Placement) -> dict[str, Any]:
    """A placement as plain JSON values."""
    plain: dict[str, Any] = _PLACEMENT.dump_python(placement, mode="json")
    return plain


def placement_from(value: Mapping[str, Any]) -> Placement:
    """The placement that `placement_json` wrote."""
    return _PLACEMENT.validate_python(value)
