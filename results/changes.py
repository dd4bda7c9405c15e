"""What differs from the scan before, and whether the two scans may be compared at all. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Literal

from checklist.verdict import ElementState, Verdict
from results import wording
from results.report import Change
from results.score import EXCLUDED
from results.speech import _

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from checklist.verdict import ItemVerdict


def comparable(checklist: Checklist, answers: Mapping[str, Verdict]) -> bool:
    """True when more than half of the items that count were judged.

    The score of a scan that hardly saw anything says how much was seen, not how the unit stands.
    """
    counted = [item.id for item in checklist.items if answers.get(item.id) not in EXCLUDED]
    judged = [i for i in counted if answers.get(i, Verdict.ERROR) is not Verdict.ERROR]
    return 2 * len(judged) > len(counted)


def changes(
    checklist: Checklist,
    answers: Mapping[str, Verdict],
    earlier: Mapping[str, Verdict],
    confirmed: Mapping[str, bool] | None = None,
    answered: tuple[Collection[str], Collection[str]] = ((), ()),
) -> tuple[Change, ...]:
    """The items whose verdict differs from `earlier`: the worse ones first, then the better.

    `confirmed` says of items that were fetched twice whether they were worse both times.
    `answered` are the items whose question a person had answered before, and has now.
    """
    then, now = answered
    changed = [
        Change(
            item=item.id,
            title=item.title,
            before=earlier[item.id],
            after=answers[item.id],
            before_th=_(wording.VERDICTS[earlier[item.id]]),
            after_th=_(wording.VERDICTS[answers[item.id]]),
            direction=site_direction(
                earlier[item.id], answers[item.id], item.id in then, item.id in now
            ),
            confirmed=(confirmed or {}).get(item.id),
        )
        for item in checklist.items
        if item.id in earlier and item.id in answers and earlier[item.id] != answers[item.id]
    ]
    order = {"worse": 0, "better": 1, "other": 2}
    return tuple(sorted(changed, key=lambda change: order[change.direction]))


_STANDING = {Verdict.FAIL: 0, Verdict.ERROR: 1, Verdict.REVIEW: 2, Verdict.PASS: 3}
"""How well an item stands; what could not be checked stands better than what is missing."""


def better_of(one: ItemVerdict, other: ItemVerdict) -> ItemVerdict:
    """The verdict under which the item stands better, `other` when both are alike."""
    first, second = (_STANDING.get(v.verdict, len(_STANDING)) for v in (one, other))
    return one if first > second else other


def is_worse(before: ItemVerdict, now: ItemVerdict) -> bool:
    """True when an item stands worse than before, or has lost an element that was present.

    What could not be checked before tells nothing of how the item stood.
    """
    if {before.verdict, now.verdict} & EXCLUDED or before.verdict is Verdict.ERROR:
        return False
    if _STANDING[now.verdict] < _STANDING[before.verdict]:
        return True
    absent = {e.id for e in now.elements if e.required and e.state is ElementState.ABSENT}
    present = {e.id for e in before.elements if e.state is ElementState.PRESENT}
    return now.verdict is not Verdict.ERROR and bool(absent & present)


def site_direction(
    before: Verdict, after: Verdict, was_answered: bool, is_answered: bool
) -> Literal["better", "worse", "other"]:
    """Which way the website went; a person's answer to an open question says nothing of it."""
    if was_answered and not is_answered:
        before = Verdict.REVIEW
    return "other" if is_answered or before is after else direction(before, after)


def direction(before: Verdict, after: Verdict) -> Literal["better", "worse", "other"]:
    """Which way a changed verdict went; `other` where one of both was not judged or counted."""
    if Verdict.ERROR in (before, after) or {before, after} & EXCLUDED:
        return "other"
    rank = {Verdict.FAIL: 0, Verdict.REVIEW: 1, Verdict.PASS: 2}
    return "better" if rank[after] > rank[before] else "worse"
