"""A place on the site where an outsider can ask, apply, complain or give an opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

from checklist.evidence import Document, EmbedKind, Form, FormField, Link, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.image import is_content
from checklist.probes.online_service import is_for_visitors, service_links, service_words
from checklist.reading import Reading, reading_of
from checklist.thai import contains, match_form
from checklist.verdict import Quote

Purpose = Literal["ask", "service", "complaint", "opinion"]

_WORDS: dict[Purpose, tuple[str, ...]] = {
    "ask": ("ถามตอบ", "ถาม-ตอบ", "ถาม/ตอบ", "สอบถาม", "ตั้งคำถาม", "ตั้งกระทู้", "กระทู้", "กระดานสนทนา",
            "กระดานข่าว", "webboard", "เว็บบอร์ด", "เวบบอร์ด", "q&a", "คำถาม", "สายตรง", "แชท", "แชต",
            "chat", "chatbot", "ถามเจ้าหน้าที่", "ถามเรา", "ปรึกษาเจ้าหน้าที่", "คุยกับเจ้าหน้าที่",
            "สนทนากับเจ้าหน้าที่", "ask"),
    "service": ("e-service", "eservice", "บริการออนไลน์", "ขอรับบริการ", "ยื่นคำขอ", "ยื่นคำร้อง",
                "จองคิว", "ชำระภาษี", "แจ้งซ่อม", "ขออนุญาต", "คำร้อง", "นัดหมาย", "ลงทะเบียน",
                "คำขอ", "บริการอิเล็กทรอนิกส์", "ให้บริการประชาชน", "ขอรับ", "ขอใช้", "ยื่นแบบ",
                "ยื่นเรื่อง", "จองห้อง", "จองออนไลน์", "ชำระค่า", "ขอหนังสือรับรอง", "ขอสำเนา",
                "ขอเอกสาร", "ต่ออายุ", "แจ้งเหตุ", "แจ้งความประสงค์", "one stop service"),
    "complaint": ("ร้องเรียน", "เบาะแส", "ร้องทุกข์", "แจ้งเรื่อง", "แจ้งทุจริต", "แจ้งการทุจริต",
                  "แจ้งเหตุทุจริต", "แจ้งข้อมูลการทุจริต", "รายงานการทุจริต", "รายงานการละเมิด", "บอกเรา",
                  "บอกผู้", "บอกอธิบดี", "บอกนายก", "บอกปลัด", "แจ้งเรา", "แจ้งได้", "แจ้งเหตุ", "แจ้งข้อมูล",
                  "แจ้งพฤติการณ์", "ส่งข้อมูล", "ส่งเรื่อง", "เล่าให้", "เล่าเหตุการณ์", "ผู้แจ้ง", "ผู้ถูกกล่าวหา",
                  "ฟ้อง", "เปิดโปง", "พบเห็น", "สายตรง", "speak up", "whistleblowing", "whistleblower",
                  "whistle blower"),
    "opinion": ("รับฟังความคิดเห็น", "แสดงความคิดเห็น", "ข้อคิดเห็น", "ความคิดเห็น", "ข้อเสนอแนะ",
                "รับฟังความเห็น", "แสดงความเห็น", "ความเห็นของท่าน", "ความเห็นต่อ", "เสนอความเห็น",
                "เสนอแนะ", "ติชม", "รับฟังเสียง", "feedback"),
}  # fmt: skip
# A message may be a question, and nothing says that anyone answers it.
_MESSAGE = ("ฝากข้อความ", "ส่งข้อความ", "ติดต่อเรา", "ข้อความถึงเรา", "contact")
# What lets the office answer: a line for an address in the form, talk of answers or of a board.
_REACHED_BY = ("email", "e-mail", "อีเมล", "tel", "phone", "mobile", "โทร", "เบอร์", "ที่อยู่",
               "line id", "ไลน์", "contact")  # fmt: skip
_TWO_WAY = re.compile(
    "ตอบ(?!แทน|สนอง|แบบ|โจทย์|รับ)|ติดต่อกลับ|แจ้งกลับ|กระทู้|กระดาน|web ?board|เว็บบอร์ด|เวบบอร์ด"
    "|q&a|แชท|แชต|chat|สนทนา|สายตรง"
)
# Forms that ask the visitor, not the office.
_SURVEY = re.compile("แบบสอบถาม|แบบสำรวจ|แบบประเมิน|คำถามที่พบบ่อย|คำถามที่ถามบ่อย|คำถามพบบ่อย")
_POST = ("ตั้งกระทู้", "ตั้งคำถาม", "ส่งคำถาม", "ถามคำถาม", "เพิ่มคำถาม", "โพสต์คำถาม", "โพสต์กระทู้", "เพิ่มกระทู้",
         "กระทู้ใหม่", "คำถามใหม่", "new topic", "new post")  # fmt: skip
_ANSWERED = ("ผู้ตอบ", "ตอบโดย", "ตอบกลับ", "คำตอบ", "ตอบแล้ว", "ตอบล่าสุด", "จำนวนตอบ", "เจ้าหน้าที่ตอบ",
             "ตอบกระทู้", "reply", "replies")  # fmt: skip
_CORRUPTION = ("ทุจริต", "ประพฤติมิชอบ", "สินบน", "คอร์รัปชัน", "คอร์รัปชั่น", "สายตรงสุจริต", "โกง", "ส่วย", "ฮั้ว",
               "ยักยอก", "เรียกเงิน", "เรียกรับ", "เรียกผลประโยชน์", "ใต้โต๊ะ",
               "whistleblowing", "whistleblower", "whistle blower")  # fmt: skip
_GENERAL = ("ร้องทุกข์", "ร้องเรียนทั่วไป", "ไฟฟ้าสาธารณะ", "ถนนชำรุด", "เหตุเดือดร้อน", "ประปา", "ขยะ",
            "น้ำท่วม", "เหตุรำคาญ")  # fmt: skip
# One form for whatever people have to complain of.
_EVERYTHING = ("ร้องเรียนทุกเรื่อง", "ร้องทุกข์ทุกเรื่อง", "ร้องทุกข์ทุกประเภท", "ร้องเรียนทุกประเภท", "รับทุกเรื่อง",
               "ทุกเรื่องได้ที่", "ทุกเรื่องแห่งเดียว", "ทุกเรื่องที่นี่", "ทุกเรื่องในแบบฟอร์ม", "ทุกเรื่องผ่าน",
               "ทุกปัญหาได้ที่", "แบบฟอร์มเดียวกัน", "ฟอร์มเดียวกัน", "ช่องทางเดียวกันทุก",
               "รวมทุกเรื่อง")  # fmt: skip
# A link that opens a system or a form to report in, and what is no such place or not the unit's.
_SYSTEM = ("ระบบ", "แบบฟอร์ม", "ออนไลน์", "online", "กรอก")
_NO_SYSTEM = ("คู่มือ", "ดาวน์โหลด", "สถิติ", "แนวปฏิบัติ", "ขั้นตอน", "pdf", "word")
_OTHER_BODIES = ("ป.ป.ช.", "ป.ป.ท.", "ปปช", "ปปท", "ดำรงธรรม", "กระทรวง", "สำนักนายกรัฐมนตรี",
                 "รัฐบาล", "ตรวจเงินแผ่นดิน", "สตง.", "ผู้ตรวจการแผ่นดิน", "1567", "1111", "1205",
                 "1206")  # fmt: skip
_OTHER_HOSTS = re.compile(
    r"nacc|pacc\.|1567|1111|damrong|audit\.go|ombudsman|opm\.go|thaigov", re.I
)
_FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|zip|rar)$", re.I)
_FAQ = ("faq", "คำถามที่พบบ่อย", "คำถามที่ถามบ่อย", "คำถามพบบ่อย")
_CLOSED = ("ปิดรับคำถาม", "ปิดกระทู้", "ปิดการใช้งาน", "ปิดปรับปรุงระบบ", "ปิดระบบ", "งดรับ",
           "อ่านได้อย่างเดียว", "ปิดรับกระทู้", "ไม่เปิดให้ตั้ง", "ปิดการตั้ง", "ปิดเว็บบอร์ด",
           "ปิดกระดาน")  # fmt: skip
# What a chat's one line asks for.
_TYPED = ("คำถาม", "พิมพ์ข้อความ", "พิมพ์ถาม", "ข้อความของคุณ", "ถามได้เลย", "type a message", "ask")
_LABEL = 40
_LITTLE_TEXT = 120
_CHAT_LINKS = re.compile(
    r"//(?:m\.me|(?:www\.)?messenger\.com/t|(?:www\.|m\.)?facebook\.com/messages/t"
    r"|line\.me/(?:r|ti)/|lin\.ee|page\.line\.me)/",
    re.I,
)
_FORM_HOSTS = re.compile(
    r"docs\.google\.com/forms|forms\.gle|forms\.office\.com|forms\.microsoft", re.I
)
_SEARCH_FIELDS = frozenset({"s", "q", "search", "keyword", "kw", "txtsearch", "query", "wd"})
_WRITTEN = frozenset(
    {"text", "textarea", "email", "tel", "file", "select", "number", "date", "url"}
)

_THAI: dict[Purpose, str] = {
    "ask": "ช่องทางถาม-ตอบสองทาง (กระดานสนทนา กล่องข้อความ หรือแชท)",
    "service": "ช่องทางขอรับบริการออนไลน์ที่กรอกหรือยื่นได้จริง",
    "complaint": "แบบฟอร์มออนไลน์สำหรับแจ้งเรื่องร้องเรียนการทุจริต",
    "opinion": "ช่องทางออนไลน์สำหรับรับฟังความคิดเห็น",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A form, chat or embedded form with the words around it; `name` is its own title.

    `heading` is what the page calls it, without the words inside the form. `answered` is false
    for a form that asks for nothing to answer to, on a page that speaks of no answers.
    """

    quote: Quote
    words: str
    name: str = ""
    sure: bool = True
    heading: str = ""
    answered: bool = True


