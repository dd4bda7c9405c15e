"""Which stored scans may be deleted and why the others stay. Pure.

The floor is no setting: what answers for the entry window, what a person decided on, and what the
next scan is compared with stays whatever the settings say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from results.parts import Part
from results.record import ScanStatus
from results.speech import BANGKOK, _, day_text

if TYPE_CHECKING:
    from results.availability import Period

SCHEMA = "oit-retention/1"


class RetentionSettings(BaseModel):
    """How long scans are kept above the floor. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep_scans_days: int = Field(400, ge=0, description="days for which every scan is kept")
    keep_scans_newest: int = Field(
        30, ge=0, description="so many newest finished scans of each checklist are kept"
    )
    keep_scans_monthly: bool = Field(
        True, description="the last finished scan of each month and checklist is kept for ever"
    )


class Why(StrEnum):
    """Why a scan stays; those of `FLOOR` no setting can take away."""

    ENTRY_WINDOW = "entry_window"
    UNKNOWN_WINDOW = "unknown_window"
    DECISION = "decision"
    NEWEST_OF_UNIT = "newest_of_unit"
    UNFINISHED = "unfinished"
    LAST = "last"
    ARCHIVE = "archive"
    DAYS = "days"
    NEWEST = "newest"
    MONTHLY = "monthly"


FLOOR = frozenset(
    {
        Why.ENTRY_WINDOW,
        Why.UNKNOWN_WINDOW,
        Why.DECISION,
        Why.NEWEST_OF_UNIT,
        Why.UNFINISHED,
        Why.LAST,
        Why.ARCHIVE,
    }
)
WORDS = {
    Why.ENTRY_WINDOW: "ตรวจในช่วงกรอก ITAS หรือช่วงรายงาน",
    Why.UNKNOWN_WINDOW: "ไม่มีปฏิทินของรายการตรวจนี้แล้ว จึงไม่รู้ช่วงกรอก",
    Why.DECISION: "เจ้าหน้าที่ตัดสินจากผลครั้งนี้ (oit waive)",
    Why.NEWEST_OF_UNIT: "เป็นครั้งล่าสุดหรือครั้งก่อนหน้าของหน่วยงาน",
    Why.UNFINISHED: "ยังไม่เสร็จและใหม่กว่าครั้งที่เสร็จล่าสุด",
    Why.LAST: "เป็นครั้งที่เริ่มหลังสุด",
    Why.ARCHIVE: "คลังหลักฐานยังอ้างถึง",
    Why.DAYS: "ยังไม่พ้นจำนวนวันที่ให้เก็บ",
    Why.NEWEST: "อยู่ในจำนวนครั้งล่าสุดที่ให้เก็บ",
    Why.MONTHLY: "เป็นครั้งสุดท้ายของเดือน",
}


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """What decides about a scan.

    `decided`: a waiver names it. `newest_of_unit`: among the finished scans it is the newest or
    the one before of some unit. `whole`: it was asked for every unit and item.
    """

    id: int
    checklist: str
    started: datetime
    finished: datetime | None
    status: ScanStatus
    decided: bool = False
    newest_of_unit: bool = False
    whole: bool = True


class ScanFate(Part):
    """What becomes of a scan begun on `day`; it goes when nothing keeps it."""

    scan: int
    checklist: str
    day: date
    day_th: str
    kept_by: tuple[Why, ...]
    kept_by_th: tuple[str, ...]

    @property
    def goes(self) -> bool:
        """True when nothing keeps it."""
        return not self.kept_by


def fates(
    scans: Sequence[ScanFacts],
    windows: Mapping[str, Period],
    settings: RetentionSettings,
    today: date,
    archived: Collection[int] = (),
) -> tuple[ScanFate, ...]:
    """What becomes of each scan, oldest first.

    `windows` are the days in which each checklist (by its key) is answered; scans of one that is
    not there all stay. `archived` are the scans that another store of evidence needs.
    """
    # What was asked for a few units displaces no sweep of all.
    finished = [one for one in scans if one.status is ScanStatus.FINISHED and one.whole]
    last_finished = {one.checklist: one.id for one in sorted(finished, key=_number)}
    newest = _newest(finished, settings.keep_scans_newest)
    monthly = _monthly(finished) if settings.keep_scans_monthly else frozenset()
    last = max((one.id for one in scans), default=0)
    since = today - timedelta(days=min(settings.keep_scans_days, (today - date.min).days))
    found = []
    for one in sorted(scans, key=_number):
        kept = {
            Why.ENTRY_WINDOW: one.checklist in windows and _inside(one, windows[one.checklist]),
            Why.UNKNOWN_WINDOW: one.checklist not in windows,
            Why.DECISION: one.decided,
            Why.NEWEST_OF_UNIT: one.newest_of_unit,
            Why.UNFINISHED: one.status is not ScanStatus.FINISHED
            and one.id > last_finished.get(one.checklist, 0),
            # Its number would be given to the next scan again.
            Why.LAST: one.id == last,
            Why.ARCHIVE: one.id in archived,
            Why.DAYS: settings.keep_scans_days > 0 and _day(one.started) > since,
            Why.NEWEST: one.id in newest,
            Why.MONTHLY: one.id in monthly,
        }
        found.append(_fate(one, tuple(why for why, holds in kept.items() if holds)))
    return tuple(found)


def in_window(one: ScanFacts, windows: Mapping[str, Period]) -> bool:
    """True when the scan answers for an entry window, or when nobody knows that it does not."""
    return one.checklist not in windows or _inside(one, windows[one.checklist])


def _fate(one: ScanFacts, kept: tuple[Why, ...]) -> ScanFate:
    return ScanFate(
        scan=one.id,
        checklist=one.checklist,
        day=_day(one.started),
        day_th=day_text(_day(one.started)),
        kept_by=kept,
        kept_by_th=tuple(_(WORDS[why]) for why in kept),
    )


def _number(one: ScanFacts) -> int:
    return one.id


def _day(moment: datetime) -> date:
    return moment.astimezone(BANGKOK).date()


def _inside(one: ScanFacts, window: Period) -> bool:
    """True when any day of the scan is one of the window, as far as its days are known."""
    last = _day(one.finished) if one.finished else _day(one.started)
    return _day(one.started) <= window.last and last >= window.first


def _newest(finished: Iterable[ScanFacts], count: int) -> frozenset[int]:
    by_list: dict[str, list[int]] = {}
    for one in sorted(finished, key=_number, reverse=True):
        by_list.setdefault(one.checklist, []).append(one.id)
    return frozenset(scan for ids in by_list.values() for scan in ids[:count])


def _monthly(finished: Iterable[ScanFacts]) -> frozenset[int]:
    last = {
        (one.checklist, _day(one.started).year, _day(one.started).month): one.id
        for one in sorted(finished, key=_number)
    }
    return frozenset(last.values())
