"""Why a body cannot be read, in words for the person who published it."""

from __future__ import annotations

import lzma
import zipfile
import zlib

LOCKED = "ไฟล์ตั้งรหัสผ่านไว้ ผู้เข้าชมทั่วไปเปิดอ่านไม่ได้ ต้องปลดรหัสผ่านแล้วเผยแพร่ใหม่"
BOMB = "ไฟล์บีบอัดไว้ผิดปกติ เมื่อคลายแล้วใหญ่เกินกำหนด จึงไม่ได้อ่าน"

BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, RuntimeError,
    IndexError,
)  # fmt: skip
"""What opening a ZIP and reading its members raises when it is damaged."""


class UnreadableError(Exception):
    """The body gives no text; `detail` says why in Thai, `code` is a reason of the checklist.

    Codes: `unreadable` (whole, yet without text that can be read), `extract_failed` (damaged or
    locked), `too_large`, `unsupported_type`.
    """

    def __init__(self, detail: str, code: str = "unreadable") -> None:
        """Keep `detail`, one Thai sentence that names the format, the lock or the limit."""
        super().__init__(detail)
        self.detail = detail
        self.code = code


def damaged(format_name: str) -> UnreadableError:
    """The error of a file that says it is `format_name` (in Thai) and does not open."""
    detail = f"เปิด{format_name}ไม่ได้ ไฟล์อาจชำรุดหรืออัปโหลดไม่ครบ"
    return UnreadableError(detail, "extract_failed")


def locked() -> UnreadableError:
    """The error of a file that asks for a password."""
    return UnreadableError(LOCKED, "extract_failed")


def bomb() -> UnreadableError:
    """The error of a file that unpacks to far more than any real document."""
    return UnreadableError(BOMB, "too_large")
