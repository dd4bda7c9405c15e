"""Thai text made comparable: faults of PDFs and of typing repaired, two texts matched.

Only repairs that are safe without a dictionary are made here. `normalise` keeps a text
readable; `match_form` gives the form in which terms are looked for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CONSONANT = "ก-ฮ"
TONE = "่-๋"
UPPER_VOWEL = "ัิ-ื"
MARK = "ัิ-ฺ็-๎"
DEPENDENT = "ะ-ฺ็-๎"
LEADING_VOWEL = "เแโใไ"

_PRIVATE_USE = dict(
    zip(
        map(chr, range(0xF700, 0xF71B)),
        "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู",
        strict=True,
    )
)
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)
_LINE_END = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_BLANKS = re.compile(" {2,}|[ ]*[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000][^\\S\t\n]*")
_PRIVATE = re.compile("[\uf700-\uf71a]")
_DOUBLE_E = re.compile("เเ")
_SPACE_ROUND_MARK = re.compile(f"(?<=[ก-ฺ็-๎]) +([{MARK}]+)(?: (?=[ก-ฮเ-ไ]))?")
_MARK_RUN = re.compile(f"[{TONE}{UPPER_VOWEL}็ุ-ฺ]{{2,}}")
_SPLIT_AM = re.compile(f"ํ *([{TONE}]?) *า|า([{TONE}]?)ํ")
_AM_RUN = re.compile(f"[ำ{TONE}]{{2,}}")
_LONG_RUN = re.compile("([\u0300-\u036fัิ-ฺ็-๎]{8})[\u0300-\u036fัิ-ฺ็-๎]+")
_PASSES = 12
_SPACE_BEFORE_AM = re.compile(f"(?<=[{CONSONANT}{TONE}]) +(?=ำ)")
_LETTER_SPACED_AA = re.compile(
    f"(?<!\\S)([{CONSONANT}]) +า(?= [{CONSONANT}](?:[\\s{MARK}]|$))"
    f"|(?<=\\s\\S )([{CONSONANT}]) +า(?=\\s|$)"
)
_TONED_AM = re.compile("(?:(?<!ห)น้|ต่|ซ้|ย้|(?<=เหลื่อม)ล้|ค้(?= +า(?:ประกัน|ยัน|จุน))) +า")
_TONED_AA = re.compile(f"([{TONE}]) +า")
_LOST_AM = re.compile(f"([{CONSONANT}]) +า")
_FAULT = re.compile(f"[\uf700-\uf71aํ]|เเ|[{TONE}][{UPPER_VOWEL}็ุ-ฺ]|ำ[{TONE}]|[ก-ฺ็-๎] +[{MARK}าำ]")


def _is_tone(mark: str) -> bool:
    return "่" <= mark <= "๋"


def _is_no_tone(letter: str) -> bool:
    return not _is_tone(letter)


def _repair(text: str) -> str:
    text = _LONG_RUN.sub(r"\1", _PRIVATE.sub(lambda found: _PRIVATE_USE[found[0]], text))
    text = _LETTER_SPACED_AA.sub(lambda found: (found[1] or found[2]) + "า", text)
    text = _DOUBLE_E.sub("แ", text)
    text = _SPACE_ROUND_MARK.sub(r"\1", text)
    text = _MARK_RUN.sub(lambda found: "".join(sorted(found[0], key=_is_tone)), text)
    text = _SPLIT_AM.sub(lambda found: (found[1] or found[2] or "") + "ำ", text)
    text = _SPACE_BEFORE_AM.sub("", text)
    text = _AM_RUN.sub(lambda found: "".join(sorted(found[0], key=_is_no_tone)), text)
    text = _TONED_AM.sub(lambda found: found[0].replace(" ", "")[:-1] + "ำ", text)
    text = _TONED_AA.sub(r"\1า", text)
    return unicodedata.normalize("NFC", _LOST_AM.sub(r"\1ำ", text))


def normalise(text: str) -> str:
    """The same text, readable, with faults of encoding, typing and PDF extraction repaired.

    NFC; one form of sara am; private-use marks of old Windows fonts mapped back; invisible
    characters removed; two sara e joined to sara ae; marks put in order; stray spaces before
    marks removed; in PDF text "SPACE + sara aa" after a consonant is a lost sara am. Runs of
    spaces become one; tabs and line ends stay. Idempotent but for hostile strings of marks, whose
    runs are cut to eight so that reading them takes no longer than other text.
    """
    text = _BLANKS.sub(" ", _LINE_END.sub("\n", _INVISIBLE.sub("", text)))
    text = unicodedata.normalize("NFC", _LONG_RUN.sub(r"\1", text))
    for _ in range(_PASSES):
        if not _FAULT.search(text):
            break
        repaired = _repair(text)
        if repaired == text:
            break
        text = repaired
    return text


def to_arabic_digits(text: str) -> str:
    """`text` with Thai digits turned into 0-9."""
    return text.translate(_ARABIC)


_DROPPED = re.compile(r"ฯลฯ|[ฯๆ]|[\"'“”„‟‘’‚‛«»`´]|\.{2,}|…+|·{2,}|_{2,}")
_DASH = re.compile("[‐-―−﹘﹣－]")
_SPACE = re.compile(r"\s+")
_WORD_SPACE = re.compile(r"(?<=[a-z])\s+(?=[a-z])|(?<=[0-9])\s+(?=[0-9])")
_KEPT_SPACE = "\u0001"


def match_form(text: str) -> str:
    """The form in which both sides of a match are compared.

    Normalised, Arabic digits, lower case, without white space (one space stays between two
    Latin words or two numbers, which it tells apart), quotes, leader dots, paiyannoi and
    mai-yamok; dashes unified; to patak written as do chada (กฏหมาย is กฎหมาย).
    """
    text = normalise(text).translate(_ARABIC).casefold()
    text = _DASH.sub("-", _DROPPED.sub("", text)).replace("ฏ", "ฎ")
    text = _WORD_SPACE.sub(_KEPT_SPACE, text)
    return normalise(_SPACE.sub("", text).replace(_KEPT_SPACE, " "))


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
    "ส่วน": ("ส่วนร่วม", "ส่วนใหญ่", "ส่วนลด", "ส่วนตัว"),
    "โทร": ("โทรสาร", "โทรทัศน์", "โทรคมนาคม"),
    "งบ": ("สงบ",),
    "ผล": ("ผลไม้", "เหตุผล"),
}


@lru_cache(maxsize=4096)
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
    return any(at >= ahead and text.startswith(word, at - ahead) for ahead, word in traps)


_THAI_LETTER = re.compile("[ก-ะาำเ-ๅ]")


def thai_share(text: str) -> float:
    """Share (0.0 to 1.0) of Thai letters among all letters; 0.0 for a text without letters."""
    letters = sum(map(str.isalpha, text))
    if not letters:
        return 0.0
    return min(1.0, len(_THAI_LETTER.findall(text)) / letters)
