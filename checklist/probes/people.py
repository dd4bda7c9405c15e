"""Executives, each with name, position, photo and contact; of every group in `positions` one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class PeopleProbe(Probe):
    """Executives, each with name, position, photo and contact; of every group in `positions` one person."""

    kind: Literal["people"]
    positions: Annotated[tuple[tuple[Term, ...], ...], Field(min_length=1)]
    needs: tuple[Literal["name", "position", "photo", "contact"], ...] = ("name", "position", "photo", "contact")

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
