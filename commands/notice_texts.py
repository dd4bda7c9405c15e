"""What `oit notify` prints: who would get what, the outbox, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from notices.collecting import CHANNELS_TH
from notices.notice import STATES_TH
from results.speech import moment_text

if TYPE_CHECKING:
    from notices.composing import Plan, Planned
    from notices.notice import Notice
    from notices.sending import Tally

_RULE = "─" * 60


def plan_lines(plan: Plan) -> Iterator[str]:
    """The dry run: every message in full, and what nobody of the unit would be told."""
    for one in plan.planned:
        yield from _planned_lines(one)
    for person in plan.postponed:
        yield f"{person}: ได้รับของวันนี้ไปแล้ว เรื่องใหม่จะไปกับฉบับวันถัดไป"
    lost = nobody(plan)
    if lost:
        yield f"ไม่มีผู้รับของหน่วยงาน จึงส่งให้ ศปท. แทน {len(lost)} เรื่อง: {', '.join(lost)}"
    if not plan.planned and not plan.postponed:
        yield "ไม่มีเรื่องใหม่ที่ต้องแจ้ง"


def _planned_lines(one: Planned) -> Iterator[str]:
    if one.digest is None:
        yield f"{one.person}: ถอนฉบับที่ยังไม่ส่ง เพราะเรื่องในนั้นไม่เป็นจริงแล้ว"
        return
    for notice in one.notices:
        yield _RULE
        yield f"ถึง {one.digest.name} ({one.person}) ทาง{where(notice)}"
        yield f"ส่งเมื่อ {moment_text(notice.due)}"
        yield f"เรื่อง: {notice.subject}"
        yield ""
        yield notice.text
        yield ""


def where(notice: Notice) -> str:
    """`อีเมล ita@example.go.th`."""
    return f"{CHANNELS_TH[notice.channel.value]} {notice.address}"


def nobody(plan: Plan) -> list[str]:
    """The keys of the news that only ศปท. gets because nobody else would."""
    keys = (
        str(news.key)
        for one in plan.planned
        if one.digest is not None
        for section in one.digest.sections
        if section.orphans
        for news in section.news
    )
    return list(dict.fromkeys(keys))


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan for programs."""
    return {
        "planned": [
            {
                "person": one.person,
                "withdraws": len(one.replaces),
                "messages": [notice_json(notice, full=True) for notice in one.notices],
            }
            for one in plan.planned
        ],
        "postponed": list(plan.postponed),
        "nobody_else": nobody(plan),
    }


def notice_json(notice: Notice, *, full: bool = False) -> dict[str, Any]:
    """One message for programs, with its text when `full`."""
    sent = notice.sent_at.isoformat() if notice.sent_at else None
    told: dict[str, Any] = {
        "id": notice.id,
        "person": notice.person,
        "channel": notice.channel.value,
        "address": notice.address,
        "state": notice.state.value,
        "subject": notice.subject,
        "due": notice.due.isoformat(),
        "attempts": notice.attempts,
        "error": notice.error,
        "message_id": notice.message_id,
        "sent_at": sent,
        "keys": list(notice.keys),
    }
    return {**told, "text": notice.text, "html": notice.html} if full else told


def notice_line(notice: Notice) -> str:
    """One message of the outbox on a line."""
    when = notice.sent_at or notice.due
    line = f"{notice.id:>5}  {STATES_TH[notice.state]}  {moment_text(when)}  {notice.person}"
    line += f"  {where(notice)}  {notice.subject}"
    if notice.error:
        line += f"  [{notice.attempts} ครั้ง: {notice.error}]"
    return line


def tally_lines(tally: Tally, queued: int) -> tuple[str, str]:
    """What came of a run, in Thai and in English."""
    th = f"เข้าคิวใหม่ {queued} ฉบับ ส่งแล้ว {tally.sent} ส่งไม่สำเร็จจะลองใหม่ {tally.failed} "
    th += f"เลิกส่ง {tally.given_up} ค้างส่ง {tally.waiting} รอเวลา {tally.later}"
    en = f"queued {queued}, sent {tally.sent}, failed {tally.failed}, given up {tally.given_up}, "
    en += f"left {tally.waiting}, for later {tally.later}"
    return th, en
