"""What the words of a link tell: item numbers, fiscal years, months, and which item is named.

A crawler's reading, for ranking links only; the judge reads years on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from checklist.link_words import telling, tells_nothing
from checklist.schema import Item, YearRule
from checklist.thai import contains, match_form, to_arabic_digits

if TYPE_CHECKING:
    from checklist.evidence import Link

_NUMBER = re.compile(
    r"(?i)(?<![A-Za-z])(?:OIT|O|ข้อ(?:ที่)?\s*O?)\s*[-.:#]?\s*0?([1-9][0-9]?)(?![0-9])"
    r"(?:\s*(?:-|–|ถึง)\s*(?:OIT|O|0)\s*([1-9][0-9]?)(?![0-9]))?"
)
_ZERO = re.compile(
    r"^[\s(\[]*(?:[1-9][0-9]?[.)]?\s+)?0([1-9][0-9]?)(?![0-9])(?!\s*[-/.]?\s*[0-9]{3})"
    r"(?:\s*[-–]\s*0([1-9][0-9]?)(?![0-9]))?"
)
_ZERO_IN_BRACKETS = re.compile(r"\(\s*0([1-9][0-9]?)\s*(?:[-–]\s*0([1-9][0-9]?)\s*)?\)")
LAST_ITEM = 60

_MONTHS = (
    ("มกราคม", "ม.ค.", "january"), ("กุมภาพันธ์", "ก.พ.", "february"),
    ("มีนาคม", "มี.ค.", "march"), ("เมษายน", "เม.ย.", "april"),
    ("พฤษภาคม", "พ.ค.", "may"), ("มิถุนายน", "มิ.ย.", "june"),
    ("กรกฎาคม", "ก.ค.", "july"), ("สิงหาคม", "ส.ค.", "august"),
    ("กันยายน", "ก.ย.", "september"), ("ตุลาคม", "ต.ค.", "october"),
    ("พฤศจิกายน", "พ.ย.", "november"), ("ธันวาคม", "ธ.ค.", "december"),
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH_NAME = "|".join(
    re.escape(name).replace(r"\.", r"\.?\s?") for name in sorted(_MONTH_OF, key=len, reverse=True)
)
_MONTH_YEAR = re.compile(
    rf"(?i)({_MONTH_NAME})\s*(?:พ\.?\s?ศ\.?)?\s*((?:25|20)[0-9]{{2}}|[0-9]{{2}}(?![0-9]))?"
)
_RANGE = re.compile(r"(?<![0-9])(25[4-9][0-9])\s*(?:-|–|ถึง)\s*(25[4-9][0-9])(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])(?<![0-9][ -])(25[4-9][0-9]|20[12][0-9])(?![0-9])")
_SHORT_YEAR = re.compile(
    r"(?i)(?:ปี|ปีงบประมาณ|งบประมาณ|พ\.?ศ\.?|(?<![a-z])(?:ita|oit))\s*[-_]?\s*([5-9][0-9])(?![0-9])"
)
_DECORATION = re.compile(
    r"(?i)^(oit|o|ข้อที่|ข้อ)?[0-9]{1,2}[.:)-]*|ประจำปีงบประมาณ|ปีงบประมาณ|พ\.ศ\.|"
    r"(25[4-9][0-9]|20[12][0-9])|ดาวน์โหลด|คลิก.*$"
)


def item_numbers(text: str) -> frozenset[int]:
    """Item numbers as OIT pages write them: O12, o12, 012, OIT 12, ข้อ 12, (019-022).

    Numbers of other lists (MOIT, EB) are none. A number with the digit zero counts only at the
    start of the text or in brackets, where it cannot be a date or a telephone number.
    """
    text = to_arabic_digits(text)
    found: set[int] = set()
    for expression in (_NUMBER, _ZERO, _ZERO_IN_BRACKETS):
        for match in expression.finditer(text):
            first, last = int(match[1]), int(match[2] or match[1])
            if first <= last <= LAST_ITEM:
                found.update(range(first, last + 1))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Times:
    """Fiscal years (B.E.) and months (year B.E. or `None`, 1-12) that a wording names."""

    years: frozenset[int] = frozenset()
    months: frozenset[tuple[int | None, int]] = frozenset()


@lru_cache(maxsize=20_000)
def times(text: str) -> Times:
    """Years and months named in a link's wording, address or heading.

    A month of October to December belongs to the next fiscal year; a range of years names all
    of its years.
    """
    text = to_arabic_digits(text)
    years: set[int] = set()
    months: set[tuple[int | None, int]] = set()

    def month(match: re.Match[str]) -> str:
        number = _month_number(match[1])
        year = _buddhist(match[2]) if match[2] else None
        months.add((year, number))
        if year is not None:
            years.add(year + (number >= 10))
        return " "

    rest = _MONTH_YEAR.sub(month, text)
    for match in _RANGE.finditer(rest):
        first, last = int(match[1]), int(match[2])
        if first <= last <= first + 20:
            years.update(range(first, last + 1))
    years.update(_buddhist(match[1]) for match in _YEAR.finditer(rest))
    years.update(_buddhist(match[1]) for match in _SHORT_YEAR.finditer(rest))
    return Times(frozenset(years), frozenset(months))


def _month_number(name: str) -> int:
    bare = re.sub(r"[.\s]", "", name.casefold())
    return next(number for full, number in _MONTH_OF.items() if full.replace(".", "") == bare)


def _buddhist(text: str) -> int:
    year = int(text)
    if year < 100:
        return 2500 + year
    return year if year > 2400 else year + 543


def wanted_year(item: Item, fiscal_year: int | None) -> int | None:
    """The year (B.E.) the item's evidence should name; `None` when no year binds."""
    if fiscal_year is None or item.year_rule is YearRule.NONE:
        return None
    return fiscal_year - 1 if item.year_rule is YearRule.FY_PREV else fiscal_year


