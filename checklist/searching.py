"""Looking for many terms in many texts: where a term may stand is seen in one pass over them all.

`stands_in` says whether one text has a term; `Texts` narrows down which of many texts to ask.
It joins them, so that a term that stands nowhere costs one search of the whole instead of one
for every text, and it never leaves out a text that `stands_in` would accept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, pairwise

from rapidfuzz import fuzz

from checklist.thai import contains, letters_of, match_form

_FIGURE = re.compile(r"\d")
_TONES = re.compile("[่-์]")
_LONG_ENOUGH = 6
_LONG = 14
_ALIKE = 95
_SHORTER = 2
_APART = "\n"
"""Stands between joined texts; no text in match form holds it."""


def stands_in(form: str, term: str, *, by_ocr: bool = False) -> bool:
    """True when `form` has `term`; OCR loses tone marks, so its text matches without them."""
    if contains(form, term):
        return True
    bare = _bare(term) if by_ocr else ""
    if len(bare) < _LONG_ENOUGH:
        return False
    read = _TONES.sub("", form)
    return bare in read or (len(bare) >= _LONG and _nearly_in(bare, read))


def _nearly_in(bare: str, read: str) -> bool:
    """True when a long wording stands in `read` but for a misread letter; figures exactly."""
    if len(read) < len(bare) - _SHORTER or _FIGURE.search(bare):
        return False
    return fuzz.partial_ratio(bare, read, score_cutoff=_ALIKE) >= _ALIKE


@cache
def _bare(term: str) -> str:
    return _TONES.sub("", match_form(term))


@cache
def _pieces(bare: str) -> tuple[str, ...]:
    """Parts of a wording of which one stands unchanged in every text that nearly has it.

    `_ALIKE` allows one letter lost, added or (as both) changed for every ten; with one part more
    than letters, one part is whole. None for a wording that must stand exactly.
    """
    if len(bare) < _LONG or _FIGURE.search(bare):
        return ()
    count = len(bare) * 2 * (100 - _ALIKE) // 100 + 1
    cuts = [len(bare) * part // count for part in range(count + 1)]
    return tuple(bare[start:end] for start, end in pairwise(cuts))


class Texts:
    """Texts in match form that are searched for the same terms, many a time."""

    def __init__(
        self,
        texts: Sequence[str],
        by_ocr: Sequence[bool] = (),
        ends: Sequence[Sequence[int]] = (),
    ) -> None:
        """Take `texts`; nothing is searched before it is asked for.

        `by_ocr` tells which of them OCR read (none when left out), `ends` for each text the
        lengths at which it may also be taken to end.
        """
        self._texts = texts
        self._by_ocr = by_ocr if any(by_ocr) else ()
        self._ends = ends
        self._found: dict[str, tuple[int, ...]] = {}

    def holding(self, term: str) -> tuple[int, ...]:
        """The places, in order, of the texts that have `term` as `stands_in` sees it."""
        found = self._found.get(term)
        if found is None:
            maybe = self.maybe(term)
            found = tuple(place for place in maybe if self._has(place, term)) if maybe else ()
            self._found[term] = found
        return found

    def _has(self, place: int, term: str) -> bool:
        by_ocr = bool(self._by_ocr) and self._by_ocr[place]
        return stands_in(self._texts[place], term, by_ocr=by_ocr)

    def having(self, letters: str) -> list[int]:
        """The places, in order, of the texts that hold these very letters; none for none."""
        return self._joined.having(letters)

    def maybe(self, term: str) -> list[int]:
        """The places, in order, of every text that may have `term`, wherever it ends."""
        found = self._joined.having(letters_of(term))
        if not self._by_ocr:
            return found
        return sorted({*found, *self._misread(_bare(term))})

    def _misread(self, bare: str) -> Iterator[int]:
        """Texts read by OCR that have the wording, or a piece that a near match leaves whole."""
        if len(bare) < _LONG_ENOUGH:
            return
        yield from self._read.having(bare)
        for piece in _pieces(bare):
            yield from self._read.having(piece)
        for length in range(len(bare) - _SHORTER, len(bare)):
            yield from self._by_length.get(length, ())

    @cached_property
    def _joined(self) -> Joined:
        return Joined(self._texts)

    @cached_property
    def _read(self) -> Joined:
        """The texts that OCR read, without tone marks."""
        pairs = zip(self._texts, self._by_ocr, strict=True)
        return Joined([_TONES.sub("", text) if by_ocr else "" for text, by_ocr in pairs])

    @cached_property
    def _by_length(self) -> Mapping[int, list[int]]:
        """Texts that OCR read by their length without tone marks: short ones match in part."""
        found = defaultdict(list)
        for place, (text, by_ocr) in enumerate(zip(self._texts, self._by_ocr, strict=True)):
            if by_ocr:
                ends = {len(text), *(self._ends[place] if self._ends else ())}
                for length in {len(_TONES.sub("", text[:end])) for end in ends}:
                    found[length].append(place)
        return found


class Joined:
    """Texts joined so that one search goes over them all."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Join texts in match form, which hold no line end."""
        self._text = _APART.join(texts)
        self._starts = list(accumulate((len(text) + 1 for text in texts), initial=0))

    def having(self, letters: str) -> list[int]:
        """The places, in order, of the texts that hold `letters`; none for no letters."""
        places = []
        at = self._text.find(letters) if letters else -1
        while at >= 0:
            after = bisect_right(self._starts, at)
            places.append(after - 1)
            at = self._text.find(letters, self._starts[after])
        return places
