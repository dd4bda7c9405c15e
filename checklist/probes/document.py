"""A document itself, not a link to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.reading import reading_of
from checklist.story import is_story

if TYPE_CHECKING:
    from checklist.evidence import Document


class DocumentProbe(Probe):
    """A document itself, not a link to one: at least `count`, each of `min_chars` characters.

    A short news story about a document is not the document, x characters that
    falls short of `min_chars` is for a person to weigh.
    """

    kind: Literal["document"]
    count: Annotated[int, Field(ge=1)] = 1
    min_chars: Annotated[int, Field(ge=1)] = 200
    doubt_from: Annotated[int, Field(ge=1)] | None = None
    news: bool = False

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the opening words of every document that has enough text of its own."""
        full = [r for r in map(reading_of, documents) if len(r.body) >= self.min_chars]
        stories = [] if self.news else [r for r in full if is_story(r)]
        if stories and len(full) - len(stories) < self.count:
            quote = stories[0].quote(stories[0].evidence[0])
            return absent("เป็นข่าวที่กล่าวถึงเอกสาร ไม่ใช่ตัวเอกสาร", quote)
        quotes = [reading.quote(reading.evidence[0]) for reading in full]
        if len(full) >= self.count:
            return present(*quotes)
        short = [
            r
            for r in map(reading_of, documents)
            if self.doubt_from and len(r.body) >= self.doubt_from
        ]
        if len(short) >= self.count:
            question = "เอกสารสั้นมาก โปรดดูว่าเป็นฉบับเต็มหรือไม่"
            return unsure(question, short[0].quote(short[0].evidence[0]))
        return absent(f"พบเอกสารฉบับเต็ม {len(full)} ฉบับ ต้องมีอย่างน้อย {self.count} ฉบับ", *quotes)
