"""Content-Length that lies

Tried: the length is longer than the body, shorter, negative, or stated twice with two values.
Must: a cut answer is `connection` and never judged; of a length too short no more is read than it allows, and nothing passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Site

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange
    from tests.hostile.sweeping import Swept

BODY = GOOD_O1.encode()


def lying(*lengths: int) -> Site:
    async def answer(exchange: Exchange) -> None:
        lines = (f"Content-Length: {length}" for length in lengths)
        await exchange.start("Content-Type: text/html; charset=utf-8", *lines)
        await exchange.send(BODY)

    return Site({"/o1": answer})


SITES = {
    "too long": lying(len(BODY) + 100),
    "negative": lying(-5),
    "two of them": lying(5, len(BODY)),
    "no number": lying(len(BODY), 0),
}
SHORT = lying(40)


@pytest.mark.parametrize("name", SITES)
def test_a_length_that_cannot_be_is_a_broken_connection(swept: Swept, name: str) -> None:
    after = swept.of(SITES[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "connection")


def test_what_lies_beyond_the_length_is_not_read(swept: Swept) -> None:
    after = swept.of(SHORT)
    assert after.verdict is not Verdict.PASS
    assert after.bytes < len(BODY)
