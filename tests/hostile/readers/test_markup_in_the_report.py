"""Markup and scripts in whatever a website or a person writes, in the report's page.

Tried: A hacked page puts tags, handlers, frames, refreshes and style sheets into its title, its
quotes, its headings; a unit's name and a decision's reason hold them too.
Must: The page that a browser builds has no script, no frame, no form, no handler and nothing that
loads from elsewhere; the words are read as words.
"""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html as browser

from results.formats.html import unit_html
from results.formats.overview import overview_html
from results.gap import build_report
from results.overview_draft import build_overview
from tests.hostile.readers.attacks import MARKUP
from tests.results.pages import waiver
from tests.results.samples import mixed, result_of, small_checklist
from tests.results.sheets import report_saying

NEVER = {"script", "iframe", "frame", "object", "embed", "form", "input", "base", "link", "math",
         "video", "audio", "template", "noscript", "marquee"}  # fmt: skip


def acting(page: str) -> list[str]:
    """Every element and attribute of the page that could act or load."""
    found = []
    for element in browser.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        found += [element.tag] if element.tag in NEVER else []
        attributes = {str(name): str(value) for name, value in element.attrib.items()}
        found += [name for name in attributes if name.startswith("on") or name == "srcset"]
        found += [
            value
            for name, value in attributes.items()
            if name in ("src", "href", "poster") and "127.0.0.2" in value
        ]
    return found


@pytest.mark.parametrize("text", [" ".join(MARKUP[part::5]) for part in range(5)])
def test_the_report_and_the_overview_hold_it_as_text(text: str) -> None:
    report = report_saying(text)
    pages = (unit_html(report), overview_html(build_overview([report])))
    assert [acting(page) for page in pages] == [[], []]
    assert all(page.count("<meta http-equiv") == 1 for page in pages)


def test_a_decisions_reason_and_name_are_text() -> None:
    decided = waiver("O2", made_by=MARKUP[0], reason=MARKUP[1], until=date(2023, 9, 30))
    report = build_report(small_checklist(), result_of(mixed()), waivers=[decided])
    assert acting(unit_html(report)) == []
