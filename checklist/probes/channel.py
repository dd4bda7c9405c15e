"""A place on the site where an outsider can ask, apply, complain or give an opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from checklist.evidence import Document, EmbedKind, Form, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.reading import Reading, reading_of
from checklist.thai import contains, match_form
from checklist.verdict import Quote

Purpose = Literal["ask", "service", "complaint", "opinion"]

_WORDS: dict[Purpose, tuple[str, ...]] = {
    "ask": ("ถามตอบ", "ถาม-ตอบ", "สอบถาม", "ตั้งคำถาม", "ตั้งกระทู้", "กระทู้", "กระดานสนทนา",
            "webboard", "q&a", "คำถาม", "ติดต่อสอบถาม", "ฝากข้อความ", "แชท", "chat"),
    "service": ("e-service", "eservice", "บริการออนไลน์", "ขอรับบริการ", "ยื่นคำขอ", "ยื่นคำร้อง",
                "จองคิว", "ชำระภาษี", "แจ้งซ่อม", "ขออนุญาต", "คำร้อง", "นัดหมาย", "ลงทะเบียน"),
    "complaint": ("ร้องเรียน", "แจ้งเบาะแส", "ร้องทุกข์", "แจ้งเรื่อง"),
    "opinion": ("รับฟังความคิดเห็น", "แสดงความคิดเห็น", "ข้อคิดเห็น", "ความคิดเห็น", "ข้อเสนอแนะ"),
}  # fmt: skip
_CORRUPTION = ("ทุจริต", "ประพฤติมิชอบ")
_GENERAL = ("ร้องทุกข์", "ร้องเรียนทั่วไป", "ไฟฟ้าสาธารณะ", "ถนนชำรุด", "เหตุเดือดร้อน", "ประปา")
_FAQ = ("faq", "คำถามที่พบบ่อย", "คำถามที่ถามบ่อย", "คำถามพบบ่อย")
_CLOSED = ("ปิดรับคำถาม", "ปิดกระทู้", "ปิดการใช้งาน", "ปิดปรับปรุงระบบ", "ปิดระบบ", "งดรับ")
_CHAT_LINKS = re.compile(
    r"//(?:m\.me|(?:www\.)?messenger\.com/t|line\.me/(?:r|ti)/|lin\.ee|page\.line\.me)/", re.I
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
    """A form, chat or embedded form with the words around it; `name` is its own title."""

    quote: Quote
    words: str
    name: str = ""
    sure: bool = True


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
        fitting = [place for place in places if _speaks(place.words, _WORDS[self.purpose])]
        closed = _passage_with(documents, _CLOSED)
        if fitting and closed:
            return unsure("พบแบบฟอร์มแต่หน้าแจ้งว่าปิดรับ", closed, fitting[0].quote)
        if self.separate:
            return self._separate(fitting, documents)
        sure = [place for place in fitting if place.sure]
        if sure:
            return present(sure[0].quote)
        if fitting:
            return unsure("พบลิงก์ไปยังแบบฟอร์ม โปรดลองเปิดว่าใช้งานได้จริง", fitting[0].quote)
        return self._nothing(documents)

    def _separate(self, fitting: Sequence[_Place], documents: Sequence[Document]) -> Finding:
        own = [place for place in fitting if _speaks(place.words, _CORRUPTION)]
        mixed = [place for place in own if _speaks(place.name, _GENERAL)]
        sure = [place for place in own if place.sure and place not in mixed]
        if sure:
            return present(sure[0].quote)
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
    for form in document.forms:
        if form.region is not Region.HIDDEN and _can_be_filled(form, purpose):
            words = " ".join((form.text, *form.heading_path, *(f.label for f in form.fields)))
            passage = Passage(f"[แบบฟอร์ม] {words}"[:280], form.region, form.heading_path)
            name = match_form(f"{words} {document.title}")
            yield _Place(Quote.of(document, passage), match_form(f"{words} {page}"), name)
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
        elif _FORM_HOSTS.search(link.url):
            words = f"{link.text} {link.context} {' '.join(link.heading_path)}"
            yield _Place(quote, match_form(words), sure=False)


def _can_be_filled(form: Form, purpose: Purpose) -> bool:
    fields = [
        f for f in form.fields if f.kind not in ("hidden", "submit", "button", "reset", "image")
    ]
    names = {field.name.lower() for field in fields}
    room = any(field.kind == "textarea" for field in fields)
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
