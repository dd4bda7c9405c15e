"""Pages that repeat the checklist: its texts pasted, its key words listed, little of their own.

Such a page bears every word that an item is looked for by, and shows nothing. What a unit writes
itself has names, places, figures and sentences; it uses one wording of several, not all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from pydantic import BaseModel

from checklist.flaw import Flaw
from checklist.reading import EVIDENCE_REGIONS, Reading, reading_of
from checklist.thai import match_form

if TYPE_CHECKING:
    from checklist.evidence import Document, Passage
    from checklist.schema import Item

_LITTLE = 40
_OWN_SHARE = 0.12
_LONG_WORD = 5
_SENTENCE = 25
_PASTED_SHARE = 0.9
_WHOLE_SENTENCE = 60
_NO_CHANCE = 20
_MANY_WORDINGS = 20
_NEARLY_ALL = 0.6
_SHORT_TEXT = 30_000
_LONG_TEXT = 150_000
_TITLE = 6
_MARKS = "~=#"
_APART = re.compile(r"[\s,;:/()|•·…\"'“”-]+")
_LETTER = re.compile("[ก-ฮะาำเ-ๅa-z0-9]")
_NUMBERING = re.compile(r"^(?:ข้อ|o|oit)?[\d.()•-]+")
_DATING = re.compile(r"ประจำปีงบประมาณ|ปีงบประมาณ|ประจำปี|พ\.ศ\.|25\d\d")


@dataclass(frozen=True, slots=True)
class Wording:
    """An item's own words in match form, as one vocabulary.

    `phrases` are its longer words, the longest first, `words` all of them; `sentences` are the
    texts that tell what to publish, of this item and of the others of its checklist, `lines` the
    short ones too; `terms` are what its elements are looked for by.
    """

    phrases: tuple[str, ...]
    words: frozenset[str]
    sentences: tuple[str, ...]
    lines: frozenset[str]
    terms: tuple[str, ...]


def wording_of(item: Item, texts: Sequence[str] = ()) -> Wording:
    """The words of `item`; `texts` are the texts of the whole checklist's elements."""
    terms = {_bare(term) for element in item.elements for term in _strings(element.probe)}
    told = [*(element.text for element in item.elements), *item.remedy.split(), item.remedy]
    names = (
        item.title,
        *item.aliases,
        *item.find,
        item.heading,
        *chain.from_iterable(item.about.all_of),
    )
    parts = (part for text in (*told, *names) for part in _APART.split(text))
    words = {*terms, *map(match_form, (*told, *names)), *map(match_form, parts)} - {""}
    sentences = {match_form(text) for text in (*told, *texts)}
    return Wording(
        _longest_first(word for word in words if len(word) >= _LONG_WORD),
        frozenset(words),
        _longest_first(text for text in sentences if len(text) >= _SENTENCE),
        frozenset(text for text in sentences if len(text) >= _TITLE),
        tuple(term for term in terms if len(term) >= _LONG_WORD - 1),
    )


def repeats(document: Document, wording: Wording) -> Flaw | None:
    """The flaw of a document that says next to nothing but the item's own words, or None."""
    reading = reading_of(document)
    if not reading.evidence:
        return None
    if _lists_all(reading, wording) or _has_little_else(reading, wording):
        quotes = tuple(reading.quote(line) for line in reading.evidence[:2])
        detail = "มีแต่ถ้อยคำของรายการตรวจเรียงกัน ไม่มีข้อมูลของหน่วยงาน"
        return Flaw("criteria_only", detail, quotes)
    return None


def without_pasted(document: Document, wording: Wording) -> Document:
    """The document without passages that are texts of the checklist; itself where it has none.

    One that stands alone may be the heading of a unit's own text; several in a row are a list of
    what is to be published, and so is a long one.
    """
    evidence = list(_evidence(document))
    pasted = [_is_pasted(p, wording) for p in evidence]
    beside = zip([False, *pasted[:-1]], [*pasted[1:], False], strict=True) if pasted else ()
    gone = {
        id(p)
        for p, is_pasted, near in zip(evidence, pasted, beside, strict=True)
        if is_pasted and (any(near) or len(p.text) >= _WHOLE_SENTENCE)
    }
    if not gone:
        return document
    return replace(document, passages=tuple(p for p in document.passages if id(p) not in gone))


def cites_elements(item: Item, documents: Iterable[Document]) -> tuple[str, ...]:
    """The texts of the item's elements that stand word for word in `documents`, if they are many.

    Empty unless more than half of those long enough to be no chance wording stand there: a page
    written along the checklist, of which only a person can say what its other text shows.
    """
    asked = [e.text for e in item.elements if _is_telling(e.text, item.title)]
    bodies = ["".join(match_form(p.text) for p in _evidence(d)) for d in documents]
    cited = tuple(t for t in asked if any(match_form(t) in body for body in bodies))
    return cited if 2 * len(cited) > len(asked) else ()


def _is_telling(text: str, title: str) -> bool:
    """True for a text that stands on no page by chance: long, and more than "มี" and the title."""
    form = match_form(text)
    return len(form) >= _NO_CHANCE and form.removeprefix("มี") != match_form(title)


def _evidence(document: Document) -> Iterator[Passage]:
    return (p for p in document.passages if p.region in EVIDENCE_REGIONS)


def _lists_all(reading: Reading, wording: Wording) -> bool:
    """True when nearly all wordings stand there of which a text needs but a few."""
    if len(wording.terms) < _MANY_WORDINGS or len(reading.body) > _LONG_TEXT:
        return False
    found = sum(term in reading.body for term in wording.terms)
    return found >= _NEARLY_ALL * len(wording.terms)


def _has_little_else(reading: Reading, wording: Wording) -> bool:
    said = sum(_letters(line.form) for line in reading.lines)
    if said < _LITTLE or len(reading.body) > _SHORT_TEXT:
        return False
    own = 0
    for line in reading.lines:
        left = _without(line.form, wording.phrases)
        for word in map(match_form, _APART.split(line.passage.text)):
            if word in wording.words:
                left = left.replace(word, " ", 1)
        own += _letters(_DATING.sub(" ", _NUMBERING.sub("", left)))
        if own >= _OWN_SHARE * said:
            return False
    return True


def _is_pasted(passage: Passage, wording: Wording) -> bool:
    if passage.region not in EVIDENCE_REGIONS:
        return False
    form = _NUMBERING.sub("", match_form(passage.text))
    if len(form) < _SENTENCE:
        return form in wording.lines
    left = _letters(_without(form, wording.sentences))
    return left < (1 - _PASTED_SHARE) * _letters(form)


def _without(form: str, phrases: Iterable[str]) -> str:
    """`form` with every phrase that stands in it blanked."""
    for phrase in phrases:
        form = form.replace(phrase, " ")
    return form


def _letters(form: str) -> int:
    return len(_LETTER.findall(form))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _bare(term: str) -> str:
    return match_form(term.lstrip(_MARKS).replace("#", ""))


def _strings(value: object) -> Iterator[str]:
    """Every text that a probe and the probes in it look for."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "kind":
                yield from _strings(getattr(value, name))