class ChannelProbe(Probe):
    """A place on the site where an outsider can ask, apply, complain or give an opinion.

    A form to fill in, a chat, or an embedded form counts; a download, a telephone number or a
    list of answered questions does not. `separate` wants a form for corruption apart from the
    one for general complaints.
    """

    kind: Literal["channel"]
    purpose: Purpose
    separate: bool = False

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with the form quoted; absent says which lesser thing was found instead."""
        places = [place for document in documents for place in _places(document, self.purpose)]
        if self.purpose == "ask":
            places = [replace(p, words=_SURVEY.sub(" ", p.words)) for p in places]
        fitting = [place for place in places if _speaks(place.words, _WORDS[self.purpose])]
        closed = _passage_with(documents, _CLOSED)
        if fitting and closed:
            return unsure("พบแบบฟอร์มแต่หน้าแจ้งว่าปิดรับ", closed, fitting[0].quote)
        if self.separate:
            return self._separate(fitting, documents)
        sure = [place for place in fitting if place.sure]
        answered = [place for place in sure if self.purpose != "ask" or place.answered]
        if answered:
            return present(answered[0].quote)
        if sure:
            question = "พบแบบฟอร์มถามคำถาม แต่ไม่เห็นว่าหน่วยงานตอบกลับได้อย่างไร โปรดพิจารณา"
            return unsure(question, sure[0].quote)
        if fitting:
            return unsure("พบลิงก์ไปยังแบบฟอร์มหรือระบบ โปรดลองเปิดว่าใช้งานได้จริง", fitting[0].quote)
        if self.purpose == "ask" and not closed:
            return self._message(places, documents)
        return self._nothing(documents)

    def _message(self, places: Sequence[_Place], documents: Sequence[Document]) -> Finding:
        """A form for messages that does not speak of questions, or a picture of a code."""
        messages = [place for place in places if _speaks(place.words, _MESSAGE)]
        if messages:
            question = "พบแบบฟอร์มฝากข้อความ แต่ไม่ระบุว่าถามแล้วหน่วยงานตอบ โปรดพิจารณา"
            return unsure(question, messages[0].quote)
        for document in documents:
            picture = next(filter(is_content, document.images), None)
            if picture and _is_bare(document) and _speaks(_page_name(document), _WORDS["ask"]):
                quote = Quote.of(
                    document, Passage(f"[ภาพ] {picture.alt} {picture.url}", Region.ATTRIBUTE)
                )
                return unsure("หน้านี้มีเพียงภาพ ระบบอ่านไม่ได้ว่าถามได้หรือไม่", quote, reason="image_only")
        return self._nothing(documents)

    def _separate(self, fitting: Sequence[_Place], documents: Sequence[Document]) -> Finding:
        own = [place for place in fitting if _speaks(place.words, _CORRUPTION)]
        own = [place for place in own if not _only_a_choice(place)]
        mixed = [place for place in own if _speaks(place.name, _GENERAL)]
        sure = [place for place in own if place.sure and place not in mixed]
        if sure:
            return present(sure[0].quote)
        everything = _passage_with(documents, _EVERYTHING) if mixed and not sure else None
        if everything:
            return absent(
                "เป็นแบบฟอร์มเดียวสำหรับทุกเรื่อง ไม่ได้แยกสำหรับเรื่องทุจริต",
                everything,
                reason="general_complaint_form",
            )
        if mixed:
            question = "แบบฟอร์มรับทั้งเรื่องทุจริตและเรื่องทั่วไป โปรดพิจารณาว่าแยกช่องทางแล้วหรือไม่"
            return unsure(question, mixed[0].quote)
        if own:
            return unsure("พบลิงก์ไปยังแบบฟอร์มแจ้งเรื่องทุจริต โปรดลองเปิด", own[0].quote)
        if fitting:
            return absent(
                "เป็นแบบฟอร์มร้องเรียนทั่วไป ไม่ได้แยกสำหรับเรื่องทุจริต",
                fitting[0].quote,
                reason="general_complaint_form",
            )
        return self._nothing(documents)

    def _nothing(self, documents: Sequence[Document]) -> Finding:
        faq = _passage_with(documents, _FAQ) if self.purpose == "ask" else None
        if faq:
            return absent("พบเพียงรายการคำถามที่พบบ่อย ถามกลับไม่ได้", faq, reason="one_way_faq")
        return absent(f"ไม่พบ{_THAI[self.purpose]}")


def _places(document: Document, purpose: Purpose) -> Iterator[_Place]:
    page = f"{document.title} {' '.join(x.passage.text for x in reading_of(document).opening[:3])}"
    if purpose == "service":
        yield from _service_places(document, page)
    for form in document.forms:
        if purpose == "service" and not is_for_visitors(form, document):
            continue
        if form.region is not Region.HIDDEN and _can_be_filled(form, purpose):
            words = " ".join((form.text, *form.heading_path, *(f.label for f in form.fields)))
            passage = Passage(f"[แบบฟอร์ม] {words}"[:280], form.region, form.heading_path)
            name = match_form(f"{words} {document.title}")
            heading = _heading_of(form, document)
            whole = match_form(f"{words} {page}")
            answered = _is_answered(form, document)
            yield _Place(
                Quote.of(document, passage), whole, name, heading=heading, answered=answered
            )
    for embed in document.embeds:
        path = " ".join(embed.heading_path)
        if embed.kind is EmbedKind.CHAT and purpose == "ask":
            passage = Passage(f"[แชท] {embed.title} {embed.url}", Region.MAIN)
            yield _Place(Quote.of(document, passage), match_form("แชท"))
        elif embed.kind is EmbedKind.FORM or _FORM_HOSTS.search(embed.url):
            passage = Passage(f"[แบบฟอร์มฝังในหน้า] {embed.title} {embed.url}", Region.MAIN)
            name = match_form(f"{embed.title} {path} {document.title}")
            yield _Place(Quote.of(document, passage), match_form(f"{name} {page}"), name)
    for link in document.links:
        quote = Quote.of(document, Passage(f"{link.text} → {link.url}", link.region))
        if link.region is Region.HIDDEN:
            continue
        if purpose == "ask" and _CHAT_LINKS.search(link.url):
            yield _Place(quote, match_form("แชท"))
        elif purpose == "ask" and _leads_to_asking(link, document):
            answered = _speaks(reading_of(document).body, _ANSWERED)
            yield _Place(quote, match_form(link.text), sure=answered)
        elif _FORM_HOSTS.search(link.url):
            words = f"{link.text} {link.context} {' '.join(link.heading_path)}"
            yield _Place(quote, match_form(words), sure=False)
        elif purpose == "complaint" and _opens_system(link, document):
            yield _Place(quote, match_form(link.text), sure=False)


def _is_answered(form: Form, document: Document) -> bool:
    """True when a visitor who fills in the form can get an answer: on the page or by contact."""
    if _is_chat(_open_fields(form)):
        return True
    fields = " ".join(f"{f.kind} {f.name} {f.label}" for f in form.fields)
    words = match_form(f"{form.text} {fields} {document.title}")
    texts = (words, *(line.form for line in reading_of(document).lines))
    return _speaks(words, _REACHED_BY) or any(_TWO_WAY.search(text) for text in texts)


def _heading_of(form: Form, document: Document) -> str:
    """What the page calls the form, without the form's own words; in match form."""
    own = match_form(" ".join((form.text, *(field.label for field in form.fields))))
    opening = [x.form for x in reading_of(document).opening[:3] if x.form not in own]
    return match_form(" ".join((document.title, *form.heading_path, *opening)))


