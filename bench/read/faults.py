"""The ways in which Thai breaks in real PDFs, each made on purpose.

A fault turns a string into glyphs that look right and say something else. The list follows what
was found in PDFs of Thai agencies: how Word, old Windows fonts and printer drivers name glyphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.read.handmade import Drawn, Run, plain, set_type, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.read.sample import Paper
    from bench.read.truetype import TrueType

_RING = "\u0e4d"
_AA = "\u0e32"
_TALL = "ปฝฟฬ"
_UPPER = "ัิีึื็"
_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
_CLUSTER = re.compile(f"[ก-ฮ][{_MARKS}]*|.", re.DOTALL)
_AM = re.compile("([่-๋]?)ำ")
_BYTE = 0xA0 - 0x0E00
_TO_SYMBOLS = 0x0DE0
_LOWER_TONES = dict(zip("่้๊๋์", "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True))
_LEFT_LOWER_TONES = dict(zip("่้๊๋์", "\uf705\uf706\uf707\uf708\uf709", strict=True))
_LEFT_TONES = dict(zip("่้๊๋์", "\uf713\uf714\uf715\uf716\uf717", strict=True))
_LEFT_UPPER = dict(zip("ิีึืั็", "\uf701\uf702\uf703\uf704\uf710\uf712", strict=True))


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by its name, with the Thai wording of the report and the way it is made.

    `mapped` is False when the font has no ToUnicode map at all.
    """

    name: str
    thai: str
    glyphs: Callable[[str], Run]
    mapped: bool = True


def hand_made(paper: Paper, font: TrueType, fault: Fault) -> bytes:
    """`paper` as a PDF that looks right and says what `fault` makes of it."""
    pages = set_type(paper, font, fault.glyphs)
    return write(pages, font, unicode_map=fault.mapped)


def _am_as(ring: str | None, aa: str = _AA, *, tone_first: bool = False) -> Callable[[str], Run]:
    """Sara am drawn as a ring and a sara aa, which say `ring` and `aa`."""

    def glyphs(text: str) -> Run:
        run: Run = []
        at = 0
        for found in _AM.finditer(text):
            run += plain(text[at : found.start()])
            tone = plain(found[1])
            ringed = [Drawn(_RING, ring)]
            run += [*tone, *ringed] if tone_first else [*ringed, *tone]
            run.append(Drawn(_AA, aa))
            at = found.end()
        return run + plain(text[at:])

    return glyphs


def _saying(change: Callable[[str], str | None]) -> Callable[[str], Run]:
    """Each character drawn as itself and saying what `change` makes of it."""
    return lambda text: [Drawn(char, change(char)) for char in text]


def _private_use(text: str) -> Run:
    """Marks named by their place, as fonts of old Windows did."""
    run: Run = []
    for cluster in _CLUSTER.findall(text):
        tall = any(letter in cluster for letter in _TALL)
        under = any(mark in cluster for mark in _UPPER)
        for char in cluster:
            says = char
            if char in _LOWER_TONES and not under:
                says = (_LEFT_LOWER_TONES if tall else _LOWER_TONES)[char]
            elif tall and char in _LOWER_TONES:
                says = _LEFT_TONES[char]
            elif tall:
                says = _LEFT_UPPER.get(char, char)
            run.append(Drawn(char, says))
    return run


def _word_of_2003(text: str) -> Run:
    """Private-use marks and a spaced sara am in one file."""
    run: Run = []
    for glyph in _private_use(text):
        run += [Drawn(_RING, " "), Drawn(_AA, _AA)] if glyph.char == "ำ" else [glyph]
    return run


def _spaced_marks(text: str) -> Run:
    """A real space round every mark."""
    out = re.sub(f"(?<=[ก-ฮ{_MARKS}])([{_MARKS}])", r" \1", text)
    return plain(re.sub(f"([{_MARKS}])(?=[ก-ฮเ-ไ])", r"\1 ", out))


def _letter_spaced(text: str) -> Run:
    """Every letter apart, words further apart, as titles are set."""
    return plain("   ".join(" ".join(_CLUSTER.findall(word)) for word in text.split(" ")))


def _tall_gap(text: str) -> Run:
    """A gap behind the shifted mark of a tall letter."""
    return plain(re.sub(f"([{_TALL}][{_MARKS}]+)(?=[ก-ฮเ-ไ])", r"\1 ", text))


