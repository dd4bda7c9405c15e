"""How well the text of a page reads as Thai: the measure that chooses between readings and OCR.

Never by "has text": scanners leave text layers without a Thai letter, fonts without a Unicode map
give codes, broken maps give well-formed syllables that are no words. Two steps, as a page that
shows no fault should cost next to nothing:

* counting faults by rule: marks and vowels without their consonant, characters lost to U+FFFD or
  foreign letters, codes of the private-use area, symbols, and too few of the words every Thai page
  is full of
* for a page with a fault, the dictionary: the share of letters that stand in words once
  `checklist.thai.normalise` has mended the text
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from checklist.thai import normalise
from checklist.thai_codes import recoded, unshifted
from checklist.thai_mend import LOST_MARK
from checklist.thai_repair import repair
from checklist.thai_signs import AM, betrayed
from checklist.thai_words import Fluency, fluency

_THAI = re.compile(r"[ก-ฮะ-ฺเ-๎]+")
_OTHER_LETTER = re.compile(r"[^\W\d_ก-๎]+")
_UPPER = re.compile("[ัิ-ู]")
_BROKEN = re.compile(
    r"(?<![ก-ฮัิ-ฺ็-๎\uf700-\uf71a])[ัิ-ฺ็-๎]"
    r"|(?<![ก-ฮิ-ฺ็-๎\uf700-\uf71a])(?<![ก-ฮิ-ฺ็-๎] )[าำ]"
    r"|(?<![ก-ฮาัิ-ฺ็-๎\uf700-\uf71a])ะ"
    r"|[เแโใไ](?![ก-ฮเ])"
)
_DISPLACED = re.compile("ั[ก-ฮ][่-๋]?[าีึืู]")
_PRIVATE = re.compile(r"[\uf700-\uf71a]")
_DECOMPOSED = re.compile(r"\u0e4d[\u0e48-\u0e4b]?\u0e32")
_SPACED = re.compile(r"(?<=[ก-ฮ็-๎]) า")
_LOST = re.compile(f"(?<=[ก-ฮัิ-ฺ])[{LOST_MARK}]|\ufffd")
_SYMBOL = re.compile(r"[@<>$^`{|}~\\*]")
_UNMAPPED = re.compile(r"[\ue000-\uf6ff\uf71b-\uf8ff\u0001-\u0008\u000e-\u001f]")
_DOUBLED = re.compile(r"([ก-ฮ][ัิ-ฺ็-๎]+)(?:[ก-ฮ][ัิ-ฺ็-๎]*|[ะาำ])\1")
_COMMON = re.compile("การ|งาน|และ|ที่|ของ|ใน|ให้|ความ|เป็น|มี|ไม่|ได้|ปี|รับ|จัด|ประ|ผู้|ตาม|จาก|ด้าน")
_STACKED = re.compile("[ัิ-ู][่-๋]")
_RUN = re.compile("[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]+")
_LATIN_WORD = re.compile(r"(?<![^\s(\"'/-])[A-Za-z]{2,}(?=[.,;:!?)\"'/-]*(?:\s|$))")
_UNSPEAKABLE = re.compile(r"(?i)[b-df-hj-np-tv-xz]{5}|(.)\1\1|^(?:[rn]{2}|[lf][fl]r|vr)")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_LATIN_VOWEL = re.compile(r"[aeiouyAEIOUY]")

_FEW_LETTERS = 10
_MANY_DIGITS = 30
_LITTLE_THAI = 0.2
_COMMON_SHARE = 0.1
_STACKED_SHARE = 0.02
_ENOUGH = 60
_SAMPLE = 1_200
_SENSELESS = 0.6
_SHIFT_KNOWN = 0.9
_REPAIR_PENALTY = 0.02
_BY_RULE = frozenset({"private", "decomposed", "spaced"})


class Grade(StrEnum):
    """What a page's text is worth; `garbage` and `none` go to optical recognition."""

    GOOD = "good"
    REPAIRED = "repaired"
    GARBAGE = "garbage"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quality:
    """A page's grade, its score from 0.0 to 1.0 and what lowered it.

    Reasons are `no_letters`, `codes`, `shifted` (codes a constant distance from Thai, too few of
    which read), `no_words`, `orphan_marks` (marks without a consonant), `displaced` (marks on the
    next consonant), `lost` (characters that became others), `swapped` (sara am lost or false),
    `private` and `decomposed` (old spellings), `spaced` (SPACE + sara aa), `doubled` (clusters
    drawn twice), `encoding` and `toneless`.
    """

    grade: Grade
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Faults:
    """Counts of one text: letters, Thai letters, vowels above and below, each kind of fault.

    `stacked` are the vowels that carry a tone mark, `common` the letters in very common words.
    """

    letters: int
    thai: int
    uppers: int
    stacked: int
    common: int
    broken: int
    displaced: int
    lost: int
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
        grave = self.broken + self.lost + self.unmapped + self.doubled
        light = 2 * self.private + self.decomposed + self.spaced
        return max(0.0, 1.0 - (2.0 * grave + 0.1 * light) / self.letters)

    @property
    def garbled(self) -> bool:
        """True when the characters are codes of an embedded font, not letters of any language."""
        return (self.unmapped > 20 and self.unmapped > 0.5 * self.letters) or (
            self.letters > 30 and self.symbols + self.unmapped > 0.3 * self.letters
        )

    @property
    def thai_share(self) -> float:
        """Share of Thai among all letters, 0.0 to 1.0."""
        return self.thai / self.letters if self.letters else 0.0

    @property
    def toneless(self) -> bool:
        """True for a long text that has lost the tone marks over other marks ("ที" for "ที่")."""
        return self.uppers >= _ENOUGH and self.stacked < _STACKED_SHARE * self.uppers

    @property
    def plain(self) -> bool:
        """True when enough of the letters stand in words that every Thai page is full of."""
        return self.common >= _COMMON_SHARE * self.thai


