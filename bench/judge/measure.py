"""How long judging takes, each round in a process that remembers nothing of the documents."""

from __future__ import annotations

import cProfile
import math
import multiprocessing
import pstats
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.judge.generator import documents, text_bytes
from bench.judge.terms import all_forms
from checklist.judge import judge
from checklist.probes.base import Context
from checklist.profile import UnitProfile, UnitType
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.schema import Checklist, Item

SIZES = (5_000, 10_000, 20_000, 40_000)
ITEM_COUNTS = (1, 10, 43)
_WARM_UP = 30
_UNIT = UnitProfile(
    "donphutsa", "เทศบาลตำบลดอนพุทรา", UnitType.LOCAL, main_site="https://www.donphutsa.go.th/"
)


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of CPU of every round over some documents, and their text in bytes of UTF-8."""

    bytes: int
    seconds: tuple[float, ...]

    @property
    def rates(self) -> tuple[float, ...]:
        """Megabytes a second, round by round."""
        return tuple(self.bytes / 1e6 / spent for spent in self.seconds)

    @property
    def middle(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Hot:
    """A function of the profile: where it stands and its share of the time, 0.0 to 1.0."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything one run measured; `searched` is the bare search of the same texts."""

    documents: int
    items: int
    terms: int
    judged: Timed
    searched: Timed
    by_size: tuple[tuple[int, Timed], ...]
    by_items: tuple[tuple[int, Timed], ...]
    hot: tuple[Hot, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times as long judging takes as the bare search, round by round."""
        pairs = zip(self.judged.seconds, self.searched.seconds, strict=True)
        return tuple(ours / bare for ours, bare in pairs)

    @property
    def exponent(self) -> float:
        """The power of a document's size with which time grows; 1.0 is linear."""
        return slope([(math.log(t.bytes), math.log(t.middle)) for _, t in self.by_size])


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the line that fits the points best."""
    x_mean = statistics.mean(x for x, _ in points)
    y_mean = statistics.mean(y for _, y in points)
    above = sum((x - x_mean) * (y - y_mean) for x, y in points)
    return above / sum((x - x_mean) ** 2 for x, _ in points)


def measure(checklist: Checklist, count: int, size: int, rounds: int) -> Measured:
    """Judge `count` documents of `size` bytes `rounds` times, and fewer ones of other sizes."""
    context = _context(checklist)
    items = checklist.items
    _judge_all(list(documents(checklist, _WARM_UP, SIZES[0])), items, context)
    made = list(documents(checklist, count, size))
    forms = all_forms(checklist)
    judged, searched = [], []
    for _ in range(rounds):
        judged.append(_apart(lambda: partial(_judge_all, made, items, context)))
        searched.append(_apart(lambda: partial(_search_all, _texts(made), forms)))
    few = max(1, count // 10)
    total = sum(map(text_bytes, made))
    return Measured(
        documents=count,
        items=len(items),
        terms=len(forms),
        judged=Timed(total, tuple(judged)),
        searched=Timed(total, tuple(searched)),
        by_size=tuple(
            (wanted, _timed(list(documents(checklist, few, wanted)), items, context, rounds))
            for wanted in SIZES
        ),
        by_items=tuple(
            (number, _timed(made[:few], _spread(items, number), context, rounds))
            for number in ITEM_COUNTS
        ),
        hot=hottest(made[:few], items, context),
    )


def _context(checklist: Checklist) -> Context:
    names = tuple(item.title for item in checklist.items)
    return Context(checklist.fiscal_year, date(checklist.year - 543, 4, 30), _UNIT, names)


def _spread(items: Sequence[Item], number: int) -> Sequence[Item]:
    """`number` of the items, evenly from the first to the last."""
    return [items[place * len(items) // number] for place in range(min(number, len(items)))]


def _timed(made: Sequence[Document], items: Sequence[Item], context: Context, rounds: int) -> Timed:
    seconds = [_apart(lambda: partial(_judge_all, made, items, context)) for _ in range(rounds)]
    return Timed(sum(map(text_bytes, made)), tuple(seconds))


def _judge_all(made: Sequence[Document], items: Sequence[Item], context: Context) -> None:
    for document in made:
        for item in items:
            judge(item, [document], context)


def _texts(made: Sequence[Document]) -> list[str]:
    return ["\n".join(match_form(p.text) for p in d.passages) for d in made]


def _search_all(texts: Sequence[str], forms: Sequence[str]) -> None:
    for text in texts:
        for form in forms:
            text.find(form)


def _apart(begin: Callable[[], Callable[[], None]]) -> float:
    """Seconds of CPU that the work which `begin` gives takes, in a process forked from this one."""
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()

    def timed() -> None:
        work = begin()
        began = time.process_time()
        work()
        answers.put(time.process_time() - began)

    process = context.Process(target=timed)
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"a round ended with exit code {process.exitcode}")
    return float(answers.get())


def hottest(
    made: Sequence[Document], items: Sequence[Item], context: Context, top: int = 3
) -> tuple[Hot, ...]:
    """The `top` functions in which a profiled round spends most time of its own."""
    profile = cProfile.Profile()
    profile.runcall(_judge_all, made, items, context)
    entries = pstats.Stats(profile).get_stats_profile().func_profiles
    whole = sum(entry.tottime for entry in entries.values())
    first = sorted(entries.items(), key=lambda named: -named[1].tottime)[:top]
    return tuple(
        Hot(_where(entry.file_name, entry.line_number, name), entry.tottime / whole)
        for name, entry in first
    )


def _where(path: str, line: int, name: str) -> str:
    return f"{Path(path).name}:{line} {name}" if line else name
