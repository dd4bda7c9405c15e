"""A robots.txt of megabytes, to fill the memory or to hide a rule at its end.

Tried: one rule, 3 MB of comment, and a rule that closes everything.
Must: the first 500 KiB are obeyed, the rest is not downloaded to its end and closes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


def test_its_beginning_is_obeyed(read: dict[str, Read]) -> None:
    assert read["endless"].codes() == ["blocked_by_robots", None]
