"""A reading worker that a file has taken over looks for secrets on the machine.

Tried: the environment of the process that started it, the user's home, the database's folder.
Must: none can be opened; a worker sees Python, the program's code and what it was handed.
"""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("place", ["secrets of parent", "password file", "home"])
def test_it_cannot_be_read(inside: dict[str, str], place: str) -> None:
    assert inside[place] == "PermissionError"


def test_the_database_is_not_seen(inside: dict[str, str]) -> None:
    assert inside["database"] in {"PermissionError", "FileNotFoundError"}
