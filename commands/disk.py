"""What the disk refuses, in words: which file or folder, why, and how to mend it."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commands.language import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CAUSES: dict[int, tuple[str, str]] = {
    errno.EACCES: ("ไม่มีสิทธิ์เขียน", "permission denied"),
    errno.EPERM: ("ไม่มีสิทธิ์เขียน", "permission denied"),
    errno.EROFS: ("ดิสก์นี้อ่านได้อย่างเดียว", "the disk is read-only"),
    errno.ENOSPC: ("เนื้อที่ดิสก์เต็ม", "the disk is full"),
    errno.EDQUOT: ("เกินโควตาเนื้อที่ดิสก์", "the disk quota is used up"),
    errno.ENAMETOOLONG: ("ชื่อยาวเกินไป", "the name is too long"),
    errno.ENOTDIR: ("ส่วนหนึ่งของที่อยู่นี้เป็นไฟล์ ไม่ใช่โฟลเดอร์", "a part of it is a file, not a folder"),
    errno.EEXIST: ("มีไฟล์ชื่อนี้อยู่แล้ว", "a file of this name exists"),
}

_TABLE_SUFFIXES = (".xlsx", ".csv", ".yaml", ".yml")


@contextmanager
def writing_into(folder: Path) -> Iterator[None]:
    """Turn an `OSError` of the block into one line naming `folder`, and exit code 2."""
    try:
        yield
    except OSError as error:
        th, en = _CAUSES.get(error.errno or 0, ("ระบบไม่ให้สร้างไฟล์ที่นี่", "no file can be made there"))
        refuse(
            f"เขียนลงโฟลเดอร์ «{folder}» ไม่ได้: {th} ให้เลือกโฟลเดอร์อื่นที่เขียนได้",
            f"cannot write into the folder «{folder}»: {en}; choose a folder you may write to",
        )


@contextmanager
def writing_reports(folder: Path) -> Iterator[None]:
    """Turn an `OSError` of a sweep into one line, and exit code 2; what was saved stays."""
    try:
        yield
    except OSError as error:
        th, en = _CAUSES.get(error.errno or 0, ("ระบบไม่ให้เขียน", str(error)))
        place = error.filename or folder
        refuse(
            f"เขียนแฟ้มลง «{place}» ไม่ได้: {th} ผลที่ตรวจแล้วบันทึกไว้แล้ว แก้ไขแล้วทำต่อด้วย oit sweep --resume",
            f"cannot write to «{place}»: {en}; what was checked is saved, mend it and go on with "
            "oit sweep --resume",
        )


def refuse_unwritable_table(path: Path) -> None:
    """Refuse a file for units whose kind is unknown or whose folder does not exist.

    Asked before long work, so that its result is not lost for want of a place.
    """
    if path.suffix.lower() not in _TABLE_SUFFIXES:
        refuse(
            f"ไม่รู้จักชนิดไฟล์ «{path.suffix}» ใช้ .xlsx .csv หรือ .yaml",
            f"unknown file type «{path.suffix}»; use .xlsx, .csv or .yaml",
        )
    if not path.parent.exists():
        refuse(
            f"ไม่มีโฟลเดอร์ «{path.parent}» ให้สร้างโฟลเดอร์นี้ก่อน หรือเลือกโฟลเดอร์อื่น",
            f"there is no folder «{path.parent}»; make it first or choose another",
        )


def refuse_existing(paths: Iterable[Path], replace: bool) -> None:
    """Refuse to write over files that somebody may have edited, unless told to replace them."""
    there = [path for path in paths if path.exists()]
    if not there or replace:
        return
    more = len(there) - 1
    names = f"«{there[0]}»"
    refuse(
        f"มีแฟ้ม {names} อยู่แล้ว{f' และอีก {more} แฟ้ม' if more else ''} "
        "ซึ่งอาจมีผู้แก้ไขไว้ เพิ่ม --replace เพื่อเขียนทับ หรือเลือกที่อื่น",
        f"{names}{f' and {more} more' if more else ''} exists; add --replace to write over it",
    )
