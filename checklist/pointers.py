"""What only leads elsewhere: link texts, and rows of an index whose point is their link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urldefrag

from checklist.evidence import Link, Passage, Region
from checklist.thai import match_form

_ITEM_NUMBER = re.compile(r"^(?:oit|o|0|ข้อo?)[-.:]?\d{1,2}(?!\d)")


class PointerFinder:
    """Tells text that only names a document behind a link from text that is content."""

    def __init__(self, links: Iterable[Link], here: str) -> None:
        """Learn the texts of `links` on the page at `here` and the rows that they stand in."""
        leading = [link for link in links if _leads_elsewhere(link.url, here)]
        self._texts = {match_form(link.text) for link in leading} - {""}
        self._rows = {match_form(link.context) for link in leading} - {""}
        # A text that holds another goes first, or the rest of it would be taken for content.
        self._longest_first = sorted(self._texts, key=lambda text: (-len(text), text))

    def is_pointer(self, passage: Passage, form: str) -> bool:
        """True when the passage is a link's text, or a short row whose point is its link."""
        if passage.region is Region.HEADING:
            return form in self._texts
        if form in self._texts:
            return True
        if form in self._rows and len(form) < 260:
            return self._is_index_row(passage, form)
        left = self._without_links(form)
        return len(left) < 12 and len(left) < 0.35 * len(form)

    def _is_index_row(self, passage: Passage, form: str) -> bool:
        left = self._without_links(form)
        if passage.table is None:
            return len(left) < 60
        cells = [cell for cell in passage.text.split("\t") if cell.strip()]
        few = len(cells) <= 2 and len(left) < 60
        return bool(_ITEM_NUMBER.match(form)) or few or len(left) < 40

    def _without_links(self, form: str) -> str:
        for text in self._longest_first:
            form = form.replace(text, "")
        return form


def _leads_elsewhere(url: str, here: str) -> bool:
    """False for an anchor on the page itself, as the heads of accordions are."""
    lowered = url.lower()
    if lowered.startswith(("mailto:", "tel:", "javascript:", "#")):
        return False
    target, fragment = urldefrag(url)
    return bool(target) and not (fragment and target == urldefrag(here).url)
