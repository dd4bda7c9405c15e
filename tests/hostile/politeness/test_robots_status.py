"""Answers for /robots.txt that are no robots.txt.

Tried: every status a server or a firewall may give, with a body that would forbid everything.
Must: no such file (4xx, 401 and 403 as well) forbids nothing; an overloaded or broken host (429,
5xx) is not read until it answers, and the report says why.
"""

from __future__ import annotations

import pytest

from checklist.reasons import REASONS
from crawler.problems import robots_unknown, robots_unread
from crawler.robots_rules import rules_of_answer

SHUT = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("status", [301, 304, 400, 401, 403, 404, 405, 410, 418, 451])
def test_a_host_without_the_file_forbids_nothing(status: int) -> None:
    rules = rules_of_answer(status, SHUT, "OITChecker")
    assert rules is not None
    assert rules.allows("https://a.go.th/o12")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 520, 599])
def test_a_host_in_trouble_is_not_read(status: int) -> None:
    assert rules_of_answer(status, b"User-agent: *\nAllow: /\n", "OITChecker") is None
    problem = robots_unknown(status)
    assert problem.code == ("rate_limited" if status == 429 else "server_error")
    assert str(status) in problem.detail
    assert "robots.txt" in problem.detail


@pytest.mark.parametrize("code", ["timeout", "too_large"])
def test_a_file_that_does_not_come_is_told_of_in_thai(code: str) -> None:
    problem = robots_unread(code, 30)
    assert problem.code in REASONS
    assert "ระบบไม่เปิดหน้าใดของเว็บไซต์จนกว่าจะอ่านไฟล์นี้ได้" in problem.detail


def test_the_file_itself_decides_where_there_is_one() -> None:
    rules = rules_of_answer(200, SHUT, "OITChecker")
    assert rules is not None
    assert not rules.allows("https://a.go.th/o12")
