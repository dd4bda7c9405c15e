"""Rules that hide words through media queries and variables.

Tried: display:none inside @media screen, inside @supports, through a custom property.
Must: the words are recorded as hidden and never count as published.
"""

from __future__ import annotations

import pytest

from tests.hostile.text.reading import CLAIM, page, published

CASES = {
    "media screen": "<style>@media screen{.x{display:none}}</style><p class='x'>@</p>",
    "media all": "<style>@media all and (min-width:1px){.x{display:none}}</style><p class='x'>@</p>",
    "var": "<style>:root{--d:none}.x{display:var(--d)}</style><p class='x'>@</p>",
    "supports": "<style>@supports (display:grid){.x{display:none}}</style><p class='x'>@</p>",
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_not_published(case: str) -> None:
    document = page("<p>ข้อมูลของหน่วยงาน</p>" + CASES[case].replace("@", CLAIM))
    assert CLAIM not in published(document)


@pytest.mark.parametrize("medium", ["print", "(max-width: 600px)", "speech"])
def test_what_is_hidden_on_paper_and_telephones_only_is_published(medium: str) -> None:
    html = f"<style>@media {medium}{{.x{{display:none}}}}</style><p class='x'>{CLAIM}</p>"
    assert CLAIM in published(page(html))
