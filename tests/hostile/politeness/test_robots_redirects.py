"""A robots.txt that was moved.

Tried: the file stands behind five redirects, and behind six.
Must: five are followed and what stands there is obeyed; behind more there is no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


def test_five_redirects_are_followed(read: dict[str, Read]) -> None:
    assert read["five hops"].codes() == ["blocked_by_robots", None]
    assert read["five hops"].host.hits("/o1") == 0


def test_behind_more_there_is_no_file(read: dict[str, Read]) -> None:
    assert read["six hops"].codes() == [None, None]
    assert read["six hops"].host.hits("/rules") == 0
