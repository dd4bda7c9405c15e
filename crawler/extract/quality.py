"""How well a piece of text is formed as Thai: the measure that chooses between two readings.

Thai letters follow strict rules: an upper or lower mark stands on a consonant, sara aa follows
a consonant or a tone mark, a leading vowel precedes a consonant. Broken PDF fonts and wrong
charsets violate them at once, so the share of violations tells a good reading from a bad one
without a dictionary. Faults counted, as they occur in PDFs of Thai agencies:

* a mark or vowel without its consonant
* U+FFFD, the sign of a lost character; a tone mark that became a Latin or Cyrillic letter
* sara am that lost its ring ("สานักงาน", "ประจาปี") or sara aa that gained one ("เทศบำล"):
  well-formed, beyond repair, so told by frequent words
* clusters drawn twice ("คู่มืคู่")
* tone marks in the private-use area (U+F700..U+F71A), sara am as SPACE + sara aa ("ต าบล") or as
  nikhahit + sara aa: light faults, since normalising restores them
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_THAI = re.compile(r"[ก-ฮะ-ฺเ-๎]")
_LETTER = re.compile(r"[^\W\d_]|[ัิ-ฺ็-๎]")
_BROKEN = re.compile(
    r"(?<![ก-ฮัิ-ฺ็-๎\uf700-\uf71a])[ัิ-ฺ็-๎]"
    r"|(?<![ก-ฮิ-ฺ็-๎\uf700-\uf71a])(?<![ก-ฮิ-ฺ็-๎] )[าำ]"
    r"|(?<![ก-ฮาัิ-ฺ็-๎\uf700-\uf71a])ะ"
    r"|[เแโใไ](?![ก-ฮเ])"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_DECOMPOSED = re.compile(r"\u0e4d[\u0e48-\u0e4b]?\u0e32")
_SPACED = re.compile(r"(?<=[ก-ฮ็-๎]) าร?")
_SWAPPED = re.compile(
    r"สานัก|จานวน|ตาบล|ประจา(?!ก)|อาเภอ|ดาเนิน|กาหนด|สาเร็จ|สาคัญ|อานวย|แนะนา|กากับ|กาลัง|อานาจ|"
    r"จาเป็น|สาหรับ|ทาให้|จัดทา|กำร|เทศบำล|งำน|รำช|บริหำร|ประมำณ|อำคำร|กำรศึกษำ|มหำด|สำธำรณ"
)
_FOREIGN_MARK = re.compile(r"(?<=[ก-ฮัิ-ฺ])[\u00c0-\u024f\u0370-\u052f]")
_SYMBOL = re.compile(r"[@<>$^`{|}~\\*]")
_UNMAPPED = re.compile(r"[\ue000-\uf6ff\uf71b-\uf8ff]")
_DOUBLED = re.compile(r"([ก-ฮ][ัิ-ฺ็-๎]+)[ก-ฮ]?[ัิ-ฺ็-๎]*\1")


@dataclass(frozen=True, slots=True)
class Faults:
    """Counts of one text: letters, Thai letters among them, and each kind of fault."""

    letters: int
    thai: int
    broken: int
    lost: int
    swapped: int
    private: int
    unmapped: int
    decomposed: int
    spaced: int
    doubled: int
    symbols: int

    @property
    def score(self) -> float:
        """1.0 for flawless text, towards 0.0 the more faults a letter; 0.0 without letters."""
        if not self.letters:
            return 0.0
        faults = (
            2.0 * self.broken
            + 2.0 * self.lost
            + 2.0 * self.swapped
            + 2.0 * self.unmapped
            + 0.2 * self.private
            + 0.1 * (self.decomposed + self.spaced)
            + 2.0 * self.doubled
        )
        return max(0.0, 1.0 - faults / self.letters)

    @property
    def garbled(self) -> bool:
        """True when the characters are codes of an embedded font, not letters of any language."""
        return (self.unmapped > 20 and self.unmapped > 0.5 * self.letters) or (
            self.letters > 30 and self.symbols > 0.3 * self.letters
        )

    @property
    def thai_share(self) -> float:
        """Share of Thai among all letters, 0.0 to 1.0."""
        return self.thai / self.letters if self.letters else 0.0


def measure(text: str) -> Faults:
    """Count letters and faults in `text`."""
    return Faults(
        letters=len(_LETTER.findall(text)),
        thai=len(_THAI.findall(text)),
        broken=len(_BROKEN.findall(text)),
        lost=text.count("\ufffd") + len(_FOREIGN_MARK.findall(text)),
        swapped=len(_SWAPPED.findall(text)),
        unmapped=len(_UNMAPPED.findall(text)),
        symbols=len(_SYMBOL.findall(text)),
        spaced=len(_SPACED.findall(text)),
        private=len(_PRIVATE.findall(text)),
        decomposed=len(_DECOMPOSED.findall(text)),
        doubled=len(_DOUBLED.findall(text)),
    )


class Grade(StrEnum):
    """What a page's text is worth; `garbage` and `none` go to optical recognition."""

    GOOD = "good"
    REPAIRED = "repaired"
    GARBAGE = "garbage"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quality:
    """A page's grade, its score from 0.0 to 1.0 and what lowered it (short English codes)."""

    grade: Grade
    score: float
    reasons: tuple[str, ...] = ()


def page_quality(text: str) -> Quality:
    """Grade the text of one page, as read, by how plausible it is as Thai.

    `good` reads as it stands, `repaired` after `checklist.thai.normalise`, `garbage` does not
    read at all, `none` holds next to no letters or figures. Two readings of the same page compare
    by `score`.
    """
    faults = measure(text)
    if faults.letters < _FEW_LETTERS and sum(map(str.isdigit, text)) < _MANY_DIGITS:
        if faults.unmapped + faults.symbols > _FEW_LETTERS:
            return Quality(Grade.GARBAGE, 0.0, ("codes",))
        return Quality(Grade.NONE, 0.0, ("no_letters",))
    if faults.garbled:
        return Quality(Grade.GARBAGE, 0.0, ("codes",))
    if faults.thai_share < _LITTLE_THAI:
        if faults.letters >= _FEW_LETTERS and not _is_latin_prose(text, faults.letters):
            return Quality(Grade.GARBAGE, 0.1, ("no_words",))
        return Quality(Grade.GOOD, faults.score)
    if faults.broken + faults.lost > _BROKEN_SHARE * faults.thai:
        return Quality(Grade.GARBAGE, min(0.3, faults.score), ("orphan_marks",))
    reasons = tuple(name for name in _REPAIRABLE if getattr(faults, name))
    grade = Grade.REPAIRED if reasons else Grade.GOOD
    return Quality(grade, faults.score, reasons)


def _is_latin_prose(text: str, letters: int) -> bool:
    """True when most letters stand in words that could be English."""
    words = [word for word in _LATIN_WORD.findall(text) if _LATIN_VOWEL.search(word)]
    proper = [word for word in words if word[1:].islower() or word.isupper()]
    return sum(map(len, proper)) > 0.7 * max(1, letters)


_FEW_LETTERS = 10
_MANY_DIGITS = 30
_LITTLE_THAI = 0.2
_BROKEN_SHARE = 0.12
_REPAIRABLE = ("broken", "lost", "swapped", "private", "decomposed", "spaced", "doubled")
_LATIN_WORD = re.compile(r"\b[A-Za-z]{3,}\b")
_LATIN_VOWEL = re.compile(r"[aeiouyAEIOUY]")
