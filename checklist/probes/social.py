"""Links from the site to the unit's own social network pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

Term = Annotated[str, StringConstraints(min_length=1)]


class SocialProbe(Probe):
    """Links from the site to the unit's own social network pages."""

    kind: Literal["social"]
    networks: tuple[Literal["facebook", "x", "instagram", "youtube", "line", "tiktok"], ...] = ()

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
