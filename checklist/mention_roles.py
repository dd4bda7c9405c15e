"""What a year does in its sentence: the document's own time, a law's name, a telephone number.

The rules read the words just before and after; whatever they mark never decides a period.
"""

from __future__ import annotations

import re

from checklist.mention_grammar import COUNTED, ERA
from checklist.mention_model import Precision, TimeRole

WINDOW = 200

_BREAK = re.compile(r"\n\s*\n|[\t;•]")
_LAW = re.compile(
    r"พระราชบัญญัติ|พ\s?\.\s?ร\s?\.\s?บ\s?\.?|พรบ\.?|พระราชกฤษฎีกา|พ\.ร\.ฎ\.?|พระราชกำหนด|พ\.ร\.ก\.?|"
    r"รัฐธรรมนูญ|ระเบียบ|กฎกระทรวง|กฎ\s*ก\.|กฎหมาย|ข้อบังคับ|ประมวล|ข้อบัญญัติ|เทศบัญญัติ|"
    r"ประกาศ(?:คณะ|กระทรวง|สำนักนายก|ราชกิจจา|ก\.|ของคณะ)|มาตรฐานทั่วไป|มาตรฐานทางจริยธรรม|"
    r"ฉบับที่\s*\d+\s*\)?|แก้ไขเพิ่มเติม|คำสั่งหัวหน้า|มติคณะรัฐมนตรี|มาตรา\s*\d|ราชกิจจานุเบกษา|หลักเกณฑ์กระทรวง"
)
_OWN = re.compile(
    r"ประจำปี|ปี\s*งบ|แผนปฏิบัติ|แผนพัฒนา|แผนการ|แผนงาน|รายงาน|เจตจำนง|เจตนารมณ์|นโยบายของ|คำสั่งที่"
)
_GAZETTE = re.compile(r"ราชกิจจานุเบกษา|ตอนที่\s*\d+|เล่ม(?:ที่)?\s*\d+")
_NATIONAL = re.compile(
    r"ยุทธศาสตร์ชาติ|แผนแม่บท(?!\s*(?:เทคโนโลยี|ดิจิทัล|สารสนเทศ|ICT|IT))|เศรษฐกิจและสังคมแห่งชาติ|แผนพัฒนา\s*ฯ?\s*ฉบับที่|"
    r"แผนการปฏิรูปประเทศ|แผนปฏิรูปประเทศ|แผนการศึกษา(?:แห่ง)?ชาติ|ความมั่นคงแห่งชาติ|แผนระดับชาติ|แผนปฏิบัติการ\S*แห่งชาติ|นโยบายรัฐบาล"
)
_PLAN = re.compile(r"แผน(?!แม่บท|พัฒนาเศรษฐกิจ|การปฏิรูป|ปฏิรูป|ระดับชาติ|พัฒนา\s*ฯ?\s*ฉบับ)")
_TARGET = re.compile(
    r"(?:ภายใน|เป้าหมาย(?:ใน)?|สู่|ก่อน|ไม่เกิน|ให้แล้วเสร็จ\S{0,10})\s*(?:วันที่|สิ้น)?\s*(?:ปี|เดือน)?\s*(?:งบประมาณ)?\s*$"
)
_FURNITURE = re.compile(
    r"(?:ปรับปรุง|แก้ไข|อัพเดท|อัพเดต|อัปเดต|อัปเดท|เข้าชม|เปลี่ยนแปลง)(?:ข้อมูล|เว็บไซต์)?\s*(?:ครั้ง)?(?:ล่าสุด|สุดท้าย)?\s*(?:เมื่อ|วันที่|:)?\s*(?:วันที่)?\s*(?:วัน[ก-๎]+ที่)?\s*:?\s*$|"
    r"last\s*(?:up\s*dated?|modified)|updated|พิมพ์เมื่อ|วันที่พิมพ์|ดาวน์โหลดเมื่อ|copyright|©|\(c\)|สงวนลิขสิทธิ์",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:วันที่\s*)?(?:เผยแพร่|โพสต?์?|ลงประกาศ|ลงข่าว|เขียน|สร้าง|บันทึก)\s*(?:ข่าว|ข้อมูล)?\s*(?:เมื่อ|วันที่|:)|"
    r"วันที่(?:เผยแพร่|ประกาศ|โพสต?์?|ลงข่าว)|posted|published|created|date\s*:",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:ประกาศ|สั่ง|ให้ไว้|ลงนาม|แถลง)\s*(?:ไว้)?\s*ณ\s*(?:วัน|เมือง)|ลงชื่อ|ลงนามเมื่อ|วันที่ลงนาม"
    r"|ผู้(?:รายงาน|จัดทำ|รับรอง|ตรวจสอบ)"
)
_REFERENCE = re.compile(r"(?:ลง|ฉบับลง|หนังสือ\S{0,40}\s*ที่\s*\S+\s*\S*\s*)\s*วันที่\s*$|ลงวันที่")
_SUBJECT = re.compile(
    r"ประเมิน(?:ผล)?คุณธรรม|(?<![a-z])(?:ITA|OIT)(?![a-z])|Integrity and Transparency",
    re.IGNORECASE,
)
_CLOSE = 45

