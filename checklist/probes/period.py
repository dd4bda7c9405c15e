"""The period that the document itself states, against the year rule `covers`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent

if TYPE_CHECKING:
    from checklist.evidence import Document

Term = Annotated[str, StringConstraints(min_length=1)]


class PeriodProbe(Probe):
    """The period that the document itself states, against the year rule `covers`."""

    kind: Literal["period"]
    covers: Literal["fy", "fy_prev", "h1_fy", "covers_fy", "in_force_fy", "fy_or_h1"]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in the documents."""
        return absent("")
