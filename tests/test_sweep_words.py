"""What a sweep says at its end."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from checklist.verdict import Verdict
from commands.sweeping import _say_what_was_fetched_twice

if TYPE_CHECKING:
    import pytest


def finding(verdict: Verdict, *, confirmed: bool) -> Any:
    return SimpleNamespace(verdict=verdict, recheck=SimpleNamespace(confirmed=confirmed))


def test_what_could_not_be_opened_twice_is_not_told_as_worse(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [
        finding(Verdict.FAIL, confirmed=True),
        finding(Verdict.ERROR, confirmed=True),
        finding(Verdict.ERROR, confirmed=True),
        finding(Verdict.PASS, confirmed=False),
    ]
    outcome: Any = SimpleNamespace(reports=[SimpleNamespace(findings=lambda: found)])
    _say_what_was_fetched_twice(outcome)
    said = capsys.readouterr().err
    assert "เปิดซ้ำ 4 ข้อ: ยืนยันว่าแย่ลง 1 ข้อ ยังตรวจไม่ได้ 2 ข้อ" in said
