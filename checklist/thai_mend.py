"""Faults of Thai text that only a dictionary can mend: sara am, lost marks, spaces, doubles.

A doubtful run of letters is read as the words that cost least, where changing a letter costs too:
little where its neighbours betray it (`checklist.thai_signs`), much elsewhere. What the dictionary
does not prefer stays as it was, so "ทา" becomes "ทำ" only in a text that has lost every sara am.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from checklist.thai_signs import AA, AM, betrayed, suspicious
from checklist.thai_words import HEAD, SHORT, UNKNOWN, lexicon, starts

LOST_MARK = "\ufffd\u00c0-\u024f\u0370-\u052f\ue000-\uefff\uf100-\uf6ff\uf71b-\uf8ff"
"""Characters that stand for a mark or a sara am when a Thai letter precedes them."""

_SEVERAL = 2
_SURE, _LIKELY, _UNLIKELY = 1.0, 4.0, 9.0
_NARROW_GAP, _GAP = 1.0, 6.0
_GUESS = 3.0
_DOUBLE, _DOUBLES = 12.0, 7.0
_LONGEST = 400
_MARKS = "ัิ-ฺ็-๎"
_THAI = f"ก-ฮะ-ฺเ-ๅ็-๎{LOST_MARK}"
_RUN = re.compile(f"[ก-ฮเ-ไ][{_THAI}]*(?: [ก-ฮะ-ฺเ-ๅ็-๎][{_THAI}]*)*")
_WILD = re.compile(f"[{LOST_MARK}]")
_LOST = re.compile(f"(?<=[ก-ฮะ-ฺเ-ๅ็-๎])[{LOST_MARK}]")
_DOUBLED = re.compile(f"([ก-ฮ][{_MARKS}]+)(?:[ก-ฮ][{_MARKS}]*|[ะาำ])\\1")
_STRAY_GAP = re.compile(
    f"(?<!\\S)[ก-ฒด-ฮ][{_MARKS}]* (?=[ก-ฮะ-ไ])|(?!ปี )[ปฝฟฬ][{_MARKS}]+ (?=[ก-ฮเ-ไ])|[เ-ไ] "
)
_TALL = re.compile(f"[ปฝฟฬ][{_MARKS}]+$")
_GUESSES = "ำ่้๊๋็์ัิีึืุูา"
_CLUSTER = re.compile(f"[ก-ฮ][{_MARKS}]*|.")
_WILD_REACH = 12
_ANY = "\ufffd"

Words = tuple[tuple[str, float], ...]
"""Spellings and their costs."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a whole text shows: has it lost every sara am, or no sara aa left."""

    all_lost: bool = False
    all_false: bool = False


def mend(text: str) -> str:
    """`text` with the faults mended that its dictionary words show; sound text is returned as is.

    Lines and other characters than Thai letters and single spaces between them stay.
    """
    by_vowel = betrayed(text)
    if not by_vowel and not _doubtful(text):
        return text
    mended = _mend_runs(text, Doubt(), by_vowel=by_vowel)
    if not by_vowel or (AM in text and AA in text):
        return mended
    doubt = Doubt(
        all_lost=AM not in text and AM in mended, all_false=AA not in text and AA in mended
    )
    return _mend_runs(text, doubt, by_vowel=True) if doubt != Doubt() else mended


def _mend_runs(text: str, doubt: Doubt, *, by_vowel: bool) -> str:
    def mended(run: re.Match[str]) -> str:
        letters = run[0]
        wanted = by_vowel and (
            betrayed(letters)
            or (doubt.all_lost and AA in letters)
            or (doubt.all_false and AM in letters)
        )
        return _mended(letters, doubt) if wanted or _doubtful(letters) else letters

    return _RUN.sub(mended, text)


def _doubtful(text: str) -> bool:
    if _LOST.search(text) or _DOUBLED.search(text):
        return True
    return " " in text and _STRAY_GAP.search(text) is not None


