"""How a unit stands: the OIT score as the commission computes it, or the share of items that pass.

In the OIT an item gives 100 or 0; items average into their sub-indicator, sub-indicators into
indicator 9 or 10, the two indicators into the OIT score, which weighs 40 of the assessment's 100.
The rule reproduces the results that the Ministry of Interior published for 2563 to 2565.
In a checklist measured by share every item counts alike, of 100.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from checklist.standing import Measure
from checklist.verdict import Verdict

if TYPE_CHECKING:
    from checklist.schema import Band, Checklist, SubIndicator

OPEN = frozenset({Verdict.REVIEW, Verdict.ERROR})
EXCLUDED = frozenset({Verdict.WAIVED, Verdict.NOT_APPLICABLE})
STANDS = frozenset({Verdict.PASS, Verdict.VOUCHED})
"""What earns the points: proven by the evidence, or vouched for by a person."""


@dataclass(frozen=True, slots=True)
class Range:
    """A score of 100: `certain` counts what stands, `possible` also what is still open."""

    certain: float
    possible: float


@dataclass(frozen=True, slots=True)
class SubIndicatorScore:
    """A sub-indicator's score of 100 and how many of its items stand; `None`: nothing assessed."""

    id: str
    title: str
    passed: int
    assessed: int
    score: Range | None


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator's score of 100; `None` when none of its items is assessed."""

    id: str
    title: str
    sub_indicators: tuple[SubIndicatorScore, ...]
    score: Range | None


@dataclass(frozen=True, slots=True)
class Score:
    """The predicted score.

    `certain` and `possible` are points of `weight` (40; 100 for a share): what is sure to stand,
    and what would stand if every item that is open (review, error, not yet checked) passed.
    `percent` is the same of 100. `assessed` counts the items that are neither waived nor not
    applicable. `vouched` are the points of `certain` that stand by a person's word alone.
    """

    certain: float
    possible: float
    weight: float
    percent: Range
    assessed: int
    indicators: tuple[IndicatorScore, ...]
    vouched: float = 0.0


def oit_points(indicator_scores: Sequence[float], weight: float = 40.0) -> float:
    """Points of `weight` from the indicators' scores of 100; raises `ValueError` for none."""
    if not indicator_scores:
        raise ValueError("no indicator to score")
    return fmean(indicator_scores) * weight / 100


def score(checklist: Checklist, verdicts: Mapping[str, Verdict]) -> Score:
    """The score of one unit; an item without a verdict counts as open.

    Raises `KeyError` for a verdict of an item that the checklist does not have.
    """
    for item_id in verdicts:
        checklist.item(item_id)
    indicators = tuple(
        _indicator(checklist, indicator.id, indicator.title, indicator.sub_indicators, verdicts)
        for indicator in checklist.indicators
    )
    percent = _whole(checklist, indicators) or Range(0.0, 0.0)
    weight = checklist.scoring.weight
    return Score(
        certain=oit_points([percent.certain], weight),
        possible=oit_points([percent.possible], weight),
        weight=weight,
        percent=percent,
        assessed=sum(sub.assessed for ind in indicators for sub in ind.sub_indicators),
        indicators=indicators,
        vouched=_vouched(checklist, verdicts),
    )


def _vouched(checklist: Checklist, verdicts: Mapping[str, Verdict]) -> float:
    excluded = {item_id for item_id, verdict in verdicts.items() if verdict in EXCLUDED}
    return sum(
        points_at_stake(checklist, item_id, excluded)
        for item_id, verdict in verdicts.items()
        if verdict is Verdict.VOUCHED
    )


def points_at_stake(
    checklist: Checklist, item_id: str, excluded: Collection[str] = frozenset()
) -> float:
    """Points, of the assessment's 100, that failing this one item costs.

    `excluded` are the items that leave the mean (waived, not applicable); such an item itself
    costs nothing. Raises `KeyError` for an unknown item.
    """
    mine = checklist.sub_indicator_of(item_id)
    if item_id in excluded:
        return 0.0
    if checklist.scoring.measure is Measure.SHARE:
        return checklist.scoring.weight / len({item.id for item in checklist.items} - set(excluded))
    counted = [
        [sub for sub in indicator.sub_indicators if set(sub.items) - set(excluded)]
        for indicator in checklist.indicators
    ]
    alive = [subs for subs in counted if subs]
    siblings = next(subs for subs in alive if mine in subs)
    items = len(set(mine.items) - set(excluded))
    return checklist.scoring.weight / len(alive) / len(siblings) / items


def band(checklist: Checklist, points: float) -> Band | None:
    """The band in which `points` of 100 lie, `None` below the lowest.

    The commission grades the whole assessment (IIT, EIT and OIT together): for an OIT score
    alone the band is an orientation and must be called one.
    """
    reached = [b for b in checklist.bands if round(points, 2) >= b.at_least]
    return max(reached, key=lambda b: b.at_least, default=None)


def _whole(checklist: Checklist, indicators: Sequence[IndicatorScore]) -> Range | None:
    if checklist.scoring.measure is Measure.SHARE:
        return _share([sub for indicator in indicators for sub in indicator.sub_indicators])
    return _mean([indicator.score for indicator in indicators])


def _indicator(
    checklist: Checklist,
    indicator_id: str,
    title: str,
    subs: Sequence[SubIndicator],
    verdicts: Mapping[str, Verdict],
) -> IndicatorScore:
    scored = tuple(_sub_indicator(sub, verdicts) for sub in subs)
    by_share = checklist.scoring.measure is Measure.SHARE
    reach = _share(scored) if by_share else _mean([sub.score for sub in scored])
    return IndicatorScore(indicator_id, title, scored, reach)


def _sub_indicator(sub: SubIndicator, verdicts: Mapping[str, Verdict]) -> SubIndicatorScore:
    answers = [verdicts.get(item_id, Verdict.ERROR) for item_id in sub.items]
    counted = [answer for answer in answers if answer not in EXCLUDED]
    passed = sum(answer in STANDS for answer in counted)
    still_open = sum(answer in OPEN for answer in counted)
    reach = None
    if counted:
        reach = Range(100 * passed / len(counted), 100 * (passed + still_open) / len(counted))
    return SubIndicatorScore(sub.id, sub.title, passed, len(counted), reach)


def _share(subs: Sequence[SubIndicatorScore]) -> Range | None:
    """The mean over items, whatever sub-indicator they stand under."""
    known = [(sub.score, sub.assessed) for sub in subs if sub.score is not None]
    if not known:
        return None
    items = sum(assessed for _, assessed in known)
    return Range(
        sum(reach.certain * assessed for reach, assessed in known) / items,
        sum(reach.possible * assessed for reach, assessed in known) / items,
    )


def _mean(scores: Sequence[Range | None]) -> Range | None:
    known = [reach for reach in scores if reach is not None]
    if not known:
        return None
    return Range(fmean(r.certain for r in known), fmean(r.possible for r in known))
