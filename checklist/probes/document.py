"""A document itself, not a link to one: at least `count` of them, each of `min_chars` characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class DocumentProbe(Probe):
    """A document itself, not a link to one: at least `count` of them, each of `min_chars` characters."""

    kind: Literal["document"]
    count: Annotated[int, Field(ge=1)] = 1
    min_chars: Annotated[int, Field(ge=1)] = 200

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
