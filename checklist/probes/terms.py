"""Words that must stand in the evidence: of every group in `all` one term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class TermsProbe(Probe):
    """Words that must stand in the evidence: of every group in `all` one term."""

    kind: Literal["terms"]
    all: Annotated[tuple[tuple[Term, ...], ...], Field(min_length=1)]
    near: Literal["anywhere", "table", "heading"] = "anywhere"
    within: Literal["document", "passage"] = "document"

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