@lru_cache(maxsize=20_000)
def _mended(run: str, doubt: Doubt) -> str:
    """One run of Thai letters and single spaces, as its cheapest reading spells it."""
    if _DOUBLED.search(run):
        single = _undoubled(run)
        dropped = len(_CLUSTER.findall(run)) - len(_CLUSTER.findall(single))
        least = dropped * (_DOUBLES if dropped > 1 else _DOUBLE)
        if _Reading(single, doubt).cost + least < _Reading(run, doubt).cost:
            run = single
    return _Reading(run, doubt).spelling()


def _undoubled(run: str) -> str:
    """`run` without the clusters drawn a second time after the one that follows them."""
    out: list[str] = []
    dropped = False
    for cluster in _CLUSTER.findall(run):
        if cluster == " ":
            if not dropped:
                out.append(cluster)
            continue
        letters = [piece for piece in out[-4:] if piece != " "]
        dropped = len(cluster) > 1 and len(letters) > 1 and letters[-2] == cluster
        if dropped:
            while out[-1] == " ":
                out.pop()
        else:
            out.append(cluster)
    return "".join(out)


# Guessing two marks in all the words that may begin at a letter takes a millisecond; what no word
# begins with is known beforehand.
@lru_cache(maxsize=20_000)
def _begun(pattern: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The beginnings of words, or short words, that `pattern` may be, with the words' lengths."""
    places = [place for place, letter in enumerate(pattern) if letter == _ANY]
    letters = list(pattern)
    found = []
    for marks in product(_GUESSES, repeat=len(places)):
        for place, mark in zip(places, marks, strict=True):
            letters[place] = mark
        head = "".join(letters)
        key = head.replace(AM, AA)
        whole = (len(head),) if key in lexicon().readings else ()
        lengths = whole if len(head) < HEAD else lexicon().lengths.get(key, ())
        if lengths:
            found.append((head, lengths))
    return tuple(found)


class _Reading:
    """The cheapest way to read a run as words, mended letters and unknown clusters."""

    def __init__(self, run: str, doubt: Doubt) -> None:
        tokens = run.split(" ")
        self.letters = "".join(tokens)
        self.collapsed = self.letters.replace(AM, AA)
        self.spaced = len(tokens) > _SEVERAL and _is_letter_spaced(tokens)
        self.gaps = _gaps(tokens, self.spaced)
        self.edits = _edits(self.letters, doubt)
        self.wild = [place.start() for place in _WILD.finditer(self.letters)]
        size = len(self.letters)
        self.best = [math.inf] * (size + 1)
        self.came: list[tuple[int, str, bool]] = [(0, "", False)] * (size + 1)
        self.best[0] = 0.0
        self._search(size)
        self.cost = self.best[size]

    def _search(self, size: int) -> None:
        begins = starts(self.letters)
        ends = [place for place, begin in enumerate(begins) if begin and place]
        lengths, readings = lexicon().lengths, lexicon().readings
        collapsed, best = self.collapsed, self.best
        following = 0
        for start in range(size):
            if not begins[start] or best[start] == math.inf:
                continue
            while ends[following] <= start:
                following += 1
            after = ends[following]
            self._take(start, after, self.letters[start:after], UNKNOWN, known=False)
            for length in lengths.get(collapsed[start : start + HEAD], SHORT):
                end = start + length
                if end > size:
                    break
                if begins[end] and (words := readings.get(collapsed[start:end])):
                    self._words(start, end, words)
            if self.wild:
                reach = max(lexicon().longest.get(collapsed[start : start + 2], 0), _WILD_REACH)
                last = bisect_right(ends, start + reach, following)
                for end in ends[following:last]:
                    self._guesses(start, end)

    def _words(self, start: int, end: int, words: Words, guess: float = 0.0) -> None:
        """Take the letters from `start` to `end` for one of `words`; what it changes costs."""
        before, best = self.best[start], self.best[end]
        for spelling, cost in words:
            if before + cost >= best:
                continue
            extra = guess
            if self.gaps:
                inner = range(start + 1, end)
                extra += sum(self.gaps[place] for place in inner if place in self.gaps)
            if not self.letters.startswith(spelling, start):
                extra += sum(
                    self.edits.get(place, 0.0)
                    for place, letter in enumerate(spelling, start)
                    if letter != self.letters[place]
                )
            self._take(start, end, spelling, cost + extra, known=True)

    def _guesses(self, start: int, end: int) -> None:
        """Take the letters for words that have a mark where the text has lost one."""
        for guess, spelling, cost in self._guessed(start, end):
            self._words(start, end, ((spelling, cost),), guess)

    def _guessed(self, start: int, end: int) -> list[tuple[float, str, float]]:
        readings = lexicon().readings
        first, last = bisect_left(self.wild, start), bisect_left(self.wild, end)
        wild = [place - start for place in self.wild[first:last]]
        if not wild or len(wild) > _SEVERAL or wild[0] == 0:
            return []
        found = []
        pattern = _WILD.sub(_ANY, self.letters[start:end])
        later = [place for place in wild if place >= HEAD]
        for head, lengths in _begun(pattern[:HEAD]):
            if len(pattern) not in lengths:
                continue
            letters = [*head, *pattern[HEAD:]]
            for marks in product(_GUESSES, repeat=len(later)):
                for place, mark in zip(later, marks, strict=True):
                    letters[place] = mark
                guessed = "".join(letters)
                found += [
                    (_GUESS * len(wild), spelling, cost)
                    for spelling, cost in readings.get(guessed.replace(AM, AA), ())
                    if all(spelling[place] == guessed[place] for place in wild)
                ]
        return found

    def _take(self, start: int, end: int, spelling: str, cost: float, *, known: bool) -> None:
        total = self.best[start] + cost
        if total < self.best[end]:
            self.best[end] = total
            self.came[end] = (start, spelling, known)

    def spelling(self) -> str:
        """The run as read: gaps inside words closed, all others kept."""
        pieces: list[str] = []
        at = len(self.letters)
        right_known = False
        while at:
            start, spelling, known = self.came[at]
            if pieces and at in self.gaps and not (self.spaced and known and right_known):
                pieces.append(" ")
            pieces.append(spelling if known else self._as_written(start, at))
            at, right_known = start, known
        return "".join(reversed(pieces))

    def _as_written(self, start: int, end: int) -> str:
        return "".join(
            (" " if place > start and place in self.gaps else "") + self.letters[place]
            for place in range(start, end)
        )


def _is_letter_spaced(tokens: list[str]) -> bool:
    """True when most of the pieces between spaces hold no more than one consonant."""
    single = sum(1 for token in tokens if sum("ก" <= letter <= "ฮ" for letter in token) <= 1)
    return single * 2 > len(tokens)


def _gaps(tokens: list[str], spaced: bool) -> dict[int, float]:
    """What closing each space costs, by the place of the letter after it."""
    found = {}
    place = 0
    for token in tokens[:-1]:
        place += len(token)
        tall = _TALL.search(token)
        torn = tall is not None and lexicon().cost(tall[0]) is None
        found[place] = _NARROW_GAP if spaced or torn else _GAP
    return found


def _edits(letters: str, doubt: Doubt) -> dict[int, float]:
    """What changing each sara am or sara aa into the other costs, by its place."""
    places = [place for place, letter in enumerate(letters) if letter in (AA, AM)]
    false_all = doubt.all_false or (AA not in letters and len(places) >= _SEVERAL)
    found = {}
    for place, doubted in zip(places, suspicious(letters), strict=True):
        sure = doubt.all_lost if letters[place] == AA else false_all
        found[place] = _SURE if sure else _LIKELY if doubted else _UNLIKELY
    return found
