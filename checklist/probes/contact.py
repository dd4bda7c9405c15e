"""The unit's address, telephone, e-mail, map or fax."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Annotated, Literal

from pydantic import Field

from checklist.evidence import Document, EmbedKind, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present
from checklist.probes.image import is_content
from checklist.reading import Line, Reading, readings
from checklist.verdict import Quote

Need = Literal["address", "phone", "email", "map", "fax"]

PHONE = re.compile(r"(?<!\d)0[\s\-.]?\d(?:[\s\-.]?\d){7,8}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.I)
_FAX = re.compile(
    r"(?:โทรสาร|แฟกซ์|แฟ็กซ์|\bfax\b)\D{0,20}(0[\d\s\-.]{7,14}\d|\d{1,2}[\d\s\-]{6,})", re.I
)
_PLACEHOLDER = re.compile(r"@(?:example|mysite|yoursite|domain|email|test|website)\.", re.I)
_ADDRESS_PARTS = (
    re.compile(r"เลขที่\s*\d|(?<!\d)\d{1,4}(?:/\d{1,4})?\s*(?:หมู่|ม\.|ถนน|ถ\.|ซอย)|อาคาร|ศาลากลาง"),
    re.compile(r"หมู่ที่|หมู่\s*\d|ถนน|ถ\.|ซอย"),
    re.compile(r"ตำบล|แขวง|ต\.\s*[ก-ฮ]"),
    re.compile(r"อำเภอ|เขต|อ\.\s*[ก-ฮเแโใไ]"),
    re.compile(r"จังหวัด|จ\.\s*[ก-ฮเแโใไ]|กรุงเทพ|กทม"),
    re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)"),
)
_ADDRESS_PARTS_NEEDED = 4
_MAP_HOSTS = re.compile(
    r"google\.[a-z.]+/maps|maps\.google|goo\.gl/maps|maps\.app\.goo\.gl|openstreetmap|longdo", re.I
)
_MAP_WORDS = re.compile(r"แผนที่|map", re.I)

THAI_NAMES: dict[Need, str] = {
    "address": "ที่อยู่",
    "phone": "หมายเลขโทรศัพท์",
    "email": "อีเมล (E-mail)",
    "map": "แผนที่ตั้ง",
    "fax": "หมายเลขโทรสาร",
}


class ContactProbe(Probe):
    """The unit's address, telephone, e-mail, map or fax, anywhere on its page."""

    kind: Literal["contact"]
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with a quote for every need; absent names those that are missing in Thai."""
        found = {need: _first(_SEEKERS[need], documents) for need in self.needs}
        quotes = tuple(quote for quote in found.values() if quote)
        missing = [THAI_NAMES[need] for need, quote in found.items() if quote is None]
        if missing:
            return absent("ไม่พบ" + ", ".join(missing), *quotes)
        return present(*dict.fromkeys(quotes))


def readable(line: Line) -> str:
    """A line's text repaired and with Arabic digits, for the patterns of this room."""
    return line.readable


def _first(seek: Callable[[Reading], Quote | None], documents: Sequence[Document]) -> Quote | None:
    return next(
        (quote for r in readings(documents) if (quote := r.once(seek, partial(seek, r)))), None
    )


def _lines(reading: Reading) -> Iterator[Line]:
    yield from reading.lines
    yield from (x for x in reading.furniture if x.passage.region is Region.FOOTER)


def _address(reading: Reading) -> Quote | None:
    lines = list(_lines(reading))
    for span in (1, 2, 4):
        for index, line in enumerate(lines):
            text = " ".join(map(readable, lines[index : index + span]))[:600]
            if _is_address(text):
                return Quote.of(reading.document, line.passage, text[:280])
    return None


def _is_address(text: str) -> bool:
    """True when enough parts of an address stand in `text`; it stops when too many are missing."""
    missing = 0
    for part in _ADDRESS_PARTS:
        if not part.search(text):
            missing += 1
            if missing > len(_ADDRESS_PARTS) - _ADDRESS_PARTS_NEEDED:
                return False
    return True


def _phone(reading: Reading) -> Quote | None:
    for line in _lines(reading):
        text = _FAX.sub(" ", readable(line))
        if PHONE.search(text):
            return reading.quote(line)
    link = next((x for x in reading.document.links if x.url.lower().startswith("tel:")), None)
    return Quote.of(reading.document, Passage(f"{link.text} {link.url}")) if link else None


def _email(reading: Reading) -> Quote | None:
    for line in _lines(reading):
        match = EMAIL.search(readable(line))
        if match and not _PLACEHOLDER.search(match.group()):
            return reading.quote(line, term=match.group())
    for link in reading.document.links:
        if link.url.lower().startswith("mailto:") and not _PLACEHOLDER.search(link.url):
            return Quote.of(reading.document, Passage(f"{link.text} {link.url}", link.region))
    return None


def _map(reading: Reading) -> Quote | None:
    document = reading.document
    for embed in document.embeds:
        if embed.kind is EmbedKind.MAP or _MAP_HOSTS.search(embed.url):
            return Quote.of(document, Passage(f"[แผนที่ฝังในหน้า] {embed.title} {embed.url}"))
    for link in document.links:
        if link.region is not Region.HIDDEN and _MAP_HOSTS.search(link.url):
            return Quote.of(document, Passage(f"{link.text} {link.url}", link.region))
    for image in filter(is_content, document.images):
        if _MAP_WORDS.search(" ".join((image.alt, image.context, *image.heading_path))):
            text = f"[ภาพ] {image.alt} {image.url}"
            return Quote.of(document, Passage(text, Region.ATTRIBUTE, image.heading_path))
    return None


def _fax(reading: Reading) -> Quote | None:
    for line in _lines(reading):
        if _FAX.search(readable(line)):
            return reading.quote(line)
    return None


_SEEKERS: dict[Need, Callable[[Reading], Quote | None]] = {
    "address": _address,
    "phone": _phone,
    "email": _email,
    "map": _map,
    "fax": _fax,
}