def wants_months(item: Item, fiscal_year: int | None) -> frozenset[tuple[int | None, int]]:
    """The months (October first) of the item's first half-year, empty for other items."""
    if fiscal_year is None or item.year_rule not in (YearRule.H1_FY, YearRule.FY_OR_H1):
        return frozenset()
    return frozenset((fiscal_year - (number >= 10), number) for number in (10, 11, 12, 1, 2, 3))


@dataclass(frozen=True, slots=True)
class Naming:
    """How well words name an item: score 0 to 1, and how many letters of its name they hold."""

    score: float = 0.0
    letters: int = 0


@lru_cache(maxsize=2_000)
def _names(item: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The names of an item in match form, longest first, each with its undecorated form."""
    forms = dict.fromkeys(match_form(name) for name in item)
    longest_first = sorted((form for form in forms if form), key=len, reverse=True)
    return tuple((form, _bare(form)) for form in longest_first)


def _bare(form: str) -> str:
    return _DECORATION.sub("", form)


@lru_cache(maxsize=50_000)
def _form(text: str) -> tuple[str, str]:
    form = match_form(text)
    return form, _bare(form)


NAMED = 0.7
_MANY = 6
Catalogue = tuple[tuple[str, tuple[str, ...]], ...]


def catalogue(items: Iterable[Item]) -> Catalogue:
    """Item ids with all their names: what link texts are compared with."""
    return tuple((item.id, (item.title, *item.aliases, *item.find)) for item in items)


def naming(text: str, names: tuple[str, ...]) -> Naming:
    """How well `text` names the item that is called `names`."""
    form, bare = _form(text[:400])
    if len(form) < 3:
        return Naming()
    best = Naming()
    for name, bare_name in _names(names):
        if name in form and contains(form, name):
            covered = len(name) / max(len(bare), len(name))
            found = Naming(min(1.0, 0.7 + 0.3 * covered), len(name))
        elif min(len(bare), len(bare_name)) >= 6:
            ratio = fuzz.ratio(bare, bare_name, score_cutoff=80) / 100
            found = Naming(ratio * 0.95, int(len(name) * ratio)) if ratio else Naming()
        else:
            continue
        best = max(best, found, key=lambda n: (n.score, n.letters))
    return best


@lru_cache(maxsize=50_000)
def _text_names(text: str, items: Catalogue) -> Mapping[str, Naming]:
    """The items that `text` names, empty when it names none clearly.

    An item whose name is but a part of the name that stands there counts less.
    """
    found = {item_id: naming(text, names) for item_id, names in items}
    most = max((n.letters for n in found.values() if n.score >= NAMED), default=0)
    return {
        item_id: Naming(n.score * (0.6 if n.letters < most * 0.8 else 1.0), n.letters)
        for item_id, n in found.items()
        if most and n.score
    }


def link_names(link: Link, items: Catalogue) -> Mapping[str, Naming]:
    """How well a link names each item, by item id.

    Its own text speaks first; only when that names nobody its row, then its text together with
    the heading or menu entry above ("รายงานผล" above "รอบ 6 เดือน"), then what is above alone.
    """
    above = link.heading_path[-1] if link.heading_path else ""
    joined = f"{above} {link.text}" if above and not tells_nothing(link.text) else ""
    wordings = ((1.0, link.text), (0.97, link.context), (0.9, joined), (0.85, above))
    for weight, text in wordings:
        if text and (found := _text_names(text, items)):
            return {i: Naming(n.score * weight, n.letters) for i, n in found.items()}
    return {}


def glued(text: str, items: Catalogue) -> Mapping[int, Mapping[str, Naming]]:
    """What each numbered part of a text names, by number: "O1โครงสร้างO2ข้อมูลผู้บริหาร".

    Empty for a text with fewer than two parts.
    """
    text = to_arabic_digits(text)
    marks = [match for match in _NUMBER.finditer(text) if int(match[1]) <= LAST_ITEM]
    ends = [*(match.start() for match in marks[1:]), len(text)]
    parts = {int(m[1]): text[m.end() : end].strip() for m, end in zip(marks, ends, strict=False)}
    if len(parts) < 2 or not all(map(telling, parts.values())):
        return {}
    return {number: _text_names(part, items) for number, part in parts.items()}


def link_numbers(link: Link) -> frozenset[int]:
    """Item numbers that the link's own text, its row or else the heading above it states.

    A text that lists many items says nothing of this link.
    """
    for text in (link.text, link.context, *reversed(link.heading_path)):
        found = item_numbers(text)
        if 0 < len(found) <= _MANY:
            return found
    return frozenset()
