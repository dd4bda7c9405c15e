"""Text files without an end of line.

Tried: a CSV of one line of 50 MB, one of 3 MB, and a field whose quote never closes.
Must: too much is refused with the limit named; the rest is read within the limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader


def test_fifty_megabytes_are_refused(reader: Reader) -> None:
    document = reader.read(b"2567,plan," * 5_000_000, "plan.csv", "text/csv")
    assert document.fetch.problem == "too_large"
    assert "20 MB" in document.fetch.problem_detail


def test_three_megabytes_end(reader: Reader) -> None:
    for body in (b"2567,plan," * 300_000, b'2567,"plan' + b"\nplan" * 100_000):
        document = reader.read(body, "plan.csv", "text/csv")
        assert document.passages or document.fetch.problem_detail
