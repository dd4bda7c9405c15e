"""A unit's history: of each item a strip over the scans, since when it stands as it does. Pure.

The JSON form of these models is a contract with other programs: keys are added, never renamed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results import wording
from results.changes import comparable
from results.findings import reason_text
from results.parts import Part
from results.record import ScanStatus
from results.score import score
from results.speech import BANGKOK, _, day_text
from results.stands import ItemStand, Step, UnitStand, content_changed, step_of
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

SCHEMA = "oit-history/1"


class ScanPoint(Part):
    """The unit in one scan, begun on `day`: its score of `weight` points.

    `comparable`: more than half of the items could be judged, so that the score tells of the unit.
    `same_criteria`: judged by the same content of the checklist as the newest scan.
    """

    scan_id: int
    day: date
    day_th: str
    as_of: date
    finished: bool
    same_criteria: bool
    comparable: bool
    certain: float
    possible: float
    weight: float


class ItemPoint(Part):
    """An item in one scan; `verdict` is `None` where it was not asked for.

    `step` is what became of it since the scan before that has it (`same` for the first). `lost`
    and `found` are parts that began or ceased to lack, `moved` that it rests on other addresses,
    `content_changed` that a page says something else (`None`: no page was read both times).
    """

    scan_id: int
    day: date
    verdict: Verdict | None
    verdict_th: str
    reasons: tuple[str, ...] = ()
    reason_th: str = ""
    step: Step = Step.SAME
    lost: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    moved: bool = False
    content_changed: bool | None = None
    urls: tuple[str, ...] = ()


class ItemHistory(Part):
    """An item over the scans, oldest first.

    `since` is the first day of the present state, `times` in how many scans it was found so;
    scans between that could not check it (`unseen`) end no other state. `line` says it in Thai.
    """

    item: str
    title: str
    owner: str
    points: tuple[ItemPoint, ...]
    verdict: Verdict | None
    since: date | None
    since_th: str
    times: int
    unseen: int
    line: str

    @property
    def changes(self) -> tuple[ItemPoint, ...]:
        """The points at which something changed."""
        return tuple(one for one in self.points if one.step is not Step.SAME)


class UnitHistory(Part):
    """A unit over all scans of a checklist that hold it, oldest first."""

    schema_version: str = SCHEMA
    unit: str
    name: str
    checklist: str
    checklist_title: str
    scans: tuple[ScanPoint, ...]
    items: tuple[ItemHistory, ...]


def unit_history(
    checklist: Checklist, stands: Sequence[UnitStand], only: Collection[str] = ()
) -> UnitHistory:
    """The history in `stands` (oldest first, at least one); `only` narrows it to these items.

    The score stays that of the whole checklist.
    """
    newest, days = stands[-1], [(day_of(one), one) for one in stands]
    return UnitHistory(
        unit=tidy(newest.unit_id),
        name=tidy(newest.name) or tidy(newest.unit_id),
        checklist=checklist.key,
        checklist_title=checklist.title,
        scans=tuple(_scan_point(checklist, one, newest.scan.checklist_hash) for one in stands),
        items=tuple(
            _item_history(item, days) for item in checklist.items if not only or item.id in only
        ),
    )


def day_of(one: UnitStand) -> date:
    """The day in Thailand on which the unit was checked."""
    return one.checked_at.astimezone(BANGKOK).date()


def _scan_point(checklist: Checklist, one: UnitStand, criteria: str) -> ScanPoint:
    scored = score(checklist, one.answers)
    return ScanPoint(
        scan_id=one.scan.id,
        day=day_of(one),
        day_th=day_text(day_of(one)),
        as_of=one.scan.as_of,
        finished=one.scan.status is ScanStatus.FINISHED,
        same_criteria=one.scan.checklist_hash == criteria,
        comparable=comparable(checklist, one.answers),
        certain=scored.certain,
        possible=scored.possible,
        weight=scored.weight,
    )


def _item_history(item: Item, days: Sequence[tuple[date, UnitStand]]) -> ItemHistory:
    points = []
    before: ItemStand | None = None
    for day, one in days:
        now = one.items.get(item.id)
        points.append(_point(one.scan.id, day, before, now))
        before = now or before
    present, since, times, unseen = _present([p for p in points if p.verdict is not None])
    return ItemHistory(
        item=item.id,
        title=item.title,
        owner=item.owner,
        points=tuple(points),
        verdict=present,
        since=since,
        since_th=day_text(since) if since else "",
        times=times,
        unseen=unseen,
        line=_line(present, since, times, unseen),
    )


def _point(scan: int, day: date, before: ItemStand | None, now: ItemStand | None) -> ItemPoint:
    if now is None:
        return ItemPoint(scan_id=scan, day=day, verdict=None, verdict_th=_(wording.UNASKED))
    was = before or now
    return ItemPoint(
        scan_id=scan,
        day=day,
        verdict=now.verdict,
        verdict_th=_(wording.VERDICTS[now.verdict]),
        reasons=now.reasons,
        reason_th=reason_text(now.reasons[0]).th if now.reasons else "",
        step=step_of(was, now),
        lost=lacking(now, was),
        found=lacking(was, now),
        moved=set(was.urls) != set(now.urls),
        content_changed=content_changed(was, now),
        urls=tuple(map(tidy, now.urls)),
    )


def lacking(one: ItemStand, other: ItemStand) -> tuple[str, ...]:
    """The parts that `one` lacks and `other` does not, in words; none where one was not judged."""
    if Verdict.ERROR in (one.verdict, other.verdict):
        return ()
    return tuple(tidy(text) for part, text in one.lacking.items() if part not in other.lacking)


Present = tuple[Verdict | None, date | None, int, int]


def _present(points: Sequence[ItemPoint]) -> Present:
    """The newest verdict, its first day, how often it was found, and how often unseen between."""
    if not points:
        return None, None, 0, 0
    verdict, since, times, unseen, waiting = points[-1].verdict, points[-1].day, 0, 0, 0
    for one in reversed(points):
        if one.verdict is verdict:
            since, times, unseen, waiting = one.day, times + 1, unseen + waiting, 0
        elif one.verdict is Verdict.ERROR:
            waiting += 1
        else:
            break
    return verdict, since, times, unseen


def _line(verdict: Verdict | None, since: date | None, times: int, unseen: int) -> str:
    if verdict is None or since is None:
        return _(wording.UNASKED)
    said = _(
        "{verdict}มาตั้งแต่ {day} ({times} ครั้ง)",
        verdict=_(wording.VERDICTS[verdict]),
        day=day_text(since),
        times=times,
    )
    if unseen:
        said += " " + _("ระหว่างนั้นตรวจไม่ได้ {count} ครั้ง", count=unseen)
    return said
