"""Thai text whose characters are the codes of another encoding, turned back into Thai.

* TIS-620 bytes shown as Latin-1 letters ("à·ÈºÒÅ" is เทศบาล)
* UTF-8 bytes shown as windows-1252 or Latin-1 letters ("à¹à¸œà¸™" is แผน)
* TIS-620 bytes in the private-use area of symbol fonts (U+F0A1..U+F0FB)
* single marks in TIS-620 shown as Latin-1 or windows-1251 letters ("ตÑéง" is ตั้ง)
* codes of an embedded font that lie a constant distance from Thai

The last is tried only on text without Thai letters, and taken only when the dictionary knows most
of what comes out; a font that gives two letters the same code cannot be read so.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from checklist.thai_words import fluency

_HIGH = "\u00a1-\u00da\u00df-\u00fb"
_LATIN_RUN = re.compile(f"[{_HIGH}]{{3,}}")
_LATIN_PIECE = re.compile(f"[{_HIGH}]+")
_UTF8 = re.compile("à[\u00b8\u00b9].")
_UTF8_RUN = re.compile("(?:à[\u00b8\u00b9].)+")
_SYMBOLS = "\uf0a1-\uf0da\uf0df-\uf0fb"
_SYMBOL_RUN = re.compile(f"[{_SYMBOLS}]{{3,}}")
_SYMBOL_PIECE = re.compile(f"[{_SYMBOLS}]+")
_CODED = re.compile(f"[\u00a1-\u024f\u0400-\u045f{_SYMBOLS}]")
_LETTERS = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+")
_MISPLACED = re.compile("(?<![ก-ฮะ-ฺ็-๎])[ะ-ฺ็-๎]|[เ-ไ](?![ก-ฮ])")
_BLANK = re.compile("[ \\t\\n]")
_MARK_BYTES = bytes([0xD1, *range(0xD4, 0xDB), *range(0xE7, 0xEE)])
_MARKS = {
    bytes([code]).decode(codec): bytes([code]).decode("tis-620")
    for codec in ("latin-1", "cp1251")
    for code in _MARK_BYTES
}
_AFTER_THAI = re.compile("(?<=[ก-ฮะ-ฺ็-๎])[\u00c0-\u024f\u0400-\u045f]+")
_TIMES = "×"
_TO_THAI = 0x0E01 - 0xA1
_SYMBOL_TO_THAI = 0x0E01 - 0xF0A1
_FEWEST = 12
_SAMPLE = 400
_PLAUSIBLE = 0.6
_FIRST, _LAST = 0x0E01, 0x0E5B
_WORD_LIKE = re.compile(r"(?<![A-Za-z])(?:[A-Z]?[a-z]{3,}|[A-Z]{4,})(?![A-Za-z])")
_DISTINCT = 8


def recoded(text: str) -> str:
    """`text` with Thai put back where codes of another encoding stand for it.

    Anything that does not come out as well-formed Thai stays as it was.
    """
    if not _CODED.search(text):
        return text
    if _UTF8.search(text):
        text = _UTF8_RUN.sub(_from_utf8, text)
    if _LATIN_RUN.search(text):
        text = _by_line(text, _LATIN_RUN, _LATIN_PIECE, _TO_THAI)
    if _SYMBOL_RUN.search(text):
        text = _by_line(text, _SYMBOL_RUN, _SYMBOL_PIECE, _SYMBOL_TO_THAI)
    return _with_marks(text)


def _with_marks(text: str) -> str:
    """`text` with the foreign letters after Thai letters read as marks, when all of them can be."""
    found = set("".join(_AFTER_THAI.findall(text)))
    if not found or found == {_TIMES} or not found <= _MARKS.keys():
        return text
    return _AFTER_THAI.sub(lambda marks: "".join(_MARKS[mark] for mark in marks[0]), text)


def _from_utf8(run: re.Match[str]) -> str:
    raw = bytearray()
    for letter in run[0]:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return run[0]
            raw.append(ord(letter))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return run[0]


def _by_line(text: str, run: re.Pattern[str], piece: re.Pattern[str], distance: int) -> str:
    """`text` moved by `distance` where codes stand; short pieces too in a line with a long run."""

    def moved(line: str) -> str:
        runs = run.findall(line)
        if not runs or any(_if_thai(found, distance) == found for found in runs):
            return line
        return piece.sub(lambda found: _if_thai(found[0], distance), line)

    return "\n".join(map(moved, text.split("\n")))


def _if_thai(run: str, distance: int) -> str:
    thai = _shifted(run, distance)
    return run if _MISPLACED.search(thai) else thai


def _shifted(run: str, distance: int) -> str:
    return "".join(chr(ord(letter) + distance) for letter in run)


@lru_cache(maxsize=2_000)
def unshifted(text: str) -> str | None:
    """The Thai that `text` spells in codes a constant distance from Thai; None when it does not.

    White space stays. Text with Thai letters or with words of Latin letters is no such code.
    """
    codes = _BLANK.sub("", text)
    if len(codes) < _FEWEST or _LETTERS.search(codes) or not _may_be_codes(codes[:_SAMPLE]):
        return None
    sample = codes[:_SAMPLE]
    letters = Counter(map(ord, sample))
    low, high = min(letters), max(letters)
    best, share = 0, 0.0
    for distance in range(_FIRST - low, _LAST - high + 1):
        thai = _shifted(sample, distance)
        if _MISPLACED.search(thai):
            continue
        known = _known(thai)
        if known > share:
            best, share = distance, known
    if share < _PLAUSIBLE:
        return None
    return "".join(c if c in " \t\n" else chr(ord(c) + best) for c in text)


def _may_be_codes(sample: str) -> bool:
    """False for figures, rules and dots, and for text of Latin words."""
    figures = sum(map(str.isdigit, sample))
    worded = sum(map(len, _WORD_LIKE.findall(sample)))
    return len(set(sample)) >= _DISTINCT and 2 * max(figures, worded) < len(sample)


def _known(thai: str) -> float:
    return sum(fluency(run).known for run in _LETTERS.findall(thai)) / len(thai)
