"""The order in which an item's documents are looked at, whatever order they came in.

It decides which of two equally good documents is quoted and whose reasons stand first, so it
follows from the documents alone: the addresses that the unit gave, then those that links and
searches led to, and among them by address.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checklist.evidence import Document, Origin

_NEAREST_FIRST = (
    Origin.GIVEN,
    Origin.FILE,
    Origin.FOLLOWED,
    Origin.DISCOVERED,
    Origin.MAIN_SITE,
)


def in_order(documents: Sequence[Document]) -> list[Document]:
    """`documents` in an order of their own; of two at one address their whole content decides."""
    ordered = sorted(documents, key=_address)
    if any(_address(one) == _address(other) for one, other in pairwise(ordered)):
        ordered.sort(key=lambda document: (_address(document), repr(document)))
    return ordered


def _address(document: Document) -> tuple[int, str, str, str]:
    fetch = document.fetch
    origin = _NEAREST_FIRST.index(document.trail.origin)
    return origin, fetch.final_url, fetch.url, fetch.sha256
