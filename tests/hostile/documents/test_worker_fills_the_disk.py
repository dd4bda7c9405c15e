"""A reading worker that a file has taken over writes and removes files.

Tried: filling /tmp, changing the program's own code, removing files, growing a file in memory.
Must: no file can be opened for writing or removed; a file in memory ends at the limit.
"""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("place", ["temporary", "own code", "remove"])
def test_nothing_can_be_written(inside: dict[str, str], place: str) -> None:
    assert inside[place] == "PermissionError"


def test_a_file_in_memory_ends_at_the_limit(inside: dict[str, str]) -> None:
    assert inside["memory file"] == "OSError"
