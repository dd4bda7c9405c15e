"""Passwords: how they are kept, and which are refused (after NIST SP 800-63B)."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_LETTERS = 10
MOST_LETTERS = 200
_COMMON = Path(__file__).parent / "common_passwords.txt"
_FEWEST_DIFFERENT = 5
_SHORTEST_NAME = 4
_LEAST_BESIDE_NAME = 6
_FOR_LETTERS = str.maketrans("@4310$57!", "aaeiossti")
_AROUND = "0123456789๐๑๒๓๔๕๖๗๘๙ !@#$%^&*()-_=+.,?/"
# Each takes 64 MiB for some 50 ms: a crowd at the door must not take the machine's memory.
_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()


class PasswordError(ValueError):
    """A password that is refused: in Thai, and in English as `en`."""

    def __init__(self, th: str, en: str) -> None:
        """Say it in both languages."""
        super().__init__(th)
        self.en = en


def hashed(password: str) -> str:
    """What is kept of a password: argon2id with a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def fits(kept: str, password: str) -> bool:
    """Whether `password` is the one that was `hashed`; takes as long when nothing is `kept`."""
    if len(password) > MOST_LETTERS:
        return False
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _nobodys(), _plain(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def check_password(password: str, *names: str) -> None:
    """Raise `PasswordError` for one too short, too common, or made of the person's `names`."""
    plain = _plain(password).casefold()
    if len(plain) < LEAST_LETTERS:
        raise PasswordError(
            f"รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย {LEAST_LETTERS} ตัวอักษร ใช้ข้อความยาว ๆ ที่จำได้ก็ได้",
            f"the password is too short: at least {LEAST_LETTERS} characters",
        )
    if len(password) > MOST_LETTERS:
        raise PasswordError(
            f"รหัสผ่านยาวเกิน {MOST_LETTERS} ตัวอักษร", f"longer than {MOST_LETTERS} characters"
        )
    if _is_common(plain):
        raise PasswordError(
            "รหัสผ่านนี้เดาได้ง่าย เพราะเป็นคำที่ใช้กันมากหรือเป็นตัวอักษรเรียงกัน กรุณาตั้งใหม่",
            "the password is easily guessed; choose another",
        )
    if any(_little_more_than(_plain(name).casefold(), plain) for name in names):
        raise PasswordError(
            "รหัสผ่านมีแต่ชื่อของท่านเป็นหลัก เดาได้ง่าย กรุณาตั้งใหม่",
            "the password is little more than your name; choose another",
        )


def _little_more_than(name: str, plain: str) -> bool:
    if len(name) < _SHORTEST_NAME or name not in plain:
        return False
    return len(plain) - len(name) < _LEAST_BESIDE_NAME


def _is_common(plain: str) -> bool:
    bare = _bare(plain)
    if len(set(plain)) < _FEWEST_DIFFERENT or not bare:
        return True
    if _in_a_row(bare):
        return True
    # Numbers before and after a word, and numbers or signs in place of letters, fool nobody.
    inner = plain.strip(_AROUND)
    spelled = (plain, inner, plain.translate(_FOR_LETTERS), inner.translate(_FOR_LETTERS))
    return any(_bare(one) in _common() for one in spelled)


def _in_a_row(bare: str) -> bool:
    """One letter after the other, up or down; after 9 comes 0."""
    steps = {ord(b) - ord(a) for a, b in pairwise(bare)}
    round_the_clock = bare.isdecimal() and (steps <= {1, -9} or steps <= {-1, 9})
    return steps <= {1} or steps <= {-1} or round_the_clock


def _bare(text: str) -> str:
    return "".join(one for one in text if unicodedata.category(one)[0] not in "PSZ")


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split())


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody's password")


def _plain(password: str) -> str:
    """One spelling of letters that can be typed in several ways, such as ำ."""
    return unicodedata.normalize("NFKC", password)
