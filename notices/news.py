"""What there is to tell of one unit: worse, good again, decisions that end, days that near. Pure.

Every text is one plain line; what websites said is in it, so that whoever shows it escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from notices.episodes import Episode, good_again
from notices.plain_text import one_line
from notices.told import Event, Key, Told
from results import wording
from results.first_steps import first_step
from results.group import Group
from results.speech import day_text
from results.waivers import Standing

if TYPE_CHECKING:
    from notices.weekly import Weekly
    from results.decisions import WaiverText
    from results.head_parts import Deadline
    from results.report import GapReport, ItemFinding

_STEP_CHARS = 400
_GAP_CHARS = 160
_NOT_ASKED = frozenset({Group.WAIVED, Group.NOT_APPLICABLE, Group.VOUCHED, Group.UNCHECKED})
_ENDED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Gap:
    """An item with something left to do; `points` of the assessment's 100 hang on it."""

    item: str
    title: str
    owner: str
    standing: str
    step: str
    points: float


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell: `said` is what happened, `step` what to do, `report` where more stands.

    `was` and `became` are set for items that fell. `gaps` belong to a deadline, `weekly` to the
    summary of a week. `url` is the page that was looked at, "" for none.
    """

    key: Key
    unit_name: str
    listed_as: str
    title: str = ""
    owner: str = ""
    points: float = 0.0
    said: str = ""
    step: str = ""
    url: str = ""
    report: str = ""
    day: date | None = None
    was: Verdict = Verdict.PASS
    became: Verdict = Verdict.FAIL
    gaps: tuple[Gap, ...] = ()
    weekly: Weekly | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A unit's newest report, where it can be read, and what stands worse in it."""

    report: GapReport
    link: str
    episodes: Mapping[str, Episode] = field(default_factory=dict)


def item_news(unit: Reported) -> list[News]:
    """The items that stand worse, confirmed, and that nobody has decided about."""
    return [
        _fallen(unit, finding, unit.episodes[finding.item])
        for finding in unit.report.findings()
        if finding.item in unit.episodes
        and not unit.episodes[finding.item].known
        and finding.group not in (*_NOT_ASKED, Group.PASS)
    ]


def _fallen(unit: Reported, finding: ItemFinding, episode: Episode) -> News:
    before = f"“{wording.VERDICTS[episode.was]}”"
    if episode.unseen:
        why = finding.reasons[0].th if finding.reasons else ""
        said = f"เปิดสองครั้งแล้วยังตรวจไม่ได้ (ครั้งก่อน {before}) ไม่ได้แปลว่าข้อมูลขาดหาย {why}"
    else:
        recheck = finding.recheck.line if finding.recheck else ""
        said = f"เดิม {before} ขณะนี้ “{finding.verdict_th}” {finding.summary}"
        said += f" — {recheck}" if recheck and not finding.summary else ""
    event = Event.UNSEEN if episode.unseen else Event.WORSE
    return replace(
        _about(unit, finding, _key(unit, event, str(episode.scan_id), finding.item)),
        said=one_line(said, 400),
        step=one_line(first_step(finding, _STEP_CHARS)),
        url=finding.urls[0] if finding.urls else "",
        was=episode.was,
        became=episode.became,
    )


def good_again_news(unit: Reported, told: Iterable[Told]) -> list[News]:
    """The items that somebody was told stand worse and that stand well now."""
    findings = {finding.item: finding for finding in unit.report.findings()}
    found: dict[Key, News] = {}
    for one in told:
        finding = findings.get(one.key.item)
        if finding is None or finding.verdict is None or finding.group in _NOT_ASKED:
            continue
        if one.scan_id >= unit.report.scan_id:
            continue
        if not good_again(one.was, one.became, finding.verdict):
            continue
        key = _key(unit, Event.GOOD_AGAIN, one.key.about, finding.item)
        said = f"กลับมาเป็น “{finding.verdict_th}” แล้ว ไม่ต้องทำอะไรเพิ่ม"
        if finding.verdict is not Verdict.PASS:
            said = f"กลับมาเป็น “{finding.verdict_th}” เท่ากับก่อนแย่ลง"
        found[key] = replace(_about(unit, finding, key), said=said)
    return list(found.values())


