"""Words in codes of an embedded font.

Tried: a page whose text is private-use characters that only its own font draws as Thai.
Must: it is told as unreadable, with a reason, and no word is guessed.
"""

from __future__ import annotations

from tests.hostile.text.reading import page


def test_the_page_is_unreadable() -> None:
    document = page("<p>" + "\ue012\ue034\ue0a1 " * 40 + "</p>")
    assert document.fetch.problem == "unreadable"
    assert "แบบอักษร" in document.fetch.problem_detail
    assert document.passages == ()
