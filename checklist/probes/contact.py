"""The unit's address, telephone, e-mail, map or fax."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from checklist.evidence import Document, EmbedKind, Image, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.image import is_content
from checklist.reading import Reading, readings
from checklist.verdict import Quote

if TYPE_CHECKING:
    from checklist.lines import Line

Need = Literal["address", "phone", "email", "map", "fax"]

_GAP = r"[\s\-.()\u2010-\u2015]{0,2}"
PHONE = re.compile(rf"(?<!\d)(?:0|\+\s?66{_GAP}0?){_GAP}[1-9](?:{_GAP}\d){{7,8}}(?!\d)")
EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|＠|[(\[{]\s?(?:at|@|แอท|แอด)\s?[)\]}]|\s(?:at|AT)\s|_at_)\s?"
    r"[\w-]+(?:(?:\.|\s?[(\[]dot[)\]]\s?|\sdot\s)[\w-]+)+",
    re.I,
)
_FAX_WORD = r"(?:โทรสาร|แฟกซ์|แฟ็กซ์|แฟกส์|\bfax\b|📠)"
_FAX = re.compile(rf"{_FAX_WORD}\D{{0,20}}(0[\d\s\-.]{{7,14}}\d|\d{{1,2}}[\d\s\-]{{6,}})", re.I)
_BOTH = re.compile(rf"(?:โทรศัพท์|โทร\.?|\btel\.?|\bphone)\s*(?:/|,|&|และ|-)\s*{_FAX_WORD}", re.I)
# A line that is only the label of the number in the next one.
_FAX_LABEL = re.compile(rf"^\W*(?:หมายเลข|เบอร์)?\s*{_FAX_WORD}(?:\s*/?\s*\(?fax\)?)?\W*$", re.I)
_GUARDED = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]{8,})$", re.I)
_PLACEHOLDER = re.compile(
    r"@(?:example|mysite|yoursite|domain|email|test|website)\.(?!(?:ac|go|or|mi)\.th)"
    r"|(?<![\w.])(?:your[-_.]?(?:name|mail|email)|username|someone|xxx+)@",
    re.I,
)
_ADDRESS_PARTS = (
    re.compile(
        r"เลขที่\s*\d|(?<!\d)\d{1,4}(?:/\d{1,4})?\s*(?:หมู่|ม\.|ถนน|ถ\.|ซอย|ซ\.|moo|road|rd)|อาคาร|ศาลากลาง|ที่ว่าการ",
        re.I,
    ),
    re.compile(r"หมู่ที่|หมู่\s*\d|ม\.\s*\d|ถนน|ถ\.|ซอย|ซ\.\s*[ก-ฮ]|\bmoo\b|\broad\b|\bsoi\b", re.I),
    re.compile(r"ตำบล|แขวง|ต\.\s*[ก-ฮเแโใไ]|sub-?\s?district|\btambon\b", re.I),
    re.compile(r"อำเภอ|เขต|อ\.\s*[ก-ฮเแโใไ]|(?<!sub)(?<!sub-)(?<!sub )district|\bamphoe\b", re.I),
    re.compile(r"จังหวัด|จ\.\s*[ก-ฮเแโใไ]|กรุงเทพ|กทม|province|bangkok", re.I),
    re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)"),
)
_ADDRESS_PARTS_NEEDED = 4
_MAP_HOSTS = re.compile(
    r"google\.[a-z.]+/maps|maps\.google|goo\.gl/maps|maps\.app\.goo\.gl|openstreetmap|longdo"
    r"|bing\.com/maps|//g\.page|nostramap|waze\.com|here\.com",
    re.I,
)
_MAP_WORDS = re.compile(r"แผนที่|แผนผังที่ตั้ง|แผนผังการเดินทาง|(?<!site)(?<!site )(?<!site-)map", re.I)
_SITE_MAP = re.compile(r"(?:แผนที่|แผนผัง)\s?(?:ของ)?(?:เว็บ|เวบ)|site\s?-?map", re.I)
_MAP_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|pdf)(?:$|\?)", re.I)
_EMAIL_WORDS = re.compile(r"e-?mail|อีเมล|ไปรษณีย์อิเล็กทรอนิกส์", re.I)
_LITTLE_TEXT = 400

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
            detail = "ไม่พบ" + ", ".join(missing)
            lost = [need for need, quote in found.items() if quote is None]
            picture = next((q for r in readings(documents) if (q := _pictured(r, lost))), None)
            if picture:
                return unsure(f"{detail} (อาจอยู่ในภาพ)", *quotes, picture, reason="image_only")
            return absent(detail, *quotes)
        return present(*dict.fromkeys(quotes))


def readable(line: Line) -> str:
    """A line's text repaired and with Arabic digits, for the patterns of this room."""
    return line.readable


