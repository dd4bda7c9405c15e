"""The judge on documents made of any text."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Link, Passage, Region, Table, TextSource, Trail
from checklist.judge import judge
from checklist.loader import load_year
from checklist.probes.base import Context
from checklist.verdict import ElementState, ItemVerdict, Verdict
from tests.checklist.pages import CONTEXT, UNIT
from tests.fuzz.frame import URL, Target, require
from tests.fuzz.mutators import of_tokens

if TYPE_CHECKING:
    from checklist.schema import Checklist

_REGIONS = {
    "#": Region.HEADING,
    "|": Region.TABLE,
    "~": Region.HIDDEN,
    "<": Region.NAV,
    ">": Region.FOOTER,
}
_SOURCES = (TextSource.HTML, TextSource.PDF, TextSource.DOCX, TextSource.OCR, TextSource.XLSX)
_WORDS = (
    "\n", "\n#", "\n|", "\n~", "\n<", "\n>", "\n@", "\t", " ", "ประจำปีงบประมาณ พ.ศ. 2566", "พ.ศ. ๒๕๖๕", "2566", "รอบ 6 เดือน",
    "แผนดำเนินงาน", "รายงานผล", "การจัดซื้อจัดจ้าง", "แผนพัฒนาท้องถิ่น", "โครงสร้าง", "อำนาจหน้าที่", "ข้อมูลผู้บริหาร", "ข้อมูลการติดต่อ",
    "โทรศัพท์ 0-2222-2222", "อีเมล saraban@a.go.th", "ที่อยู่ 1/2 ถนนราชดำเนิน", "กฎหมายที่เกี่ยวข้อง", "ข่าวประชาสัมพันธ์", "ถาม-ตอบ",
    "Social Network", "Facebook", "โครงการ", "งบประมาณ 50,000 บาท", "ระยะเวลา", "ผู้รับผิดชอบ", "ปัญหา อุปสรรค", "ข้อเสนอแนะ",
    "นโยบายไม่รับของขวัญ", "No Gift Policy", "ลงนาม", "นายกเทศมนตรี", "เทศบาลตำบลบ้านสวนมะลิ", "ร้องเรียนการทุจริต", "ไม่มีเรื่องร้องเรียน",
    "แผนปฏิบัติการป้องกันการทุจริต", "มาตรการส่งเสริมคุณธรรม", "ประเมินความเสี่ยง", "ประมวลจริยธรรม", "คู่มือ", "e-service", "ผลรวม 100",
    "-", "ไม่มี", "ร่าง", "ตัวอย่าง", "....................", "1.", "ม.ค. 66", "31 มีนาคม 2566", "ไตรมาส 2", "http://a.go.th/x.pdf",
)  # fmt: skip


@cache
def _checklist() -> Checklist:
    return load_year(2566)


@cache
def _context() -> Context:
    names = tuple(item.title for item in _checklist().items)
    return Context(CONTEXT.fiscal_year, CONTEXT.as_of, UNIT, names)


def _document(text: str, source: TextSource) -> Document:
    passages: list[Passage] = []
    rows: list[tuple[str, ...]] = []
    links: list[Link] = []
    for line in text.split("\n"):
        if not line.strip("#|~<>@ \t"):
            continue
        words = line[1:] if line[0] in _REGIONS or line[0] == "@" else line
        if line[0] == "@":
            links.append(Link(f"{URL}/{len(links)}", words))
        region = _REGIONS.get(line[0], Region.MAIN)
        table = 0 if region is Region.TABLE else None
        if table == 0:
            rows.append(tuple(words.split("\t")))
        passages.append(Passage(words, region, (), 1 if source is TextSource.PDF else None, table))
    return Document(
        Fetch(URL, URL), source, title=text.partition("\n")[0][:200].strip("#|~<>@"),
        passages=tuple(passages), tables=(Table(tuple(rows)),) if rows else (),
        links=tuple(links), trail=Trail(link_text="แผน"),
    )  # fmt: skip


def _check(data: bytes) -> ItemVerdict:
    chosen = data[0] if data else 0
    text = data[1:].decode("utf-8", "replace").replace("\0", "")
    item = _checklist().items[chosen % len(_checklist().items)]
    document = _document(text, _SOURCES[chosen // 43 % len(_SOURCES)])
    found = judge(item, [document], _context())
    if found.verdict is Verdict.PASS:
        for element in found.elements:
            if element.required:
                require(element.state is ElementState.PRESENT, "a pass without an element")
                require(bool(element.quotes), "a pass without a quote")
    for element in found.elements:
        for quote in element.quotes:
            require(quote.region is not Region.HIDDEN, "hidden text is quoted")
    unseen = tuple(replace(p, region=Region.HIDDEN) for p in document.passages)
    blank = replace(document, passages=unseen, tables=(), links=())
    hidden = judge(item, [blank], _context())
    require(hidden.verdict is not Verdict.PASS, "hidden text passes")
    copy: Document = pickle.loads(pickle.dumps(document))
    require(judge(item, [copy], _context()) == found, "an equal document is judged otherwise")
    return found


def _seeds() -> list[bytes]:
    body = (
        "#รายงานผลการดำเนินงาน ประจำปีงบประมาณ 2566\n" + "\n|".join(_WORDS[9:]) + "\n@ดูเอกสาร\n~ซ่อน"
    )
    return [bytes([number]) + body.encode() for number in range(0, 215, 5)]


TARGET = Target(
    check=_check,
    seeds=_seeds,
    tokens=[word.encode() for word in _WORDS],
    mutate=of_tokens(_WORDS),
    max_len=8192,
    twice=False,
)