def _doubled(text: str) -> Run:
    """A cluster with marks said again behind the first letter of the next one."""
    run: Run = []
    again = ""
    for cluster in _CLUSTER.findall(text):
        run += plain(cluster)
        if again and "ก" <= cluster[-1] <= "๎":
            run[-1] = Drawn(run[-1].char, cluster[-1] + again)
        again = cluster if len(cluster) > 1 and cluster[-1] in _MARKS else ""
    return run


def _double_e(text: str) -> Run:
    return plain(text.replace("แ", "เเ"))


def _tone_before_vowel(text: str) -> Run:
    return plain(re.sub("([ัิ-ูำ])([่-๋])", r"\2\1", text))


def _zero_width(text: str) -> Run:
    """An invisible word break in front of each leading vowel, as editors of web pages put it."""
    run = plain(text)
    for index in range(len(run) - 1):
        if run[index + 1].char in "เแโใไ" and run[index].char != " ":
            run[index] = Drawn(run[index].char, run[index].char + "\u200b")
    return run


def _thai(char: str) -> bool:
    return "ก" <= char <= "๛"


def _byte_of(char: str) -> int:
    return ord(char) + _BYTE


FAULTS = (
    Fault("clean", "ไม่มีความผิดปกติ", plain),
    Fault("am_spaced", "สระอำเป็นวรรค + สระอา", _am_as(" ", tone_first=True)),
    Fault("am_decomposed", "สระอำแยกเป็นนิคหิต + สระอา", _am_as(_RING)),
    Fault("am_ring_after_tone", "นิคหิตอยู่หลังวรรณยุกต์", _am_as(_RING, tone_first=True)),
    Fault("am_lost", "สระอำเหลือเพียงสระอา", _am_as(None)),
    Fault("am_replaced", "สระอำเป็น U+FFFD", _saying(lambda c: "\ufffd" if c == "ำ" else c)),
    Fault("aa_as_am", "สระอากลายเป็นสระอำ", _saying(lambda c: "ำ" if c == _AA else c)),
    Fault("private_use", "วรรณยุกต์ในเขตอักขระส่วนตัว", _private_use),
    Fault("word_2003", "วรรณยุกต์ส่วนตัวและสระอำมีวรรค", _word_of_2003),
    Fault("marks_spaced", "วรรครอบสระและวรรณยุกต์", _spaced_marks),
    Fault("letters_spaced", "วรรคทุกตัวอักษร", _letter_spaced),
    Fault("tall_gap", "วรรคหลังสระของ ป ฝ ฟ", _tall_gap),
    Fault("doubled", "พยางค์ซ้ำ", _doubled),
    Fault("double_e", "สระแอเป็นสระเอสองตัว", _double_e),
    Fault("tone_first", "วรรณยุกต์นำหน้าสระ", _tone_before_vowel),
    Fault("zero_width", "อักขระกว้างศูนย์ระหว่างคำ", _zero_width),
    Fault("patak", "ฎ กลายเป็น ฏ", _saying(lambda c: "ฏ" if c == "ฎ" else c)),
    Fault(
        "marks_latin",
        "สระและวรรณยุกต์เป็นอักษรละติน",
        _saying(lambda c: chr(_byte_of(c)) if c in _MARKS else c),
    ),
    Fault(
        "marks_cyrillic",
        "สระและวรรณยุกต์เป็นอักษรซีริลลิก",
        _saying(lambda c: bytes([_byte_of(c)]).decode("cp1251") if c in _MARKS else c),
    ),
    Fault(
        "latin_1",
        "รหัส TIS-620 อ่านเป็น Latin-1",
        _saying(lambda c: chr(_byte_of(c)) if _thai(c) else c),
    ),
    Fault(
        "shifted",
        "รหัสอักษรเลื่อนเป็นสัญลักษณ์",
        _saying(lambda c: chr(ord(c) - _TO_SYMBOLS) if _thai(c) else c),
    ),
    Fault(
        "symbol_font",
        "รหัสอักษรของแบบอักษรสัญลักษณ์",
        _saying(lambda c: chr(0xF000 + _byte_of(c)) if _thai(c) else c),
    ),
    Fault("no_map", "ไม่มีตารางยูนิโคด", plain, mapped=False),
)
