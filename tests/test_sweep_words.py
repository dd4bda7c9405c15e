"""What a sweep says at its end."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from checklist.verdict import Verdict
from commands.sweeping import _say_what_was_fetched_twice

if TYPE_CHECKING:
    import pytest


def test_what_could_not_be_opened_twice_is_not_told_as_worse(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = Counter({(Verdict.FAIL, True): 1, (Verdict.ERROR, True): 2, (Verdict.PASS, False): 1})
    outcome: Any = SimpleNamespace(rechecked=found)
    _say_what_was_fetched_twice(outcome)
    said = capsys.readouterr().err
    assert "เปิดซ้ำ 4 ข้อ: ยืนยันว่าแย่ลง 1 ข้อ ยังตรวจไม่ได้ 2 ข้อ" in said
