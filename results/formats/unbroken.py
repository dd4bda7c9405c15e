"""Keeps compounds of official Thai on one line: a browser would part ผู้|บริหาร and งบ|ประมาณ.

The compounds are data, `unbroken.txt`; the text itself stays as it is, letter by letter.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from pathlib import Path

from markupsafe import Markup, escape

COMPOUNDS = Path(__file__).parent / "unbroken.txt"
_LEADING = "เแโใไ"
_FOLLOWING = "ะ-ฺๅ็-๎"


@cache
def compounds() -> tuple[str, ...]:
    """The compounds, longest first."""
    lines = COMPOUNDS.read_text(encoding="utf-8").splitlines()
    words = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def unbroken(text: str) -> Markup:
    """`text` as markup whose compounds do not break; plain text is escaped, markup stays.

    Of compounds that begin at the same letter the longest is kept. What stands inside a tag is
    left alone, and so is a compound's likeness that begins or ends within a syllable.
    """
    return Markup(_pattern().sub(_kept, escape(text)))  # nosec B704  # escaped just here


def _kept(found: re.Match[str]) -> str:
    word = found["word"]
    return f'<span class="nb">{word}</span>' if word else found[0]


@cache
def _pattern() -> re.Pattern[str]:
    # Grouped by first letter, so that each place of the text tries only a few.
    by_letter = groupby(sorted(compounds(), key=lambda word: word[0]), key=lambda word: word[0])
    groups = "|".join(
        letter + "(?:" + "|".join(re.escape(word[1:]) for word in words) + ")"
        for letter, words in by_letter
    )
    return re.compile(f"<[^>]*>|(?<![{_LEADING}])(?P<word>{groups})(?![{_FOLLOWING}])")
