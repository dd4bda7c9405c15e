"""A person's decisions in words, as every report shows them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from results import wording
from results.parts import Part
from results.speech import _, day_text, moment_text
from results.waivers import LOUD, Standing, Stood, WaiverKind
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.schema import Checklist

KINDS = {
    WaiverKind.ACCEPTED: "ยอมรับผลตามที่เป็นอยู่",
    WaiverKind.WRONGLY_JUDGED: "เจ้าหน้าที่เห็นว่าระบบตัดสินผิด",
    WaiverKind.NOT_APPLICABLE: "ไม่เกี่ยวข้องกับหน่วยงานนี้",
    WaiverKind.VOUCHED: wording.VERDICTS[Verdict.VOUCHED],
    WaiverKind.JUDGED_LACKING: "ไม่ผ่านโดยการพิจารณาของเจ้าหน้าที่",
}
STANDINGS = {
    Standing.ACTIVE: "มีผลอยู่",
    Standing.NOT_NEEDED: "ไม่จำเป็นแล้ว เพราะข้อนี้ครบถ้วน",
    Standing.EXPIRED: "สิ้นสุดแล้ว เพราะพ้นกำหนด",
    Standing.EVIDENCE_CHANGED: "สิ้นสุดแล้ว เพราะหน้าที่ใช้อ้างอิงเปลี่ยนไป",
    Standing.ENDED: "ถอนคืนแล้วโดยเจ้าหน้าที่",
    Standing.SUSPENDED: "พักไว้ เพราะการตรวจครั้งนี้ไม่ได้ถามเรื่องเดิมจากหน้าเดิม",
}


class WaiverText(Part):
    """A decision in words; `line` tells who, why and until when, `loud`: it ended by itself.

    `urls` are the pages it rests on, `digests` the SHA-256 of what each said then (`content_hash`),
    `changed` those that say something else now.
    """

    id: int
    item: str
    title: str
    kind: WaiverKind
    kind_th: str
    made_by: str
    reason: str
    made_at: datetime
    until: date | None
    until_th: str
    verdict: Verdict
    verdict_th: str
    standing: Standing
    standing_th: str
    loud: bool
    urls: tuple[str, ...]
    digests: tuple[str, ...]
    changed: tuple[str, ...]
    line: str

    @property
    def holds(self) -> bool:
        """True while the item is counted as decided."""
        return self.standing is Standing.ACTIVE


def waiver_texts(checklist: Checklist, stood: Iterable[Stood]) -> tuple[WaiverText, ...]:
    """The decisions in words: those that ended by themselves first, then those that hold."""
    titles = {item.id: item.title for item in checklist.items}
    order = {Standing.ACTIVE: 1, Standing.NOT_NEEDED: 2, Standing.ENDED: 3}
    first = sorted(stood, key=lambda one: order.get(one.standing, 0))
    return tuple(_text(one, titles.get(one.waiver.item, "")) for one in first)


def _text(stood: Stood, title: str) -> WaiverText:
    waiver = stood.waiver
    until = day_text(waiver.until) if waiver.until else ""
    return WaiverText(
        id=waiver.id,
        item=waiver.item,
        title=title,
        kind=waiver.kind,
        kind_th=_(KINDS[waiver.kind]),
        made_by=tidy(waiver.made_by),
        reason=tidy(waiver.reason),
        made_at=waiver.made_at,
        until=waiver.until,
        until_th=until or _("ไม่กำหนดวันสิ้นสุด"),
        verdict=waiver.verdict,
        verdict_th=_(wording.VERDICTS[waiver.verdict]),
        standing=stood.standing,
        standing_th=_(STANDINGS[stood.standing]),
        loud=stood.standing in LOUD,
        urls=tuple(tidy(mark.url) for mark in waiver.evidence),
        digests=tuple(mark.content_sha256 for mark in waiver.evidence),
        changed=tuple(map(tidy, stood.changed)),
        line=_line(stood, until),
    )


def _line(stood: Stood, until: str) -> str:
    waiver = stood.waiver
    line = _(
        "{kind}: {reason} (โดย {by} เมื่อ {when})",
        kind=_(KINDS[waiver.kind]),
        reason=tidy(waiver.reason),
        by=tidy(waiver.made_by),
        when=moment_text(waiver.made_at),
    )
    line += " " + (_("มีผลถึง {until}", until=until) if until else _("ไม่กำหนดวันสิ้นสุด"))
    if stood.standing is Standing.ENDED and waiver.ended_at is not None:
        line += " " + _(
            "ถอนคืนโดย {by} เมื่อ {when}: {why}",
            by=tidy(waiver.ended_by),
            when=moment_text(waiver.ended_at),
            why=tidy(waiver.ended_why),
        )
    return line
