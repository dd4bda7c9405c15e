"""Packing in hundreds of layers, or broken

Tried: a page is packed 300 times over (each costs a pass), or says gzip and sends something else.
Must: a few layers are undone, then `too_large` names the limit; what cannot be unpacked is `extract_failed`.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept


def _layers(number: int) -> bytes:
    body = GOOD_O1.encode()
    for _ in range(number):
        body = gzip.compress(body, 0)
    return body


def packed(packing: str, body: bytes) -> Site:
    return Site({"/o1": Reply(body, headers={"Content-Encoding": packing})})


TWICE = packed("gzip, gzip", _layers(2))
MANY = packed(", ".join(["gzip"] * 300), _layers(300))
BROKEN = {name: packed(name, b"\xff\xfe no such packing" * 50) for name in ("gzip", "br", "zstd")}


def test_two_layers_are_read(swept: Swept) -> None:
    assert swept.of(TWICE).verdict is Verdict.PASS


def test_hundreds_are_not(swept: Swept) -> None:
    after = swept.of(MANY)
    assert (after.verdict, after.reason) == (Verdict.ERROR, "too_large")
    assert "300 ชั้น" in after.report_html


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_unpacked_is_told(swept: Swept, name: str) -> None:
    after = swept.of(BROKEN[name])
    assert (after.verdict, after.reason) == (Verdict.ERROR, "extract_failed")
