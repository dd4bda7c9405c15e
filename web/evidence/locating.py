"""Where a quote stands in a text that was read in another way, as near as may be. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from web.evidence.letters import Folded, fold


class Match(StrEnum):
    """How much of a quote was found again; `SPREAD`: all of it, in several places."""

    WHOLE = "whole"
    SPREAD = "spread"
    NEAR = "near"
    PART = "part"
    NONE = "none"


Span = tuple[int, int]
Rank = Callable[[int], int]
"""How well a place of the text fits the quote's own place; the highest is taken."""


@dataclass(frozen=True, slots=True)
class Located:
    """The stretches of the text that are the quote, in order; none when it was not found."""

    match: Match = Match.NONE
    spans: tuple[Span, ...] = ()


MOST_PLACES = 60
_NEAR_SCORE = 88.0
_NEAR_LEAST = 12
_NEAR_MOST = 1_000_000
_PART_LEAST = 14
_PIECE_LEAST = 7
_PIECE_MOST = 400
_MISSED_SHARE = 0.1
_PART_SHARE = 0.4
_CELLS = re.compile(r"[\t\n]| \| | → ")
_ELLIPSIS = re.compile(r"^…|…$")


def locate(text: Folded, quote: str, rank: Rank = lambda _: 0) -> Located:
    """Find `quote` (as stored, of any length) in `text`; of equal places the first is taken."""
    core = fold(_ELLIPSIS.sub("", quote.strip())).letters
    if not core or not text.letters:
        return Located()
    at = best_place(text, core, rank)
    if at is not None:
        return Located(Match.WHOLE, (text.span(at, at + len(core)),))
    return (
        _row(text, quote, rank)
        or _near(text, core)
        or _spread(text, core, rank)
        or _part(text, core, rank)
        or Located()
    )


def best_place(text: Folded, letters: str, rank: Rank) -> int | None:
    """The best place in `text` at which these letters stand."""
    places = list(_places(text.letters, letters))
    if not places:
        return None
    return max(places, key=lambda at: (rank(text.starts[at]), -at))


def _places(text: str, letters: str) -> Iterator[int]:
    at = text.find(letters)
    count = 0
    while at >= 0 and count < MOST_PLACES:
        yield at
        count += 1
        at = text.find(letters, at + 1)


def _row(text: Folded, quote: str, rank: Rank) -> Located | None:
    """A table row whose first cells stand in a row above, as cells that span rows do."""
    cells = [cell for cell in (fold(part).letters for part in _CELLS.split(quote)) if cell]
    whole = sum(map(len, cells))
    for skipped in range(1, len(cells)):
        rest = "".join(cells[skipped:])
        if len(rest) < max(_PART_LEAST, _PART_SHARE * whole):
            return None
        at = best_place(text, rest, rank)
        if at is not None:
            above = _above(text, cells[:skipped], at)
            return Located(Match.PART, (*above, text.span(at, at + len(rest))))
    return None


def _above(text: Folded, cells: Sequence[str], before: int) -> Iterator[Span]:
    for cell in cells:
        at = text.letters.rfind(cell, 0, before)
        if at >= 0:
            yield text.span(at, at + len(cell))


def _near(text: Folded, core: str) -> Located | None:
    if len(core) < _NEAR_LEAST or len(text.letters) > _NEAR_MOST:
        return None
    found = fuzz.partial_ratio_alignment(core, text.letters, score_cutoff=_NEAR_SCORE)
    if found is None or found.dest_end - found.dest_start < _NEAR_LEAST:
        return None
    if len(text.letters) < len(core):
        return Located(Match.PART, (text.span(0, len(text.letters)),))
    return Located(Match.NEAR, (text.span(found.dest_start, found.dest_end),))


def _spread(text: Folded, core: str, rank: Rank) -> Located | None:
    """A quote that was joined from several lines: each of its pieces, none of them short."""
    spans: list[Span] = []
    at, after, missed = 0, 0, 0
    while at < len(core):
        piece = _longest(text, core[at : at + _PIECE_MOST], _PIECE_LEAST)
        if not piece:
            at, missed = at + 1, missed + 1
            if missed > _MISSED_SHARE * len(core):
                return None
            continue
        place = text.letters.find(piece, after)
        if place < 0:
            found = best_place(text, piece, rank)
            place = 0 if found is None else found
        spans.append(text.span(place, place + len(piece)))
        at, after = at + len(piece), place + len(piece)
    return Located(Match.SPREAD, tuple(sorted(set(spans)))) if len(spans) > 1 else None


def _part(text: Folded, core: str, rank: Rank) -> Located | None:
    """The longest beginning of the quote, else its longest end, when it is a good part of it."""
    least = max(_PART_LEAST, int(_PART_SHARE * len(core)))
    for piece in (_longest(text, core, least), _longest(text, core, least, from_end=True)):
        if piece:
            at = best_place(text, piece, rank)
            if at is not None:
                return Located(Match.PART, (text.span(at, at + len(piece)),))
    return None


def _longest(text: Folded, core: str, least: int, *, from_end: bool = False) -> str:
    """The longest beginning or end of `core` that stands in the text, "" when below `least`."""
    low, high = least - 1, len(core)
    while low < high:
        middle = (low + high + 1) // 2
        piece = core[-middle:] if from_end else core[:middle]
        if piece in text.letters:
            low = middle
        else:
            high = middle - 1
    if low < least:
        return ""
    return core[-low:] if from_end else core[:low]
