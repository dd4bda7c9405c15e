"""Animated pictures of 10,000 frames

Tried: a GIF of a few bytes a frame, and one that says it is 65,535 pixels wide and high.
Must: no frame is decoded: the picture is one page, or refused for its size.
"""

from __future__ import annotations

import io

import pytest
from PIL import Image

from checklist.evidence import Fetch
from crawler.extract.reader import extract

FETCH = Fetch(url="http://a.test/o1.gif", final_url="http://a.test/o1.gif")


@pytest.fixture(scope="module")
def frame() -> bytes:
    """What stands in a GIF for one more frame."""
    buffer = io.BytesIO()
    Image.new("P", (1, 1)).save(buffer, "GIF")
    body = buffer.getvalue()
    return body[body.index(b",") : -1]


def animation(frame: bytes, number: int) -> bytes:
    head = b"GIF89a\x01\0\x01\0\x80\0\0" + b"\0" * 6
    return head + frame * number + b";"


def test_an_animation_is_one_page(frame: bytes) -> None:
    document = extract(animation(frame, 10_000), FETCH)
    assert document.fetch.problem is None
    assert document.page_count == 1


def test_a_picture_past_measure_is_refused(frame: bytes) -> None:
    body = bytearray(animation(frame, 1))
    body[6:10] = b"\xff\xff\xff\xff"
    assert extract(bytes(body), FETCH).fetch.problem == "too_large"
