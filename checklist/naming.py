"""Is this the sort of text an item asks for? Decided by what the document calls itself."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from checklist.evidence import Document, Region
from checklist.reading import Reading, reading_of
from checklist.searching import Texts
from checklist.sections import TITLED, holds_several, section_of, title_block
from checklist.thai import match_form
from checklist.verdict import Kind

if TYPE_CHECKING:
    from checklist.lines import Line
    from checklist.schema import About


# A paragraph among the first lines names the document in its first words, and only when it
# begins as titles do: any other says what the document is about or rests on.
_NAME_CHARS = 160
_LINE_CHARS = 120
# What a title says after these words is its preamble: the law it rests on, its purpose.
_PREAMBLE = re.compile(r"(?<=.{12})(?:โดยที่|ตามที่|เพื่อให้|ด้วยเห็น)")


@dataclass(frozen=True, slots=True)
class Named:
    """How well a document, or one section of it, bears the item's name."""

    kind: Kind
    document: Document


def name_kind(document: Document, about: About) -> Named:
    """Match a document against an item's `about`.

    A document whose own title or opening fits is taken whole; a page on which only one heading
    fits is narrowed to that heading's section, so that a neighbour's text proves nothing.
    """
    if not about.all_of:
        return Named(Kind.MATCH, document)
    reading = reading_of(document)
    outer = reading.once("outer name", lambda: _outer_name(reading))
    by_ocr = reading.from_picture
    if _is_called(about.none_of, outer, by_ocr=by_ocr):
        return Named(Kind.NONE, document)
    own = reading.once("own name", lambda: _own_name(reading))
    # A line with the name of another sort of text names that one.
    own = _uncalled(own, about.none_of, by_ocr=by_ocr)
    whole = _met(about.all_of, [*own, *outer], by_ocr=by_ocr)
    own_met = _met(about.all_of, own, by_ocr=by_ocr)
    groups = len(about.all_of)
    supported = own_met >= math.ceil(groups / 2) or not reading.evidence
    if whole == groups and supported:
        return Named(Kind.MATCH, document)
    section = _best_section(reading, about)
    if section is not None:
        return Named(Kind.MATCH, section)
    # OCR loses words of a title: one that it kept is reason enough to ask a person.
    enough = 1 if by_ocr else groups // 2 + 1
    return Named(Kind.PARTIAL if whole >= enough else Kind.NONE, document)


def _own_name(reading: Reading) -> list[str]:
    titles = [match_form(reading.document.title)]
    top = [line.form for line in _top_headings(reading)]
    opening = [
        x.form for x in reading.opening if len(x.form) <= _LINE_CHARS or TITLED.match(x.form)
    ]
    return [*titles, *top, *(form[:_NAME_CHARS] for form in opening)]


def _outer_name(reading: Reading) -> list[str]:
    trail = reading.document.trail
    names = (trail.link_text, reading.document.file_name, reading.document.title)
    return [_PREAMBLE.split(match_form(name), maxsplit=1)[0] for name in names if name]


def _top_headings(reading: Reading) -> Iterable[Line]:
    headings = [x for x in reading.evidence if x.passage.region is Region.HEADING]
    if not reading.is_html:
        return headings[:10]
    shallow = min((len(x.passage.heading_path) for x in headings), default=0)
    top = [x for x in headings if len(x.passage.heading_path) == shallow][:2]
    return top if holds_several(reading) else [*top, *title_block(reading)]


def _met(groups: Sequence[Sequence[str]], names: Sequence[str], *, by_ocr: bool = False) -> int:
    holding = _texts(tuple(names), by_ocr).holding
    return sum(any(map(holding, group)) for group in groups)


@lru_cache(maxsize=64)
def _texts(names: tuple[str, ...], by_ocr: bool) -> Texts:
    """The names of one document, which every item asks for its own terms."""
    return Texts(names, [by_ocr] * len(names))


def _is_called(terms: Sequence[str], names: Sequence[str], *, by_ocr: bool = False) -> bool:
    return any(map(_texts(tuple(names), by_ocr).holding, terms))


def _uncalled(names: Sequence[str], terms: Sequence[str], *, by_ocr: bool) -> list[str]:
    holding = _texts(tuple(names), by_ocr).holding
    called = {place for term in terms for place in holding(term)}
    return [name for place, name in enumerate(names) if place not in called]


def _best_section(reading: Reading, about: About) -> Document | None:
    if not reading.is_html:
        return None
    for place in reading.headings_holding(chain.from_iterable(about.all_of)):
        line = reading.evidence[place]
        if _is_called(about.none_of, [line.form]):
            continue
        path = [*(match_form(p) for p in line.passage.heading_path), line.form]
        if _met(about.all_of, [line.form]) and _met(about.all_of, path) == len(about.all_of):
            section = reading.once(
                ("section", place), partial(section_of, reading.document, line.passage)
            )
            if len(section.passages) > 1 or section.images or section.forms or section.embeds:
                return section
    return None
