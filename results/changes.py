"""What differs from the scan before, and whether the two scans may be compared at all. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from checklist.verdict import Verdict
from results import wording
from results.report import Change
from results.score import EXCLUDED

if TYPE_CHECKING:
    from checklist.schema import Checklist


def comparable(checklist: Checklist, answers: Mapping[str, Verdict]) -> bool:
    """True when more than half of the items that count were judged.

    The score of a scan that hardly saw anything says how much was seen, not how the unit stands.
    """
    counted = [item.id for item in checklist.items if answers.get(item.id) not in EXCLUDED]
    judged = [i for i in counted if answers.get(i, Verdict.ERROR) is not Verdict.ERROR]
    return 2 * len(judged) > len(counted)


def changes(
    checklist: Checklist, answers: Mapping[str, Verdict], earlier: Mapping[str, Verdict]
) -> tuple[Change, ...]:
    """The items whose verdict differs from `earlier`: the worse ones first, then the better."""
    changed = [
        Change(
            item=item.id,
            title=item.title,
            before=earlier[item.id],
            after=answers[item.id],
            before_th=wording.VERDICTS[earlier[item.id]],
            after_th=wording.VERDICTS[answers[item.id]],
            direction=_direction(earlier[item.id], answers[item.id]),
        )
        for item in checklist.items
        if item.id in earlier and item.id in answers and earlier[item.id] != answers[item.id]
    ]
    order = {"worse": 0, "better": 1, "other": 2}
    return tuple(sorted(changed, key=lambda change: order[change.direction]))


def _direction(before: Verdict, after: Verdict) -> Literal["better", "worse", "other"]:
    if Verdict.ERROR in (before, after) or {before, after} & EXCLUDED:
        return "other"
    rank = {Verdict.FAIL: 0, Verdict.REVIEW: 1, Verdict.PASS: 2}
    return "better" if rank[after] > rank[before] else "worse"