def _only_a_choice(place: _Place) -> bool:
    """True for a form of general complaints that lists corruption among its subjects."""
    if not place.heading or _speaks(place.heading, _CORRUPTION):
        return False
    return _speaks(place.name, _GENERAL)


def _names_reporting(text: str) -> bool:
    """True when a link's own words, in match form, say that one reports corruption there."""
    return (
        _speaks(text, _WORDS["complaint"])
        and _speaks(text, _CORRUPTION)
        and not _speaks(text, (*_NO_SYSTEM, *_OTHER_BODIES))
    )


def _opens_system(link: Link, document: Document) -> bool:
    """True for a link to a reporting system at an address of its own, of no other body."""
    text, address = match_form(link.text), urlsplit(link.url)
    here = urlsplit(document.fetch.final_url).hostname
    return (
        _names_reporting(text)
        and _speaks(text, _SYSTEM)
        and address.hostname not in (None, here)
        and not _OTHER_HOSTS.search(link.url)
        and not _FILES.search(address.path)
    )


def _page_name(document: Document) -> str:
    opening = [line.form for line in reading_of(document).opening[:3]]
    return " ".join((match_form(document.title), *opening))


def _is_bare(document: Document) -> bool:
    own = [x for x in reading_of(document).evidence if x.passage.region is not Region.HEADING]
    return sum(len(line.form) for line in own) < _LITTLE_TEXT


