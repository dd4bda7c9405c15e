"""Executives, each with name, position, photo and contact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.evidence import Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.probes.contact import EMAIL, PHONE, readable
from checklist.probes.persons import (
    SHARED,
    Need,
    Person,
    people_in,
    persons_in,
    portraits_of,
    words_of,
)
from checklist.probes.positions import holds, is_acting
from checklist.reading import HTML_SOURCES, Reading, readings
from checklist.thai import match_form
from checklist.verdict import Quote

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.lines import Line

Term = Annotated[str, StringConstraints(min_length=1)]

_VACANT = re.compile(
    r"ว่าง|รักษาราชการแทน|รักษาการ|อยู่ระหว่าง(?:การ)?(?:สรรหา|แต่งตั้ง)|ไม่มี(?:ผู้ดำรง)?ตำแหน่ง"
)
_LITTLE_TEXT = 400
_EQUALS = " หรือตำแหน่งเทียบเท่า"

_NEED_NAMES: dict[Need, str] = {
    "name": "ชื่อ-นามสกุล",
    "position": "ตำแหน่ง",
    "photo": "รูปถ่าย",
    "contact": "ช่องทางการติดต่อ",
}


class PeopleProbe(Probe):
    """Executives, each with what `needs` names; of every group in `positions` one person.

    A group's positions stand from the highest down: only those who hold the first one that
    anyone holds must be complete. The wording of a position is not met by a deputy's title that
    contains it. A post shown as vacant or filled by an acting person counts as covered.
    """

    kind: Literal["people"]
    positions: Annotated[
        tuple[Annotated[tuple[Term, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    needs: tuple[Need, ...] = ("name", "position", "photo", "contact")

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present when every group has its person and each such person lacks nothing."""
        people = [(r, p) for r in readings(documents) for p in persons_in(r)]
        quotes: list[Quote] = []
        unmet: list[str] = []
        lacking: dict[str, list[Need]] = {}
        for group in self.positions:
            holders = _holders(group, people)
            if not holders:
                vacant = _vacant_post(group, documents)
                if vacant:
                    quotes.append(vacant)
                else:
                    unmet.append(f"ไม่พบผู้ดำรงตำแหน่ง «{group[0]}»{_EQUALS if group[1:] else ''}")
                continue
            quotes.extend(r.quote(p.line) for r, p in holders)
            for _, person in holders:
                lacks = person.lacks(self.needs)
                if lacks:
                    lacking[person.name] = lacks
        quotes = list(dict.fromkeys(quotes))
        missing = [
            f"{name} ขาด{', '.join(_NEED_NAMES[need] for need in lacks)}"
            for name, lacks in lacking.items()
        ]
        if not unmet and not missing:
            return present(*quotes)
        detail = "; ".join([*unmet, *missing])
        picture = None if people else _only_pictured(documents)
        if picture:
            return unsure(f"ข้อมูลอาจอยู่ในภาพ: {detail}", picture, reason="image_only")
        doubt = None if unmet else _doubt(lacking, documents)
        return unsure(f"{doubt}: {detail}", *quotes) if doubt else absent(detail, *quotes)


def _holders(
    group: Sequence[str], people: Sequence[tuple[Reading, Person]]
) -> list[tuple[Reading, Person]]:
    """Who holds the first of the group's positions that anyone holds."""
    held = ([(r, p) for r, p in people if holds([term], p.block)] for term in group)
    return next((holders for holders in held if holders), [])


def _doubt(lacking: dict[str, list[Need]], documents: Sequence[Document]) -> str | None:
    """Why what the persons lack may be there all the same, in Thai; None when it is not there."""
    needs = {need for lacks in lacking.values() for need in lacks}
    doubts = {"photo": _unseen_photo(documents), "contact": _shared_contact(documents)}
    found = [doubts.get(need) for need in sorted(needs)]
    return "; ".join(text for text in found if text) if all(found) else None


def _only_pictured(documents: Sequence[Document]) -> Quote | None:
    """The picture on a page with little text, which may be the board of executives."""
    for reading in readings(documents):
        portraits = portraits_of(reading) if len(reading.body) < _LITTLE_TEXT else []
        if portraits:
            shown = f"[ภาพ] {portraits[0].alt} {portraits[0].url}"
            return Quote.of(reading.document, Passage(shown, Region.ATTRIBUTE))
    return None


def _unseen_photo(documents: Sequence[Document]) -> str | None:
    if any(d.source not in HTML_SOURCES and not d.images for d in documents):
        return "ระบบไม่เห็นรูปภาพในเอกสารชนิดนี้"
    for reading in readings(documents):
        names = [match_form(name) for name in people_in(reading)]
        portraits = portraits_of(reading)
        if any(not any(name in words_of(image) for name in names) for image in portraits):
            return "มีรูปภาพในหน้าแต่จับคู่กับบุคคลไม่ได้"
    return None


def _shared_contact(documents: Sequence[Document]) -> str | None:
    for reading in readings(documents):
        for line in reading.evidence:
            text = readable(line)
            if SHARED.search(text) and (PHONE.search(text) or EMAIL.search(text)):
                return "มีช่องทางติดต่อร่วมของผู้บริหารทุกคน ไม่ใช่ของแต่ละคน"
    return None


def _vacant_post(group: Sequence[str], documents: Sequence[Document]) -> Quote | None:
    for reading in readings(documents):
        for line, after in _with_next(reading.evidence):
            text = line.passage.text + " " + after
            vacant = _VACANT.search(text) and holds(group, [line])
            if vacant or any(is_acting(line.form, term) for term in group):
                return reading.quote(line)
    return None


def _with_next(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    for index, line in enumerate(lines):
        after = lines[index + 1].passage.text if index + 1 < len(lines) else ""
        yield line, after
