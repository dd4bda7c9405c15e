"""Links on a page that lead to the things themselves, by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal
from urllib.parse import urldefrag

from pydantic import Field, StringConstraints

from checklist.evidence import Document, Link, Passage
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.reading import EVIDENCE_REGIONS, HTML_SOURCES
from checklist.thai import contains, match_form
from checklist.verdict import Quote

Term = Annotated[str, StringConstraints(min_length=1)]

_SHOWN = 3
_ROW = 300


class LinkedProbe(Probe):
    """At least `count` links of a page whose names hold a term of every group in `all`.

    For items that a list answers by its entries, each of which opens the thing it names. The
    name is the link's own text, or the row it stands in ("download"), with the headings above.
    Fewer links than `count` leave doubt; an empty anchor or a link to the page itself is none.
    """

    kind: Literal["linked"]
    all: Annotated[
        tuple[Annotated[tuple[Term, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    count: Annotated[int, Field(ge=1)] = 1

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the first links quoted; unsure when there are fewer than `count`."""
        found = {
            link.url: Quote.of(document, Passage(f"{_name(link)} → {link.url}", link.region))
            for document in documents
            for link in _links(document)
            if self._names(link)
        }
        quotes = list(found.values())[:_SHOWN]
        if len(found) >= self.count:
            return present(*quotes)
        wanted = ", ".join(f"«{group[0]}»" for group in self.all)
        if found:
            return unsure(f"พบลิงก์ของ {wanted} เพียง {len(found)} รายการ โปรดพิจารณา", *quotes)
        return absent(f"ไม่พบลิงก์ที่เปิดไปยัง {wanted}")

    def _names(self, link: Link) -> bool:
        forms = [match_form(text) for text in (_name(link), *link.heading_path)]
        return all(any(contains(f, term) for f in forms for term in group) for group in self.all)


def _name(link: Link) -> str:
    row = link.context if len(link.context) <= _ROW else ""
    return max(link.text, row, key=len)


def _links(document: Document) -> Iterator[Link]:
    if document.source not in HTML_SOURCES:
        return
    page = urldefrag(document.fetch.final_url).url
    for link in document.links:
        scheme = link.url.split(":", 1)[0].lower()
        elsewhere = urldefrag(link.url).url not in ("", page)
        if link.region in EVIDENCE_REGIONS and elsewhere and scheme not in ("javascript", "mailto"):
            yield link
