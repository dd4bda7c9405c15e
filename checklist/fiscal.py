"""Fiscal years."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A Thai fiscal year."""

    year: int
