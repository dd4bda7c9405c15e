"""How a unit's items stood in a scan, without evidence, and what moved between two scans. Pure.

What could not be checked is never taken for missing: it has steps of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from checklist.evidence import Coverage
from checklist.profile import UnitProfile
from checklist.verdict import ItemVerdict, Verdict
from results.changes import direction
from results.record import LookedAt, UnitResult
from results.score import EXCLUDED
from results.waivers import ANSWERS, answered_items, decided, stand

if TYPE_CHECKING:
    from results.record import ScanInfo
    from results.waivers import Waiver


@dataclass(frozen=True, slots=True)
class ItemStand:
    """One item's verdict: reason codes, what it lacked (texts by element id), where it rested.

    `contents` are the digests of what its pages said, by address. `confirmed`: `Recheck`'s.
    `asked` marks the question left open (`results.answers.asked_of`); `answered`: the verdict is
    a person's answer to it.
    """

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    lacking: Mapping[str, str] = field(default_factory=dict)
    urls: tuple[str, ...] = ()
    contents: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool | None = None
    asked: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class UnitStand:
    """How a unit stood in a scan; `checked_at` is when its result was saved (UTC)."""

    scan: ScanInfo
    unit_id: str
    name: str
    checked_at: datetime
    items: Mapping[str, ItemStand]

    @property
    def answers(self) -> dict[str, Verdict]:
        """The bare verdicts by item."""
        return {item: stood.verdict for item, stood in self.items.items()}


class Step(StrEnum):
    """What became of an item from one scan to a later one."""

    WORSE = "worse"
    BETTER = "better"
    UNSEEN = "unseen"
    """It was judged before and could not be checked now."""
    SEEN = "seen"
    """It could not be checked before and was judged now."""
    EXCUSED = "excused"
    """People's decisions came or ended; nothing is said of the website."""
    OTHER_REASON = "other_reason"
    """The verdict is the same, for another reason or with other parts lacking."""
    CONTENT = "content"
    """The verdict and its reasons are the same, the page says something else."""
    GONE = "gone"
    """Only the earlier scan has it."""
    NEW = "new"
    """Only the later scan has it."""
    SAME = "same"


def step_of(before: ItemStand | None, after: ItemStand | None) -> Step:
    """What became of an item; `None` where a scan does not have it."""
    if before is None or after is None:
        return Step.SAME if before is after else Step.NEW if before is None else Step.GONE
    if before.answered or after.answered:
        if before.verdict is not after.verdict:
            return _answer_moved(after)
    elif before.verdict is not after.verdict:
        return _moved(before.verdict, after.verdict)
    if before.reasons != after.reasons or set(before.lacking) != set(after.lacking):
        return Step.OTHER_REASON
    return Step.CONTENT if content_changed(before, after) else Step.SAME


def _answer_moved(after: ItemStand) -> Step:
    """A person's answer came or ended; what the website did since is told of the open question."""
    if after.answered or after.verdict is Verdict.REVIEW:
        return Step.EXCUSED
    return _moved(Verdict.REVIEW, after.verdict)


def _moved(before: Verdict, after: Verdict) -> Step:
    if {before, after} & EXCLUDED:
        return Step.EXCUSED
    if Verdict.ERROR in (before, after):
        return Step.UNSEEN if after is Verdict.ERROR else Step.SEEN
    return Step(direction(before, after))


def content_changed(before: ItemStand, after: ItemStand) -> bool | None:
    """Whether a page that both rested on says something else; `None`: none was read in both."""
    now = after.contents
    same = [said == now[url] for url, said in before.contents.items() if url in now]
    return not all(same) if same else None


def with_decisions(one: UnitStand, waivers: Sequence[Waiver], day: date) -> UnitStand:
    """`one` under the decisions of people that hold on `day`, as the unit's report shows it."""
    if not waivers:
        return one
    bare = UnitResult(
        scan_id=one.scan.id,
        as_of=one.scan.as_of,
        checked_at=one.checked_at,
        unit=UnitProfile(one.unit_id, one.name),
        verdicts=tuple(
            ItemVerdict(item, stood.verdict, urls=tuple(stood.contents))
            for item, stood in one.items.items()
        ),
        coverage=Coverage(),
        documents=_answered_pages(one, waivers),
        asked={item: stood.asked for item, stood in one.items.items()},
    )
    stood_now = stand(waivers, bare, day)
    answers = {v.item: v.verdict for v in decided(bare, stood_now).verdicts}
    answered = answered_items(stood_now)
    items = {
        item: replace(stood, verdict=answers[item], answered=item in answered)
        for item, stood in one.items.items()
    }
    return replace(one, items=items)


def _answered_pages(one: UnitStand, waivers: Sequence[Waiver]) -> tuple[LookedAt, ...]:
    """The pages of the items that people answered for, as far as a stand knows them."""
    items = {waiver.item for waiver in waivers if waiver.kind in ANSWERS}
    return tuple(
        LookedAt(url, url, content_sha256=digest)
        for item in sorted(items & one.items.keys())
        for url, digest in one.items[item].contents.items()
    )


def narrowed(one: UnitStand, items: Collection[str]) -> UnitStand:
    """`one` with only these items."""
    return replace(one, items={item: one.items[item] for item in one.items if item in items})
