"""A place on the site where an outsider can ask, apply, complain or give an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from checklist.evidence import Document, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.channel_places import Place, places_of
from checklist.probes.channel_words import (
    CLOSED,
    CORRUPTION,
    EVERYTHING,
    FAQ,
    GENERAL,
    MESSAGE,
    SURVEY,
    WORDS,
    Purpose,
    speaks,
)
from checklist.probes.image import is_content
from checklist.reading import Reading, reading_of
from checklist.thai import match_form
from checklist.verdict import Quote

_LITTLE_TEXT = 120
_THAI: dict[Purpose, str] = {
    "ask": "ช่องทางถาม-ตอบสองทาง (กระดานสนทนา กล่องข้อความ หรือแชท)",
    "service": "ช่องทางขอรับบริการออนไลน์ที่กรอกหรือยื่นได้จริง",
    "complaint": "แบบฟอร์มออนไลน์สำหรับแจ้งเรื่องร้องเรียนการทุจริต",
    "opinion": "ช่องทางออนไลน์สำหรับรับฟังความคิดเห็น",
}


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
        places = [place for document in documents for place in places_of(document, self.purpose)]
        if self.purpose == "ask":
            places = [replace(p, words=SURVEY.sub(" ", p.words)) for p in places]
        fitting = [place for place in places if speaks(place.words, WORDS[self.purpose])]
        closed = _passage_with(documents, CLOSED)
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

    def _message(self, places: Sequence[Place], documents: Sequence[Document]) -> Finding:
        """A form for messages that does not speak of questions, or a picture of a code."""
        messages = [place for place in places if speaks(place.words, MESSAGE)]
        if messages:
            question = "พบแบบฟอร์มฝากข้อความ แต่ไม่ระบุว่าถามแล้วหน่วยงานตอบ โปรดพิจารณา"
            return unsure(question, messages[0].quote)
        for document in documents:
            picture = next(filter(is_content, document.images), None)
            if picture and _is_bare(document) and speaks(_page_name(document), WORDS["ask"]):
                quote = Quote.of(
                    document, Passage(f"[ภาพ] {picture.alt} {picture.url}", Region.ATTRIBUTE)
                )
                return unsure("หน้านี้มีเพียงภาพ ระบบอ่านไม่ได้ว่าถามได้หรือไม่", quote, reason="image_only")
        return self._nothing(documents)

    def _separate(self, fitting: Sequence[Place], documents: Sequence[Document]) -> Finding:
        own = [place for place in fitting if speaks(place.words, CORRUPTION)]
        own = [place for place in own if not _only_a_choice(place)]
        mixed = [place for place in own if speaks(place.name, GENERAL)]
        sure = [place for place in own if place.sure and place not in mixed]
        if sure:
            return present(sure[0].quote)
        everything = _passage_with(documents, EVERYTHING) if mixed and not sure else None
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
        faq = _passage_with(documents, FAQ) if self.purpose == "ask" else None
        if faq:
            return absent("พบเพียงรายการคำถามที่พบบ่อย ถามกลับไม่ได้", faq, reason="one_way_faq")
        return absent(f"ไม่พบ{_THAI[self.purpose]}")


def _only_a_choice(place: Place) -> bool:
    """True for a form of general complaints that lists corruption among its subjects."""
    if not place.heading or speaks(place.heading, CORRUPTION):
        return False
    return speaks(place.name, GENERAL)


def _page_name(document: Document) -> str:
    opening = [line.form for line in reading_of(document).opening[:3]]
    return " ".join((match_form(document.title), *opening))


def _is_bare(document: Document) -> bool:
    own = [x for x in reading_of(document).evidence if x.passage.region is not Region.HEADING]
    return sum(len(line.form) for line in own) < _LITTLE_TEXT


def _passage_with(documents: Sequence[Document], terms: tuple[str, ...]) -> Quote | None:
    readings = map(reading_of, documents)
    found = (r.once(("passage with", terms), partial(_first_with, r, terms)) for r in readings)
    return next(filter(None, found), None)


def _first_with(reading: Reading, terms: Sequence[str]) -> Quote | None:
    for line in (*reading.lines, *reading.furniture):
        if line.passage.region is not Region.NAV and speaks(line.form, terms):
            return reading.quote(line)
    return None