def _leads_to_asking(link: Link, document: Document) -> bool:
    """True for a board's own link to a new question, beside the questions it shows."""
    if link.region not in (Region.MAIN, Region.TABLE, Region.HEADING) or not link.url:
        return False
    empty = link.url in ("#", document.fetch.final_url) or link.url.lower().startswith("javascript")
    return not empty and len(link.text) < _LABEL and _speaks(match_form(link.text), _POST)


def _service_places(document: Document, page: str) -> Iterator[_Place]:
    """Links into the unit's own system, a log-in on a page about a service, a chat account."""
    links = list(service_links(document))
    for quote, words, sure in links:
        yield _Place(quote, match_form(f"{words} {page}"), sure=sure)
    for form in document.forms:
        inside = form.region in (Region.MAIN, Region.TABLE, Region.HEADING)
        login = any(field.kind == "password" for field in form.fields)
        if inside and login and is_for_visitors(form, document):
            passage = Passage(f"[เข้าสู่ระบบ] {form.text}"[:280], form.region, form.heading_path)
            yield _Place(Quote.of(document, passage), service_words(document))
    for link in document.links:
        if link.region in (Region.MAIN, Region.TABLE) and _CHAT_LINKS.search(link.url):
            quote = Quote.of(document, Passage(f"{link.text} → {link.url}", link.region))
            yield _Place(quote, match_form(f"{link.text} {link.context} {page}"), sure=False)