def waiver_news(unit: Reported, today: date, ends_within: int) -> list[News]:
    """The decisions that ended by themselves, and those whose last day is near."""
    findings = {finding.item: finding for finding in unit.report.findings()}
    holding = {one.item for one in unit.report.waivers if one.holds}
    found = []
    for one in unit.report.waivers:
        finding = findings.get(one.item)
        event = _waiver_event(one, holding, today, ends_within)
        if finding is None or event is None:
            continue
        step = "" if finding.group is Group.PASS else first_step(finding, _STEP_CHARS)
        if event is Event.WAIVER_ENDS:
            step = "แก้ไขให้ครบก่อนวันนั้น หากจำเป็นต้องยกเว้นต่อ ให้เสนอ ศปท. พิจารณาใหม่"
        about = _about(unit, finding, _key(unit, event, str(one.id), one.item))
        found.append(
            replace(
                about,
                said=one_line(_waiver_said(one, event, finding.verdict_th), 400),
                step=one_line(step),
                url=one.changed[0] if one.changed else "",
                day=one.until,
            )
        )
    return found


def _waiver_event(
    waiver: WaiverText, holding: set[str], today: date, ends_within: int
) -> Event | None:
    if waiver.holds and waiver.until is not None:
        near = timedelta(0) <= waiver.until - today <= timedelta(days=ends_within)
        return Event.WAIVER_ENDS if near else None
    if not waiver.loud or waiver.item in holding:
        return None
    long_ago = waiver.until is not None and waiver.until < today - _ENDED_WITHIN
    if waiver.standing is Standing.EXPIRED and long_ago:
        return None
    return Event.WAIVER_ENDED


def _waiver_said(waiver: WaiverText, event: Event, verdict: str) -> str:
    decided = f"{waiver.kind_th} (โดย {waiver.made_by})"
    if event is Event.WAIVER_ENDS:
        return f"การตัดสินของเจ้าหน้าที่ “{decided}” มีผลถึง {waiver.until_th} จากนั้นข้อนี้จะนับตามผลตรวจ"
    why = f"พ้นกำหนด {waiver.until_th}"
    if waiver.standing is Standing.EVIDENCE_CHANGED:
        why = "หน้าที่ใช้อ้างอิงเปลี่ยนไป"
    return f"การตัดสินของเจ้าหน้าที่ “{decided}” สิ้นสุดแล้วเพราะ{why} ข้อนี้นับตามผลตรวจคือ “{verdict}”"


def deadline_news(unit: Reported, nearing: Deadline, reminders: Sequence[int]) -> News | None:
    """The reminder that is due before a deadline, with the unit's gaps; `None`: none is due.

    Of the days in `reminders` the smallest that has come counts, so that a reminder missed for
    want of a running machine is made up for once.
    """
    gaps = open_gaps(unit.report)
    come = [days for days in reminders if days >= nearing.days_left]
    if nearing.days_left < 0 or not come or not gaps:
        return None
    said = nearing.th
    if nearing.days_left == 0:
        said = f"วันนี้เป็นวันสุดท้าย ({day_text(nearing.day)})"
    return News(
        key=_key(unit, Event.DEADLINE, f"{nearing.day.isoformat()}/{min(come)}"),
        unit_name=one_line(unit.report.unit.name),
        listed_as=_list_name(unit.report),
        said=one_line(said),
        report=unit.link,
        day=nearing.day,
        points=sum(gap.points for gap in gaps),
        gaps=gaps,
    )


def open_gaps(report: GapReport) -> tuple[Gap, ...]:
    """The items with something left to do, most points first."""
    findings = (*report.fails, *report.reviews, *report.errors)
    gaps = (
        Gap(
            item=finding.item,
            title=one_line(finding.title),
            owner=one_line(finding.owner),
            standing=finding.verdict_th,
            step=one_line(first_step(finding, _GAP_CHARS)),
            points=finding.points,
        )
        for finding in findings
    )
    return tuple(sorted(gaps, key=lambda gap: (-gap.points, int(gap.item[1:]))))


def _key(unit: Reported, event: Event, about: str, item: str = "") -> Key:
    return Key(event, about, unit.report.checklist, unit.report.unit.id, item)


def _list_name(report: GapReport) -> str:
    return f"{report.short} {report.year}"


def _about(unit: Reported, finding: ItemFinding, key: Key) -> News:
    return News(
        key=key,
        unit_name=one_line(unit.report.unit.name),
        listed_as=_list_name(unit.report),
        title=one_line(finding.title),
        owner=one_line(finding.owner),
        points=finding.points,
        report=unit.link,
    )
