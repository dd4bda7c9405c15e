"""Mend one PDF reader's text by the other's, where each is known to err.

Word and older PDF drivers draw sara am as a ring and a sara aa. Poppler may drop the ring
("สานักงาน"), PDFium shows a space in its place ("ส านักงาน"). Poppler also sees a gap after the
shifted mark of a tall letter ("ป้ องกัน"), PDFium does not. Poppler's text is the better one
otherwise, so both places are learned from PDFium's text and mended in Poppler's.
"""

from __future__ import annotations

import re

from checklist.thai_codes import recoded

# Not in text set letter by letter ("ก า ร"), nor after a tall letter's mark ("เป้ าหมาย").
_SPACED_AM = re.compile(
    r"(?P<plain>(?<!\S)[ก-ฮ][ \u00a0]+า(?!\S)|[ปฝฟฬ][่-๋][ \u00a0]+า)|(?<=[ก-ฮ็-๎])[ \u00a0]+า"
)
GAP = re.compile(r"(?<=[ปฝฟฬ])[ัิ-ื็-๎]+ (?=[ก-ฮเ-ไ])")
_WHITE = re.compile(r"\s+")
_AM = "\u0e33"
_AA = "\u0e32"
_CONTEXTS = ((3, 3), (2, 2), (1, 2), (2, 1))


def mend(first: str, second: str) -> str:
    """`first` with lost rings restored and false gaps closed, as `second` shows them.

    Codes of another encoding are turned into Thai, as such a text cannot be quoted.
    """
    first, second = recoded(first), recoded(second)
    return close_gaps(restore(first, second), second)


def close_gaps(first: str, second: str) -> str:
    """`first` without the spaces after a tall letter's mark that `second` does not have."""

    def closed(gap: re.Match[str]) -> str:
        start, end = gap.span()
        mark = gap.group()[:-1]
        before, after = first[start - 1 : start] + mark, first[end : end + 2].rstrip()
        joined = second.count(before + after)
        return mark if joined > second.count(f"{before} {after}") else gap.group()

    return GAP.sub(closed, first)


def restore(first: str, second: str) -> str:
    """`first` with sara aa made sara am where `second` has a spaced or whole sara am.

    Both are readings of the same page. A place is recognised by the letters round it, without
    spaces; round letters that stand beside both vowels nothing is changed.
    """
    guide = _WHITE.sub("", _SPACED_AM.sub(lambda found: found["plain"] or _AM, second))
    if _AM not in guide:
        return first
    squeezed = [(index, char) for index, char in enumerate(first) if not char.isspace()]
    letters = "".join(char for _, char in squeezed)
    mended = list(first)
    open_places = [place for place, char in enumerate(letters) if char == _AA]
    for before, after in _CONTEXTS:
        rings, plain = _neighbours(guide, before, after)
        left: list[int] = []
        for place in open_places:
            key = (letters[max(0, place - before) : place], letters[place + 1 : place + 1 + after])
            if key in rings and key not in plain:
                mended[squeezed[place][0]] = _AM
            elif key not in plain:
                left.append(place)
        open_places = left
    return "".join(mended)


def _neighbours(
    guide: str, before: int, after: int
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The letters round each sara am and round each sara aa of `guide`."""
    found: dict[str, set[tuple[str, str]]] = {_AM: set(), _AA: set()}
    flat = guide.replace(_AM, _AA)
    for place, char in enumerate(guide):
        if char in found:
            key = (flat[max(0, place - before) : place], flat[place + 1 : place + 1 + after])
            found[char].add(key)
    return found[_AM], found[_AA]
