"""The letter to webmasters as a Word file, in the form of an official letter to another office."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt

from results.papers import access_letter as say
from results.papers.letter import LOOK, RULED
from results.papers.numerals import numerals
from results.speech import day_text
from results.word.paper import Margins, docx_bytes, new_paper
from results.word.tables import Cell, add_row, begin_table
from results.word.text import CENTRE, LEFT, THAI_JUSTIFY, Bold, Line, add, add_list

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from results.papers.access_letter import AccessLetter

_MARGINS = Margins(top=15, right=20, bottom=20, left=30)
_RIGHT_CM = 8.5
_SIGNED_CM = 7.0
_INDENT_CM = 2.5
_EMBLEM_PT = 10


def access_letter_docx(letter: AccessLetter) -> bytes:
    """The letter and its sheet of facts as the bytes of a DOCX file."""
    made = datetime.now(UTC).replace(microsecond=0)
    document = new_paper(say.SUBJECT, made, LOOK, _MARGINS)
    _head(document, letter)
    _body(document, letter)
    _signature(document, letter)
    _sheet(document, letter)
    return docx_bytes(document)


def _head(document: Document, letter: AccessLetter) -> None:
    emblem = add(document, "ตราครุฑ (สูง ๓ ซม.)", align=CENTRE)
    emblem.runs[0].font.size = Pt(_EMBLEM_PT)
    emblem.paragraph_format.space_after = Pt(12)
    number = add(document, ("ที่ ", numerals(letter.number) or say.UNKNOWN))
    number.paragraph_format.tab_stops.add_tab_stop(Cm(_RIGHT_CM))
    number.add_run(f"\t{letter.sender.office or say.UNKNOWN}")
    for line in (letter.address or say.UNKNOWN).split("\n"):
        _at(add(document, numerals(line)), _RIGHT_CM)
    day = numerals(day_text(letter.day)) if letter.day else say.UNKNOWN
    _spaced(add(document, day, align=CENTRE))
    _spaced(add(document, (Bold("เรื่อง"), f"  {say.SUBJECT}")))
    _spaced(add(document, (Bold("เรียน"), f"  {letter.to}")))
    _spaced(add(document, (Bold("สิ่งที่ส่งมาด้วย"), f"  {numerals(say.ENCLOSED)}")))


def _body(document: Document, letter: AccessLetter) -> None:
    for text in (say.REASON, letter.wish, say.CLOSING):
        paragraph = _spaced(add(document, text, align=THAI_JUSTIFY))
        paragraph.paragraph_format.first_line_indent = Cm(_INDENT_CM)


def _signature(document: Document, letter: AccessLetter) -> None:
    sender = letter.sender
    closing = _spaced(add(document, "ขอแสดงความนับถือ", align=CENTRE))
    closing.paragraph_format.space_after = Pt(36)
    signed = f"({sender.signer_name or say.UNKNOWN})"
    for line, after in ((signed, 0), (sender.signer_position or say.UNKNOWN, 18)):
        paragraph = add(document, line, align=CENTRE)
        paragraph.paragraph_format.space_after = Pt(after)
    for paragraph in document.paragraphs[-3:]:
        paragraph.paragraph_format.left_indent = Cm(_SIGNED_CM)
        paragraph.paragraph_format.keep_with_next = True
    add(document, sender.office or say.UNKNOWN)
    add(document, f"โทร. {numerals(sender.phone) or say.UNKNOWN}")


def _sheet(document: Document, letter: AccessLetter) -> None:
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    add(document, say.SHEET, "Heading 1", align=CENTRE)
    table = begin_table(document, ["เรื่อง", "ข้อมูล"], [40, 120], RULED)
    for label, value in letter.facts():
        cells: list[Cell] = [label, value.split("\n")]
        add_row(table, cells, [LEFT, LEFT])
    _list(document, "สิ่งที่อ่าน", letter.read())
    _list(document, "สิ่งที่ไม่อ่านและไม่ทำ", say.NOT_READ)
    add(document, "บรรทัดสำหรับ robots.txt", "Heading 3")
    for line in letter.robots():
        _at(add(document, line), 1.0)
    add(document, say.ROBOTS_HINT)
    _list(document, "ไฟร์วอลล์และ Cloudflare", say.FIREWALL)
    add(document, say.CHECK)


def _list(document: Document, title: str, lines: tuple[str, ...]) -> None:
    add(document, title, "Heading 3")
    said: list[Line] = [numerals(line) for line in lines]
    add_list(document, said)


def _spaced(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.space_before = Pt(6)
    return paragraph


def _at(paragraph: Paragraph, left_cm: float) -> None:
    paragraph.paragraph_format.left_indent = Cm(left_cm)
