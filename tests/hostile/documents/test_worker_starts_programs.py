"""A reading worker that a file has taken over tries to start programs and copies of itself.

Tried: a fork bomb, a shell, Python, leaving its group so that its owner cannot end it.
Must: each is refused; Poppler's pdftotext, which reads PDFs, is the only program that starts.
"""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("way", ["fork", "shell", "python", "session", "namespace"])
def test_nothing_can_be_started(inside: dict[str, str], way: str) -> None:
    assert inside[way] in {"PermissionError", "OSError"}


@pytest.mark.parametrize("way", ["pdftotext", "thread"])
def test_what_reading_needs_still_works(inside: dict[str, str], way: str) -> None:
    assert inside[way] == "done"
