"""The places of a page where an outsider can write to the unit: forms, chats, links to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from checklist.evidence import Document, EmbedKind, Form, FormField, Link, Passage, Region
from checklist.probes.channel_words import (
    ANSWERED,
    CORRUPTION,
    POST,
    REACHED_BY,
    TWO_WAY,
    WORDS,
    Purpose,
    speaks,
)
from checklist.probes.online_service import is_for_visitors, service_links, service_words
from checklist.reading import reading_of
from checklist.thai import match_form
from checklist.verdict import Quote

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
# What a chat's one line asks for.
_TYPED = ("คำถาม", "พิมพ์ข้อความ", "พิมพ์ถาม", "ข้อความของคุณ", "ถามได้เลย", "type a message", "ask")
_LABEL = 40
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


@dataclass(frozen=True, slots=True)
class Place:
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


def places_of(document: Document, purpose: Purpose) -> Iterator[Place]:
    """Every place of the page that may serve the purpose: forms, then embeds, then links."""
    page = f"{document.title} {' '.join(x.passage.text for x in reading_of(document).opening[:3])}"
    if purpose == "service":
        yield from _service_places(document, page)
    yield from _forms(document, purpose, page)
    yield from _embeds(document, purpose, page)
    for link in document.links:
        if link.region is not Region.HIDDEN:
            yield from _linked(link, document, purpose)


def _forms(document: Document, purpose: Purpose, page: str) -> Iterator[Place]:
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
            yield Place(
                Quote.of(document, passage), whole, name, heading=heading, answered=answered
            )


def _embeds(document: Document, purpose: Purpose, page: str) -> Iterator[Place]:
    for embed in document.embeds:
        path = " ".join(embed.heading_path)
        if embed.kind is EmbedKind.CHAT and purpose == "ask":
            passage = Passage(f"[แชท] {embed.title} {embed.url}", Region.MAIN)
            yield Place(Quote.of(document, passage), match_form("แชท"))
        elif embed.kind is EmbedKind.FORM or _FORM_HOSTS.search(embed.url):
            passage = Passage(f"[แบบฟอร์มฝังในหน้า] {embed.title} {embed.url}", Region.MAIN)
            name = match_form(f"{embed.title} {path} {document.title}")
            yield Place(Quote.of(document, passage), match_form(f"{name} {page}"), name)


def _linked(link: Link, document: Document, purpose: Purpose) -> Iterator[Place]:
    """The chat, form or system that a link leads to."""
    quote = Quote.of(document, Passage(f"{link.text} → {link.url}", link.region))
    if purpose == "ask" and _CHAT_LINKS.search(link.url):
        yield Place(quote, match_form("แชท"))
    elif purpose == "ask" and _leads_to_asking(link, document):
        answered = speaks(reading_of(document).body, ANSWERED)
        yield Place(quote, match_form(link.text), sure=answered)
    elif _FORM_HOSTS.search(link.url):
        words = f"{link.text} {link.context} {' '.join(link.heading_path)}"
        yield Place(quote, match_form(words), sure=False)
    elif purpose == "complaint" and _opens_system(link, document):
        yield Place(quote, match_form(link.text), sure=False)


def _is_answered(form: Form, document: Document) -> bool:
    """True when a visitor who fills in the form can get an answer: on the page or by contact."""
    if _is_chat(_open_fields(form)):
        return True
    fields = " ".join(f"{f.kind} {f.name} {f.label}" for f in form.fields)
    words = match_form(f"{form.text} {fields} {document.title}")
    texts = (words, *(line.form for line in reading_of(document).lines))
    return speaks(words, REACHED_BY) or any(TWO_WAY.search(text) for text in texts)


def _heading_of(form: Form, document: Document) -> str:
    """What the page calls the form, without the form's own words; in match form."""
    own = match_form(" ".join((form.text, *(field.label for field in form.fields))))
    opening = [x.form for x in reading_of(document).opening[:3] if x.form not in own]
    return match_form(" ".join((document.title, *form.heading_path, *opening)))


def _names_reporting(text: str) -> bool:
    """True when a link's own words, in match form, say that one reports corruption there."""
    return (
        speaks(text, WORDS["complaint"])
        and speaks(text, CORRUPTION)
        and not speaks(text, (*_NO_SYSTEM, *_OTHER_BODIES))
    )


def _opens_system(link: Link, document: Document) -> bool:
    """True for a link to a reporting system at an address of its own, of no other body."""
    text, address = match_form(link.text), urlsplit(link.url)
    here = urlsplit(document.fetch.final_url).hostname
    return (
        _names_reporting(text)
        and speaks(text, _SYSTEM)
        and address.hostname not in (None, here)
        and not _OTHER_HOSTS.search(link.url)
        and not _FILES.search(address.path)
    )


def _leads_to_asking(link: Link, document: Document) -> bool:
    """True for a board's own link to a new question, beside the questions it shows."""
    if link.region not in (Region.MAIN, Region.TABLE, Region.HEADING) or not link.url:
        return False
    empty = link.url in ("#", document.fetch.final_url) or link.url.lower().startswith("javascript")
    return not empty and len(link.text) < _LABEL and speaks(match_form(link.text), POST)


def _service_places(document: Document, page: str) -> Iterator[Place]:
    """Links into the unit's own system, a log-in on a page about a service, a chat account."""
    links = list(service_links(document))
    for quote, words, sure in links:
        yield Place(quote, match_form(f"{words} {page}"), sure=sure)
    for form in document.forms:
        inside = form.region in (Region.MAIN, Region.TABLE, Region.HEADING)
        login = any(field.kind == "password" for field in form.fields)
        if inside and login and is_for_visitors(form, document):
            passage = Passage(f"[เข้าสู่ระบบ] {form.text}"[:280], form.region, form.heading_path)
            yield Place(Quote.of(document, passage), service_words(document))
    for link in document.links:
        if link.region in (Region.MAIN, Region.TABLE) and _CHAT_LINKS.search(link.url):
            quote = Quote.of(document, Passage(f"{link.text} → {link.url}", link.region))
            yield Place(quote, match_form(f"{link.text} {link.context} {page}"), sure=False)


def _open_fields(form: Form) -> list[FormField]:
    """The fields that a visitor fills in."""
    pressed = ("hidden", "submit", "button", "reset", "image")
    return [field for field in form.fields if field.kind not in pressed]


def _is_chat(fields: Sequence[FormField]) -> bool:
    """True for the one line of a chat."""
    return len(fields) == 1 and speaks(match_form(fields[0].label), _TYPED)


def _can_be_filled(form: Form, purpose: Purpose) -> bool:
    fields = _open_fields(form)
    names = {field.name.lower() for field in fields}
    room = any(field.kind == "textarea" for field in fields)
    if purpose == "ask" and _is_chat(fields):
        own = match_form(f"{form.text} {fields[0].label}")
        return not speaks(own, ("ค้นหา", "search"))
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
    return len(written) > 1 and not login and speaks(own, WORDS[purpose])
