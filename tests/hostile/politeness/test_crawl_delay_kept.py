"""Pauses that a host asks for, seen from the host.

Tried: `Crawl-delay` of half a second, and of a day.
Must: half a second is kept between all requests; of a day, as much as the settings allow (a second
here), and what could not be read in time says that the host asked for such pauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


def test_the_pause_is_kept(read: dict[str, Read]) -> None:
    assert read["wants pauses"].codes() == [None] * 4
    # A request that was sent on time may come late, and the next then looks early.
    assert sum(read["wants pauses"].host.pauses()) > 0.5 * 4 - 0.1


def test_a_day_is_cut_short_and_told_of(read: dict[str, Read]) -> None:
    of_host = read["wants a day"]
    assert len(of_host.host.asked) >= 5
    assert of_host.host.asked[-1].at - of_host.host.asked[0].at > len(of_host.host.asked) - 2
    left = [fetch for fetch in of_host.fetches if fetch.problem == "not_checked"]
    assert left, "8 pages and robots.txt do not fit into 6 seconds"
    assert all("ขอให้เว้น 86,400 วินาทีต่อหนึ่งคำขอ" in fetch.problem_detail for fetch in left)