def _first(seek: Callable[[Reading], Quote | None], documents: Sequence[Document]) -> Quote | None:
    return next((quote for r in readings(documents) if (quote := _sought(seek, r))), None)


def _sought(seek: Callable[[Reading], Quote | None], reading: Reading) -> Quote | None:
    return reading.once(seek, partial(seek, reading))


def _lines(reading: Reading) -> Iterator[Line]:
    yield from reading.lines
    yield from (x for x in reading.furniture if x.passage.region is Region.FOOTER)


def _address(reading: Reading) -> Quote | None:
    lines = list(_lines(reading))
    for span in (1, 2, 4, 6):
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
    label = False
    for line in _lines(reading):
        text = readable(line)
        if PHONE.search(text if _BOTH.search(text) else _FAX.sub(" ", text)) and not label:
            return reading.quote(line)
        label = bool(_FAX_LABEL.match(text))
    link = next((x for x in reading.document.links if x.url.lower().startswith("tel:")), None)
    return Quote.of(reading.document, Passage(f"{link.text} {link.url}")) if link else None


def _email(reading: Reading) -> Quote | None:
    for line in _lines(reading):
        match = EMAIL.search(readable(line))
        if match and not _PLACEHOLDER.search(match.group()):
            return reading.quote(line, term=match.group())
    for link in reading.document.links:
        guarded = _GUARDED.search(link.url)
        url = f"mailto:{_unguarded(guarded[1])}" if guarded else link.url
        if url.lower().startswith("mailto:") and not _PLACEHOLDER.search(url):
            return Quote.of(reading.document, Passage(f"{link.text} {url}", link.region))
    return None


def _unguarded(code: str) -> str:
    """The address that a page guards against robots: each byte combined with the first one."""
    key, *rest = (int(code[at : at + 2], 16) for at in range(0, len(code) - 1, 2))
    return "".join(chr(byte ^ key) for byte in rest)


def _map(reading: Reading) -> Quote | None:
    document = reading.document
    for embed in document.embeds:
        if embed.kind is EmbedKind.MAP or _MAP_HOSTS.search(embed.url):
            return Quote.of(document, Passage(f"[แผนที่ฝังในหน้า] {embed.title} {embed.url}"))
    for link in document.links:
        on_page = link.region not in (Region.HIDDEN, Region.NAV)
        picture = on_page and _MAP_FILE.search(link.url) and _shows_place(link.text)
        if picture or (link.region is not Region.HIDDEN and _MAP_HOSTS.search(link.url)):
            return Quote.of(document, Passage(f"{link.text} {link.url}", link.region))
    for image in filter(is_content, document.images):
        name = image.url.rsplit("/", 1)[-1]
        if _shows_place(" ".join((image.alt, image.context, *image.heading_path[-1:], name))):
            text = f"[ภาพ] {image.alt} {image.url}"
            return Quote.of(document, Passage(text, Region.ATTRIBUTE, image.heading_path))
    return None


def _shows_place(words: str) -> bool:
    return bool(_MAP_WORDS.search(_SITE_MAP.sub(" ", words)))


def _fax(reading: Reading) -> Quote | None:
    label: Line | None = None
    for line in _lines(reading):
        text = readable(line)
        if _FAX.search(text):
            return reading.quote(line)
        if label and PHONE.search(text):
            return Quote.of(reading.document, line.passage, f"{label.text} {text}"[:280])
        label = line if _FAX_LABEL.match(text) else None
    return None


def _pictured(reading: Reading, lost: Sequence[Need]) -> Quote | None:
    """The picture in which what was not found may stand; a missing map is never hidden in one."""
    images = [i for i in reading.document.images if i.region not in _ELSEWHERE]
    if "email" in lost:
        for image in images:
            name = image.url.rsplit("/", 1)[-1]
            if _EMAIL_WORDS.search(f"{image.alt} {image.context[-60:]} {name}"):
                return _picture(reading, image)
    if len(reading.body) >= _LITTLE_TEXT or any(_sought(_SEEKERS[n], reading) for n in _BASIC):
        return None
    return next((_picture(reading, i) for i in images if is_content(i)), None)


def _picture(reading: Reading, image: Image) -> Quote:
    text = f"[ภาพ] {image.alt} {image.url}"
    return Quote.of(reading.document, Passage(text, Region.ATTRIBUTE, image.heading_path))


_BASIC: tuple[Need, ...] = ("address", "phone", "email", "map")
_ELSEWHERE = (Region.NAV, Region.FOOTER, Region.HIDDEN)
_SEEKERS: dict[Need, Callable[[Reading], Quote | None]] = {
    "address": _address,
    "phone": _phone,
    "email": _email,
    "map": _map,
    "fax": _fax,
}
