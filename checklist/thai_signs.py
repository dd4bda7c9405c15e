"""Tells at the pace of plain reading whether a Thai text may have lost or gained sara am.

Word and its fonts draw sara am as a ring and a sara aa; broken PDFs lose the ring ("ตาบล") or give
it to every sara aa ("เทศบำล"). Both are well-formed Thai, so only the letters round the vowel
betray them. `thai_signs.txt` lists neighbourhoods that are common in faulty text and rare in sound
text. They are read with every sara am taken for sara aa, so that mending one vowel does not change
what is known of the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

AM, AA = "\u0e33", "\u0e32"
_TONES = frozenset("่้๊๋")
_FILE = Path(__file__).with_name("thai_signs.txt")


@dataclass(frozen=True, slots=True)
class Signs:
    """Neighbourhoods of a vowel: letter and two sizes of what follows, or four letters before."""

    short: frozenset[str]
    long: frozenset[str]
    before: frozenset[str]


@cache
def _table() -> dict[str, Signs]:
    """The signs of a lost ring (by sara aa) and of a false one (by sara am)."""
    kinds: dict[str, list[str]] = {"lost": [], "false": []}
    for line in _FILE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, key = line.partition("\t")
            kinds[kind].append(key)
    return {AA: _signs(kinds["lost"], 2), AM: _signs(kinds["false"], 1)}


def _signs(keys: list[str], short: int) -> Signs:
    split = [key.split("_") for key in keys]
    return Signs(
        short=frozenset(own + right for own, right in split if len(right) == short),
        long=frozenset(own + right for own, right in split if len(right) == short + 1),
        before=frozenset(own for own, right in split if not right),
    )


@cache
def _quick() -> tuple[Signs, Signs]:
    """The same signs as a text split at one vowel shows them: cut where the vowel stands."""
    return _cut(_table()[AA]), _cut(_table()[AM])


def _cut(signs: Signs) -> Signs:
    return Signs(
        short=frozenset(key.removesuffix(AA) for key in signs.short),
        long=frozenset(key.removesuffix(AA) for key in signs.long),
        before=frozenset(key.removeprefix(AA) for key in signs.before),
    )


def betrayed(text: str) -> bool:
    """True when `text` may hold a sara am that lost its ring or a sara aa that gained one.

    Quick and generous: what it passes over is sound, what it takes must be looked at.
    """
    lost, false = _quick()
    short, long, before = lost.short, lost.long, lost.before
    ended = text + "\n"
    for left, right in pairwise(ended.split(AA)):
        two = right[:2]
        if (
            left[-1:] + two in short
            or left[-4:] in before
            or left[-1:] + right[:3] in long
            or left[-2:] + two in short
        ):
            return True
    if AM not in text:
        return False
    return any(
        left[-1:] + right[:1] in false.short
        or left[-1:] + right[:2] in false.long
        or left[-2:] + right[:1] in false.short
        or left[-2:] + right[:2] in false.long
        or left[-4:] in false.before
        for left, right in pairwise(ended.split(AM))
    )


def suspicious(text: str) -> list[bool]:
    """For each sara aa and sara am of `text`, in order: is it likelier to be the other one."""
    table = _table()
    lost, false = table[AA], table[AM]
    pieces = [AA + piece + AA for piece in text.replace(AM, AA).split(AA)]
    vowels = [letter for letter in text if letter in (AA, AM)] if AM in text else None
    found = []
    for index, (left, right) in enumerate(pairwise(pieces)):
        own = left[-3:-1] if left[-2] in _TONES else left[-2]
        if vowels is not None and vowels[index] == AM:
            doubt = (
                own + right[1:2] in false.short
                or own + right[1:3] in false.long
                or left[-5:-1] in false.before
            )
        else:
            doubt = (
                own + right[1:3] in lost.short
                or own + right[1:4] in lost.long
                or left[-5:-1] in lost.before
            )
        found.append(doubt)
    return found
