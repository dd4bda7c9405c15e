"""A table whose header has these columns and that holds data rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class ColumnsProbe(Probe):
    """A table whose header has these columns and that holds data rows."""

    kind: Literal["columns"]
    columns: Annotated[tuple[tuple[Term, ...], ...], Field(min_length=1)]
    rows: Annotated[int, Field(ge=1)] = 1

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
