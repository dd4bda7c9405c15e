"""A document itself, not a link to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from checklist.probes.base import Context, Finding, Probe, absent, present
from checklist.reading import reading_of

if TYPE_CHECKING:
    from checklist.evidence import Document


class DocumentProbe(Probe):
    """A document itself, not a link to one: at least `count`, each of `min_chars` characters."""

    kind: Literal["document"]
    count: Annotated[int, Field(ge=1)] = 1
    min_chars: Annotated[int, Field(ge=1)] = 200

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the opening words of every document that has enough text of its own."""
        full = [r for r in map(reading_of, documents) if len(r.body) >= self.min_chars]
        quotes = [reading.quote(reading.evidence[0]) for reading in full]
        if len(full) >= self.count:
            return present(*quotes)
        return absent(f"พบเอกสารฉบับเต็ม {len(full)} ฉบับ ต้องมีอย่างน้อย {self.count} ฉบับ", *quotes)
