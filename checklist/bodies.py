"""Which public body a document is of: the unit's own, or another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.evidence import Region
from checklist.thai import match_form, normalise

if TYPE_CHECKING:
    from checklist.lines import Line
    from checklist.profile import UnitProfile
    from checklist.reading import Reading

_CLASSES: dict[str, str] = {
    "local": r"องค์การบริหารส่วนจังหวัด|องค์การบริหารส่วนตำบล|เทศบาลนคร|เทศบาลเมือง|เทศบาลตำบล|อบต\.|อบจ\.",
    "school": r"มหาวิทยาลัย|วิทยาลัย|โรงเรียน",
    "hospital": r"โรงพยาบาล",
    "office": r"สำนักงาน",
    "department": r"กรม(?=[ก-ฮเแโใไ])",
    "centre": r"ศูนย์|สถาบัน",
    "province": r"จังหวัด",
}
# Bodies of their own, never a part of the unit.
_NEVER_AN_OFFICE = frozenset({"local", "school", "hospital"})
_NAME = r"\s?[ก-ฮเแโใไ][ก-๙]{1,40}"
_BODY = re.compile("|".join(f"(?P<{kind}>(?:{words}){_NAME})" for kind, words in _CLASSES.items()))
_SHORT_FORMS = (
    ("องค์การบริหารส่วนตำบล", "อบต."),
    ("องค์การบริหารส่วนจังหวัด", "อบจ."),
    ("เทศบาลตำบล", "ทต."),
    ("เทศบาลเมือง", "ทม."),
)
_PREFIX = re.compile(
    r"^(?:องค์การบริหารส่วนตำบล|องค์การบริหารส่วนจังหวัด|เทศบาลตำบล|เทศบาลเมือง|เทศบาลนคร"
    r"|สำนักงาน|จังหวัด|กรม|อบต\.?|อบจ\.?|ทต\.?)"
)
_ADDRESSING = ("เรียน", "ถึง", "สำเนาส่ง", "สำเนาเรียน")
_TRAILING_KIND = re.compile(rf"(?:{'|'.join(_CLASSES.values())})$")
_ISSUED = re.compile(r"^(?:ประกาศ|คำสั่ง|ข้อบังคับ|ระเบียบ)(?:กระทรวง|กรม|สำนักงาน)")
_MINISTRY = re.compile(r"(?<!หนังสือ)(?<!ระเบียบ)(?<!ประกาศ)(?<!ปลัด)กระทรวง[ก-ฮเ-ไ][ก-๙]{2,20}")
# What a site says of itself on every page.
_SITE_LINE = re.compile(
    r"ยินดีต้อนรับ|ลิขสิทธิ์|สงวนสิทธิ์|copyright|©|โทรศัพท์|โทร\.|โทรสาร|(?:ตำบล|ต\.).{2,30}(?:อำเภอ|อ\.)|"
    r"จัดทำให้|ผู้เข้าชม|เผยแพร่ต่อ|นำข่าว|ที่มา\s*:|ขอขอบคุณข้อมูล",
    re.IGNORECASE,
)
_LITTLE_MORE = 20
_OFFICER = re.compile(
    r"นายก|ผู้อำนวยการ|ปลัด|หัวหน้า|ประธาน|ผู้ว่า|อธิบดี|เลขาธิการ|อธิการ|นายอำเภอ|ประกาศ|คำสั่ง"
)
_WRITER = r"(?:กระทรวง|กรม|สำนักงาน|จังหวัด|เทศบาล|องค์การบริหารส่วน|มหาวิทยาลัย|โรงพยาบาล|ธนาคาร|บริษัท)"
_ISSUER = re.compile(
    rf"^(?:ประกาศ|คำสั่ง|ข้อบังคับ|ระเบียบ|นโยบาย)\s?{_WRITER}(?!ที่|นี้)[ก-๙]{{2,40}}"
    rf"|(?:จัดทำ|เผยแพร่|ประกาศ)โดย\s*:?\s*{_WRITER}(?!ที่|นี้)[ก-๙]{{2,40}}"
    r"|(?P<plan>แผน(?:พัฒนา|ปฏิบัติราชการ|ยุทธศาสตร์)?(?:ของ)?จังหวัด[ก-๙]{2,30})"
    r"|^บริษัท\s?\S.{1,40}จำกัด|^ธนาคาร(?!เลือด|ขยะ|ข้าว|เวลา)[ก-๙]{2,30}"
)
_TITLE_LINES = 2
_SPEAKS_FOR = ("ประกาศ", "คำสั่ง", "ของ", "โดย")
_COVER_LINES = 6
_SHORTEST_CORE = 5
# Bodies above every unit, whose names stand in anyone's documents.
_COMMON = (
    "กรมบัญชีกลาง",
    "กรมส่งเสริมการปกครองท้องถิ่น",
    "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริต",
    "สำนักงานคณะกรรมการข้าราชการ",
    "สำนักงานคณะกรรมการพัฒนาระบบราชการ",
    "สำนักงานคณะกรรมการกฤษฎีกา",
)


@dataclass(frozen=True, slots=True)
class ForeignBody:
    """Another body on a document's cover; `sure` when it is of the unit's own sort."""

    name: str
    line: Line
    sure: bool


def foreign_body(reading: Reading, unit: UnitProfile | None) -> ForeignBody | None:
    """Another body's name on the cover of a document that nowhere names the unit.

    None when the document is the unit's own, names nobody, or no unit is known. A web page of
    the unit's site may hold another body's text: there only a body of the same sort counts.
    """
    if unit is None or not unit.names:
        return None
    own = _own_forms(unit)
    own_class = _class_of(unit.name)
    texts = (match_form(reading.document.title), *(line.form for line in reading.evidence))
    if any(_named(form, text) for form in own for text in texts):
        return _issuer(reading, own, own_class)
    at_home = any(form in line.form for form in own for line in reading.furniture)
    for line, kind, name in _bodies_on_cover(reading):
        if kind == own_class or kind in _NEVER_AN_OFFICE:
            return ForeignBody(name, line, sure=True)
        if kind != "province" and not at_home:
            return ForeignBody(name, line, sure=False)
    if not at_home and (host := _host_of(reading, own_class)):
        return host
    for line in reading.lines[:_COVER_LINES]:
        if _ISSUED.match(line.form):
            return ForeignBody(line.text[:60], line, sure=True)
    for line in reading.lines[:_TITLE_LINES]:
        ministry = _MINISTRY.search(line.text)
        if ministry:
            return ForeignBody(ministry.group(), line, sure=False)
    return None


def _issuer(reading: Reading, own: set[str], own_class: str | None) -> ForeignBody | None:
    """The body that a page's title or author line names, where only the site names the unit.

    A site's header, footer and address name the unit on every page, whoever wrote the text.
    """
    if not reading.is_html:
        return None
    lines = [line for line in reading.evidence if not _is_site_line(line, own)]
    headings = (i for i, x in enumerate(lines) if x.passage.region is Region.HEADING)
    start = next((i for i in headings if lines[i].form not in own), 0)
    if any(_named(form, line.form) for form in own for line in lines[start:]):
        return None
    for line in lines[start : start + _COVER_LINES]:
        match = _ISSUER.search(line.text)
        if match and not (own_class == "province" and match["plan"]):
            return ForeignBody(match.group().strip()[:60], line, sure=True)
    return None


def _is_site_line(line: Line, own: set[str]) -> bool:
    """True for a greeting, an address, or little more than the unit's name: no signature."""
    if _SITE_LINE.search(line.text):
        return True
    named = max((len(form) for form in own if form in line.form), default=0)
    alone = named and len(line.form) - named <= _LITTLE_MORE
    return bool(
        alone and line.passage.region is not Region.HEADING and not _OFFICER.search(line.text)
    )


