"""Ways to ask for a service online that are no form on the page: links into the unit's system."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from checklist.evidence import Document, Form, Link, Passage, Region
from checklist.reading import Reading, reading_of
from checklist.thai import contains, match_form
from checklist.verdict import Quote

# What a visitor does in a system, as the links into it say.
_DOING = (
    "จองคิว", "จองห้อง", "จองวัน", "จองเวลา", "จองออนไลน์", "นัดหมาย", "นัดหมอ",
    "นัดพบแพทย์", "ยื่นคำขอ", "ยื่นคำร้อง", "ยื่นแบบ", "ยื่นเรื่อง", "ยื่นออนไลน์",
    "ยื่นขอ", "ส่งคำขอ", "ส่งคำร้อง", "ขอรับ", "ขอใช้", "ขออนุญาต", "ขอสำเนา",
    "ขอหนังสือ", "ขอเอกสาร", "ขอใบ", "แจ้งซ่อม", "แจ้งเหตุ", "ชำระ", "ลงทะเบียน",
    "ขึ้นทะเบียน", "จดทะเบียน", "ต่ออายุ", "สมัคร", "เข้าใช้งาน", "เข้าใช้บริการ",
    "เข้าสู่ระบบ", "เข้าระบบ", "ใช้บริการ", "บริการออนไลน์", "e-service", "ระบบ",
)  # fmt: skip
# How a page tells that the thing is done from home.
_FROM_HOME = (
    "กรอกข้อมูล", "กรอกคำขอ", "กรอกรายละเอียด", "แนบไฟล์", "แนบรูป", "แนบเอกสาร",
    "อัปโหลด", "อัพโหลด", "เลือกวัน", "เลือกบริการ", "เลือกเรื่อง", "ระบบจะ", "ในระบบ",
    "ผ่านระบบ", "ยืนยันตัวตน", "ติดตามสถานะ", "ตรวจสอบสถานะ", "กดส่ง", "จากที่บ้าน",
    "ไม่ต้องเดินทาง", "ไม่ต้องมา", "ตลอด 24 ชั่วโมง", "ได้ 24 ชั่วโมง",
    "ผ่านอินเทอร์เน็ต", "ทางอินเทอร์เน็ต", "ผ่านเว็บไซต์", "ผ่านแอป", "รหัสผ่าน",
)  # fmt: skip
_ON_PAPER = (
    "ดาวน์โหลดแบบ", "พิมพ์แบบ", "สั่งพิมพ์", "นำมายื่น", "มายื่น", "นำส่งที่",
    "ยื่นด้วยตนเอง", "ติดต่อด้วยตนเอง", "เดินทางมายื่น",
)  # fmt: skip
_NOT_OPEN = (
    "เร็วๆนี้", "อยู่ระหว่างพัฒนา", "อยู่ระหว่างการพัฒนา", "อยู่ระหว่างจัดทำระบบ",
    "จะเปิดให้บริการ", "จะเปิดใช้", "คาดว่าจะเปิด", "ยังไม่เปิด", "ปิดให้บริการ",
    "coming soon", "under construction",
)  # fmt: skip
_BOXES = ("แสดงความคิดเห็น", "ใส่ความเห็น", "leave a reply", "newsletter")
# Systems that only the staff may enter, by what a page says of them and by their names.
_STAFF = (
    "สำหรับเจ้าหน้าที่", "เฉพาะเจ้าหน้าที่", "เจ้าหน้าที่เท่านั้น", "สำหรับบุคลากร", "เฉพาะบุคลากร",
    "บุคลากรเท่านั้น", "สำหรับพนักงาน", "เฉพาะพนักงาน", "พนักงานเข้าสู่ระบบ", "รหัสพนักงาน",
    "สำหรับข้าราชการ", "ผู้ใช้ภายใน", "ระบบภายใน", "ภายในหน่วยงาน", "intranet", "อินทราเน็ต",
    "ผู้ดูแลระบบเข้า", "สารบรรณ", "e-office", "ระบบลา", "ใบลา", "สลิปเงินเดือน", "เงินเดือน",
    "ทะเบียนประวัติ", "webmail", "e-learning", "e-meeting", "e-laas", "dpis", "gfmis",
)  # fmt: skip
_PUBLIC = ("ประชาชน", "ผู้รับบริการ", "บุคคลภายนอก", "บุคคลทั่วไป", "ผู้ประกอบการ", "ผู้มาติดต่อ")
_STAFF_PAGE = 3
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif)$", re.I)
_SOCIAL = re.compile(
    r"(?:^|\.)(?:facebook|fb|messenger|line|lin|youtube|youtu|twitter|x|instagram|tiktok)\.\w+$"
)
# National systems that every office links to and none of them runs.
_NATIONAL = (
    "rd.go.th", "dlt.go.th", "dopa.go.th", "dol.go.th", "pea.co.th", "mea.or.th",
    "pwa.co.th", "mwa.co.th", "sso.go.th", "dbd.go.th", "nhso.go.th", "egov.go.th",
    "dga.or.th", "info.go.th", "bizportal.go.th", "cgd.go.th", "gprocurement.go.th",
    "customs.go.th", "consular.go.th", "immigration.go.th", "police.go.th", "doe.go.th",
    "dsd.go.th", "studentloan.or.th", "nacc.go.th", "1111.go.th", "ocsc.go.th",
    "dla.go.th", "moi.go.th", "ddc.moph.go.th",
)  # fmt: skip


def service_links(document: Document) -> Iterator[tuple[Quote, str, bool]]:
    """Links that lead into an online service: the quote, its words, and whether it is sure.

    Sure is a link into a system of the unit's own, on a page that tells how the service is used
    from home. A page that promises the system, or wants papers brought, makes no link sure.
    """
    reading = reading_of(document)
    if _says(reading, _NOT_OPEN) or _is_for_staff(document):
        return
    told = _says(reading, _FROM_HOME) and not _says(reading, _ON_PAPER)
    for link in document.links:
        if link.region not in (Region.MAIN, Region.TABLE, Region.HEADING):
            continue
        words = match_form(f"{link.text} {link.context} {' '.join(link.heading_path)}")
        own = match_form(f"{link.text} {' '.join(link.heading_path)}")
        if _leads_into_system(link, document) and not any(contains(own, word) for word in _STAFF):
            quote = Quote.of(document, Passage(f"{link.text} → {link.url}", link.region))
            yield quote, words, told


def _leads_into_system(link: Link, document: Document) -> bool:
    parts = urlsplit(link.url)
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https", "file", "") or _FILE.search(parts.path):
        return False
    if _SOCIAL.search(host) or urldefrag(link.url).url in ("", document.fetch.final_url):
        return False
    text = match_form(link.text)
    return _is_own(host, document) and any(contains(text, word) for word in _DOING)


def _is_own(host: str, document: Document) -> bool:
    """True on the page's own domain, or where the page's address tells nothing of it."""
    page = (urlsplit(document.fetch.final_url).hostname or "").lower()
    if not host:
        return True
    if page:
        return _domain(host) == _domain(page)
    return not any(host == name or host.endswith("." + name) for name in _NATIONAL)


def _domain(host: str) -> str:
    parts = host.removeprefix("www.").split(".")
    short = len(parts) > 1 and parts[-1] == "th" and parts[-2] in ("go", "or", "ac", "co", "in")
    return ".".join(parts[-3:] if short else parts[-2:])


def is_for_visitors(form: Form, document: Document) -> bool:
    """False for forms of staff, and for the comment and search boxes that templates bring."""
    labels = (field.label for field in form.fields)
    own = match_form(" ".join((form.text, *labels, *form.heading_path, document.title)))
    if any(contains(own, word) for word in _STAFF):
        return False
    box = match_form(form.text)
    return not any(contains(box, word) for word in _BOXES)


def _is_for_staff(document: Document) -> bool:
    """True for a page whose first lines say that its systems are for the staff."""
    opening = (line.form for line in reading_of(document).opening[:_STAFF_PAGE])
    own = "".join((match_form(document.title), *opening))
    public = any(contains(own, word) for word in _PUBLIC)
    return not public and any(contains(own, word) for word in _STAFF)


def service_words(document: Document) -> str:
    """What a page says of its service, for a form that itself says only "log in"."""
    return "".join(line.form for line in reading_of(document).evidence)[:2000]


def _says(reading: Reading, words: tuple[str, ...]) -> bool:
    return any(contains(reading.body, word) for word in words)
