"""Who is checked: the registry of units, its files, and the ministry's units as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from units.importing import read_units
from units.registry import Registry

__all__ = ["Registry", "read_units", "shipped"]

_DATA = Path(__file__).parent / "data"


@cache
def shipped() -> Registry:
    """The offices of the Permanent Secretary for Interior, then the 76 provinces.

    Their addresses follow the official pattern and are not verified.
    """
    return Registry(
        unit for name in ("moi", "provinces") for unit in read_units(_DATA / f"{name}.yaml")
    )
