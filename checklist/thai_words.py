"""A Thai dictionary with counts, and the cheapest way to read a run of letters as its words.

The words stand in `thai_words.txt` (built by setup/thai_words.py). The file is read when the first
doubtful text is met, never for sound text. Costs are natural logarithms of a word's rarity, so a
reading's cost is how unlikely it is; a reading that changes a letter pays for that too.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

AM, AA = "\u0e33", "\u0e32"
UNKNOWN = 10.0
"""The cost of a letter cluster that no word covers."""

_FILE = Path(__file__).with_name("thai_words.txt")
HEAD = 4
SHORT = tuple(range(1, HEAD))
"""Lengths of words shorter than a head, which may stand anywhere."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by their spelling with every sara am taken for sara aa.

    `readings` gives the real spellings and their costs; `lengths` the lengths of the words
    that begin with `HEAD` letters or stand in them, the shortest first; `longest` the length of
    the longest word by its first two letters.
    """

    readings: dict[str, tuple[tuple[str, float], ...]]
    lengths: dict[str, tuple[int, ...]]
    longest: dict[str, int]

    def cost(self, word: str) -> float | None:
        """The cost of `word`; None when it is no word."""
        for spelling, cost in self.readings.get(word.replace(AM, AA), ()):
            if spelling == word:
                return cost
        return None


@cache
def lexicon() -> Lexicon:
    """The dictionary, read once a process."""
    counts: dict[str, int] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            word, _, figure = line.partition("\t")
            counts[word] = int(figure)
    everything = math.log(sum(counts.values()))
    readings: dict[str, tuple[tuple[str, float], ...]] = {}
    lengths: dict[str, set[int]] = defaultdict(lambda: set(SHORT))
    longest: dict[str, int] = {}
    for word, count in counts.items():
        key = word.replace(AM, AA)
        readings[key] = (*readings.get(key, ()), (word, everything - math.log(count)))
        longest[key[:2]] = max(longest.get(key[:2], 0), len(key))
        if len(key) >= HEAD:
            lengths[key[:HEAD]].add(len(key))
    by_head = {head: tuple(sorted(some)) for head, some in lengths.items()}
    return Lexicon(readings, by_head, longest)


def starts(text: str) -> list[bool]:
    """For each letter and the end of `text`: may a word or a letter cluster begin there."""
    places = [True]
    for before, letter in itertools.pairwise(text):
        dependent = "ะ" <= letter <= "ฺ" or "ๅ" <= letter <= "๎"
        places.append(not dependent and not "เ" <= before <= "ไ")
    return [*places, True] if text else [True]


@dataclass(frozen=True, slots=True)
class Fluency:
    """How well runs of Thai letters read: `letters` in all, `known` of them in words, `cost`.

    Words of one or two letters and rare ones of three do not count: any string holds some.
    """

    letters: int = 0
    known: int = 0
    cost: float = 0.0

    @property
    def known_share(self) -> float:
        """Share of letters that stand in words, 0.0 to 1.0; 0.0 without letters."""
        return self.known / self.letters if self.letters else 0.0

    @property
    def cost_per_letter(self) -> float:
        """About 1.5 for good Thai prose, above 3 for strings of letters; 0.0 without letters."""
        return self.cost / self.letters if self.letters else 0.0

    def __add__(self, other: Fluency) -> Fluency:
        """Both runs taken together."""
        return Fluency(
            self.letters + other.letters, self.known + other.known, self.cost + other.cost
        )


def fluency(run: str) -> Fluency:
    """How well one run of Thai letters, without spaces, reads as dictionary words."""
    if not run:
        return Fluency()
    cost, came = _reading(run)
    known, at = 0, len(run)
    while at:
        start, word = came[at]
        known += (at - start) * word
        at = start
    return Fluency(len(run), known, cost)


def words(run: str) -> list[str]:
    """One run of Thai letters, without spaces, cut into its likeliest words and what is none.

    The pieces joined are the run again. Letters that no word covers stay together.
    """
    if not run:
        return []
    _, came = _reading(run)
    found: list[tuple[str, bool]] = []
    at = len(run)
    while at:
        start, _ = came[at]
        known = lexicon().cost(run[start:at]) is not None
        if found and not known and not found[-1][1]:
            found[-1] = (run[start:at] + found[-1][0], False)
        else:
            found.append((run[start:at], known))
        at = start
    return [word for word, _ in reversed(found)]


def _reading(run: str) -> tuple[float, list[tuple[int, bool]]]:
    """The cheapest reading: its cost, and for each end where its piece begins and if it counts."""
    lexemes = lexicon()
    collapsed = run.replace(AM, AA)
    begins = starts(run)
    size = len(run)
    best = [math.inf] * (size + 1)
    came: list[tuple[int, bool]] = [(0, False)] * (size + 1)
    best[0] = 0.0
    for start in range(size):
        if not begins[start] or best[start] == math.inf:
            continue
        after = next(place for place in range(start + 1, size + 1) if begins[place])
        if best[start] + UNKNOWN < best[after]:
            best[after], came[after] = best[start] + UNKNOWN, (start, False)
        for length in lexemes.lengths.get(collapsed[start : start + HEAD], SHORT):
            end = start + length
            if length == 1 or end > size or not begins[end]:
                continue
            for spelling, cost in lexemes.readings.get(collapsed[start:end], ()):
                if spelling == run[start:end] and best[start] + cost < best[end]:
                    best[end] = best[start] + cost
                    came[end] = (start, end - start > _SHORT or cost < _PLAIN)
    return best[size], came


_PLAIN = 9.0
_SHORT = 3