def measure(text: str) -> Faults:
    """Count letters and faults in `text`, by rule alone."""
    thai = sum(map(len, _THAI.findall(text)))
    return Faults(
        letters=thai + sum(map(len, _OTHER_LETTER.findall(text))),
        thai=thai,
        uppers=len(_UPPER.findall(text)),
        stacked=len(_STACKED.findall(text)),
        common=sum(map(len, _COMMON.findall(text))),
        broken=len(_BROKEN.findall(text)),
        displaced=len(_DISPLACED.findall(text)),
        lost=len(_LOST.findall(text)),
        unmapped=len(_UNMAPPED.findall(text)),
        symbols=len(_SYMBOL.findall(text)),
        spaced=len(_SPACED.findall(text)),
        private=len(_PRIVATE.findall(text)),
        decomposed=len(_DECOMPOSED.findall(text)),
        doubled=len(_DOUBLED.findall(text)),
    )


def page_quality(text: str) -> Quality:
    """Grade the text of one page, as read, by how plausible it is as Thai.

    `good` reads as it stands, `repaired` after `checklist.thai.normalise`, `garbage` does not
    read, `none` holds next to no letters or figures. Two readings of one page compare by `score`:
    a text that reads as it stands scores above one that reads after repair.
    """
    decoded = recoded(text)
    faults = measure(decoded)
    if faults.garbled or (not faults.thai and faults.letters + faults.symbols >= _FEW_LETTERS):
        return _foreign(decoded, faults)
    if faults.letters < _FEW_LETTERS:
        if sum(map(str.isdigit, text)) >= _MANY_DIGITS:
            return Quality(Grade.GOOD, 1.0)
        return Quality(Grade.NONE, 0.0, ("no_letters",))
    if faults.thai_share < _LITTLE_THAI and not _is_latin_prose(text, faults.letters):
        return Quality(Grade.GARBAGE, 0.1, ("no_words",))
    reasons = _reasons(faults)
    if decoded != text:
        reasons.append("encoding")
    plain = faults.plain or faults.thai < _FEW_LETTERS
    if (
        plain
        and not faults.doubled
        and _BY_RULE.issuperset(reasons)
        and not betrayed(repair(decoded))
    ):
        if not reasons:
            return Quality(Grade.GOOD, 1.0)
        return Quality(Grade.REPAIRED, 1.0 - _REPAIR_PENALTY, tuple(reasons))
    return _by_dictionary(decoded, faults, reasons)


