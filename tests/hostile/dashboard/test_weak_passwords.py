"""Somebody chooses a password that is on every list, in Thai or English.

Tried: common words with numbers before and after, signs and digits for letters, words of this
product and of the ministry, the keyboard's rows in both scripts.
Must: refused, in one line that says why; sentences are taken.
"""

from __future__ import annotations

import pytest

from accounts.passwords import PasswordError, check_password

WEAK = (
    "2566รหัสผ่าน", "รหัสผ่าน2566", "รหัสผ่าน๒๕๖๖", "กระทรวงมหาดไทย!!", "ศปท.มท.2566", "ปปช2566!!!!!!",
    "กรมการปกครอง1", "อบต12345678", "ฟหกดาสว12345", "P@ssw0rd2566", "p4$$w0rd1234", "Adm1n!str4tor",
    "123qwerty123", "OITchecker2566", "oit-checker-66", "ITAS@2566!!!", "Transparency1", "M@h4tthai123",
    "แอดมิน"[:4] * 3, "qwertyuiop[]", "987654321098", "๑๒๓๔๕๖๗๘๙๐", "iloveyou2023", "Thailand@2566",
)  # fmt: skip


@pytest.mark.parametrize("password", WEAK)
def test_what_everybody_guesses_is_refused(password: str) -> None:
    with pytest.raises(PasswordError):
        check_password(password, "somjai.j", "สมใจ ใจดี")


@pytest.mark.parametrize(
    "password", ["ฝนตกที่ทุ่งกุลา 3 วัน", "purple-tiger-on-a-bus", "กุญแจ-ทดลอง-2566"]
)
def test_sentences_are_taken(password: str) -> None:
    check_password(password, "somjai.j", "สมใจ ใจดี")
