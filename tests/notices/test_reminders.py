"""Reminders before deadlines, and decisions that end."""

from __future__ import annotations

from datetime import timedelta

from checklist.verdict import Verdict
from notices.composing import queue
from notices.notice import State
from results.waivers import Waiver, WaiverKind
from tests.notices.ministry import (
    DAY,
    LIST,
    Make,
    Ministry,
    at,
    book,
    centre,
    confirmed,
    days_before_close,
    tell,
    text_of,
    told,
    webmaster,
)
from tests.results.samples import missing, passing

GOOD = [passing("O2"), passing("O12")]


def test_reminders_come_on_their_days_and_begin_with_what_costs_most(make: Make) -> None:
    ministry = make(book(people=[webmaster(), centre(get=[])]))
    ministry.scan({"surin": [missing("O2"), missing("O19"), passing("O12")]}, DAY)
    found = []
    for days in (41, 31, 30, 29, 14, 13, 7, 6, 3, 2, 1, 0, -1):
        moment = days_before_close(days)
        ministry.scan({"surin": [missing("O2"), missing("O19"), passing("O12")]}, moment)
        plan = ministry.plan(moment)
        queue(plan, ministry.outbox)
        while (one := ministry.outbox.claim(moment + timedelta(hours=10))) is not None:
            ministry.outbox.settle(one, State.SENT, sent_at=moment)
        if told(plan):
            found.append(days)
    assert found == [30, 14, 7, 3, 1]


def test_a_reminder_that_was_missed_is_made_up_for_with_the_days_that_are_left(make: Make) -> None:
    ministry = make(book(people=[webmaster(), centre(get=[])]))
    moment = days_before_close(11)
    ministry.scan({"surin": [missing("O2"), missing("O19"), passing("O12")]}, moment)
    plan = ministry.plan(moment)
    assert told(plan)["web"] == ["deadline/surin/-/2023-04-30/14"]
    [subject] = [one.letter.subject for one in plan.planned if one.person == "web" and one.letter]
    assert subject == "OIT: เหลือ 11 วันก่อนครบกำหนด จังหวัดสุรินทร์"
    text = text_of(plan, "web")
    assert "เหลือเวลาอีก 11 วัน ก่อนปิดกรอกข้อมูลในระบบ ITAS (30 เมษายน 2566)" in text
    assert text.index("O19 แผนการจัดซื้อจัดจ้าง") < text.index("O2 ข้อมูลผู้บริหาร")


def test_a_unit_without_gaps_is_not_reminded(make: Make) -> None:
    ministry = make(book(people=[webmaster(), centre(get=[])]))
    ministry.scan({"surin": GOOD}, days_before_close(7))
    assert told(ministry.plan(days_before_close(7))) == {}


def waiver(ministry: Ministry, scan_id: int, until: int) -> None:
    """A decision about O2 that holds for so many days."""
    ministry.store.add_waiver(
        Waiver(
            unit_id="surin", checklist=LIST, item="O2", kind=WaiverKind.ACCEPTED,
            made_by="นางสาวสมใจ ใจดี", reason="ดูแล้ว", made_at=DAY,
            until=(DAY + timedelta(days=until)).date(), verdict=Verdict.FAIL, scan_id=scan_id,
        )
    )  # fmt: skip


def test_a_waiver_is_told_before_its_last_day_and_once_it_has_ended(make: Make) -> None:
    ministry = make(book(people=[webmaster(), centre(get=[])]))
    scan_id = ministry.scan({"surin": [missing("O2")]}, at(2))
    waiver(ministry, scan_id, until=8)
    assert tell(ministry, 9) == {}
    assert tell(ministry, 9, days=1) == {"web": ["waiver_ends/surin/O2/1"]}
    assert tell(ministry, 9, days=2) == {}
    assert tell(ministry, 9, days=8) == {}
    ended = ministry.plan(at(9, days=9))
    assert told(ended) == {"web": ["waiver_ended/surin/O2/1"]}
    assert "สิ้นสุดแล้วเพราะพ้นกำหนด 28 มีนาคม 2566" in text_of(ended, "web")


def test_a_waiver_whose_page_changed_has_ended(make: Make) -> None:
    ministry = make(book(people=[webmaster(), centre(get=[])]))
    scan_id = ministry.scan({"surin": [missing("O2")]}, at(2))
    waiver(ministry, scan_id, until=30)
    ministry.store.note_changed_evidence([1], scan_id)
    plan = ministry.plan(at(9))
    assert told(plan) == {"web": ["waiver_ended/surin/O2/1"]}
    assert "หน้าที่ใช้อ้างอิงเปลี่ยนไป" in text_of(plan, "web")


def test_an_item_that_is_waived_is_not_told_as_worse(make: Make) -> None:
    ministry = make()
    scan_id = ministry.scan({"surin": GOOD}, at(1))
    waiver(ministry, scan_id, until=60)
    ministry.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    assert "web" not in told(ministry.plan(at(9)))