_NUMBER_BEFORE = re.compile(
    r"(?:โทร\S{0,8}|โทรศัพท์|โทรสาร|แฟกซ์|fax|tel\S{0,6}|เบอร์|สายด่วน|ต่อ|รหัส\S{0,12}|บ้านเลขที่|เลขที่บัญชี|"
    r"ทะเบียน\S{0,8}|ห้อง|รุ่น|iso\s*\d*|มอก\.?\s*\d*|id|โคโรนา\S{0,4}|covid|ผู้เข้าชม\S{0,8}|จำนวน|งบประมาณ(?!\s*ปี)|วงเงิน|ราคา\S{0,6})"
    r"[\s:.=#-]*$|\d[.,:]$|(?<!\d)0[\s-]?$|\d[\s-]\d{3}[\s-]?$|-\d[\s-]$|[ก-ฮ]{2,3}\s*\d{4}(?:\.\d+)*\s*/\s*(?:ว\s*)?$|/\s*ว\.?\s*$|"
    r"(?<!\d)\d-$|\d/\d+/$|[=฿$]\s*$",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(
    rf"{COUNTED}|[\s-]\d{{4}}(?!\d)(?<!25\d\d)|-\d{{3,5}}(?!\d)(?<!-25\d\d)|\s?(?:฿|THB)|/\d{{3,}}"
)
_FIGURE_BEFORE = re.compile(r"(?<![\d,.])(?!25\d\d\s)[\d,.]+\s+$")
_FIGURE_AFTER = re.compile(r"\s+(?!25\d\d(?!\d))\d")
_MONEY_AFTER = re.compile(r"\s*(?:บาท|ล้านบาท)|[.,]\d")
_YEAR_WORD = re.compile(rf"(?:ปี\S{{0,12}}|{ERA}|fy)\s*$", re.IGNORECASE)


def role_of(before: str, said: str, after: str, precision: Precision) -> TimeRole:
    """The role of the statement `said` between the texts before and after it (folded).

    `before` starts no earlier than the end of the previous statement.
    """
    before = _BREAK.split(before)[-1]
    bare = said[:1].isdigit() and precision in (Precision.YEAR, Precision.RANGE)
    if bare and precision is Precision.YEAR and _is_number(before, after):
        return TimeRole.NUMBER
    if not bare and _MONEY_AFTER.match(after) and precision is Precision.YEAR:
        return TimeRole.NUMBER
    if _is_law(before, said, precision):
        return TimeRole.LAW
    if _is_national(before, said, precision):
        return TimeRole.NATIONAL_PLAN
    return _role_by_neighbours(before, precision)


def _is_number(before: str, after: str) -> bool:
    if _YEAR_WORD.search(before):
        return bool(_MONEY_AFTER.match(after))
    if _FIGURE_BEFORE.search(before) and _FIGURE_AFTER.match(after):
        return True
    return bool(_NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(after))


def _is_law(before: str, said: str, precision: Precision) -> bool:
    if precision in (Precision.RANGE, Precision.SINCE, Precision.QUARTER, Precision.HALF):
        return False
    if precision is not Precision.YEAR:
        return bool(_GAZETTE.search(before[-_CLOSE * 2 :]))
    if "ปี" in said or said[:2].lower() == "fy":
        return False
    laws = list(_LAW.finditer(before))
    return bool(laws) and not _OWN.search(before, laws[-1].end())


def _is_national(before: str, said: str, precision: Precision) -> bool:
    plans = list(_NATIONAL.finditer(before))
    if not plans:
        return False
    if precision in (Precision.RANGE, Precision.SINCE):
        return not _PLAN.search(before, plans[-1].end())
    return precision is Precision.YEAR and "ปี" not in said


def _role_by_neighbours(before: str, precision: Precision) -> TimeRole:
    near = before[-_CLOSE:]
    if _TARGET.search(near):
        return TimeRole.TARGET
    if _FURNITURE.search(near):
        return TimeRole.FURNITURE
    if precision is Precision.DAY:
        if _SIGNED.search(near):
            return TimeRole.SIGNED
        if _REFERENCE.search(near):
            return TimeRole.REFERENCE
        if _PUBLISHED.search(near):
            return TimeRole.PUBLISHED
    elif precision is Precision.YEAR and _SUBJECT.search(before):
        return TimeRole.SUBJECT
    return TimeRole.CONTENT