def _host_of(reading: Reading, own_class: str | None) -> ForeignBody | None:
    """The body whose site a page stands on, by its title, header and footer."""
    for line in reading.furniture:
        for match in _BODY.finditer(line.text):
            kind = match.lastgroup or ""
            if kind in _NEVER_AN_OFFICE or (kind == own_class and kind == "province"):
                return ForeignBody(match.group().strip(), line, sure=True)
    return None


def _named(form: str, text: str) -> bool:
    """True when `text` names the body other than as the one it is addressed to."""
    start = text.find(form)
    while start >= 0:
        if not _TRAILING_KIND.sub("", text[:start]).endswith(_ADDRESSING):
            return True
        start = text.find(form, start + 1)
    return False


def _bodies_on_cover(reading: Reading) -> Iterator[tuple[Line, str, str]]:
    for line in _cover(reading):
        text = line.text
        for match in _BODY.finditer(text):
            name, kind = match.group().strip(), match.lastgroup or ""
            before = text[: match.start()].strip()
            speaks = not before or before.endswith(_SPEAKS_FOR)
            if not name.startswith(_COMMON) and (speaks or kind in _NEVER_AN_OFFICE):
                yield line, kind, name


def _class_of(name: str) -> str | None:
    match = _BODY.match(normalise(name))
    return match.lastgroup if match else None


def _own_forms(unit: UnitProfile) -> set[str]:
    forms = set()
    for name in unit.names:
        forms.add(match_form(name))
        for long, short in _SHORT_FORMS:
            if name.startswith(long):
                forms.add(match_form(name.replace(long, short)))
        core = match_form(_PREFIX.sub("", name))
        if len(core) >= _SHORTEST_CORE:
            forms.add(core)
    return {form for form in forms if form}


def _cover(reading: Reading) -> list[Line]:
    headings = [line for line in reading.lines if line.passage.region is Region.HEADING]
    return list(dict.fromkeys([*reading.lines[:_COVER_LINES], *headings[:_COVER_LINES]]))
