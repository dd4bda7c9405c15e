"""A reading worker that a file has taken over turns on other processes and on its limits.

Tried: signals to its parent, its group and everybody, tracing, more memory, a higher limit.
Must: each is refused; the sweep's other processes do not notice.
"""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("way", ["kill parent", "kill all", "kill group", "trace"])
def test_others_are_left_alone(inside: dict[str, str], way: str) -> None:
    assert inside[way] in {"PermissionError", "OSError"}


def test_memory_ends_at_the_limit(inside: dict[str, str]) -> None:
    assert inside["memory"] == "MemoryError"


def test_a_limit_is_not_raised_again(inside: dict[str, str]) -> None:
    assert inside["raise limit"] in {"ValueError", "PermissionError"}
