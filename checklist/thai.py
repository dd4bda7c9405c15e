"""Thai text made comparable: faults of PDFs and of typing repaired, two texts matched.

`normalise` keeps a text readable; `match_form` gives the form in which terms are looked for.
Both leave the original to the caller, who quotes it. Repairs by rule stand in `thai_repair`,
those by dictionary in `thai_mend`, other encodings in `thai_codes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps

from checklist.thai_codes import recoded, unshifted
from checklist.thai_mend import mend
from checklist.thai_repair import DEPENDENT, LEADING_VOWEL, composed, repair, tidy

_PASSES = 12
_THAI = re.compile("[ก-๛]")
_SHORT = 400


def _remembered(form: Callable[[str], str]) -> Callable[[str], str]:
    """`form` with its answers kept, as headings, cells and lines are asked for by every item.

    Only a few of the long texts are kept, such as whole pages.
    """
    short = lru_cache(maxsize=16_384)(form)
    long = lru_cache(maxsize=256)(form)

    @wraps(form)
    def remembered(text: str) -> str:
        return short(text) if len(text) <= _SHORT else long(text)

    return remembered


@_remembered
def normalise(text: str) -> str:
    """The same text, readable, with faults of encoding, typing and PDF extraction repaired.

    Put right are: codes of other encodings; NFC, one form of sara am, two sara e, order of marks,
    private-use marks, invisible characters, spaces before marks; sara am lost or put for sara aa,
    marks lost to U+FFFD or other letters, spaces inside words and clusters drawn twice, where the
    dictionary shows them. Runs of spaces become one; tabs and line ends stay.

    Idempotent. Runs of marks are cut to eight, so that hostile text is read as fast as other.
    """
    return _settled(_readable(text))


@_remembered
def _readable(text: str) -> str:
    """`text` in Thai letters, tidy; what tidying brings together may be codes once more."""
    text = tidy(_decoded(text))
    for _ in range(_PASSES):
        decoded = _decoded(text)
        if decoded == text:
            break
        text = tidy(decoded)
    return text


def _decoded(text: str) -> str:
    text = recoded(text)
    return text if _THAI.search(text) else unshifted(text) or text


def _settled(text: str) -> str:
    for _ in range(_PASSES):
        mended = mend(repair(text))
        if mended == text:
            break
        text = composed(_decoded(mended))
    return text


_THAI_DIGITS = re.compile("[๐-๙]+")
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def to_arabic_digits(text: str) -> str:
    """`text` with Thai digits turned into 0-9."""
    return _THAI_DIGITS.sub(lambda digits: digits[0].translate(_ARABIC), text)


_DROPPED = re.compile(r"ฯลฯ|[ฯๆ]|[\"'“”„‟‘’‚‛«»`´]|\.{2,}|…+|·{2,}|_{2,}")
_CAPITALS = re.compile("[A-Z]+")
_DASH = re.compile("[‐-―−﹘﹣－]")
_SPACE = re.compile(r"\s+")
_WORD_SPACE = re.compile(r"(?<=[a-z])\s+(?=[a-z])|(?<=[0-9])\s+(?=[0-9])")
_KEPT_SPACE = "\u0001"


@_remembered
def match_form(text: str) -> str:
    """The form in which both sides of a match are compared.

    Normalised, Arabic digits, lower case, without white space (one space stays between two
    Latin words or two numbers, which it tells apart), quotes, leader dots, paiyannoi and
    mai-yamok; dashes unified; to patak written as do chada (กฏหมาย is กฎหมาย).
    """
    text = to_arabic_digits(_ruled(_readable(text)))
    text = _CAPITALS.sub(lambda letters: letters[0].lower(), text)
    text = _DASH.sub("-", _DROPPED.sub("", text)).replace("ฏ", "ฎ")
    text = _WORD_SPACE.sub(_KEPT_SPACE, text)
    text = composed(_SPACE.sub("", text).replace(_KEPT_SPACE, " "))
    # Without the spaces between them single dots and lines are leader dots and rules.
    while (left := _DROPPED.sub("", text)) != text:
        text = composed(left)
    settled = _settled(text)
    decoded = composed(_decoded(settled))
    return settled if decoded == settled else match_form(decoded)


def _ruled(text: str) -> str:
    for _ in range(_PASSES):
        repaired = repair(text)
        if repaired == text:
            break
        text = repaired
    return text


# Words that hold a shorter term without meaning it, by that term.
_TRAPS: dict[str, tuple[str, ...]] = {
    "แผน": ("แผนก", "แผนที่", "แผนผัง", "แผนภูมิ", "แผนไทย", "แผนโบราณ"),
    "กอง": ("กองทุน", "กองกลาง"),
    "ไลน์": ("ออนไลน์",),
    "หน้าที่": ("เจ้าหน้าที่",),
    "ภาพ": ("สุขภาพ", "สภาพ", "คุณภาพ", "สิทธิภาพ", "ศักยภาพ", "เสถียรภาพ", "เสรีภาพ"),
    "รูป": ("รูปแบบ", "ปฎิรูป", "รูปธรรม"),
    "รอง": ("รองรับ", "รับรอง", "ตรอง", "ครอง", "กรอง", "ปรองดอง", "สำรอง", "จำลอง"),
    "กฎ": ("ปรากฎ",),
    "โครงสร้าง": ("โครงสร้างพื้นฐาน", "โครงสร้างอาคาร"),
    "ส่วน": ("ส่วนร่วม", "ส่วนใหญ่", "ส่วนลด", "ส่วนตัว"),
    "โทร": ("โทรสาร", "โทรทัศน์", "โทรคมนาคม"),
    "งบ": ("สงบ",),
    "ผล": ("ผลไม้", "เหตุผล"),
}

# Where a trap only seems to stand: "แผน" before a word that begins with its last letter.
_NO_TRAP = re.compile("แผนก(?:ลยุทธ|ลวิธี|รอบ|ระ|ฎ|อง)")


@lru_cache(maxsize=16_384)
def _term(term: str) -> tuple[str, re.Pattern[str] | None, tuple[tuple[int, str], ...]]:
    form = match_form(term)
    if re.search("[a-z]", form):
        return form, _latin_pattern(form), ()
    traps = tuple((word.find(form), word) for word in _TRAPS.get(form, ()) if form in word)
    return form, None, traps


def _latin_pattern(form: str) -> re.Pattern[str]:
    """Latin words joined by nothing, a space or a hyphen; borders are no Latin letters."""
    parts = (re.escape(part) for part in re.split("[ -]", form) if part)
    before = "(?<![a-z])" if form[0].isascii() else ""
    after = "(?![a-z])" if form[-1].isascii() else ""
    return re.compile(before + "[ -]?".join(parts) + after)


@lru_cache(maxsize=16_384)
def letters_of(term: str) -> str:
    """Letters that every text in which `contains` finds `term` holds in a row; "" for no term."""
    form, pattern, _ = _term(term)
    return max(re.split("[ -]", form), key=len) if pattern else form


def contains(text: str, term: str) -> bool:
    """True when `term` stands in `text`, which is in match form; `term` may be in any form.

    A Thai term must not break a syllable (ชื่อ does not stand in เชื่อม, ผล not in ผลิต) nor
    stand only inside a longer word of another meaning (แผน in แผนก); a Latin term stands
    between word borders. An empty term never stands anywhere.
    """
    form, pattern, traps = _term(term)
    if not form:
        return False
    if pattern is not None:
        return pattern.search(text) is not None
    at = text.find(form)
    while at >= 0:
        if _whole(text, at, at + len(form)) and not _trapped(text, at, traps):
            return True
        at = text.find(form, at + 1)
    return False


def _whole(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] in LEADING_VOWEL and "ก" <= text[start] <= "ฮ":
        return False
    if text[start].isdigit() and start and text[start - 1].isdigit():
        return False
    if end == len(text):
        return True
    after = text[end]
    if text[end - 1].isdigit():
        return not after.isdigit()
    return not ("ะ" <= after <= "ฺ" or "็" <= after <= "๎")


def _trapped(text: str, at: int, traps: tuple[tuple[int, str], ...]) -> bool:
    return any(
        at >= ahead
        and text.startswith(word, at - ahead)
        and not _DEPENDENT.match(text, at - ahead + len(word))
        and not _NO_TRAP.match(text, at - ahead)
        for ahead, word in traps
    )


_DEPENDENT = re.compile(f"[{DEPENDENT}]")


_THAI_LETTER = re.compile("[ก-ะาำเ-ๅ]")


def thai_share(text: str) -> float:
    """Share (0.0 to 1.0) of Thai letters among all letters; 0.0 for a text without letters."""
    letters = sum(map(str.isalpha, text))
    if not letters:
        return 0.0
    return min(1.0, len(_THAI_LETTER.findall(text)) / letters)
