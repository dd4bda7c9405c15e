"""A passage of a document prepared for judging, in match form, and how it is quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from checklist.evidence import Passage, TextSource
from checklist.thai import match_form, normalise, to_arabic_digits

_EXCERPT = 280
_LEAD = 50
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True)
class Line:
    """A passage and its match form; `pointer` marks text that only leads elsewhere."""

    passage: Passage
    form: str
    pointer: bool = False

    @cached_property
    def text(self) -> str:
        """The passage's text repaired and still readable, with its line ends."""
        return normalise(self.passage.text)

    @property
    def by_ocr(self) -> bool:
        """True when the passage was read from a picture."""
        return self.passage.source is TextSource.OCR

    @cached_property
    def readable(self) -> str:
        """`text` with Arabic digits."""
        return to_arabic_digits(self.text)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Its printed lines, each in match form."""
        return tuple(match_form(row) for row in self.passage.text.splitlines())

    @property
    def has_figure(self) -> bool:
        """True when the passage holds a number, as the rows of a table do."""
        return bool(_FIGURE.search(self.form))


def excerpt(text: str, term: str = "", size: int = _EXCERPT) -> str:
    """At most `size` characters of `text`, around `term` where it stands literally in it."""
    text = " ".join(text.split())
    if len(text) <= size:
        return text
    at = max(text.find(term), 0) if term else 0
    start = max(0, min(at - _LEAD, len(text) - size))
    cut = text[start : start + size].strip()
    return ("…" if start else "") + cut + ("…" if start + size < len(text) else "")
