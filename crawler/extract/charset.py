"""From bytes to text: which charset a Thai page is really in, whatever it declares.

Thai sites declare UTF-8 and send TIS-620, declare windows-1252 and send Thai, declare three
different charsets at once, or declare nothing. Declarations are therefore only candidates; the
one whose text is well-formed wins. Well-formed UTF-8 with multi-byte characters is never an
accident and settles the matter.
"""

from __future__ import annotations

import codecs
import re

from crawler.extract.quality import measure

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_THAI_NAMES = {
    "tis-620",
    "tis620",
    "tis-62",
    "tis_620",
    "windows-874",
    "windows874",
    "cp874",
    "cp-874",
    "iso-8859-11",
    "iso8859-11",
    "x-windows-874",
    "dos-874",
    "ms874",
    "thai",
}
# What browsers read pages in. Python knows other "charsets", in which nobody would see the text.
_OF_PAGES = re.compile(
    r"ascii|utf-8(-sig)?|utf-16(-[lb]e)?|cp(125\d|866|874|932|949|950)|iso8859-\d+|koi8-[ru]|"
    r"mac-(roman|cyrillic)|big5(hkscs)?|gbk|gb2312|gb18030|euc_(jp|kr)|shift_jis|iso2022_jp"
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_META_WINDOW = 16_384
_SAMPLE = 400_000
_HEAD = 400
_FEWEST = 8
_MOSTLY = 0.9
_FEW = 0.05
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def canonical(name: str | None) -> str | None:
    """The Python codec for a declared charset, or None when it is unknown or empty."""
    if not name:
        return None
    plain = name.strip().strip("\"'").lower()
    if plain in _THAI_NAMES:
        return "cp874"
    try:
        found = codecs.lookup(plain)
    except (LookupError, ValueError):
        return None
    if found.name in _THAI_NAMES:
        return "cp874"
    if not _OF_PAGES.fullmatch(found.name):
        return None
    # Browsers read a declared Latin-1 or ASCII as windows-1252.
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name


def declared_in(body: bytes) -> tuple[str, ...]:
    """The charsets that the page's own meta tags or XML declaration name, in order."""
    found: list[str] = []
    for match in _META.finditer(body[:_META_WINDOW]):
        name = canonical(match.group(1).decode("ascii", "ignore"))
        if name and name not in found:
            found.append(name)
    return tuple(found)


def decode(body: bytes, header: str | None = None) -> tuple[str, str]:
    """Decode `body`; `header` is the charset of the HTTP header, if any.

    Returns the text and the name of the codec that was used. Never raises: bytes without a
    meaning become U+FFFD.
    """
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace"), codec
    if wide := utf16_of(body):
        return body.decode(wide, "replace"), wide
    if body.isascii():
        return body.decode("ascii"), "utf-8"
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = dict.fromkeys(
        name for name in (canonical(header), *declared_in(body), "utf-8", "cp874", "cp1252") if name
    )
    ranked = [(_fit(body[:_SAMPLE], name), name) for name in candidates]
    best = max(ranked, key=lambda pair: pair[0])[1]
    return body.decode(best, "replace"), best


def utf16_of(body: bytes) -> str | None:
    """The codec of UTF-16 without a byte-order mark: every other byte is that of a script's block.

    ASCII stands in the block 0, Thai in the block 0x0e; a text has both, and is mostly they.
    """
    head = body[: _HEAD - _HEAD % 2]
    if len(head) < _FEWEST or b"\0" not in head:
        return None
    blocks = {"utf-16-le": head[1::2], "utf-16-be": head[0::2]}
    for codec, high in blocks.items():
        low = head[0::2] if codec == "utf-16-le" else head[1::2]
        fitting = high.count(0) + high.count(0x0E)
        if fitting >= _MOSTLY * len(high) and low.count(0) <= _FEW * len(low):
            return codec
    return None


def _fit(sample: bytes, codec: str) -> float:
    """How well `codec` explains the bytes: the share of its non-ASCII letters that make sense."""
    try:
        text = sample.decode(codec, "replace")
    except (LookupError, UnicodeError, ValueError):
        return -1.0
    foreign = "".join(
        char if ord(char) > 127 or char.isspace() else " " if not char.isalpha() else char
        for char in _TAGS.sub(" ", text)
    )
    high = sum(1 for char in foreign if ord(char) > 127)
    if not high:
        return 0.0
    found = measure(foreign)
    controls = sum(1 for char in foreign if "\x80" <= char <= "\x9f")
    faults = 2 * found.lost + 2 * found.broken + 2 * controls
    # Latin letters with accents are rare in Thai pages: they weigh half of a Thai letter.
    good = found.thai + 0.5 * max(0, high - found.thai - found.lost - controls)
    return (good - faults) / high
