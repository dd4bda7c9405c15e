"""What can be wrong with a database, said in one clear line that never holds a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

if TYPE_CHECKING:
    from sqlalchemy import Engine

_BUSY = "ฐานข้อมูลถูกโปรแกรมอื่นใช้งานอยู่ กรุณารอให้เสร็จหรือปิดโปรแกรมนั้นก่อน"
_FULL = "เนื้อที่ดิสก์เต็ม บันทึกลงฐานข้อมูลไม่ได้ ผลที่บันทึกแล้วยังอยู่ครบ กรุณาเพิ่มเนื้อที่แล้วสั่งใหม่"
_AWAY = "ติดต่อเซิร์ฟเวอร์ฐานข้อมูลไม่ได้ ให้ตรวจว่าเซิร์ฟเวอร์เปิดอยู่และชื่อเครื่องกับพอร์ตถูกต้อง"
_REFUSED = "ชื่อผู้ใช้หรือรหัสผ่านของฐานข้อมูลไม่ถูกต้อง ให้ตรวจค่า OIT_DATABASE_URL"
_MISSING = "ยังไม่มีฐานข้อมูลชื่อนี้บนเซิร์ฟเวอร์ ให้ผู้ดูแลสั่ง createdb --encoding UTF8 --owner ชื่อผู้ใช้ ชื่อฐานข้อมูล"
_RIGHTS = "ผู้ใช้นี้ไม่มีสิทธิ์ในฐานข้อมูล ให้ผู้ดูแลตั้งผู้ใช้นี้เป็นเจ้าของฐานข้อมูล"
_OUTDATED = "ตารางของฐานข้อมูลไม่ตรงกับโปรแกรมรุ่นนี้ ให้สั่ง oit sweep หรือ oit serve ของรุ่นนี้เพื่อปรับตารางก่อน"
_TOO_MANY = "เซิร์ฟเวอร์ฐานข้อมูลรับการเชื่อมต่อเพิ่มไม่ได้ ให้เพิ่ม max_connections หรือลดจำนวนโปรแกรมที่ใช้พร้อมกัน"
# Before a connection stands the driver gives no SQLSTATE, only the server's words, which may be
# in another language: these are what servers and libpq say in English.
_WORDS = (
    (re.compile(r"password|authentication|no pg_hba\.conf entry|role .* does not exist"), _REFUSED),
    (re.compile(r"database .* does not exist"), _MISSING),
    (re.compile(r"too many (clients|connections)|connection slots"), _TOO_MANY),
    (
        re.compile(
            r"connection|could not translate|resolve host|starting up|shutting down|recovery"
            r"|terminating|server closed|timeout expired|consuming input failed|SSL SYSCALL"
        ),
        _AWAY,
    ),
)
_STATES = {
    "55P03": _BUSY, "57014": _BUSY, "40001": _BUSY, "40P01": _BUSY,
    "53100": _FULL, "53300": _TOO_MANY,
    "28P01": _REFUSED, "28000": _REFUSED, "3D000": _MISSING, "42501": _RIGHTS,
    "42P01": _OUTDATED, "42703": _OUTDATED,
}  # fmt: skip
_CUT_STATES = ("40001", "40P01", "57P01", "57P02", "57P03")
_SECRET = re.compile(r"(://[^:/@\s]*):[^@\s]*@|(password\s*=\s*)\S+")


class StoreError(RuntimeError):
    """The database cannot be used or was asked for what it does not hold; one clear line."""


class CutOffError(StoreError):
    """A transaction ended without being kept, through no fault of its own: it may be made again.

    The connection was lost, the server went away, or two transactions waited for each other.
    """


@contextmanager
def clear_errors(engine: Engine) -> Iterator[None]:
    """Turn what goes wrong in the database inside the block into one clear `StoreError`."""
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise _fault(engine, error) from error


def is_away(error: BaseException) -> bool:
    """True when an attempt to connect failed because no server answered, which may pass."""
    return _by_words(_cause(error)) in (_AWAY, _TOO_MANY)


def without_secrets(text: str) -> str:
    """The text, an address in it without its password."""
    return _SECRET.sub(lambda found: f"{found[1]}@" if found[1] else f"{found[2]}***", text)


def name_of(engine: Engine) -> str:
    """The database as people may see it, without a password."""
    from database.addresses import shown

    return shown(engine.url)


def _fault(engine: Engine, error: SQLAlchemyError) -> StoreError:
    cause = without_secrets(_cause(error))
    if engine.dialect.name == "postgresql":
        th = _STATES.get(_state(error) or "") or _by_words(cause) or "ใช้งานฐานข้อมูลไม่ได้"
    else:
        th = _of_sqlite(cause)
    kind = CutOffError if _was_cut_off(error, th) else StoreError
    return kind(f"{th}: {name_of(engine)} ({cause})")


def _was_cut_off(error: SQLAlchemyError, th: str) -> bool:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return _state(error) in _CUT_STATES or th == _AWAY


def _cause(error: BaseException) -> str:
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def _state(error: BaseException) -> str | None:
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state if isinstance(state, str) else None


def _by_words(cause: str) -> str | None:
    return next((th for words, th in _WORDS if words.search(cause)), None)


def _of_sqlite(cause: str) -> str:
    if "locked" in cause:
        return _BUSY
    if "readonly" in cause or "unable to open" in cause:
        return "เขียนฐานข้อมูลไม่ได้ กรุณาตรวจสิทธิ์ของไฟล์และโฟลเดอร์"
    if " full" in cause or "No space left" in cause:
        return _FULL
    if "not a database" in cause:
        return "ไฟล์นี้ไม่ใช่ฐานข้อมูล"
    return "ใช้งานฐานข้อมูลไม่ได้"
