"""Text files without an end of line.

Tried: a CSV of one line of 50 MB, one of 19 MB, and a field whose quote never closes.
Must: too much is refused with the limit named; the rest is read within the limits.
"""

from __future__ import annotations

from tests.hostile.documents.conftest import Reader


def test_fifty_megabytes_are_refused(reader: Reader) -> None:
    document = reader.read(b"2567,plan," * 5_000_000, "plan.csv", "text/csv")
    assert document.fetch.problem == "too_large"
    assert "20 MB" in document.fetch.problem_detail


def test_nineteen_megabytes_end(reader: Reader) -> None:
    for body in (b"2567,plan," * 1_900_000, b'2567,"plan' + b"\nplan" * 1_000_000):
        document = reader.read(body, "plan.csv", "text/csv")
        assert document.passages or document.fetch.problem_detail
