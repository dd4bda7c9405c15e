"""Hosts that cannot say what they allow.

Tried: robots.txt answered with 503, with 429, never, or with an end of the rest in the year 9999.
Must: no page of the host is asked for, the item could not be checked (never failed, never passed),
the reason names robots.txt, and all other hosts of the sweep are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.reasons import REASONS
from checklist.verdict import Verdict

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("broken", "server_error", "robots.txt ของเว็บไซต์ตอบรหัส HTTP 503"),
        ("busy", "rate_limited", "robots.txt ของเว็บไซต์ตอบรหัส HTTP 429"),
        ("hanging", "timeout", "robots.txt ของเว็บไซต์ไม่ตอบภายใน 2 วินาที"),
        ("maintained", "server_error", "ตอบรหัส HTTP 503 และขอให้หยุดส่งคำขออีก 864,000 วินาที (ถึง "),
    ],
)
def test_nothing_is_read_of_a_host_in_trouble(
    read: dict[str, Read], name: str, code: str, says: str
) -> None:
    assert REASONS[code].verdict is Verdict.ERROR
    first, *others = read[name].fetches
    assert first.problem == code
    assert says in first.problem_detail
    # Waiting for a silent host takes the time of the pages after it.
    assert {fetch.problem for fetch in others} <= {code, "not_checked"}
    assert {one.path for one in read[name].host.asked} == {"/robots.txt"}


def test_the_others_go_on(read: dict[str, Read]) -> None:
    assert read["named"].codes() == read["web page"].codes() == [None, None]
