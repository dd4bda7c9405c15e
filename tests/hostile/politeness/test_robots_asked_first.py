"""A page that is asked for before the host's robots.txt is known.

Tried: two units of one sweep begin at once with a host that closes one of the pages.
Must: robots.txt is the first thing the host hears, once; the closed page is never asked for, and the
report says that the file forbids it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


def test_robots_txt_comes_first_and_once(read: dict[str, Read]) -> None:
    for name, of_host in read.items():
        if name != "six hops":
            assert of_host.host.asked[0].path == "/robots.txt", name
    assert read["shut"].host.hits("/robots.txt") == 1


@pytest.mark.parametrize("unit", ["shut", "shut again"])
def test_a_closed_page_is_not_asked_for(read: dict[str, Read], unit: str) -> None:
    assert read[unit].codes() == ["blocked_by_robots", None]
    assert "robots.txt" in read[unit].fetches[0].problem_detail
    assert read[unit].host.hits("/o1") == 0


def test_a_host_may_open_for_the_checker_alone(read: dict[str, Read]) -> None:
    assert read["named"].codes() == [None, None]
