"""Words of a presentation that nobody sees.

Tried: hidden slides, speaker's notes, shapes beside the slide, shapes that are switched off.
Must: they are recorded as hidden and never published.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches

from tests.hostile.text.reading import CLAIM, published, read

FILE = "https://www.bansuanmali.go.th/f.pptx"


def show(case: str) -> bytes:
    made = Presentation()
    for number in range(2):
        slide = made.slides.add_slide(made.slide_layouts[6])
        box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1))
        box.text_frame.text = f"รายงานของเทศบาล {number}"
    if case == "notes":
        slide.notes_slide.notes_text_frame.text = CLAIM
        return saved(made)
    left = Inches(-20 if case == "left of" else 40 if case == "right of" else 1)
    other = slide.shapes.add_textbox(left, Inches(3), Inches(5), Inches(1))
    other.text_frame.text = CLAIM
    if case == "hidden slide":
        slide._element.set("show", "0")
    if case == "switched off":
        other._element.xpath(".//p:cNvPr")[0].set("hidden", "1")
    return saved(made)


def saved(made: Any) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize("case", ["notes", "left of", "right of", "hidden slide", "switched off"])
def test_they_are_not_published(case: str) -> None:
    document = read(show(case), url=FILE)
    assert "รายงานของเทศบาล 0" in published(document)
    assert CLAIM not in published(document)


def test_what_stands_on_the_slide_is() -> None:
    assert CLAIM in published(read(show("on"), url=FILE))
