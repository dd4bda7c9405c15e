"""Words that must stand in the evidence: of every group in `all` one term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.reading import Line, Reading, readings
from checklist.thai import contains, match_form
from checklist.verdict import Quote, Tier

if TYPE_CHECKING:
    from checklist.evidence import Document

Term = Annotated[str, StringConstraints(min_length=1)]

WEAK_MARK = "~"


@dataclass(frozen=True, slots=True)
class _Found:
    quote: Quote
    tier: Tier


class TermsProbe(Probe):
    """Words that must stand in the evidence: of every group in `all` one term.

    The first term of a group is the checklist's own wording, the others are known variants; a
    term written `~term` is weak and alone only makes the answer unsure. `near: table` wants the
    words in a table (in formats without tables: beside figures), `near: heading` in headings;
    `within: passage` wants all groups in one passage or row, the headings above it included.
    """

    kind: Literal["terms"]
    all: Annotated[
        tuple[Annotated[tuple[Term, ...], Field(min_length=1)], ...], Field(min_length=1)
    ]
    near: Literal["anywhere", "table", "heading"] = "anywhere"
    within: Literal["document", "passage"] = "document"

    def look(self, documents: Sequence[Document], context: Context) -> Finding:  # noqa: ARG002
        """Present with a quote for every group, unsure when a group has only weak words."""
        if self.within == "passage":
            return self._look_in_passages(documents)
        found = [self._find_group(group, documents) for group in self.all]
        missing = [g for g, hit in zip(self.all, found, strict=True) if hit is None]
        quotes = _distinct(hit.quote for hit in found if hit)
        if missing:
            return absent("ไม่พบ " + ", ".join(_wording(group) for group in missing), *quotes)
        weak = [
            _wording(group)
            for group, hit in zip(self.all, found, strict=True)
            if hit and hit.tier is Tier.WEAK
        ]
        if weak:
            return unsure("พบเพียงถ้อยคำใกล้เคียงของ " + ", ".join(weak), *quotes)
        return present(*quotes)

    def _find_group(self, group: tuple[str, ...], documents: Sequence[Document]) -> _Found | None:
        together = list(readings(documents))
        for term, tier in _tiers(group):
            for reading in together:
                hit = reading.find(
                    term,
                    rows_only=self.near == "table",
                    headings_only=self.near == "heading",
                )
                if hit:
                    return _Found(reading.quote(hit.line, tier, term), tier)
        return None

    def _look_in_passages(self, documents: Sequence[Document]) -> Finding:
        best: Finding | None = None
        for reading in readings(documents):
            for line in self._lines(reading):
                headed = "\n".join((line.form, *map(match_form, line.passage.heading_path)))
                tiers = [_best_tier(group, headed) for group in self.all]
                if all(tiers):
                    tier = Tier.WEAK if Tier.WEAK in tiers else Tier.EXACT
                    quote = reading.quote(line, tier)
                    if tier is not Tier.WEAK:
                        return present(quote)
                    best = best or unsure("พบเพียงถ้อยคำใกล้เคียง", quote)
        if best:
            return best
        return absent("ไม่พบข้อความที่มีครบทั้ง " + ", ".join(map(_wording, self.all)))

    def _lines(self, reading: Reading) -> Iterator[Line]:
        """The lines that may have a term of every group, by themselves or in their headings."""
        places: AbstractSet[int] | None = reading.row_places if self.near == "table" else None
        for group in self.all:
            held = {place for term, _ in _tiers(group) for place in reading.places_under(term)}
            places = held if places is None else places & held
        return (reading.evidence[place] for place in sorted(places or ()))


@cache
def _tiers(group: tuple[str, ...]) -> tuple[tuple[str, Tier], ...]:
    """The group's terms without their marks, the strong ones first, each with its tier."""
    strong = [term for term in group if not term.startswith(WEAK_MARK)]
    weak = [term.removeprefix(WEAK_MARK) for term in group if term.startswith(WEAK_MARK)]
    tiers = (Tier.EXACT if index == 0 else Tier.VARIANT for index in range(len(strong)))
    return (*zip(strong, tiers, strict=True), *((term, Tier.WEAK) for term in weak))


def _best_tier(group: tuple[str, ...], form: str) -> Tier | None:
    return next((tier for term, tier in _tiers(group) if contains(form, term)), None)


def _wording(group: Sequence[str]) -> str:
    return f"«{group[0].removeprefix(WEAK_MARK)}»"


def _distinct(quotes: Iterator[Quote]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quotes))
