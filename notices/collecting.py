"""Everything there is to tell now: of every unit, of the week, and of what could not be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from checklist.loader import available, load
from notices.moments import day_of, week_of
from notices.news import News, Reported, deadline_news, good_again_news, item_news, waiver_news
from notices.notice import Notice, State
from notices.people import Subject
from notices.plain_text import one_line
from notices.routing import weekly_scope
from notices.stored import Recent, answers_a_week_ago, link_of, recent_scans, reported_units
from notices.told import FALLS, Event, Key, Told
from notices.weekly import weekly_of
from results.deadlines import deadline

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from notices.outbox import Outbox
    from notices.people import Book
    from results.store import Store

_UNDELIVERED_FOR = timedelta(days=14)
CHANNELS_TH = {"mail": "อีเมล", "line": "LINE", "webhook": "webhook", "apprise": "Apprise"}


@dataclass(frozen=True, slots=True)
class Sources:
    """What is looked at: the checklists (their keys), up to scan `scan_id` (0: all), at `now`.

    `weekly`: the summary of the week is wanted, whatever day it is.
    """

    store: Store
    outbox: Outbox
    book: Book
    now: datetime
    checklists: Sequence[str]
    scan_id: int = 0
    weekly: bool = False


def recent_checklists(store: Store, now: datetime) -> tuple[str, ...]:
    """The keys of the shipped checklists that were swept lately."""
    swept = (info.checklist for info in store.scans() if info.units)
    keys = dict.fromkeys(key for key in swept if key in available())
    return tuple(key for key in keys if recent_scans(store, key, now).scans)


def collect(sources: Sources, told: Sequence[Told]) -> tuple[News, ...]:
    """All news, whether told or not; `told` is what people know already.

    Raises `results.store.StoreError` when the database cannot be read and
    `checklist.loader.ChecklistError` for a checklist that is not shipped.
    """
    found: list[News] = []
    for key in sources.checklists:
        found += _of_checklist(sources, load(key), told)
    return (*found, *undelivered(sources.outbox.notices(State.GIVEN_UP), sources.now))


def _of_checklist(sources: Sources, checklist: Checklist, told: Sequence[Told]) -> list[News]:
    today = day_of(sources.now)
    recent = recent_scans(sources.store, checklist.key, sources.now, sources.scan_id)
    units = reported_units(
        sources.store, sources.outbox.engine, checklist, recent, told, today, sources.book.reports
    )
    found: list[News] = []
    for unit in units:
        found += _of_unit(unit, checklist, told, sources.book, today)
    if units:
        found += _weekly(sources, units, recent, today)
    return found


def _of_unit(
    unit: Reported, checklist: Checklist, told: Sequence[Told], book: Book, today: date
) -> list[News]:
    mine = [
        one for one in told
        if one.key.event in FALLS
        and (one.key.checklist, one.key.unit) == (checklist.key, unit.report.unit.id)
    ]  # fmt: skip
    monthly = checklist.calendar.monthly is not None
    reminders = book.monthly_days if monthly else book.deadline_days
    nearing = deadline_news(unit, deadline(checklist, today), reminders)
    return [
        *item_news(unit),
        *good_again_news(unit, mine),
        *waiver_news(unit, today, book.waiver_days),
        *([nearing] if nearing else []),
    ]


def _weekly(sources: Sources, units: Sequence[Reported], recent: Recent, today: date) -> list[News]:
    """A summary for every set of units that somebody wants one of."""
    if not sources.weekly and today.isoweekday() < sources.book.weekly_day:
        return []
    week = week_of(today)
    about = f"{week} {today.isoformat()}" if sources.weekly else week
    before, since = answers_a_week_ago(sources.store, recent)
    first = units[0].report
    found: dict[str, News] = {}
    for person in sources.book.people:
        scope = weekly_scope(person)
        if Subject.WEEKLY not in person.get or scope in found:
            continue
        wanted = [
            u.report for u in units if person.units == "all" or u.report.unit.id in person.units
        ]
        if not wanted:
            continue
        summary = weekly_of(wanted, lambda r: link_of(r, sources.book.reports), before, since)
        key = Key(Event.WEEKLY, about, first.checklist, scope)
        found[scope] = News(key, "", f"{first.short} {first.year}", weekly=summary)
    return list(found.values())


def undelivered(given_up: Sequence[Notice], now: datetime) -> list[News]:
    """What did not reach its receiver, for ศปท. to pass on by other ways."""
    return [
        News(
            key=Key(Event.UNDELIVERED, str(one.id)),
            unit_name="",
            listed_as="",
            said=one_line(
                f"{one.person} ทาง{CHANNELS_TH[one.channel.value]} {one.address}: {one.error} "
                f"(เรื่อง “{one.subject}” ลองส่ง {one.attempts} ครั้ง)",
                500,
            ),
            step=f"แก้ที่อยู่ใน notices.yaml แล้วสั่ง oit notify retry {one.id} หรือแจ้งผู้รับทางอื่น",
        )
        for one in given_up
        if one.queued_at >= now - _UNDELIVERED_FOR and one.keys
    ]
