"""An explicit statement that there was none of `of`, such as ไม่มีเรื่องร้องเรียน."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class NoneStatementProbe(Probe):
    """An explicit statement that there was none of `of`, such as ไม่มีเรื่องร้องเรียน."""

    kind: Literal["none_statement"]
    of: Annotated[tuple[Term, ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
