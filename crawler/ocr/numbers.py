"""The engine's line with the digits put right: what stands on the page replaces what was read.

Tesseract finds Thai digits and their places but mistakes one for another, so its Thai digits are
never believed: each is replaced by what the network read at its place, or keeps confidence 0. Its
Arabic digits are good; they are sure when the network reads the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.ocr.marks import Mark, Run
from crawler.ocr.model import ReadLine
from crawler.ocr.network import ARABIC_DIGITS, THAI_DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.ocr.model import Symbol, TextLine

_DIGITS = frozenset(THAI_DIGITS + ARABIC_DIGITS)
_THAI_LETTER = re.compile(r"[ก-ฮะ-ฺเ-ๆ็-๎]")
_SIGNS = frozenset("/.,-–:")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_LETTER_DOUBTED = 0.9
_RUN_SURE = 0.97
_RUN_LIKELY = 0.5
_DOUBTED = 50.0
_UNCONFIRMED = 90.0
# The figure 1 is a mere stroke: the network cannot tell it from a letter, the engine can.
_LONE_ONE = 96.0
_YEAR = re.compile(r"[2๒][4-6๔-๖][0-9๐-๙]{2}")
_RECENT = range(2550, 2581)
_TO_ARABIC = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the final line; `sure` is 0 to 100 for digits."""

    text: str
    spaced: bool
    sure: tuple[float, ...] = ()


def put_right(line: TextLine, runs: Sequence[Run]) -> ReadLine:
    """The line's text with digits as the page shows them, and how sure each digit is."""
    runs = [kept for run in runs if (kept := trimmed(run, line.symbols)) is not None]
    owners = _owners(line.symbols, runs)
    parts: list[_Part] = []
    written: set[int] = set()
    for symbol, owner in zip(line.symbols, owners, strict=True):
        for index in _passed(symbol, runs, written, owners):
            parts.append(_part_of_run(runs[index], (), spaced=False))
            written.add(index)
        if owner is None:
            parts.append(_part_of_symbol(symbol))
        elif owner not in written:
            covered = [s for s, o in zip(line.symbols, owners, strict=True) if o == owner]
            parts.append(_part_of_run(runs[owner], covered, spaced=symbol.spaced))
            written.add(owner)
    text = "".join((" " if part.spaced else "") + part.text for part in parts)
    return ReadLine(
        text.replace("ํา", "ำ").strip(), tuple(sure for part in parts for sure in part.sure)
    )


def _owners(symbols: Sequence[Symbol], runs: Sequence[Run]) -> list[int | None]:
    """For each symbol the run that stands at its place and replaces it."""
    owners: list[int | None] = [None] * len(symbols)
    for index, run in enumerate(runs):
        slack = 0.25 * (run.right - run.left) / len(run.marks)
        under = [
            place
            for place, symbol in enumerate(symbols)
            if owners[place] is None
            and run.left - slack <= symbol.centre <= run.right + slack
            and (not _is_sign(symbol) or run.left <= symbol.centre <= run.right)
        ]
        if under and _believed(run, symbols, under):
            for place in _replaced(run, symbols, under):
                owners[place] = index
    return owners


def _replaced(run: Run, symbols: Sequence[Symbol], under: Sequence[int]) -> range:
    """Which of the symbols under a run it replaces.

    The engine's boxes drift by half a letter, so letters at the ends are kept as text unless
    the engine read fewer digits than stand there and the letter lies inside the run.
    """
    digits = [place for place in under if _DIGITS.intersection(symbols[place].text)]
    inside = [p for p in under if run.left <= symbols[p].centre <= run.right] or list(under)
    if not digits:
        return range(inside[0], inside[-1] + 1)
    first, last = digits[0], digits[-1]
    missing = len(run.marks) - len(digits)
    while missing > 0 and (first - 1 in inside or last + 1 in inside):
        if first - 1 in inside:
            first -= 1
        else:
            last += 1
        missing -= 1
    return range(first, last + 1)


def _is_sign(symbol: Symbol) -> bool:
    return not any(character.isalnum() for character in symbol.text)


def _believed(run: Run, symbols: Sequence[Symbol], under: Sequence[int]) -> bool:
    """True when the run is taken for digits although the engine may have read letters.

    A round digit looks like a Latin o: beside Latin letters only the engine's own digits count.
    """
    texts = "".join(symbols[place].text for place in under)
    if any(character in _DIGITS for character in texts):
        return True
    around = [*symbols[max(0, under[0] - 1) : under[0]], *symbols[under[-1] + 1 : under[-1] + 2]]
    latin = any(_LATIN_LETTER.search(symbol.text) for symbol in around)
    if not run.thai or latin:
        return False
    if len(run.marks) == 1:
        return run.chance >= _RUN_SURE and not _THAI_LETTER.search(texts)
    return run.chance >= (_RUN_SURE if any(map(str.isalpha, texts)) else _RUN_LIKELY)


