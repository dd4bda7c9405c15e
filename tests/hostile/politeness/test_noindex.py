"""Pages withdrawn from search engines.

Tried: `X-Robots-Tag: none` and a meta element with noindex on the page that holds an item.
Must: the page is read: the words speak of search engines' lists, and people may open it as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.politeness.conftest import Read


def test_a_page_withdrawn_from_search_is_read(read: dict[str, Read]) -> None:
    [first, _] = read["withdrawn"].documents
    assert first.readable
    assert "หลักธรรมาภิบาล" in " ".join(passage.text for passage in first.passages)
