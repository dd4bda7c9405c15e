"""A path of links from the unit's main site to the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class ReachableProbe(Probe):
    """A path of links from the unit's main site to the evidence."""

    kind: Literal["reachable"]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
