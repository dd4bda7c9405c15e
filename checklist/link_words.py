"""Wordings of links that tell a visitor nothing: "คลิกที่นี่", "ดาวน์โหลด", "O12", file names."""

from __future__ import annotations

import re

from checklist.thai import match_form

_GENERIC = (
    "คลิกที่นี่", "คลิกเพื่อดู", "คลิก", "กดที่นี่", "ที่นี่", "เปิดดู", "เปิดไฟล์", "เปิดอ่าน", "เปิด",
    "เรียกดู", "ดูทั้งหมด", "ดูรายละเอียด", "ดูเพิ่มเติม", "ดูข้อมูล", "ดูเอกสาร", "ดูไฟล์", "ดู",
    "รายละเอียดเพิ่มเติม", "รายละเอียด", "เพิ่มเติม", "อ่านเพิ่มเติม", "อ่านต่อ", "อ่าน",
    "ดาวน์โหลดเอกสาร", "ดาวน์โหลดไฟล์", "ดาวน์โหลด", "ดาวโหลด", "โหลด", "ไฟล์แนบ", "ไฟล์เอกสาร",
    "เอกสารแนบ", "เอกสารประกอบ", "เอกสาร", "ไฟล์", "ลิงก์", "ลิงค์", "หลักฐาน", "แนบไฟล์", "ข้อมูล",
    "click here", "click", "here", "download", "view", "open", "read more", "more", "link", "url",
    "file", "pdf", "word", "excel", "docx", "doc", "xlsx", "xls", "new", "detail", "details",
)  # fmt: skip
_FORMS = sorted({match_form(word) for word in _GENERIC}, key=len, reverse=True)
_THE_REST = re.compile(
    r"https?://\S+|[\w.%()\[\]-]+\.(?:pdf|docx?|xlsx?|pptx?|html?|php|aspx?|jpe?g|png|zip|rar)\b"
)
_CODE = re.compile(r"(?<![a-z])(?:moit|oit|ita|eb|o|ข้อที่|ข้อ)?[-.:# ]*[0-9]{1,4}(?:\.[0-9]+)*")
_MARKS = re.compile(r"[\W_0-9]+")
LEAST_LETTERS = 4


def telling(text: str) -> str:
    """What is left of a link's wording, in match form, without numbers, file names and filler.

    Empty when fewer than 4 letters are left: the wording names nothing.
    """
    form = match_form(without_files(text))
    form = _CODE.sub(" ", form)
    left = form.strip()
    for word in _FORMS:
        left = left.removeprefix(word).removesuffix(word).strip()
    left = _MARKS.sub("", left)
    return form.strip() if len(left) >= LEAST_LETTERS else ""


def without_files(text: str) -> str:
    """`text` without addresses and names of files, which are no wording for a citizen."""
    return _THE_REST.sub(" ", text)


def tells_nothing(text: str) -> bool:
    """True for a link text that a visitor cannot choose by: empty, filler, a code, a file name."""
    return not telling(text)
