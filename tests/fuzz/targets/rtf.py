"""RTF files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import of_tokens

if TYPE_CHECKING:
    from checklist.evidence import Document

_REPORT = Path("tests/crawler/extract/files/report.rtf")
_SMALL = (
    r"{\rtf1\ansi\ansicpg874\deff0{\fonttbl{\f0\fnil\fcharset222 Angsana;}{\f1\fcharset0 Arial;}}"
    r"{\stylesheet{\s1\outlinelevel0 heading 1;}}\pard\s1 \'e1\'bc\'b9 2566\par "
    r"\pard\f0 \u3649?\u3612?\u3609? {\v hidden}\par \trowd\cellx100\cellx200\intbl a\cell b\cell\row "
    r"{\*\generator x;}{\field{\*\fldinst HYPERLINK "
    r'"http://a"}{\fldrslt link}}{\pict\pngblip 89504e47}\line\tab end}'
)
_WORDS = (
    "{", "}", "\\", "\\par ", "\\pard ", "\\cell ", "\\row ", "\\trowd", "\\intbl ", "\\u3649?", "\\u-1?",
    "\\u55296?", "\\u56832?", "\\u99999999?", "\\u0?", "\\uc0", "\\uc99", "\\'e1", "\\'zz", "\\'", "\\'00",
    "\\ansicpg874", "\\ansicpg65001", "\\ansicpg0", "\\ansicpg99999", "\\fcharset222", "\\fcharset128",
    "\\fcharset77", "\\f0", "\\f9", "\\v ", "\\v0 ", "\\bin5 ", "\\bin-1 ", "\\bin999999999 ", "\\*", "{\\*\\x ",
    "{\\fonttbl", "{\\f1\\fcharset0 A;}", "{\\stylesheet{\\s1 heading 1;}}", "\\s1 ", "\\outlinelevel0 ",
    "\\line", "\\tab", "\\~", "\\-", "\\_", "\\\n", "\\emdash", "{\\field{\\*\\fldinst ", "{\\fldrslt ",
    'HYPERLINK "', "{\\pict ", "0" * 80, "แผน", "\\plain ", "\\deff9", "\\mac", "\\pc", "\x00", "\x11",
)  # fmt: skip


def _check(data: bytes) -> Document:
    return read(data if data.startswith(b"{\\rtf") else b"{\\rtf1 " + data)


TARGET = Target(
    check=_check,
    seeds=lambda: [_SMALL.encode(), _REPORT.read_bytes(), b"{\\rtf1 " + b"{" * 200 + b"a"],
    tokens=[word.encode() for word in _WORDS],
    mutate=of_tokens(_WORDS),
    max_len=30_000,
)
