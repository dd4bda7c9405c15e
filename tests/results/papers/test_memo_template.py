"""An office's own template: every mistake is told in one Thai line, and nothing of it is run."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document

from results.papers.memo import Letter, memo_values
from results.papers.memo_docx import MemoTemplate
from results.papers.memo_template import memo_template
from results.papers.office import Office
from results.papers.template_package import TemplateError
from results.word.paper import docx_bytes
from tests.results.papers.papers_samples import report_of, template_of, text_of

VALUES = memo_values(report_of(), Office(office="สำนักงานจังหวัดภูสวน"), Letter())


def filled(content: bytes) -> str:
    return text_of(MemoTemplate(content).filled(VALUES))


def fault(content: bytes) -> str:
    with pytest.raises(TemplateError) as raised:
        MemoTemplate(content).filled(VALUES)
    assert "\n" not in str(raised.value)
    assert raised.value.en
    return str(raised.value)


def test_an_office_may_reword_the_built_in_template() -> None:
    document = Document(BytesIO(memo_template()))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("ตามที่กระทรวงมหาดไทย"):
            paragraph.runs[0].text = "ตามที่{{ ส่วนราชการ }}แจ้งแผนปี {{ ปีงบประมาณ }} นั้น"
    assert "ตามที่สำนักงานจังหวัดภูสวนแจ้งแผนปี ๒๕๖๖ นั้น" in filled(docx_bytes(document))


def test_a_field_that_word_split_into_runs_is_still_one_field() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ หน่วย", "งาน }", "}"):
        paragraph.add_run(piece)
    assert filled(docx_bytes(document)) == "จังหวัดภูสวน"


@pytest.mark.parametrize("name", ["ตำแหน่ง", "ตําแหน่ง"])
def test_sara_am_may_be_written_either_way(name: str) -> None:
    office = Office(signer_position="ผู้อำนวยการ")
    template = MemoTemplate(template_of(f"{{{{ {name} }}}}"))
    assert text_of(template.filled(memo_values(report_of(), office, Letter()))) == "ผู้อำนวยการ"


@pytest.mark.parametrize(
    ("paragraph", "says"),
    [
        ("เรียนมาเพื่อทราบ {{ ชื่อหน่วยงาน }}", "ไม่รู้จักช่อง «ชื่อหน่วยงาน» ช่องที่ใกล้เคียงที่สุดคือ «หน่วยงาน»"),
        ("เรียนมาเพื่อทราบ {{ ปีงบประมาน }}", "«ปีงบประมาณ» ในย่อหน้า: “เรียนมาเพื่อทราบ {{ ปีงบประมาน }}”"),
        ("{% if ข้อที่ต้องแก้ %}ก{% endif %}", "«ข้อที่ต้องแก้ไข»"),
        ("{% for ข้อ in ข้อที่ต้องแก้ไข %}{{ ข้อ.สิ่งที่ขาดไป }}{% endfor %}", "«ข้อ.สิ่งที่ขาด»"),
        ("{{ ข้อ.ชื่อ }}", "ใช้ได้เฉพาะภายใน for"),
        ("{{ loop.index }}", "ใช้ได้เฉพาะภายใน for"),
        ("{{ หน่วยงาน", "เปิด {{ แล้วไม่ปิดด้วย }} ในย่อหน้าเดียวกัน: “{{ หน่วยงาน”"),
        ("ก {% if หน่วยงาน", "เปิด {% แล้วไม่ปิดด้วย %}"),
        ("หน่วยงาน }} ข", "มี }} โดยไม่มีเครื่องหมายเปิด"),
        ("{{ หน่วยงาน {{ วันที่ }}", "เปิด {{ แล้วไม่ปิด"),
        ("{% if ข้อที่ต้องแก้ไข %}ก", "ขาดคำสั่งปิด เช่น endif"),
        ("ก{% endif %}", "ไม่รู้จักคำสั่ง"),
        ("{% ถ้า หน่วยงาน %}", "ไม่รู้จักคำสั่ง"),
        ("{{ }}", "ในปีกกาว่างเปล่า"),
        ("{{ หน่วย งาน }}", "คำสั่งในปีกกาผิดรูปแบบ"),
        ("{{ หน่วยงาน | upper }}", "มีคำสั่งที่แม่แบบใช้ไม่ได้"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(paragraph: str, says: str) -> None:
    assert says in fault(template_of("บันทึกข้อความ", paragraph, "จึงเรียนมาเพื่อทราบ"))


def test_a_mistake_in_a_table_or_footer_is_sought_there() -> None:
    in_table = template_of("ก", cells=[["{{ หน่วยงาน }}", "{{ หน่วยงาม }}"]])
    assert "ในตาราง: “{{ หน่วยงาม }}”" in fault(in_table)
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "หน้า {{ เลขหน้า }}"
    assert "ท้ายกระดาษ: “หน้า {{ เลขหน้า }}”" in fault(docx_bytes(document))
    document = Document()
    document.core_properties.title = "{{ 7*7 }}"
    assert "คุณสมบัติของเอกสาร (title)" in fault(docx_bytes(document))


def test_commands_that_overlap_a_tables_cells_are_refused() -> None:
    template = template_of("{% if ข้อที่ต้องแก้ไข %}ก", cells=[["ข{% endif %}"]])
    without = memo_values(report_of(), Office(), Letter()) | {"ข้อที่ต้องแก้ไข": []}
    with pytest.raises(TemplateError, match="คร่อมกัน"):
        MemoTemplate(template).filled(without)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ 7*7 }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ หน่วยงาน.__class__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% for ก in range(999999999) %}{% endfor %}",
        "{% for ข้อ in ข้อที่ต้องแก้ไข %}{% for อีก in ข้อที่ต้องแก้ไข %}ก{% endfor %}{% endfor %}",
        "{% set ก = 'ก' * 999999999 %}",
        "{% include 'แฟ้ม' %}",
        "{% macro ก() %}{% endmacro %}",
        "{{ 'ก' ~ หน่วยงาน }}",
        "{{ [หน่วยงาน] }}",
        "{{ หน่วยงาน() }}",
        "{% for ข้อ in ข้อที่ต้องแก้ไข %}{{ ข้อ['ชื่อ'] }}{{ ข้อ.__class__ }}{% endfor %}",
    ],
)
def test_a_template_can_neither_compute_nor_reach_out(attack: str) -> None:
    assert fault(template_of("ก", attack))


@pytest.mark.parametrize(
    "deep",
    [
        "{{ " + "not " * 20_000 + "หน่วยงาน }}",
        "{% if หน่วยงาน %}" * 150 + "{% endif %}" * 150,
        "{{ " + "หน่วยงาน or " * 5_000 + "หน่วยงาน }}",
    ],
)
def test_deep_nesting_is_refused_not_followed(deep: str) -> None:
    assert "ซ้อนกันลึกเกินไป" in fault(template_of(deep))


def with_part(name: str, content: bytes) -> bytes:
    made = BytesIO(template_of("{{ หน่วยงาน }}"))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return made.getvalue()


def retold(old: str, new: str, part: str) -> bytes:
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(template_of("{{ หน่วยงาน }}"))) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in source.namelist():
            text = source.read(name)
            package.writestr(
                name, text.replace(old.encode(), new.encode()) if name == part else text
            )
    return made.getvalue()


_RELS = "word/_rels/document.xml.rels"
_LINK = '<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'


def linked(kind: str, target: str) -> bytes:
    link = _LINK.format(kind=kind, target=target)
    return retold("</Relationships>", f"{link}</Relationships>", _RELS)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "ไม่ใช่แฟ้ม Word"),
        ("บันทึกข้อความ".encode(), "ไม่ใช่แฟ้ม Word"),
        (b"%PDF-1.7", "ไม่ใช่แฟ้ม Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word รุ่นเก่า (.doc) หรือใส่รหัสผ่าน"),
        (memo_template()[:3000], "ไม่ใช่แฟ้ม Word"),
        (with_part("word/vbaProject.bin", b"x"), "มีแมโคร"),
        (with_part("word/embeddings/oleObject1.bin", b"x"), "วัตถุฝังตัว (word/embeddings/oleObject1.bin)"),
        (with_part("word/bomb.xml", b" " * 90_000_000), "ใหญ่ผิดปกติ"),
        (with_part("word/media/bomb.png", b"\0" * 90_000_000), "ใหญ่ผิดปกติ"),
        (linked("attachedTemplate", "https://evil.example/a.dotm"), "อ้างถึงแฟ้มนอกเอกสาร (https://evil.example"),
        (linked("image", "https://evil.example/a.png"), "อ้างถึงแฟ้มนอกเอกสาร"),
        (retold("<w:body>", "<w:body><w:p>", "word/document.xml"), "เปิดแม่แบบไม่ได้"),
        (retold("<w:document ", "<!DOCTYPE a [<!ENTITY b 'c'>]><w:document ", "word/document.xml"), "ไม่ใช่แฟ้ม Word"),
    ],
)  # fmt: skip
def test_what_is_no_plain_word_file_is_refused(content: bytes, says: str) -> None:
    assert says in fault(content)


def test_a_macro_enabled_file_is_refused_by_its_kind() -> None:
    plain = "wordprocessingml.document.main+xml"
    content = retold(
        plain, "wordprocessingml.document.macroEnabled.main+xml", "[Content_Types].xml"
    )
    assert "มีแมโคร" in fault(content)


def test_links_that_a_reader_clicks_may_stay() -> None:
    assert filled(linked("hyperlink", "https://www.moi.go.th/")) == "จังหวัดภูสวน"
