"""Two scans of a checklist side by side: what got worse, better, or stays failing otherwise. Pure.

The JSON form of these models is a contract with other programs: keys are added, never renamed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results import wording
from results.changes import comparable
from results.findings import reason_text
from results.history import lacking
from results.parts import Part
from results.score import EXCLUDED, points_at_stake, score
from results.speech import BANGKOK, _, day_text
from results.stands import ItemStand, Step, UnitStand, content_changed, step_of
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item
    from results.record import ScanInfo

SCHEMA = "oit-diff/1"
STEPS = {
    Step.WORSE: "แย่ลง",
    Step.BETTER: "ดีขึ้น",
    Step.OTHER_REASON: "ผลเดิม เหตุต่างไป",
    Step.UNSEEN: "ครั้งหลังตรวจไม่ได้",
    Step.SEEN: "ครั้งแรกตรวจไม่ได้",
    Step.EXCUSED: "การตัดสินของเจ้าหน้าที่เปลี่ยน",
    Step.CONTENT: "ผลเดิม เนื้อหาเปลี่ยน",
    Step.GONE: "มีเฉพาะครั้งแรก",
    Step.NEW: "มีเฉพาะครั้งหลัง",
}
"""What is told, in the order in which it is told; `same` is not."""


class ItemDiff(Part):
    """An item that differs: what became of it (`step`), its verdicts and reasons in both scans.

    `points` of the assessment's 100 hang on it. `lost` and `found` are the parts that began or
    ceased to lack, `moved` that it rests on other addresses, `content_changed` that a page says
    something else (`None`: no page was read both times). `confirmed`: a second fetch agreed.
    """

    item: str
    title: str
    owner: str
    points: float
    step: Step
    step_th: str
    before: Verdict | None
    before_th: str
    before_reason_th: str
    after: Verdict | None
    after_th: str
    after_reason_th: str
    lost: tuple[str, ...]
    found: tuple[str, ...]
    moved: bool
    content_changed: bool | None
    confirmed: bool | None


class UnitDiff(Part):
    """A unit in both scans; only in `before` or `after` its points are `None` and no item is told.

    Points are the sure ones of the whole checklist; `gain` is `None` also where either scan could
    judge half of the items or fewer.
    """

    unit: str
    name: str
    in_before: bool
    in_after: bool
    before: float | None
    after: float | None
    gain: float | None
    items: tuple[ItemDiff, ...]


class ScanSide(Part):
    """One of the two scans, begun on `day`."""

    scan: int
    day: date
    day_th: str
    as_of: date
    units: int


class ScanDiff(Part):
    """All that differs from the scan `before` to `after`; units without a difference are left out.

    `counts` are the items by step, `compared` the units that both scans hold, `only_before` and
    `only_after` those of one alone. `same_criteria`: judged by the same content of the checklist.
    """

    schema_version: str = SCHEMA
    checklist: str
    checklist_title: str
    before: ScanSide
    after: ScanSide
    same_criteria: bool
    only: tuple[str, ...]
    compared: int
    only_before: int
    only_after: int
    counts: dict[Step, int]
    units: tuple[UnitDiff, ...]

    @property
    def worse(self) -> bool:
        """True when an item got worse."""
        return self.counts.get(Step.WORSE, 0) > 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit as it stood in both scans, under the decisions of people; `None`: not in that scan."""

    before: UnitStand | None
    after: UnitStand | None


def scan_diff(
    checklist: Checklist,
    scans: tuple[ScanInfo, ScanInfo],
    pairs: Iterable[Pair],
    only: Collection[str] = (),
) -> ScanDiff:
    """What differs from the first of `scans` to the second; `only` narrows it to these items."""
    before, after = scans
    counts: Counter[Step] = Counter()
    sides: Counter[tuple[bool, bool]] = Counter()
    told = []
    for pair in pairs:
        one = _unit(checklist, pair, only)
        sides[one.in_before, one.in_after] += 1
        counts.update(item.step for item in one.items)
        if one.items or not (one.in_before and one.in_after):
            told.append(one)
    return ScanDiff(
        checklist=checklist.key,
        checklist_title=checklist.title,
        before=_side(before),
        after=_side(after),
        same_criteria=before.checklist_hash == after.checklist_hash,
        only=tuple(only),
        compared=sides[True, True],
        only_before=sides[True, False],
        only_after=sides[False, True],
        counts={step: counts[step] for step in STEPS},
        units=tuple(sorted(told, key=_worst_first)),
    )


def _side(info: ScanInfo) -> ScanSide:
    day = info.started.astimezone(BANGKOK).date()
    return ScanSide(scan=info.id, day=day, day_th=day_text(day), as_of=info.as_of, units=info.units)


def _worst_first(one: UnitDiff) -> tuple[int, float, str]:
    worse = sum(item.step is Step.WORSE for item in one.items)
    return -worse, one.gain or 0.0, one.unit


def _unit(checklist: Checklist, pair: Pair, only: Collection[str]) -> UnitDiff:
    before, after = pair.before, pair.after
    known = after or before
    assert known is not None, "a pair has one side at least"
    whole = (_points(checklist, before), _points(checklist, after))
    judged = [one is not None and comparable(checklist, one.answers) for one in (before, after)]
    first, second = whole
    gained = second - first if first is not None and second is not None and all(judged) else None
    return UnitDiff(
        unit=tidy(known.unit_id),
        name=tidy(known.name) or tidy(known.unit_id),
        in_before=before is not None,
        in_after=after is not None,
        before=first,
        after=second,
        gain=gained,
        items=tuple(_items(checklist, before, after, only)) if before and after else (),
    )


def _points(checklist: Checklist, one: UnitStand | None) -> float | None:
    return None if one is None else score(checklist, one.answers).certain


def _items(
    checklist: Checklist, before: UnitStand, after: UnitStand, only: Collection[str]
) -> Iterator[ItemDiff]:
    excluded = {item for item, verdict in after.answers.items() if verdict in EXCLUDED}
    order = list(STEPS)
    found = [
        _item(checklist, item, (before.items, after.items), excluded)
        for item in checklist.items
        if (not only or item.id in only)
        and step_of(before.items.get(item.id), after.items.get(item.id)) is not Step.SAME
    ]
    return iter(sorted(found, key=lambda one: (order.index(one.step), -one.points)))


def _item(
    checklist: Checklist,
    item: Item,
    sides: tuple[Mapping[str, ItemStand], Mapping[str, ItemStand]],
    excluded: Collection[str],
) -> ItemDiff:
    was, now = (side.get(item.id) for side in sides)
    step = step_of(was, now)
    return ItemDiff(
        item=item.id,
        title=item.title,
        owner=item.owner,
        points=points_at_stake(checklist, item.id, excluded),
        step=step,
        step_th=_(STEPS[step]),
        before=was.verdict if was else None,
        before_th=_verdict(was),
        before_reason_th=_reason(was),
        after=now.verdict if now else None,
        after_th=_verdict(now),
        after_reason_th=_reason(now),
        lost=lacking(now, was) if was and now else (),
        found=lacking(was, now) if was and now else (),
        moved=bool(was and now and set(was.urls) != set(now.urls)),
        content_changed=content_changed(was, now) if was and now else None,
        confirmed=now.confirmed if now else None,
    )


def _verdict(one: ItemStand | None) -> str:
    return _(wording.VERDICTS[one.verdict] if one else wording.UNASKED)


def _reason(one: ItemStand | None) -> str:
    return reason_text(one.reasons[0]).th if one and one.reasons else ""
