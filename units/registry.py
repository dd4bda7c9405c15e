"""The registry of units: who is checked and which addresses answer which item."""

from __future__ import annotations
