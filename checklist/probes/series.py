"""One report for every month of the period, or a statement that the month had none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent

if TYPE_CHECKING:
    from checklist.evidence import Document

Term = Annotated[str, StringConstraints(min_length=1)]


class SeriesProbe(Probe):
    """One report for every month of the period, or a statement that the month had none."""

    kind: Literal["series"]
    covers: Literal["h1_fy", "fy", "fy_prev"]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
