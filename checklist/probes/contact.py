"""The unit's address, telephone, e-mail, map or fax."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class ContactProbe(Probe):
    """The unit's address, telephone, e-mail, map or fax."""

    kind: Literal["contact"]
    needs: Annotated[tuple[Literal["address", "phone", "email", "map", "fax"], ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
