"""One person's digest: the news in the order of action, and the same as JSON for programs. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from notices.told import Event, Key
from results.speech import day_text

if TYPE_CHECKING:
    from datetime import date

    from notices.news import News
    from notices.routing import Parcel

SCHEMA = "oit-notice/1"
ORDER = (
    Event.WORSE,
    Event.WAIVER_ENDED,
    Event.DEADLINE,
    Event.WAIVER_ENDS,
    Event.UNSEEN,
    Event.GOOD_AGAIN,
    Event.WEEKLY,
    Event.UNDELIVERED,
)
HEADINGS = {
    Event.WORSE: "แย่ลง ยืนยันด้วยการเปิดซ้ำแล้ว",
    Event.WAIVER_ENDED: "การยกเว้นสิ้นสุดแล้ว",
    Event.DEADLINE: "ใกล้ครบกำหนด",
    Event.WAIVER_ENDS: "การยกเว้นใกล้สิ้นสุด",
    Event.UNSEEN: "ตรวจไม่ได้ (ไม่ได้แปลว่าขาด)",
    Event.GOOD_AGAIN: "กลับมาดีแล้ว",
    Event.WEEKLY: "สรุปประจำสัปดาห์",
    Event.UNDELIVERED: "ส่งแจ้งไม่ถึงผู้รับ",
}
SHORT = {
    Event.WORSE: "แย่ลง {count} ข้อ",
    Event.WAIVER_ENDED: "การยกเว้นสิ้นสุด {count} ข้อ",
    Event.DEADLINE: "{deadline}",
    Event.WAIVER_ENDS: "การยกเว้นใกล้สิ้นสุด {count} ข้อ",
    Event.UNSEEN: "ตรวจไม่ได้ {count} ข้อ",
    Event.GOOD_AGAIN: "กลับมาดี {count} ข้อ",
    Event.WEEKLY: "สรุปประจำสัปดาห์",
    Event.UNDELIVERED: "ส่งไม่ถึง {count} ฉบับ",
}


@dataclass(frozen=True, slots=True)
class Section:
    """The news of one sort, dearest first; `orphans`: they reach nobody else than ศปท."""

    event: Event
    heading: str
    news: tuple[News, ...]
    orphans: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told on `day`."""

    person: str
    name: str
    office: str
    day: date
    sections: tuple[Section, ...]

    @property
    def news(self) -> tuple[News, ...]:
        """Everything that is told, in order."""
        return tuple(one for section in self.sections for one in section.news)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What will have been told."""
        return tuple(one.key for one in self.news)

    @property
    def day_th(self) -> str:
        """The day in words."""
        return day_text(self.day)

    @property
    def points(self) -> float:
        """The points of 100 that hang on what got worse or counts again."""
        at_stake = (Event.WORSE, Event.WAIVER_ENDED)
        return sum(one.points for one in self.news if one.key.event in at_stake)

    @property
    def units(self) -> tuple[str, ...]:
        """The names of the units that it tells of, each once."""
        return tuple(dict.fromkeys(one.unit_name for one in self.news if one.unit_name))

    @property
    def in_brief(self) -> str:
        """`แย่ลง 2 ข้อ, เหลือ 7 วันก่อนครบกำหนด`."""
        said = []
        for event in ORDER:
            count = sum(one.key.event is event for one in self.news)
            if count:
                said.append(SHORT[event].format(count=count, deadline=self._days_left))
        return ", ".join(said)

    @property
    def _days_left(self) -> str:
        """How long it is to the nearest deadline on the day that the digest is read."""
        ahead = [one.day for one in self.news if one.key.event is Event.DEADLINE and one.day]
        left = (min(ahead) - self.day).days if ahead else 0
        return f"เหลือ {left} วันก่อนครบกำหนด" if left > 0 else "วันนี้ครบกำหนด"


def digest_of(parcel: Parcel, told: Iterable[Key], office: str, day: date) -> Digest | None:
    """The person's digest without what they were told already; `None`: nothing is new."""
    known = set(told)
    sections = []
    for news, orphans in ((parcel.news, False), (parcel.orphans, True)):
        fresh = {one.key: one for one in news if one.key not in known}
        for event in ORDER:
            mine = _dearest_first(one for one in fresh.values() if one.key.event is event)
            if mine:
                heading = HEADINGS[event] + (" — ไม่มีผู้รับแจ้งของหน่วยงาน" if orphans else "")
                sections.append(Section(event, heading, mine, orphans))
    if not sections:
        return None
    return Digest(parcel.person.id, parcel.person.name, office, day, tuple(sections))


def _dearest_first(news: Iterable[News]) -> tuple[News, ...]:
    return tuple(sorted(news, key=lambda n: (-round(n.points, 4), n.unit_name, _number(n))))


def _number(one: News) -> int:
    digits = one.key.item[1:]
    return int(digits) if digits.isdecimal() else 0


def digest_json(digest: Digest) -> str:
    """The digest for programs: keys are added, never renamed."""
    body = {
        "schema_version": SCHEMA,
        "person": digest.person,
        "name": digest.name,
        "day": digest.day.isoformat(),
        "brief": digest.in_brief,
        "points": round(digest.points, 4),
        "news": [_plain(one, section) for section in digest.sections for one in section.news],
    }
    return json.dumps(body, ensure_ascii=False, default=str)


def _rounded(node: Any) -> Any:
    """The value with its points as people count them: 7.8, not 7.799999999999997."""
    if isinstance(node, dict):
        return {key: _rounded(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_rounded(value) for value in node]
    return round(node, 4) if isinstance(node, float) else node


def _plain(one: News, section: Section) -> dict[str, object]:
    return {
        "key": str(one.key),
        "event": one.key.event.value,
        "checklist": one.key.checklist,
        "unit": one.key.unit,
        "unit_name": one.unit_name,
        "item": one.key.item,
        "title": one.title,
        "owner": one.owner,
        "points": round(one.points, 4),
        "said": one.said,
        "step": one.step,
        "url": one.url,
        "report": one.report,
        "day": one.day.isoformat() if one.day else None,
        "nobody_else": section.orphans,
        "gaps": [_rounded(asdict(gap)) for gap in one.gaps],
        "weekly": _rounded(asdict(one.weekly)) if one.weekly else None,
    }
