"""The built-in memo in the form of a Thai government memo, as a Word file the office can edit.

The form follows the ministry's rules of correspondence: the emblem's place 1.5 cm high at the
upper left, the title in 29 points, labels in bold, text in 16 points. The last page explains the
fields and never stands in a memo.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from results.papers.letter import LOOK, RULED
from results.papers.memo import FIELDS, LISTS, ROW_FIELDS
from results.word.letters import set_run
from results.word.paper import Margins, docx_bytes, new_paper
from results.word.styles import SMALL
from results.word.tables import Cell, add_row, begin_table, fill
from results.word.text import CENTRE, LEFT, THAI_JUSTIFY, Bold, Line, add, write

if TYPE_CHECKING:
    from docx.document import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_MARGINS = Margins(top=15, right=20, bottom=20, left=30)
_WIDTH_CM = 16.0
_LIST_PT = 18
_EMBLEM_PT = 10
_LABEL_PT = 20
_TITLE_PT = 29
_INDENT_CM = 2.5

_REASON = (
    "ตามที่กระทรวงมหาดไทยได้ขับเคลื่อนการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ "
    "(ITA) ประจำปีงบประมาณ พ.ศ. {{ ปีงบประมาณ }} โดยให้หน่วยงาน{{ สิ่งที่ให้ดำเนินการ }} นั้น"
)
_FOUND = (
    "ในการนี้ {{ ส่วนราชการ }} ได้ตรวจเว็บไซต์ของ{{ หน่วยงาน }} ({{ เว็บไซต์ }}) เมื่อวันที่ {{ วันที่ตรวจ }} "
    "รวม {{ จำนวนข้อทั้งหมด }} ข้อ พบว่าครบถ้วน {{ จำนวนข้อครบถ้วน }} ข้อ "
    "{% if ข้อที่ต้องแก้ไข %}ต้องแก้ไข {{ จำนวนข้อต้องแก้ไข }} ข้อ ({{ จำแนกข้อต้องแก้ไข }}) "
    "{% else %}ไม่พบข้อที่ต้องแก้ไข {% endif %}"
    "{% if ข้อที่ต้องเปิดดู %}ต้องให้เจ้าหน้าที่เปิดดูเพื่อยืนยัน {{ จำนวนข้อให้เปิดดู }} ข้อ {% endif %}"
    "{% if ข้อที่ตรวจไม่ได้ %}ตรวจไม่ได้ {{ จำนวนข้อตรวจไม่ได้ }} ข้อ ซึ่งยังไม่นับว่าขาด {% endif %}"
    "{{ หมายเหตุการตรวจ }}{{ ผลคะแนน }}"
)
_DETAILS = " รายละเอียดปรากฏตามบัญชีแนบท้ายที่ส่งมาพร้อมนี้"
_KEEP = " ทั้งนี้ ขอให้คงข้อมูลไว้ให้เปิดดูได้ตลอดระยะเวลาการประเมิน"
_ASK = (
    "จึงเรียนมาเพื่อโปรดพิจารณา และมอบหมายส่วนงานที่รับผิดชอบดำเนินการตามบัญชีแนบท้ายให้แล้วเสร็จ"
    "ภายในวันที่ {{ กำหนดแก้ไข }} พร้อมทั้งแจ้งผลการดำเนินการให้ทราบด้วย จะขอบคุณยิ่ง"
)
_INFORM = "จึงเรียนมาเพื่อโปรดทราบ"
_ANY_GAP = "{%p if ข้อที่ต้องแก้ไข or ข้อที่ต้องเปิดดู or ข้อที่ตรวจไม่ได้ %}"
_ELSE = "{%p else %}"
_END = "{%p endif %}"


def memo_template() -> bytes:
    """The built-in template as the bytes of a DOCX file."""
    made = datetime.now(UTC).replace(microsecond=0)
    document = new_paper("บันทึกข้อความ", made, LOOK, _MARGINS)
    _letterhead(document)
    _body(document)
    _signature(document)
    add(document, _ANY_GAP)
    _attachment(document)
    add(document, _END)
    _explained(document)
    return docx_bytes(document)


def _letterhead(document: Document) -> None:
    head = document.add_table(rows=1, cols=3)
    head.autofit = False
    head.alignment = WD_TABLE_ALIGNMENT.LEFT
    head.rows[0].height, head.rows[0].height_rule = Cm(1.5), WD_ROW_HEIGHT_RULE.EXACTLY
    for column, cell, width in zip(head.columns, head.rows[0].cells, (1.5, 13.0, 1.5), strict=True):
        column.width = cell.width = Cm(width)
    emblem, title, _ = head.rows[0].cells
    _boxed(emblem)
    fill(emblem, ["ตราครุฑ", "๑.๕ ซม."], CENTRE)
    for paragraph in emblem.paragraphs:
        set_run(paragraph.runs[0], size=_EMBLEM_PT)
    fill(title, Bold("บันทึกข้อความ", _TITLE_PT), CENTRE)
    _dotted(document, ("ส่วนราชการ", "{{ ส่วนราชการ }}  โทร. {{ โทรศัพท์ }}"))
    _dotted(document, ("ที่", "{{ เลขที่หนังสือ }}"), ("วันที่", "{{ วันที่ }}"))
    _dotted(
        document,
        (
            "เรื่อง",
            "แจ้งผลการตรวจ{{ เรื่องที่ตรวจ }} ปีงบประมาณ พ.ศ. {{ ปีงบประมาณ }}",
        ),
    )
    _line(document, (Bold("เรียน", _LABEL_PT), "  {{ เรียน }}"), before_pt=6)


def _line(
    document: Document, said: Line, *, align: WD_ALIGN_PARAGRAPH = LEFT, before_pt: float = 0
) -> Paragraph:
    paragraph = add(document, said, align=align)
    paragraph.paragraph_format.space_before = Pt(before_pt)
    return paragraph


def _dotted(document: Document, *labelled: tuple[str, str]) -> None:
    """A line of labels and values that dots lead to the next label or the margin."""
    paragraph = _line(document, "")
    stops = paragraph.paragraph_format.tab_stops
    for place, (label, value) in enumerate(labelled, start=1):
        stops.add_tab_stop(
            Cm(_WIDTH_CM * place / len(labelled)),
            WD_TAB_ALIGNMENT.RIGHT if place == len(labelled) else WD_TAB_ALIGNMENT.LEFT,
            WD_TAB_LEADER.DOTS,
        )
        write(paragraph, (Bold(label, _LABEL_PT), f"  {value}\t"))


def _body(document: Document) -> None:
    def say(text: str, *, last: bool = False) -> None:
        said = _line(document, text, align=THAI_JUSTIFY, before_pt=6)
        said.paragraph_format.first_line_indent = Cm(_INDENT_CM)
        # A signature never stands alone on a page.
        said.paragraph_format.keep_with_next = said.paragraph_format.keep_together = last

    say(_REASON)
    add(document, _ANY_GAP)
    say(_FOUND + _DETAILS)
    say(_ASK, last=True)
    add(document, _ELSE)
    say(_FOUND + _KEEP)
    say(_INFORM, last=True)
    add(document, _END)


def _signature(document: Document) -> None:
    for text, before in (("({{ ผู้ลงนาม }})", 54), ("{{ ตำแหน่ง }}", 0)):
        paragraph = _line(document, text, align=CENTRE, before_pt=before)
        paragraph.paragraph_format.left_indent = Cm(_WIDTH_CM / 2)
        paragraph.paragraph_format.keep_with_next = bool(before)


def _attachment(document: Document) -> None:
    _new_page(document)
    add(document, Bold("บัญชีแนบท้ายบันทึกข้อความ", _LIST_PT), align=CENTRE)
    add(document, "ที่ {{ เลขที่หนังสือ }}  ลงวันที่ {{ วันที่ }}", align=CENTRE)
    add(document, "{{ หน่วยงาน }} ตรวจเมื่อวันที่ {{ วันที่ตรวจ }}", align=CENTRE)
    _list_of(
        document,
        "ข้อที่ต้องแก้ไข",
        "ข้อที่ต้องแก้ไข {{ จำนวนข้อต้องแก้ไข }} ข้อ",
        (9, 12, 39, 45, 23, 17, 15),
        {
            "ที่": "ลำดับ", "ข้อ": "รหัส", "เรื่อง และสิ่งที่ขาด": "สิ่งที่ขาด", "สิ่งที่ต้องทำ": "สิ่งที่ต้องทำ",
            "ผู้รับผิดชอบ": "ผู้รับผิดชอบ", "คะแนน": "คะแนน", "เหลือ\n(วัน)": "เหลือวัน",
        },
    )  # fmt: skip
    _list_of(
        document,
        "ข้อที่ต้องเปิดดู",
        "ข้อที่เจ้าหน้าที่ต้องเปิดดูเพื่อยืนยัน {{ จำนวนข้อให้เปิดดู }} ข้อ",
        (9, 12, 44, 55, 23, 17),
        {
            "ที่": "ลำดับ", "ข้อ": "รหัส", "เรื่อง และเหตุ": "สิ่งที่ขาด", "สิ่งที่ต้องดู": "สิ่งที่ต้องทำ",
            "ผู้รับผิดชอบ": "ผู้รับผิดชอบ", "คะแนน": "คะแนน",
        },
    )  # fmt: skip
    _list_of(
        document,
        "ข้อที่ตรวจไม่ได้",
        "ข้อที่ตรวจไม่ได้ {{ จำนวนข้อตรวจไม่ได้ }} ข้อ (ไม่นับว่าขาด)",
        (9, 26, 44, 64, 17),
        {
            "ที่": "ลำดับ", "ข้อ": "รหัส", "จำนวน และสาเหตุ": "สิ่งที่ขาด", "สิ่งที่ต้องทำ": "สิ่งที่ต้องทำ",
            "คะแนน": "คะแนน",
        },
    )  # fmt: skip
    note = add(
        document,
        "คะแนน คือคะแนนที่ขึ้นกับข้อนั้นจากคะแนนรวมการประเมิน ๑๐๐ คะแนน  เหลือ (วัน) {{ กำหนดนับวัน }}  "
        "ข้อความที่ลงท้ายด้วย … อ่านฉบับเต็มได้ในรายงานช่องว่างของหน่วยงาน",
        SMALL,
    )
    note.paragraph_format.space_before = Pt(6)


def _list_of(
    document: Document,
    name: str,
    title: str,
    widths_mm: tuple[float, ...],
    columns: dict[str, str],
) -> None:
    """The table of one list field, left out when the list is empty; `columns` head -> field."""
    add(document, f"{{%p if {name} %}}")
    _line(document, Bold(title), before_pt=8).paragraph_format.keep_with_next = True
    table = begin_table(document, list(columns), widths_mm, RULED)
    subject = list(columns.values()).index("สิ่งที่ขาด")
    values: list[Cell] = [f"{{{{ ข้อ.{field} }}}}" for field in columns.values()]
    values[subject] = [Bold("{{ ข้อ.ชื่อ }}"), "{{ ข้อ.สิ่งที่ขาด }}"]
    add_row(table, _alone(f"{{%tr for ข้อ in {name} %}}", subject, len(columns)))
    add_row(table, values, [CENTRE if head in _NARROW else LEFT for head in columns])
    add_row(table, _alone("{%tr endfor %}", subject, len(columns)))
    add(document, _END)


def _alone(text: str, place: int, columns: int) -> list[str]:
    return [text if column == place else "" for column in range(columns)]


_NARROW = {"ที่", "ข้อ", "คะแนน", "เหลือ\n(วัน)"}


def _explained(document: Document) -> None:
    add(document, "{%p if หน้าคำอธิบาย %}")
    _new_page(document)
    add(document, Bold("คำอธิบายแม่แบบ (หน้านี้ไม่ติดไปกับบันทึกข้อความ)", _LIST_PT))
    for text in (
        "แก้ถ้อยคำ แบบอักษร และรูปแบบได้ตามต้องการ ข้อความในปีกกาคู่ เช่น {{ หน่วยงาน }} คือช่องที่โปรแกรมเติมให้ "
        "ใส่ซ้ำ ย้าย หรือลบได้ แต่ต้องสะกดตามตารางนี้ ช่องที่ไม่มีข้อมูลจะเป็นเส้นประให้เติมด้วยมือ",
        "แถวของตารางที่มี tr for และ tr endfor ใช้เขียนแถวซ้ำทีละข้อ ส่วนบรรทัด p if, p else และ p endif "
        "ใช้เลือกว่าจะมีข้อความนั้นหรือไม่ ต้องอยู่ครบคู่",
        "วางภาพตราครุฑของส่วนราชการแทนกรอบมุมซ้ายบนได้",
    ):
        add(document, text, SMALL)
    table = begin_table(document, ("ช่อง", "ความหมาย"), (60, 100), RULED)
    for name, meaning in FIELDS.items():
        add_row(table, (f"{{{{ {name} }}}}", meaning))
    for name, meaning in LISTS.items():
        add_row(table, (f"{name} (รายการ ใช้กับ for และ if)", meaning))
    for name, meaning in ROW_FIELDS.items():
        add_row(table, (f"ข้อ.{name} (ภายใน for)", meaning))
    add(document, _END)


def _new_page(document: Document) -> None:
    paragraph = add(document, "")
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.add_run().add_break(WD_BREAK.PAGE)


def _boxed(cell: _Cell) -> None:
    """A dashed frame, the emblem's place."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    cell._tc.get_or_add_tcPr().append(borders)
