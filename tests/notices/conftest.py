"""A ministry for each test, closed behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.notices.ministry import Make, Ministry, book

if TYPE_CHECKING:
    from notices.people import Book


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Ministry] = []

    def of(people: Book | None = None) -> Ministry:
        made.append(Ministry(tmp_path, people or book()))
        return made[-1]

    yield of
    for one in made:
        one.close()
