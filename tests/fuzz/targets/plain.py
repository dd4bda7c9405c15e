"""Plain text and CSV."""

from __future__ import annotations

from checklist.evidence import Document, Fetch, Trail
from crawler.extract.plain import read_plain
from tests.fuzz.frame import URL, Target, read, sound
from tests.fuzz.mutators import of_tokens

_TEXTS = (
    "รายงานผล\nประจำปีงบประมาณ 2566\n\n" + "เนื้อความ" * 20 + "\nโครงการ\tงบ\nอบรม\t1,000\nจบ\n",
    'ลำดับ,รายการ,วงเงิน\r\n1,"จ้างเหมา, ซ่อม","1,000"\r\n2,ซื้อ,500\r\n3,,\r\n',
    "ก;ข;ค\n1;2;3\n4;5;6\n\x0c7;8;9\n",
    "<?xml version='1.0'?><a>แผน</a>",
)
_WORDS = (
    ",", ";", "\t", '"', '""', "\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", " ",
    "\u00a0", "\u200b", "\ufeff", "แผน", "ปี 2566", "และ", "พ.ศ.", "1,000", "\x00", "\x1f", "'", "\\",
    "=1+1", "\u202e", "ก" * 130, ",,,", "\t\t\t", '"a\nb"', "<p>", "๒๕๖๖",
)  # fmt: skip


def _check(data: bytes) -> tuple[Document, Document]:
    claimed = "text/csv" if data[:1] in b",;\"'" else "text/plain"
    text = data.decode("utf-8", "replace").replace("\0", "")
    fetch = Fetch(URL, URL, content_type=claimed)
    return read(data, claimed), sound(read_plain(text, fetch, Trail()))


TARGET = Target(
    check=_check,
    seeds=lambda: [text.encode() for text in _TEXTS] + [b"," + _TEXTS[1].encode("cp874")],
    tokens=[word.encode() for word in _WORDS],
    mutate=of_tokens(_WORDS),
    max_len=20_000,
)
