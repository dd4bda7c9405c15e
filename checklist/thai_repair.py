"""Faults of Thai text that are mended by rule, without a dictionary.

Marks in the private-use area, two spellings of sara am, two sara e, marks out of order, stray
spaces before marks, invisible characters. A space before sara aa is taken for a lost ring, as PDFs
write it; where that was wrong, `checklist.thai_mend` sees it by the dictionary.
"""

from __future__ import annotations

import re
import unicodedata

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
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_TURNED = re.compile("\u202e([^\u202c\n]*)\u202c?")
_LINE_END = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_BLANKS = re.compile(" {2,}|[ ]*[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000][^\\S\t\n]*")
_PRIVATE = re.compile("[\uf700-\uf71a]")
_DOUBLE_E = re.compile("เเ")
_SPACE_ROUND_MARK = re.compile(f"(?<=[ก-ฺ็-๎]) +([{MARK}]+)(?: (?=[ก-ฮเ-ไ]))?")
_MARK_RUN = re.compile(f"[{TONE}{UPPER_VOWEL}็ุ-ฺ]{{2,}}")
_SPLIT_AM = re.compile(f"ํ *([{TONE}]?) *า|า([{TONE}]?)ํ")
_AM_RUN = re.compile(f"[ำ{TONE}]{{2,}}")
_BROKEN_LINE = re.compile(f"(?<=[ก-ฮ{MARK}])[ \t]*\n[ \t]*(?=[{DEPENDENT}])")
_LETTERS_APART = re.compile(f"(?: [ก-ฮะาำเ-ไ][{MARK}]*){{5,}}(?: |$)", re.MULTILINE)
_VOWEL = re.compile(f"[ะาำเ-ไ{MARK}]")
_FIGURES_APART = re.compile(r"(?<!\S)[0-9๐-๙](?: [0-9๐-๙.,])* [0-9๐-๙](?!\S)")
_LONG_RUN = re.compile("([\u0300-\u036fัิ-ฺ็-๎]{8})[\u0300-\u036fัิ-ฺ็-๎]+")
_LATE_TONE = re.compile(f"(?<=[{CONSONANT}{UPPER_VOWEL}ุู])([าะเ-ไ])([{TONE}])")
_SPACE_BEFORE_AM = re.compile(f"(?<=[{CONSONANT}{TONE}]) +(?=ำ)")
_LETTER_SPACED_AA = re.compile(
    f"(?<!\\S)([{CONSONANT}]) +า(?= [{CONSONANT}](?:[\\s{MARK}]|$))"
    f"|(?<=\\s\\S )([{CONSONANT}]) +า(?=\\s|$)"
)
_TONED_AM = re.compile("(?:(?<!ห)น้|ต่|ซ้|ย้|(?<=เหลื่อม)ล้|ค้(?= +า(?:ประกัน|ยัน|จุน))) +า")
_TONED_AA = re.compile(f"([{TONE}]) +า")
_LOST_AM = re.compile(f"([{CONSONANT}]) +า")
_FAULT = re.compile(
    f"[\uf700-\uf71aํ]|เเ|[{TONE}][{UPPER_VOWEL}็ุ-ฺ]|[าำะเ-ไ][{TONE}]|[ก-ฺ็-๎][ \t\n]+[{MARK}าำ]"
)


def _is_tone(mark: str) -> bool:
    return "่" <= mark <= "๋"


def _is_no_tone(letter: str) -> bool:
    return not _is_tone(letter)


def as_seen(text: str) -> str:
    """`text` as a visitor sees it: what is turned round stands so, what has no shape is gone.

    A right-to-left override shows 6652 where 2566 is written; no bidirectional control is left.
    """
    if not _UNSEEN.search(text):
        return text
    return _UNSEEN.sub("", _TURNED.sub(lambda turned: turned[1][::-1], text))


def tidy(text: str) -> str:
    """`text` in NFC, without invisible characters, with one kind of blank and of line end.

    Runs of spaces become one; tabs stay. Runs of marks are cut to eight.
    """
    text = _BLANKS.sub(" ", _LINE_END.sub("\n", _INVISIBLE.sub("", as_seen(text))))
    return composed(join_figures(text))


def join_figures(text: str) -> str:
    """`text` with the figures joined that stand apart in lines set letter by letter.

    "พ . ศ . 2 5 6 6" in such a line is 2566; the single figures of a table row stay.
    """
    if not _LETTERS_APART.search(text):
        return text

    def joined(line: str) -> str:
        apart = _LETTERS_APART.search(line)
        if apart is None or not _VOWEL.search(apart[0]):
            return line
        return _FIGURES_APART.sub(lambda found: found[0].replace(" ", ""), line)

    return "\n".join(map(joined, text.split("\n")))


def composed(text: str) -> str:
    """`text` in NFC, its runs of marks cut to eight."""
    return unicodedata.normalize("NFC", _LONG_RUN.sub(r"\1", text))


def repair(text: str) -> str:
    """One round of all repairs by rule; `text` itself where no fault shows."""
    if not _FAULT.search(text):
        return text
    text = _LONG_RUN.sub(r"\1", _PRIVATE.sub(lambda found: _PRIVATE_USE[found[0]], text))
    text = _BROKEN_LINE.sub("", text)
    text = _LETTER_SPACED_AA.sub(lambda found: (found[1] or found[2]) + "า", text)
    text = _DOUBLE_E.sub("แ", text)
    text = _SPACE_ROUND_MARK.sub(r"\1", text)
    text = _MARK_RUN.sub(lambda found: "".join(sorted(found[0], key=_is_tone)), text)
    text = _LATE_TONE.sub(r"\2\1", text)
    text = _SPLIT_AM.sub(lambda found: (found[1] or found[2] or "") + "ำ", text)
    text = _SPACE_BEFORE_AM.sub("", text)
    text = _AM_RUN.sub(lambda found: "".join(sorted(found[0], key=_is_no_tone)), text)
    text = _TONED_AM.sub(lambda found: found[0].replace(" ", "")[:-1] + "ำ", text)
    text = _TONED_AA.sub(r"\1า", text)
    return unicodedata.normalize("NFC", _LOST_AM.sub(r"\1ำ", text))
