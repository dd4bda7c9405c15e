"""Hosts whose robots.txt is refused, a web page, or leads into the ministry's own network.

Tried: 403 with forbidding words, 200 with an error page in HTML, a redirect to 10.9.8.7.
Must: these hosts have no rules and are read; the address inside is never opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


@pytest.mark.parametrize("name", ["forbidden file", "web page", "led inside"])
def test_a_host_without_rules_is_read(read: dict[str, Read], name: str) -> None:
    assert read[name].codes() == [None, None]
