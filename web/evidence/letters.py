"""Texts folded to their bare letters, with the way back to where each letter stood. Pure.

A quote was cut from the text that a reader made of a page: blanks run together, invisible
characters gone, faults of Thai spelling mended. Page and quote meet again in this form.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

from checklist.thai import to_arabic_digits
from checklist.thai_repair import repair

_MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf700-\uf71a"
_CLUSTER = re.compile(f"เเ|.[{_MARKS}]*[าำ]?", re.DOTALL)
_DROPPED = re.compile(
    "[\\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "|\"'“”„‟‘’‚‛«»`´]+"
)
_DASHES = re.compile("[‐-―−﹘﹣－]")


@dataclass(frozen=True, slots=True)
class Folded:
    """The letters of a text; those from `starts[n]` to `ends[n]` of the text gave letter `n`."""

    letters: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the letters from `start` to before `end` (not empty) stand in the text."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """`text` without blanks, invisible characters and quotation marks, each letter spelt one way.

    Thai marks never part from their consonant, Thai digits become Arabic ones, capitals small.
    """
    kept, places = _solid(text)
    letters: list[str] = []
    starts, ends = array("q"), array("q")
    for found in _CLUSTER.finditer(kept):
        form = _form(found[0])
        first, last = places[found.start()], places[found.end() - 1] + 1
        letters.append(form)
        starts.extend([first] * len(form))
        ends.extend([last] * len(form))
    return Folded("".join(letters), starts, ends)


def _solid(text: str) -> tuple[str, array[int]]:
    """`text` without what is dropped, and the place of each letter that is left."""
    parts: list[str] = []
    places = array("q")
    at = 0
    for gap in _DROPPED.finditer(text):
        parts.append(text[at : gap.start()])
        places.extend(range(at, gap.start()))
        at = gap.end()
    parts.append(text[at:])
    places.extend(range(at, len(text)))
    return "".join(parts), places


@lru_cache(maxsize=65_536)
def _form(cluster: str) -> str:
    mended = unicodedata.normalize("NFC", repair(cluster))
    # Files lose the ring of a sara am, which the reader puts back.
    plain = to_arabic_digits(mended).lower().replace("ฏ", "ฎ").replace("ำ", "า")
    return _DASHES.sub("-", plain)