def trimmed(run: Run, symbols: Sequence[Symbol]) -> Run | None:
    """The run without doubtful digits at its ends where the engine read a Thai letter.

    A clear one stays, yet is not sure when the engine read fewer digits than the run holds.
    """
    marks = list(run.marks)
    digits = sum(
        bool(_DIGITS.intersection(symbol.text)) and run.left <= symbol.centre <= run.right
        for symbol in symbols
    )
    for end in (0, -1):
        while marks and marks[end].chance < _LETTER_DOUBTED and _letter_at(marks[end], symbols):
            marks.pop(end)
        if marks and digits < len(marks) and _letter_at(marks[end], symbols):
            marks[end] = replace(marks[end], chance=min(marks[end].chance, _LETTER_DOUBTED))
    return Run(tuple(marks)) if marks else None


def _letter_at(mark: Mark, symbols: Sequence[Symbol]) -> bool:
    return any(
        mark.cell.left <= symbol.centre < mark.cell.right and _THAI_LETTER.search(symbol.text)
        for symbol in symbols
    )


def _passed(
    symbol: Symbol, runs: Sequence[Run], written: set[int], owners: Sequence[int | None]
) -> list[int]:
    """Sure runs left of `symbol` at whose place the engine read nothing at all."""
    return [
        index for index, run in enumerate(runs)
        if index not in written and index not in owners and run.thai and len(run.marks) > 1
        and run.chance >= _RUN_SURE and run.right < symbol.centre
    ]  # fmt: skip


def _part_of_symbol(symbol: Symbol) -> _Part:
    """A symbol as the engine read it; its digits stay unconfirmed."""
    sure = []
    for character in symbol.text:
        if character in THAI_DIGITS:
            sure.append(0.0)
        elif character in ARABIC_DIGITS:
            limit = _LONE_ONE if character == "1" else _UNCONFIRMED
            sure.append(min(limit, symbol.confidence))
    return _Part(symbol.text, symbol.spaced, tuple(sure))


def _part_of_run(run: Run, covered: Sequence[Symbol], *, spaced: bool) -> _Part:
    """The run as text; where it contradicts the engine, the engine's text with little sureness.

    A year that the engine saw and the picture does not confirm stays a year, wholly unsure, so
    that a person looks: dropped, it would count as missing.
    """
    read = "".join(c for symbol in covered for c in symbol.text if c in _DIGITS)
    other_length = len(read) != len(run.marks) or run.chance < _RUN_SURE
    if _YEAR.fullmatch(read) and not _YEAR.fullmatch(run.text) and other_length:
        return _Part(read, spaced, (0.0,) * len(read))
    if not run.thai and read != run.text:
        return _Part(
            "".join(symbol.text for symbol in covered), spaced,
            (min(_DOUBTED, 100 * run.chance),) * len(read),
        )  # fmt: skip
    if not run.thai:
        return _Part("".join(symbol.text for symbol in covered), spaced, _agreed(run, covered))
    signs = [symbol for symbol in covered if symbol.text in _SIGNS]
    groups = _groups(run, signs)
    figures = [sureness("".join(m.digit for m in g), [m.chance for m in g]) for g, _ in groups]
    text = "".join("".join(mark.digit for mark in group) + sign for group, sign in groups)
    return _Part(text, spaced, tuple(sure for figure in figures for sure in figure))


def _agreed(run: Run, covered: Sequence[Symbol]) -> tuple[float, ...]:
    """How sure Arabic digits are that both ways read the same."""
    figures = sureness(run.text, [mark.chance for mark in run.marks])
    engine = [s.confidence for s in covered for character in s.text if character in _DIGITS]
    return tuple(
        max(figure, min(_LONE_ONE, own)) if digit == "1" else figure
        for digit, figure, own in zip(run.text, figures, engine, strict=True)
    )


def _groups(run: Run, signs: Sequence[Symbol]) -> list[tuple[list[Mark], str]]:
    """The run's digits cut at the signs that the engine saw among them, each with its sign."""
    groups: list[tuple[list[Mark], str]] = []
    marks = list(run.marks)
    for sign in signs:
        before = [m for m in marks if (m.cell.left + m.cell.right) / 2 < sign.centre]
        if before and len(before) < len(marks):
            groups.append((before, sign.text))
            marks = marks[len(before) :]
    return [*groups, (marks, "")]


def sureness(text: str, chances: Sequence[float]) -> tuple[float, ...]:
    """How sure each digit of a group is, 0 to 100.

    The network's probability; in a group that has the shape of a year but is none of the years
    2550 to 2580, what speaks against it weighs five times: such years are rare in documents.
    """
    doubt = 1.0
    if _YEAR.fullmatch(text) and int(text.translate(_TO_ARABIC)) not in _RECENT:
        doubt = 5.0
    return tuple(100.0 * max(0.0, 1.0 - doubt * (1.0 - chance)) for chance in chances)