def _foreign(text: str, faults: Faults) -> Quality:
    """A page without Thai letters, or mostly of symbols: prose of another language or codes."""
    plain = unshifted(text)
    if plain is not None:
        known = _fluency(plain).known / max(1, len("".join(text.split())))
        if known > _SHIFT_KNOWN:
            return Quality(Grade.REPAIRED, known - _REPAIR_PENALTY, ("shifted",))
        return Quality(Grade.GARBAGE, 0.0, ("shifted",))
    if faults.garbled or faults.letters < faults.symbols + faults.unmapped:
        return Quality(Grade.GARBAGE, 0.0, ("codes",))
    if _is_latin_prose(text, faults.letters):
        return Quality(Grade.GOOD, 1.0)
    return Quality(Grade.GARBAGE, 0.1, ("no_words",))


def _rings(text: str) -> int:
    """How many sara am `text` shows in any spelling."""
    return text.count(AM) + len(_DECOMPOSED.findall(text)) + len(_SPACED.findall(text))


def _reasons(faults: Faults) -> list[str]:
    named = {
        "orphan_marks": faults.broken,
        "displaced": faults.displaced,
        "lost": faults.lost,
        "private": faults.private,
        "decomposed": faults.decomposed,
        "spaced": faults.spaced,
        "toneless": faults.toneless,
    }
    return [name for name, count in named.items() if count]


def _by_dictionary(text: str, faults: Faults, reasons: list[str]) -> Quality:
    """Grade by what the dictionary knows of the mended text."""
    sample = _sample(text)
    mended = normalise(sample)
    before, left = (faults if sample == text else measure(sample)), measure(mended)
    if left.doubled < before.doubled:
        reasons.append("doubled")
    if mended.count(AM) != _rings(sample):
        reasons.append("swapped")
    reads = _fluency(mended)
    broken = 2.0 * (left.broken + left.lost) / max(1, left.letters)
    known = reads.known_share if reads.letters >= _FEW_LETTERS else 1.0
    score = max(0.0, known - broken)
    if score < _SENSELESS:
        return Quality(Grade.GARBAGE, 0.5 * score, tuple(reasons) or ("no_words",))
    if not reasons:
        return Quality(Grade.GOOD, score)
    return Quality(Grade.REPAIRED, max(0.0, score - _REPAIR_PENALTY), tuple(reasons))


def _sample(text: str) -> str:
    """Lines from all over a long page, a dozen hundred letters; a short page as it is."""
    lines = text.split("\n")
    step = -(-len(text) // _SAMPLE)
    return text if step < 2 or len(lines) < 2 * step else "\n".join(lines[::step])


def _fluency(text: str) -> Fluency:
    """How well the Thai of `text` reads."""
    total = Fluency()
    for run in _RUN.findall(text):
        total = total + fluency(run)
    return total


def _is_latin_prose(text: str, letters: int) -> bool:
    """True when most letters stand in words that could be English, addresses left aside."""
    addresses = sum(map(len, _ADDRESS.findall(text)))
    words = [
        word
        for word in _LATIN_WORD.findall(_ADDRESS.sub(" ", text))
        if _LATIN_VOWEL.search(word) and not _UNSPEAKABLE.search(word)
    ]
    proper = [word for word in words if word[1:].islower() or word.isupper()]
    return sum(map(len, proper)) > 0.6 * max(1, letters - addresses)
