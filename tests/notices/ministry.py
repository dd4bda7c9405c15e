"""A small ministry for the tests of notices: scans at set moments, people, and a fixed clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import time_machine

from checklist.loader import load
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ItemVerdict, Recheck, Verdict
from notices.collecting import Sources, recent_checklists
from notices.composing import queue
from notices.letters import Letters
from notices.notice import State
from notices.outbox import Outbox
from notices.people import Book
from notices.telling import planned_now
from results.speech import BANGKOK
from results.store import Store
from tests.databases import database_at
from tests.results.samples import COVERAGE, document

if TYPE_CHECKING:
    from notices.composing import Plan

LIST = "oit-2566"
SURIN = UnitProfile("surin", "จังหวัดสุรินทร์", UnitType.PROVINCE, main_site="https://www.surin.go.th")
TRANG = UnitProfile("trang", "จังหวัดตรัง", UnitType.PROVINCE, main_site="https://www.trang.go.th")
UNITS = {unit.id: unit for unit in (SURIN, TRANG)}
Make = Callable[..., "Ministry"]
# The ITAS entry of 2566 closes on 30 April 2023: more than 30 days lie before it.
DAY = datetime(2023, 3, 20, 9, 0, tzinfo=BANGKOK)


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """A moment of the first day, or of one so many days later, in Thailand."""
    return DAY.replace(hour=hour, minute=minute) + timedelta(days=days)


def confirmed(
    verdict: ItemVerdict, before: Verdict = Verdict.PASS, second: Verdict | None = None
) -> ItemVerdict:
    """The verdict as a second fetch confirmed it."""
    recheck = Recheck(before, verdict.verdict, second or verdict.verdict, DAY, DAY, True)
    return replace(verdict, recheck=recheck)


def in_doubt(verdict: ItemVerdict) -> ItemVerdict:
    """The verdict that a second fetch did not confirm."""
    recheck = Recheck(Verdict.PASS, Verdict.FAIL, Verdict.ERROR, DAY, DAY, False)
    return replace(verdict, recheck=recheck)


class Ministry:
    """A database with scans and an outbox; `people` is the book that is used."""

    def __init__(self, folder: Path, book: Book) -> None:
        (folder / "oit.db").write_bytes(_empty_database())
        self.url = database_at(f"{folder}/oit.db")
        self.store = Store.open(self.url)
        self.outbox = Outbox.open(self.url)
        self.book = book
        self.mails: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the database."""
        self.outbox.close()
        self.store.close()

    def scan(self, found: Mapping[str, Sequence[ItemVerdict]], moment: datetime) -> int:
        """Store a scan of these units, begun and finished at `moment`."""
        with time_machine.travel(moment, tick=False):
            scan_id = self.store.start_scan(load(LIST), moment.date())
            for unit_id, verdicts in found.items():
                self.store.save_unit(scan_id, UNITS[unit_id], verdicts, COVERAGE, [document()])
            self.store.finish_scan(scan_id)
        return scan_id

    def plan(self, moment: datetime, **more: Any) -> Plan:
        """What would be told at `moment`."""
        narrowed = {key: more[key] for key in ("scan_id", "weekly") if key in more}
        keys = more.get("checklists") or recent_checklists(self.store, moment)
        sources = Sources(self.store, self.outbox, self.book, moment, keys, **narrowed)
        whole = "checklists" not in more and "scan_id" not in more
        return planned_now(sources, self.mails, _letters(self.book.templates), whole=whole)


@cache
def _letters(folder: Path | None) -> Letters:
    return Letters(folder)


@cache
def _empty_database() -> bytes:
    """A database with its tables, made once for all tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "oit.db"
        Store.open(database_at(f"{path}")).close()
        return path.read_bytes()


def book(**more: Any) -> Book:
    """A webmaster of Surin told by mail and ศปท. told of everything, at 8 o'clock."""
    people = more.pop("people", [webmaster(), centre()])
    channels = {"mail": {"host": "127.0.0.1", "security": "none", "sender": "oit@example.go.th"}}
    return Book.model_validate(
        {"channels": more.pop("channels", channels), "people": people, **more}
    )


def webmaster(**more: Any) -> dict[str, Any]:
    """The webmaster of Surin."""
    return {"id": "web", "name": "ผู้ดูแลเว็บ", "mail": "web@surin.go.th", "units": ["surin"], **more}


def centre(**more: Any) -> dict[str, Any]:
    """ศปท., which gets the week and what reaches nobody else."""
    return {
        "id": "centre", "name": "ศปท.มท.", "mail": "acoc@example.go.th", "centre": True,
        "units": "all", "get": ["weekly"], **more,
    }  # fmt: skip


def told(plan: Plan) -> dict[str, list[str]]:
    """The keys that each person is told, without the checklist."""
    return {
        one.person: [str(key).replace(f"{LIST}/", "") for key in one.digest.keys]
        for one in plan.planned
        if one.digest
    }


def text_of(plan: Plan, person: str) -> str:
    """The text of a person's mail."""
    return next(one.letter.text for one in plan.planned if one.person == person and one.letter)


def days_before_close(days: int) -> datetime:
    """9 o'clock so many days before the ITAS entry closes."""
    day = date(2023, 4, 30) - timedelta(days=days)
    return datetime(day.year, day.month, day.day, 9, tzinfo=BANGKOK)


def tell(ministry: Ministry, hour: int, days: int = 0, **more: Any) -> dict[str, list[str]]:
    """Plan, queue and pretend that everything was sent; what was told to whom."""
    moment = at(hour, days=days)
    plan = ministry.plan(moment, **more)
    queue(plan, ministry.outbox)
    while (one := ministry.outbox.claim(moment + timedelta(hours=20))) is not None:
        ministry.outbox.settle(one, State.SENT, sent_at=moment)
    return told(plan)
