"""A place on the site where an outsider can ask, apply, complain or give an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class ChannelProbe(Probe):
    """A place on the site where an outsider can ask, apply, complain or give an opinion."""

    kind: Literal["channel"]
    purpose: Literal["ask", "service", "complaint", "opinion"]
    separate: bool = False

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
