"""PDFs with passwords.

Tried: a file that asks readers for a password, and one that only its owner may change.
Must: the first is refused and says what to do; the second, which every visitor can open, is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.crawler.extract.test_hostile import locked

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader


def test_a_file_that_asks_for_a_password_is_refused(reader: Reader) -> None:
    document = reader.read(locked("secret", "owner"), "plan.pdf")
    assert document.fetch.problem == "extract_failed"
    assert "ปลดรหัสผ่านแล้วเผยแพร่ใหม่" in document.fetch.problem_detail


def test_a_file_that_only_its_owner_may_change_is_read(reader: Reader) -> None:
    assert reader.texts(locked("", "owner"), "plan.pdf") == ["Words behind an owner lock only"]
