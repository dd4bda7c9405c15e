"""Words of the dictionary that a text may hold where marks were lost to other signs."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from itertools import product

from checklist.thai_signs import AA, AM
from checklist.thai_words import HEAD, lexicon

ANY = "\ufffd"
"""Stands for a lost mark in a pattern."""
_GUESS = 3.0
_GUESSES = "ำ่้๊๋็์ัิีึืุูา"


@lru_cache(maxsize=20_000)
def _begun(pattern: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The heads of words, or short words, that `pattern` may be, with the words' lengths."""
    places = [place for place, letter in enumerate(pattern) if letter == ANY]
    letters = list(pattern)
    found = []
    for marks in product(_GUESSES, repeat=len(places)):
        for place, mark in zip(places, marks, strict=True):
            letters[place] = mark
        head = "".join(letters)
        key = head.replace(AM, AA)
        short = (len(head),) if key in lexicon().readings else ()
        lengths = short if len(head) < HEAD else lexicon().lengths.get(key, ())
        if lengths:
            found.append((head, lengths))
    return tuple(found)


@cache
def _alike() -> dict[tuple[str, int], list[str]]:
    """The dictionary's words, every sara am taken for sara aa, by their head and length."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for key in lexicon().readings:
        found[key[:HEAD], len(key)].append(key)
    return found


# Trying two marks at every place takes a millisecond a letter; few words begin as the text does.
@lru_cache(maxsize=20_000)
def words_like(pattern: str) -> tuple[tuple[str, float, float], ...]:
    """The words that `pattern` is with marks where signs were lost; their costs, the guess's."""
    heads = [head for head, lengths in _begun(pattern[:HEAD]) if len(pattern) in lengths]
    if not heads:
        return ()
    lost = [place for place, letter in enumerate(pattern) if letter == ANY]
    later = [place for place in lost if place >= HEAD]
    rest = pattern[HEAD:].replace(AM, AA)
    found = []
    for head in heads:
        fitting = []
        for key in _alike().get((head.replace(AM, AA), len(pattern)), ()):
            if not all(a in (b, ANY) for a, b in zip(rest, key[HEAD:], strict=True)):
                continue
            for spelling, cost in lexicon().readings[key]:
                marks = [_GUESSES.find(spelling[place]) for place in later]
                same = all(spelling[p] == head[p] for p in lost if p < HEAD)
                if same and min(marks, default=0) >= 0:
                    fitting.append((marks, spelling, cost))
        fitting.sort(key=lambda found: found[0])
        found += [(spelling, cost, _GUESS * len(lost)) for _, spelling, cost in fitting]
    return tuple(found)
