"""A second fetch as the database keeps it, and in plain Thai."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from checklist.verdict import Recheck, Verdict
from results import wording
from results.parts import RecheckText
from results.speech import _, moment_text


def recheck_json(recheck: Recheck) -> dict[str, Any]:
    """A recheck as plain JSON values, moments in ISO form."""
    return {
        "before": recheck.before.value,
        "first": recheck.first.value,
        "second": recheck.second.value,
        "first_at": recheck.first_at.isoformat(),
        "second_at": recheck.second_at.isoformat(),
        "confirmed": recheck.confirmed,
    }


def recheck_from(value: Mapping[str, Any]) -> Recheck:
    """The recheck that `recheck_json` wrote."""
    return Recheck(
        before=Verdict(value["before"]),
        first=Verdict(value["first"]),
        second=Verdict(value["second"]),
        first_at=datetime.fromisoformat(value["first_at"]),
        second_at=datetime.fromisoformat(value["second_at"]),
        confirmed=value["confirmed"],
    )


def recheck_text(recheck: Recheck) -> RecheckText:
    """A recheck in words."""
    return RecheckText(
        before=recheck.before,
        first=recheck.first,
        second=recheck.second,
        first_at=recheck.first_at,
        second_at=recheck.second_at,
        confirmed=recheck.confirmed,
        line=_line(recheck),
    )


def _line(recheck: Recheck) -> str:
    before, first, second = (
        f"“{_(wording.VERDICTS[verdict])}”"
        for verdict in (recheck.before, recheck.first, recheck.second)
    )
    once = moment_text(recheck.first_at)
    again = moment_text(recheck.second_at)
    opened = _(
        "เปิดเมื่อ {once} ได้ {first} เปิดซ้ำเมื่อ {again} ได้ {second}",
        once=once,
        first=first,
        again=again,
        second=second,
    )
    told = {"before": before, "opened": opened}
    if recheck.confirmed:
        return _("ยืนยันแล้วว่าแย่ลงจากครั้งก่อน ({before}): {opened}", **told)
    if {recheck.first, recheck.second} == {Verdict.ERROR, Verdict.FAIL}:
        return _("ยังไม่ยืนยันว่าแย่ลง (ครั้งก่อน {before}): {opened} จึงยังไม่นับว่าขาด", **told)
    if recheck.first is recheck.second:
        return _(
            "เปิดซ้ำแล้วพบส่วนที่เปิดครั้งแรกไม่พบ (ครั้งก่อน {before}): {opened} เว็บไซต์อาจขัดข้องชั่วคราว",
            **told,
        )
    return _(
        "เปิดสองครั้งได้ผลไม่เหมือนกัน จึงใช้ผลที่ดีกว่า (ครั้งก่อน {before}): {opened} เว็บไซต์อาจขัดข้องชั่วคราว",
        **told,
    )
