"""Statements of time in Thai texts: what is read, and what only looks like a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.fiscal import BE_OFFSET, THAI_MONTHS, THAI_MONTHS_SHORT, FiscalYear, Period
from checklist.mentions import Basis, Precision, TimeRole, find_mentions, find_parts
from checklist.thai import normalise, to_arabic_digits

D, M, Q = Precision.DAY, Precision.MONTH, Precision.QUARTER
H, Y, R, S = Precision.HALF, Precision.YEAR, Precision.RANGE, Precision.SINCE

FY66 = "1 ต.ค. 2565 - 30 ก.ย. 2566"
FY65 = "1 ต.ค. 2564 - 30 ก.ย. 2565"
H66 = "1 ต.ค. 2565 - 31 มี.ค. 2566"

SINGLE = [
    # years
    ("ประจำปีงบประมาณ พ.ศ. 2566", FY66, Y),
    ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", FY66, Y),
    ("ปีงบประมาณ 2566", FY66, Y),
    ("ปีงบประมาณ2566", FY66, Y),
    ("ปีงบประมาณ 66", FY66, Y),
    ("ปีงบ 66", FY66, Y),
    ("ปี งบประมาณ พ.ศ.2566", FY66, Y),
    ("ปีงบประมาณรายจ่าย พ.ศ. 2566", FY66, Y),
    ("ประจำปี 2566", FY66, Y),
    ("ประจำปี พ.ศ. 2566", FY66, Y),
    ("ประจ าปี พ.ศ. ๒๕๖๖", FY66, Y),
    ("ปี 2566", FY66, Y),
    ("ปี 66", FY66, Y),
    ("ปี66", FY66, Y),
    ("ปี ๖๖", FY66, Y),
    ("ปี ๒๕61", "1 ต.ค. 2560 - 30 ก.ย. 2561", Y),
    ("พ.ศ. 2566", FY66, Y),
    ("พ.ศ.2566", FY66, Y),
    ("พ ศ 2566", FY66, Y),
    ("พุทธศักราช 2566", FY66, Y),
    ("ค.ศ. 2023", FY66, Y),
    ("FY2023", FY66, Y),
    ("FY 2566", FY66, Y),
    ("แผนดำเนินงาน66", FY66, Y),
    ("แผนดำเนินงาน 2566", FY66, Y),
    ("ปีปฏิทิน 2566", "1 ม.ค. 2566 - 31 ธ.ค. 2566", Y),
    ("ปีการศึกษา 2566", "16 พ.ค. 2566 - 15 พ.ค. 2567", Y),
    ("ภาคเรียนที่ 1/2566", "16 พ.ค. 2566 - 15 พ.ค. 2567", Y),
    ("ครั้งที่ 1/2566", FY66, Y),
    ("oit66", FY66, Y),
    ("ita_2566", FY66, Y),
    ("SAR2563.pdf", "1 ต.ค. 2562 - 30 ก.ย. 2563", Y),
    # ranges of years
    ("2566-2570", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("พ.ศ. 2566 – 2570", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("พ.ศ. 2566 – พ.ศ. 2570", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("พ.ศ.2566 ถึง พ.ศ.2570", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("๕ ปี (๒๕๖๖-๒๕๗๐)", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("๕ ปี (พ.ศ. ๒๕๖๖ – ๒๕๗๐)", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("ปีงบประมาณ พ.ศ. 2563 - 2565", "1 ต.ค. 2562 - 30 ก.ย. 2565", R),
    ("๒๕61-๒๕๖3", "1 ต.ค. 2560 - 30 ก.ย. 2563", R),
    ("แผนพัฒนา 66-70", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("ปี 66-70", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("พ.ศ. 2565 - 67", "1 ต.ค. 2564 - 30 ก.ย. 2567", R),
    ("ค.ศ. 2023-2027", "1 ต.ค. 2565 - 30 ก.ย. 2570", R),
    ("2561-ปัจจุบัน", "ตั้งแต่ 1 ต.ค. 2560 เป็นต้นไป", S),
    ("พ.ศ. 2565 เป็นต้นไป", "ตั้งแต่ 1 ต.ค. 2564 เป็นต้นไป", S),
    # days
    ("31 มีนาคม 2566", "31 มี.ค. 2566", D),
    ("๓๑ มีนาคม ๒๕๖๖", "31 มี.ค. 2566", D),
    ("31 มีนาคม พ.ศ. 2566", "31 มี.ค. 2566", D),
    ("วันที่ 31 เดือน มีนาคม พ.ศ. ๒๕๖๖", "31 มี.ค. 2566", D),
    ("31 มี.ค. 66", "31 มี.ค. 2566", D),
    ("31 มี.ค.66", "31 มี.ค. 2566", D),
    ("31 มี.ค 2566", "31 มี.ค. 2566", D),
    ("31 มีค. 66", "31 มี.ค. 2566", D),
    ("31 มีค 66", "31 มี.ค. 2566", D),
    ("31 มีนาคม 2023", "31 มี.ค. 2566", D),
    ("31 March 2023", "31 มี.ค. 2566", D),
    ("March 31, 2023", "31 มี.ค. 2566", D),
    ("Mar 31, 2023", "31 มี.ค. 2566", D),
    ("31/3/2566", "31 มี.ค. 2566", D),
    ("31/03/2023", "31 มี.ค. 2566", D),
    ("31/3/66", "31 มี.ค. 2566", D),
    ("31-03-2566", "31 มี.ค. 2566", D),
    ("31.03.2566", "31 มี.ค. 2566", D),
    ("2023-03-31", "31 มี.ค. 2566", D),
    ("2566-03-31", "31 มี.ค. 2566", D),
    ("Scan2023-10-16_x", "16 ต.ค. 2566", D),
    ("26 ธ.ค. ๒๕๖๕", "26 ธ.ค. 2565", D),
    ("5 กรกฏาคม 2566", "5 ก.ค. 2566", D),
    ("5 กุมภาพันธ 2566", "5 ก.พ. 2566", D),
    # months
    ("เดือนตุลาคม 2565", "1 ต.ค. 2565 - 31 ต.ค. 2565", M),
    ("ต.ค.65", "1 ต.ค. 2565 - 31 ต.ค. 2565", M),
    ("ต.ค. ๖๕", "1 ต.ค. 2565 - 31 ต.ค. 2565", M),
    ("ประจำเดือน พฤศจิกายน พ.ศ. ๒๕๖๕", "1 พ.ย. 2565 - 30 พ.ย. 2565", M),
    ("สขร.1 เดือน ม.ค. 66", "1 ม.ค. 2566 - 31 ม.ค. 2566", M),
    ("เดือนกุมภาพันธ์ ปี 2566", "1 ก.พ. 2566 - 28 ก.พ. 2566", M),
    ("เดือนกุมภาพันธ์ 2567", "1 ก.พ. 2567 - 29 ก.พ. 2567", M),
    ("เดือนตุลาคม ปีงบประมาณ 2566", "1 ต.ค. 2565 - 31 ต.ค. 2565", M),
    ("เดือนมกราคม ปีงบประมาณ 2566", "1 ม.ค. 2566 - 31 ม.ค. 2566", M),
    ("October 2022", "1 ต.ค. 2565 - 31 ต.ค. 2565", M),
    ("พ.ย. 2565", "1 พ.ย. 2565 - 30 พ.ย. 2565", M),
    ("พ.ค. 66", "1 พ.ค. 2566 - 31 พ.ค. 2566", M),
    ("เม.ย. 66", "1 เม.ย. 2566 - 30 เม.ย. 2566", M),
    ("มิ.ย. 66", "1 มิ.ย. 2566 - 30 มิ.ย. 2566", M),
    ("ส.ค. 66", "1 ส.ค. 2566 - 31 ส.ค. 2566", M),
    # ranges of days and months
    ("1 ต.ค. 65 - 31 มี.ค. 66", H66, R),
    ("1 ตุลาคม 2565 ถึง 31 มีนาคม 2566", H66, R),
    ("1 ตุลาคม 2565 ถึงวันที่ 31 มีนาคม 2566", H66, R),
    ("วันที่ ๑ ตุลาคม ๒๕๖๕ – ๓๑ มีนาคม ๒๕๖๖", H66, R),
    ("ตุลาคม 2565 - มีนาคม 2566", H66, R),
    ("ตั้งแต่เดือนตุลาคม 2565 ถึงเดือนมีนาคม 2566", H66, R),
    ("ต.ค. 65 – มี.ค. 66", H66, R),
    ("ตุลาคม - มีนาคม 2566", H66, R),
    ("ต.ค.-ธ.ค. 65", "1 ต.ค. 2565 - 31 ธ.ค. 2565", R),
    ("ระหว่างวันที่ 26 กันยายน - 2 ตุลาคม 2565", "26 ก.ย. 2565 - 2 ต.ค. 2565", R),
    ("1-31 ต.ค. 65", "1 ต.ค. 2565 - 31 ต.ค. 2565", R),
    ("1 ถึง 15 มกราคม 2566", "1 ม.ค. 2566 - 15 ม.ค. 2566", R),
    ("01/10/2565 - 31/03/2566", H66, R),
    ("1/10/65 ถึง 31/3/66", H66, R),
    ("ตั้งแต่วันที่ 1 ตุลาคม 2565 เป็นต้นไป", "ตั้งแต่ 1 ต.ค. 2565 เป็นต้นไป", S),
    ("1 ตุลาคม 2565 - ปัจจุบัน", "ตั้งแต่ 1 ต.ค. 2565 เป็นต้นไป", S),
    # halves
    ("รอบ 6 เดือน ประจำปีงบประมาณ พ.ศ. 2566", H66, H),
    ("รอบ ๖ เดือน ปีงบประมาณ ๒๕๖๖", H66, H),
    ("รอบหกเดือน ปี 2566", H66, H),
    ("6 เดือนแรก ปี 2566", H66, H),
    ("6 เดือนแรกของปีงบประมาณ 2566", H66, H),
    ("รอบ 6 เดือนแรก\nประจำปีงบประมาณ พ.ศ. 2566", H66, H),
    ("ปีงบประมาณ 2566 รอบ 6 เดือน", H66, H),
    ("ปี 2566 (รอบ 6 เดือนแรก)", H66, H),
    ("ครึ่งปีแรก 2566", H66, H),
    ("ครึ่งปีหลัง ปี 2566", "1 เม.ย. 2566 - 30 ก.ย. 2566", H),
    ("รอบ 6 เดือนหลัง ปี 2566", "1 เม.ย. 2566 - 30 ก.ย. 2566", H),
    ("รอบ 12 เดือน ปีงบประมาณ 2565", FY65, H),
    ("รอบ 9 เดือน ปีงบประมาณ 2566", "1 ต.ค. 2565 - 30 มิ.ย. 2566", H),
    ("report_6M_2022.pdf", "1 ต.ค. 2564 - 31 มี.ค. 2565", H),
    # quarters
    ("ไตรมาสที่ 2/2566", "1 ม.ค. 2566 - 31 มี.ค. 2566", Q),
    ("ไตรมาส 1 ปีงบประมาณ 2566", "1 ต.ค. 2565 - 31 ธ.ค. 2565", Q),
    ("ไตรมาสที่ ๒ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖", "1 ม.ค. 2566 - 31 มี.ค. 2566", Q),
    ("ไตรมาส 1-2 ปีงบประมาณ 2566", H66, Q),
    ("ไตรมาสที่ 1 และไตรมาสที่ 2 ของปี 2566", H66, Q),
    ("ไตรมาสที่ 1 ถึง 2 ปี 2566", H66, Q),
    ("ไตรมาสสี่ ปี 2566", "1 ก.ค. 2566 - 30 ก.ย. 2566", Q),
    ("Q2/2566", "1 ม.ค. 2566 - 31 มี.ค. 2566", Q),
    ("Q1 FY2023", "1 ต.ค. 2565 - 31 ธ.ค. 2565", Q),
]


@pytest.mark.parametrize(("text", "period", "precision"), SINGLE)
def test_one_statement_is_read(text: str, period: str, precision: Precision) -> None:
    found = find_mentions(normalise(text))
    assert [(str(m.period), m.precision) for m in found] == [(period, precision)]
    assert found[0].text == normalise(text)[found[0].start : found[0].end]
    if "SAR" not in text and "oit" not in text and "ita" not in text:
        assert found[0].role is TimeRole.CONTENT


@pytest.mark.parametrize(("text", "period", "precision"), SINGLE)
def test_a_sentence_round_it_changes_nothing(text: str, period: str, precision: Precision) -> None:
    around = f"รายงานของหน่วยงาน {normalise(text)} โดยคณะทำงาน"
    assert [(str(m.period), m.precision) for m in find_mentions(around)] == [(period, precision)]


@pytest.mark.parametrize(("text", "period", "precision"), SINGLE)
def test_thai_digits_mean_the_same(text: str, period: str, precision: Precision) -> None:
    thai = to_arabic_digits(normalise(text)).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    found = find_mentions(thai)
    assert [(str(m.period), m.precision) for m in found] == [(period, precision)]
    assert found[0].thai_digits


NOT_THE_DOCUMENTS = [
    ("พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560", TimeRole.LAW),
    ("พ.ร.บ.ข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐", TimeRole.LAW),
    ("พรบ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562", TimeRole.LAW),
    ("ระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้าง พ.ศ. 2560", TimeRole.LAW),
    ("รัฐธรรมนูญแห่งราชอาณาจักรไทย พุทธศักราช 2560", TimeRole.LAW),
    ("และที่แก้ไขเพิ่มเติม (ฉบับที่ 2) พ.ศ. 2562", TimeRole.LAW),
    ("กฎกระทรวงกำหนดวงเงิน พ.ศ. 2560", TimeRole.LAW),
    ("ประกาศคณะกรรมการ ป.ป.ช. เรื่อง หลักเกณฑ์การรับทรัพย์สิน พ.ศ. 2563", TimeRole.LAW),
    ("ประมวลจริยธรรมข้าราชการพลเรือน พ.ศ. 2564", TimeRole.LAW),
    ("ราชกิจจานุเบกษา เล่ม 134 ตอนที่ 24 ก วันที่ 24 กุมภาพันธ์ 2560", TimeRole.LAW),
    ("ยุทธศาสตร์ชาติ 20 ปี (พ.ศ. 2561-2580)", TimeRole.NATIONAL_PLAN),
    ("แผนแม่บทภายใต้ยุทธศาสตร์ชาติ (พ.ศ. 2566-2570)", TimeRole.NATIONAL_PLAN),
    ("แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13 (พ.ศ. 2566-2570)", TimeRole.NATIONAL_PLAN),
    ("แผนการปฏิรูปประเทศ พ.ศ. 2561 - 2565", TimeRole.NATIONAL_PLAN),
    ("ภายในปี 2579", TimeRole.TARGET),
    ("ให้แล้วเสร็จภายในวันที่ 30 เมษายน 2566", TimeRole.TARGET),
    ("เป้าหมายปี 2570", TimeRole.TARGET),
    ("ปรับปรุงล่าสุด 5 มกราคม 2567", TimeRole.FURNITURE),
    ("ปรับปรุงข้อมูลล่าสุดเมื่อ 5 ม.ค. 67", TimeRole.FURNITURE),
    ("Last updated: 5 January 2024", TimeRole.FURNITURE),
    ("พิมพ์เมื่อ 5 มกราคม 2567", TimeRole.FURNITURE),
    ("สงวนลิขสิทธิ์ พ.ศ. 2566", TimeRole.FURNITURE),
    ("Copyright © 2023", TimeRole.FURNITURE),
    ("โพสต์เมื่อ 5 ม.ค. 66", TimeRole.PUBLISHED),
    ("วันที่เผยแพร่ 5 มกราคม 2566", TimeRole.PUBLISHED),
    ("เผยแพร่เมื่อวันที่ 5 มกราคม 2566", TimeRole.PUBLISHED),
    ("ประกาศ ณ วันที่ 5 มกราคม พ.ศ. 2566", TimeRole.SIGNED),
    ("สั่ง ณ วันที่ ๕ มกราคม พ.ศ. ๒๕๖๖", TimeRole.SIGNED),
    ("หนังสือที่ นร 0505/ว 12 ลงวันที่ 5 ตุลาคม 2564", TimeRole.REFERENCE),
    ("ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565", TimeRole.SUBJECT),
    ("การประเมินคุณธรรมและความโปร่งใส ประจำปี 2565", TimeRole.SUBJECT),
]


@pytest.mark.parametrize(("text", "role"), NOT_THE_DOCUMENTS)
def test_the_part_a_year_plays(text: str, role: TimeRole) -> None:
    assert [m.role for m in find_mentions(normalise(text))] == [role]


NO_YEAR = [
    "ขุดลอกคลอง\t300,000\t150,000\t50",
    "จำนวนเรื่อง\t65\t66",
    "โทร. 0 2566 1234",
    "โทรศัพท์ 0-2566-1234",
    "โทร 02-256-6123",
    "โทรสาร 2566",
    "วงเงิน 2,566 บาท",
    "งบประมาณ 2566 บาท",
    "ราคา 2566.50",
    "2,566,000 บาท",
    "ที่ มท 0201/ว 2566",
    "ISO 9001:2558",
    "มอก. 9999:2560",
    "ผู้เข้าชม 2566 คน",
    "จำนวน 2566 ราย",
    "เลขประจำตัว 1256600123456",
    "https://unit.example/2566/file-2566.pdf",
    "news@2566.example",
    "ผู้มีอายุ 51-60 ปี 60 ขึ้นไป",
    "รับที่ 2587 09.15 น.",
    "มกราคม 65 ราย",
    "ร้อยละ 66 ของโครงการ",
    "หมู่ที่ 66",
    "โควิด โคโรนา 2019",
    "รุ่น 2566",
    "14 248 62 2566 311 148",
    "ระยะเวลา 6 เดือน",
    "วันที่ 5 มกราคม",
    "แบบ 99/99/2566",
    "",
]


@pytest.mark.parametrize("text", NO_YEAR)
def test_numbers_that_are_no_years(text: str) -> None:
    assert [m for m in find_mentions(normalise(text)) if m.role is not TimeRole.NUMBER] == []


def test_a_years_own_budget_ordinance_is_no_mere_law() -> None:
    found = find_mentions("ข้อบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2566")
    assert [m.role for m in found] == [TimeRole.CONTENT]


def test_a_law_does_not_swallow_the_documents_year() -> None:
    text = "ตามพระราชบัญญัติการจัดซื้อจัดจ้าง พ.ศ. 2560 จึงประกาศแผนประจำปีงบประมาณ พ.ศ. 2566"
    assert [(m.role, str(m.fiscal_year)) for m in find_mentions(text)] == [
        (TimeRole.LAW, "2560"),
        (TimeRole.CONTENT, "2566"),
    ]


def test_several_statements_keep_their_order() -> None:
    text = "ปี 2564, 2565 และ 2566 เทียบกับไตรมาส 1/2566 ณ วันที่ 31 ธ.ค. 65"
    assert [m.text for m in find_mentions(text)] == [
        "ปี 2564", "2565", "2566", "ไตรมาส 1/2566", "31 ธ.ค. 65",
    ]  # fmt: skip


def test_listed_months_share_their_year() -> None:
    found = find_mentions("เดือนตุลาคม พฤศจิกายน และธันวาคม 2565")
    assert [m.period.start.month for m in found] == [10, 11, 12]
    assert {m.period.start.year for m in found} == {2022}


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("ปีงบประมาณ 2566", Basis.FISCAL),
        ("พ.ศ. 2566", Basis.UNSTATED),
        ("ปีปฏิทิน 2566", Basis.CALENDAR),
        ("ปีการศึกษา 2566", Basis.ACADEMIC),
    ],
)
def test_the_sort_of_year(text: str, basis: Basis) -> None:
    assert [m.basis for m in find_mentions(text)] == [basis]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("เดือนตุลาคม", (10,)),
        ("ม.ค.", (1,)),
        ("ไตรมาสที่ 2", (1, 2, 3)),
        ("รอบ 6 เดือน", (10, 11, 12, 1, 2, 3)),
        ("6 เดือนหลัง", (4, 5, 6, 7, 8, 9)),
        ("ตุลาคม - มีนาคม", (10, 11, 12, 1, 2, 3)),
    ],
)
def test_parts_of_a_year_without_the_year(text: str, months: tuple[int, ...]) -> None:
    assert find_mentions(text) == []
    (part,) = find_parts(text)
    assert (part.months, part.text) == (months, text)
    assert part.within(FiscalYear(2566)).start.month == months[0]


DAYS = st.dates(date(2013, 1, 1), date(2036, 12, 31))


def _styles(day: date) -> list[str]:
    year = day.year + BE_OFFSET
    long, short = THAI_MONTHS[day.month - 1], THAI_MONTHS_SHORT[day.month - 1]
    plain = [
        f"{day.day} {long} {year}",
        f"{day.day} {long} พ.ศ. {year}",
        f"{day.day} {short} {year}",
        f"{day.day} {short}{year % 100:02d}",
        f"{day.day:02d}/{day.month:02d}/{year}",
        f"{day.day} {long} {day.year}",
        f"{day.isoformat()}",
    ]
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    return plain + [text.translate(thai) for text in plain]


@given(DAYS)
def test_a_day_survives_every_style(day: date) -> None:
    for text in _styles(day):
        assert [m.period for m in find_mentions(text)] == [Period(day, day)], text


@given(DAYS, st.integers(1, 700), st.sampled_from([" - ", "-", " – ", " ถึง ", " ถึงวันที่ "]))
def test_a_range_of_days_survives(day: date, length: int, joint: str) -> None:
    last = day + timedelta(length)
    for one, other in list(zip(_styles(day), _styles(last), strict=True))[:4]:
        assert [m.period for m in find_mentions(one + joint + other)] == [Period(day, last)]


@given(
    st.integers(2556, 2579), st.integers(1, 9), st.sampled_from(["-", " – ", " ถึง ", " - พ.ศ. "])
)
def test_a_range_of_years_survives(year: int, length: int, joint: str) -> None:
    (found,) = find_mentions(f"แผนพัฒนา (พ.ศ. {year}{joint}{year + length})")
    assert found.period == Period(FiscalYear(year).start, FiscalYear(year + length).end)


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    for mention in find_mentions(text):
        assert text[mention.start : mention.end] == mention.text


@given(
    st.lists(
        st.sampled_from(
            ["ปี", "พ.ศ.", "2566", "66", "-", "ถึง", "ต.ค.", "31", "/", "ไตรมาส", "รอบ 6 เดือน", " "]
        ),
        max_size=30,
    )
)
def test_scraps_of_dates_are_read_without_fault(scraps: list[str]) -> None:
    text = "".join(scraps)
    starts = [mention.start for mention in find_mentions(text)]
    assert starts == sorted(starts)