def _open_fields(form: Form) -> list[FormField]:
    """The fields that a visitor fills in."""
    pressed = ("hidden", "submit", "button", "reset", "image")
    return [field for field in form.fields if field.kind not in pressed]


def _is_chat(fields: Sequence[FormField]) -> bool:
    """True for the one line of a chat."""
    return len(fields) == 1 and _speaks(match_form(fields[0].label), _TYPED)


def _can_be_filled(form: Form, purpose: Purpose) -> bool:
    fields = _open_fields(form)
    names = {field.name.lower() for field in fields}
    room = any(field.kind == "textarea" for field in fields)
    if purpose == "ask" and _is_chat(fields):
        own = match_form(f"{form.text} {fields[0].label}")
        return not _speaks(own, ("ค้นหา", "search"))
    if names and names <= _SEARCH_FIELDS and not room:
        return False
    written = [
        f
        for f in fields
        if f.kind == "textarea" or (f.kind in _WRITTEN and f.name.lower() not in _SEARCH_FIELDS)
    ]
    if purpose == "service":
        return bool(written) or any(field.kind == "password" for field in fields)
    if room:
        return True
    login = any(field.kind == "password" for field in fields)
    own = match_form(" ".join((form.text, *(field.label for field in fields))))
    return len(written) > 1 and not login and _speaks(own, _WORDS[purpose])


def _speaks(words: str, terms: Sequence[str]) -> bool:
    return any(contains(words, term) for term in terms)


def _passage_with(documents: Sequence[Document], terms: tuple[str, ...]) -> Quote | None:
    readings = map(reading_of, documents)
    found = (r.once(("passage with", terms), partial(_first_with, r, terms)) for r in readings)
    return next(filter(None, found), None)


def _first_with(reading: Reading, terms: Sequence[str]) -> Quote | None:
    for line in (*reading.lines, *reading.furniture):
        if line.passage.region is not Region.NAV and _speaks(line.form, terms):
            return reading.quote(line)
    return None
