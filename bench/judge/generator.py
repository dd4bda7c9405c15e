"""Documents like those a sweep reads, already extracted: web pages and PDFs of a wanted length.

A fifth are of the kind that some item asks for, the items in turn; the rest is what stands
beside them on agencies' sites. Of the PDFs some carry the faults that reading leaves: the ring of
every sara am lost, spaces before sara am, and OCR that loses tone marks. Document `number` is
always the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.judge.terms import terms_of
from bench.judge.wording import BODIES, HEADINGS, MENU, TABLE_HEAD, TITLES, filled, row, sentences
from checklist.evidence import (
    Document,
    Embed,
    EmbedKind,
    Fetch,
    Form,
    FormField,
    Link,
    Passage,
    Region,
    Table,
    TextSource,
    Trail,
)

if TYPE_CHECKING:
    from checklist.schema import Checklist, Item

_SEED = 2566
_OWN_KIND = 5
_LINE = 84
_PAGE_LINES = 34
_SURE = 97.0
_TONES = re.compile("[่-๋]")
_PERIODS = (
    "ประจำปีงบประมาณ พ.ศ. 2566", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ ๖ เดือน", "ประจำปี 2565",
    "พ.ศ. 2566 - 2570", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "ประจำเดือนมีนาคม 2566",
)  # fmt: skip
_SPEAKING = "ส่วนนี้ว่าด้วย{} และ{}"
_FOOTER = (
    "เลขที่ 99 หมู่ที่ 3 ถนนประชาราษฎร์ ตำบลดอนพุทรา อำเภอเมือง จังหวัดแสงจันทร์ 40000",
    "โทรศัพท์ 0 4312 3456 โทรสาร 0 4312 3457 อีเมล saraban@donphutsa.go.th",
    "สงวนลิขสิทธิ์ © 2566",
)


@dataclass(slots=True)
class _Section:
    """A heading, and below it paragraphs or the rows of one table."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)


