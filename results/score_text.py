"""A unit's score as a report shows it: points by indicator, what is open, the band. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.strict import Confidence
from results.head_parts import BandText, IndicatorLine, ScoreText, SubIndicatorLine
from results.score import band
from results.score_wording import (
    band_note,
    mean_title,
    score_notice,
    score_title,
    vouched_note,
)
from results.speech import _

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.score import IndicatorScore, Score


def score_text(checklist: Checklist, scored: Score, before: float | None) -> ScoreText:
    """The score in words and numbers; `before` is the certain part of the scan before."""
    reached = band(checklist, scored.percent.certain) if scored.assessed else None
    return ScoreText(
        certain=scored.certain,
        possible=scored.possible,
        open=scored.possible - scored.certain,
        lost=scored.weight - scored.possible if scored.assessed else 0.0,
        weight=scored.weight,
        previous=before,
        indicators=tuple(map(_indicator, scored.indicators)),
        band_note=band_note(checklist, scored),
        measure=checklist.scoring.measure,
        title=score_title(checklist),
        mean_title=mean_title(checklist),
        notice=score_notice(checklist),
        band=_(reached.name) if reached else "",
        bands=tuple(
            BandText(
                name=_(one.name),
                at_least=one.at_least,
                confirmed=one.confidence is not Confidence.FROM_MEMORY,
            )
            for one in checklist.bands
        ),
        vouched=scored.vouched,
        vouched_note=vouched_note(scored.vouched),
    )


def _indicator(indicator: IndicatorScore) -> IndicatorLine:
    return IndicatorLine(
        id=indicator.id,
        title=indicator.title,
        certain=indicator.score.certain if indicator.score else None,
        possible=indicator.score.possible if indicator.score else None,
        sub_indicators=tuple(
            SubIndicatorLine(
                id=sub.id,
                title=sub.title,
                passed=sub.passed,
                assessed=sub.assessed,
                certain=sub.score.certain if sub.score else None,
                possible=sub.score.possible if sub.score else None,
            )
            for sub in indicator.sub_indicators
        ),
    )
