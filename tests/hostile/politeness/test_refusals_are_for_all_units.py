"""A host that two units share and that asks one of them to come back in an hour.

Tried: 429 with `Retry-After: 3600` for the page of one unit, while another unit is being read.
Must: nobody asks that host for anything more; the reasons say until when; other hosts go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


def test_the_host_is_left_alone_by_everybody(read: dict[str, Read]) -> None:
    ours, theirs = read["refuses"], read["refuses again"]
    assert ours.host.hits("/o1") == 1
    after = [one for one in ours.host.asked if one.path != "/robots.txt"]
    assert after[-1].path == "/o1", "nothing was asked after the refusal"
    refused = [fetch for fetch in (*ours.fetches, *theirs.fetches) if fetch.problem]
    assert {fetch.problem for fetch in refused} == {"rate_limited"}
    assert any("วินาที (ถึง " in fetch.problem_detail for fetch in refused)