def documents(checklist: Checklist, count: int, size: int) -> Iterator[Document]:
    """`count` documents of about `size` bytes of UTF-8 text each, pages and PDFs by turns."""
    for number in range(count):
        chance = random.Random(f"{_SEED}-{number}")
        item = None
        if number % _OWN_KIND == 0:
            item = checklist.items[number // _OWN_KIND % len(checklist.items)]
        title = _title(item, chance)
        sections = list(_sections(item, size, chance))
        make = _pdf if number // _OWN_KIND % 2 else _page
        yield make(number, title, sections, chance)


def text_bytes(document: Document) -> int:
    """The document's text in bytes of UTF-8."""
    return sum(len(passage.text.encode()) for passage in document.passages)


def _title(item: Item | None, chance: random.Random) -> str:
    if item is None:
        return filled(chance.choice(TITLES), chance)
    return f"{chance.choice(item.find)} {chance.choice(_PERIODS)} {chance.choice(BODIES)}"


def _sections(item: Item | None, size: int, chance: random.Random) -> Iterator[_Section]:
    """Sections of about `size` bytes in all; those of an item's kind speak of its elements too."""
    terms = [*dict.fromkeys(terms_of(item))] if item else []
    left = size
    while left > 0:
        section = _Section(filled(chance.choice(HEADINGS), chance))
        if item and chance.random() < 0.5:
            section.heading = chance.choice(item.elements).text
        if chance.random() < 0.25:
            section.rows = [row(number, chance) for number in range(1, chance.randint(4, 16))]
        else:
            for _ in range(chance.randint(2, 6)):
                said = chance.sample(sentences(), chance.randint(1, 4))
                if terms:
                    said.insert(0, _SPEAKING.format(*chance.choices(terms, k=2)))
                section.paragraphs.append(" ".join(filled(text, chance) for text in said))
        left -= len("".join((section.heading, *section.paragraphs)).encode())
        left -= sum(len("".join(cells).encode()) for cells in section.rows)
        yield section


def _fetch(number: int, name: str) -> Fetch:
    url = f"https://www.donphutsa.go.th/{name}"
    return Fetch(url, url, sha256=f"{number:064x}")


def _page(number: int, title: str, sections: Sequence[_Section], chance: random.Random) -> Document:
    """A web page: menu, sections with headings, tables of rows, footer, links, often a form."""
    passages = [Passage(title, Region.TITLE)]
    passages += [Passage(entry, Region.NAV) for entry in MENU]
    passages.append(Passage(title, Region.HEADING))
    tables: list[Table] = []
    for section in sections:
        path = (title, section.heading)
        passages.append(Passage(section.heading, Region.HEADING, (title,)))
        passages += [Passage(text, Region.MAIN, path) for text in section.paragraphs]
        if section.rows:
            shown = (TABLE_HEAD, *section.rows)
            passages += [
                Passage("\t".join(r), Region.TABLE, path, table=len(tables)) for r in shown
            ]
            tables.append(Table(tuple(section.rows), TABLE_HEAD, heading_path=path))
    passages += [Passage(text, Region.FOOTER) for text in _FOOTER]
    base = "https://www.donphutsa.go.th"
    links = [Link(f"{base}/menu/{i}", text, Region.NAV) for i, text in enumerate(MENU)]
    links += [
        Link(f"{base}/files/{number}-{i}.pdf", s.heading, Region.MAIN, (title,))
        for i, s in enumerate(sections[:: chance.randint(3, 9)])
    ]
    question = FormField("message", "textarea", "ข้อความ"), FormField("email", "email", "อีเมล")
    form = Form(f"{base}/ask", "post", question, filled("ติดต่อสอบถาม{office}", chance))
    place = Embed("https://www.google.com/maps/embed?pb=1", EmbedKind.MAP, "แผนที่")
    return Document(
        fetch=_fetch(number, f"page/{number}"),
        title=title,
        passages=tuple(passages),
        tables=tuple(tables),
        links=tuple(links),
        forms=(form,) if chance.random() < 0.3 else (),
        embeds=(place,) if chance.random() < 0.2 else (),
        trail=Trail(link_text=title[:60]),
    )


def _pdf(number: int, title: str, sections: Sequence[_Section], chance: random.Random) -> Document:
    """A PDF: lines of print on pages, its title in large letters, its tables as lines of words."""
    lines = [
        line
        for section in sections
        for text in (
            section.heading,
            *section.paragraphs,
            *(" ".join(cells) for cells in (TABLE_HEAD, *section.rows) if section.rows),
        )
        for line in _wrapped(text)
    ]
    fault = chance.choice((_sound,) * 7 + (_ringless, _spaced, _read_by_ocr))
    by_ocr = fault is _read_by_ocr
    source, confidence = (TextSource.OCR, _SURE) if by_ocr else (None, None)
    passages = [Passage(fault(title, chance), Region.HEADING, page=1, source=source)]
    passages += [
        Passage(
            fault(line, chance),
            page=1 + place // _PAGE_LINES,
            source=source,
            confidence=confidence,
        )
        for place, line in enumerate(lines)
    ]
    return Document(
        fetch=_fetch(number, f"files/{number}.pdf"),
        source=TextSource.PDF,
        title=title,
        passages=tuple(passages),
        file_name=f"doc-{number}.pdf",
        page_count=1 + len(lines) // _PAGE_LINES,
        trail=Trail(link_text=title[:60]),
    )


def _wrapped(text: str) -> Iterator[str]:
    """`text` in lines as print breaks it: at a space where one is near the end, else anywhere."""
    while len(text) > _LINE:
        cut = text.rfind(" ", _LINE - 24, _LINE)
        cut = cut if cut > 0 else _LINE
        yield text[:cut].strip()
        text = text[cut:].strip()
    if text:
        yield text


def _sound(text: str, chance: random.Random) -> str:  # noqa: ARG001
    return text


def _ringless(text: str, chance: random.Random) -> str:  # noqa: ARG001
    return text.replace("ำ", "า")


def _spaced(text: str, chance: random.Random) -> str:  # noqa: ARG001
    return text.replace("ำ", " ำ")


def _read_by_ocr(text: str, chance: random.Random) -> str:
    return _TONES.sub(lambda tone: "" if chance.random() < 0.1 else tone[0], text)
