"""Is a file the office hands over a plain, small Word document? Asked before any of it is used.

A template becomes papers that are sent out under the ministry's name: macros, embedded objects
and links to other files are refused, not passed on.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

MOST_BYTES = 20 * 1024 * 1024
_MOST_UNPACKED = 60 * 1024 * 1024
_MOST_XML = 4 * 1024 * 1024
_MOST_PARTS = 400
_BODY = "word/document.xml"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LINK = re.compile(r"<Relationship\b[^>]*?>", re.DOTALL)
_OUTSIDE = re.compile(r"""TargetMode\s*=\s*["']External["']""")
_HARMLESS = re.compile(r"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_STRANGE = re.compile(r"^word/(?:embeddings|activeX|afchunk)", re.IGNORECASE)


class TemplateError(ValueError):
    """A template that cannot be used; `str()` is one Thai line, `en` the same in English."""

    def __init__(self, th: str, en: str) -> None:
        """The line says what is wrong, where, and how to mend it."""
        super().__init__(th)
        self.en = en


def check_package(content: bytes) -> None:
    """Raise `TemplateError` unless `content` is a DOCX that may be opened and passed on."""
    if len(content) > MOST_BYTES:
        raise TemplateError(
            "แม่แบบใหญ่เกิน 20 MB ให้ลดขนาดภาพในแม่แบบ",
            "the template is over 20 MB; use smaller pictures",
        )
    if content.startswith(_OLD_OFFICE):
        raise TemplateError(
            "แม่แบบเป็นแฟ้ม Word รุ่นเก่า (.doc) หรือใส่รหัสผ่านไว้ ให้บันทึกใหม่เป็น .docx ที่ไม่มีรหัสผ่าน",
            "the template is an old .doc or has a password; save it as .docx without one",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_sizes(package.infolist())
            _check_parts(package)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
    ) as error:
        raise _not_word() from error


def _not_word() -> TemplateError:
    return TemplateError(
        "แม่แบบไม่ใช่แฟ้ม Word (.docx) หรือแฟ้มเสีย ให้เปิดใน Word แล้วบันทึกใหม่เป็น .docx",
        "the template is not a Word file (.docx) or is damaged; save it again as .docx",
    )


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    xml = max((part.file_size for part in parts if _is_xml(part.filename)), default=0)
    whole = sum(part.file_size for part in parts)
    if whole > _MOST_UNPACKED or len(parts) > _MOST_PARTS or xml > _MOST_XML:
        raise TemplateError(
            "แม่แบบขยายออกแล้วใหญ่ผิดปกติ จึงไม่เปิด ให้เริ่มจากแม่แบบของโปรแกรม (oit paper memo-template)",
            "the template unpacks to an unreasonable size; begin with: oit paper memo-template",
        )


def _check_parts(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if _BODY not in names or "[Content_Types].xml" not in names:
        raise _not_word()
    kinds = package.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in kinds or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise TemplateError(
            "แม่แบบมีแมโคร ซึ่งไม่รับ ให้บันทึกเป็น .docx (ไม่ใช่ .docm)",
            "the template holds macros; save it as .docx, not .docm",
        )
    if strange := sorted(name for name in names if _STRANGE.match(name)):
        raise TemplateError(
            f"แม่แบบมีวัตถุฝังตัว ({strange[0]}) ซึ่งไม่รับ ให้ลบวัตถุนั้นหรือวางเป็นภาพแทน",
            f"the template holds an embedded object ({strange[0]}); remove it or paste a picture",
        )
    for name in sorted(names):
        if not _is_xml(name):
            continue
        text = package.read(name).decode("utf-8", "replace")
        if "<!DOCTYPE" in text or "<!ENTITY" in text or "\x00" in text:
            raise _not_word()
        if name.endswith(".rels"):
            _check_links(text)


def _check_links(text: str) -> None:
    for link in _LINK.findall(text):
        if _OUTSIDE.search(link) and not _HARMLESS.search(link):
            target = re.search(r"""Target\s*=\s*["']([^"']*)""", link)
            place = target[1][:80] if target else "?"
            raise TemplateError(
                f"แม่แบบอ้างถึงแฟ้มนอกเอกสาร ({place}) ซึ่งไม่รับ ให้ฝังภาพไว้ในเอกสารและถอดแม่แบบที่แนบ",
                f"the template refers to a file outside it ({place}); embed it or detach it",
            )


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
