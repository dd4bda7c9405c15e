"""Two versions of a text side by side: which lines are new, gone or changed, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from checklist.thai_words import words

MOST_LINES = 2_500
_MOST_PAIRS = 200
_MOST_WORDS = 300
_AROUND = 2
_ALIKE = 0.4
_TOKENS = re.compile(r"[\u0e00-\u0e7f]+|\s+|[^\W\u0e00-\u0e7f]+|.", re.DOTALL)
_THAI = re.compile(r"[\u0e00-\u0e7f]")


class Change(StrEnum):
    """What became of a line; `gap` stands for lines that are the same and are not listed."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"
    GAP = "gap"


class Run(BaseModel):
    """A stretch of a line; `marked` where it differs from the other side."""

    model_config = ConfigDict(frozen=True)

    text: str
    marked: bool = False


class Row(BaseModel):
    """A line of both versions; a side that has none is empty. `count` is how many a gap holds."""

    model_config = ConfigDict(frozen=True)

    change: Change
    before: tuple[Run, ...] = ()
    after: tuple[Run, ...] = ()
    count: int = 0


class Difference(BaseModel):
    """All rows; `gone`, `new` and `changed` count lines, `cut`: the texts are longer than shown."""

    model_config = ConfigDict(frozen=True)

    rows: tuple[Row, ...] = ()
    gone: int = 0
    new: int = 0
    changed: int = 0
    cut: bool = False

    @property
    def same(self) -> bool:
        """True when nothing differs."""
        return not (self.gone or self.new or self.changed)


def difference(before: Sequence[str], after: Sequence[str]) -> Difference:
    """What differs between the lines of two versions, in the order of the page."""
    first, second = before[:MOST_LINES], after[:MOST_LINES]
    rows = list(_rows(first, second))
    counts = [sum(row.change is one for row in rows) for one in (Change.GONE, Change.NEW)]
    return Difference(
        rows=tuple(_folded(rows)),
        gone=counts[0],
        new=counts[1],
        changed=sum(row.change is Change.CHANGED for row in rows),
        cut=len(before) > len(first) or len(after) > len(second),
    )


def _rows(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    pairs = 0
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            for line in before[i1:i2]:
                said = (Run(text=line),)
                yield Row(change=Change.SAME, before=said, after=said)
            continue
        paired = min(i2 - i1, j2 - j1, max(0, _MOST_PAIRS - pairs))
        pairs += paired
        for old, new in zip(before[i1 : i1 + paired], after[j1 : j1 + paired], strict=True):
            yield from _pair(old, new)
        yield from (_gone(line) for line in before[i1 + paired : i2])
        yield from (_new(line) for line in after[j1 + paired : j2])


def _gone(line: str) -> Row:
    return Row(change=Change.GONE, before=(Run(text=line, marked=True),))


def _new(line: str) -> Row:
    return Row(change=Change.NEW, after=(Run(text=line, marked=True),))


def _pair(old: str, new: str) -> Iterator[Row]:
    """Two lines in each other's place: one row when they are alike, else one gone and one new."""
    left, right = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        yield from (_gone(old), _new(new))
        return
    codes = matcher.get_opcodes()
    yield Row(
        change=Change.CHANGED,
        before=tuple(_runs(left, [(what != "equal", i1, i2) for what, i1, i2, _, _ in codes])),
        after=tuple(_runs(right, [(what != "equal", j1, j2) for what, _, _, j1, j2 in codes])),
    )


def _runs(tokens: Sequence[str], parts: Sequence[tuple[bool, int, int]]) -> Iterator[Run]:
    for marked, start, end in parts:
        if start < end:
            yield Run(text="".join(tokens[start:end]), marked=marked)


def _tokens(line: str) -> list[str]:
    """The words of a line, Thai ones by the dictionary; what is beyond the limit is one token."""
    found: list[str] = []
    for token in _TOKENS.finditer(line):
        if len(found) > _MOST_WORDS:
            return [*found, line[token.start() :]]
        piece = token[0]
        found.extend(words(piece) if _THAI.match(piece) else (piece,))
    return found


def _folded(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with long stretches of same lines left out, but for those beside a difference."""
    near = {
        place
        for number, row in enumerate(rows)
        if row.change is not Change.SAME
        for place in range(number - _AROUND, number + _AROUND + 1)
    }
    skipped = 0
    for number, row in enumerate(rows):
        if number in near:
            if skipped:
                yield Row(change=Change.GAP, count=skipped)
                skipped = 0
            yield row
        else:
            skipped += 1
    if skipped:
        yield Row(change=Change.GAP, count=skipped)
