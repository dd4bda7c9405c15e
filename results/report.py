"""What a gap report says, apart from how it looks: the one model behind every format.

The JSON form of these models is a contract with other programs: keys are added, never renamed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from checklist.evidence import Region, TextSource
from checklist.verdict import ElementState, Kind, Tier, Verdict
from results.availability import AvailabilityText
from results.causes import CauseText
from results.decisions import WaiverText
from results.group import Group
from results.head_parts import (
    CoverageText,
    Deadline,
    DocumentLine,
    ScoreText,
    UnitText,
)
from results.itas import ItasLine
from results.parts import Part, PlacementText, ReasonText, RecheckText
from results.speech import Language
from results.waivers import ANSWERS

SCHEMA = "oit-gap-report/1"


class QuoteText(Part):
    """A passage as evidence; `where` describes its place in Thai."""

    text: str
    where: str
    url: str
    final_url: str
    status: int
    sha256: str
    fetched_at: datetime | None
    page: int | None
    heading_path: tuple[str, ...]
    region: Region
    source: TextSource
    tier: Tier


class ElementText(Part):
    """A required part of an item and what was found of it; `state` is `None`: nothing was read."""

    id: str
    text: str
    state: ElementState | None
    state_th: str
    required: bool
    reason: ReasonText | None
    detail: str
    quotes: tuple[QuoteText, ...]


class PictureText(Part):
    """A picture of a page that a person must look at; `page` counts from 1.

    `file` is its path beside the report. The picture itself (`content`) is no part of the JSON.
    """

    caption: str
    url: str
    page: int | None
    file: str
    content: bytes = Field(b"", exclude=True, repr=False)


class ItemFinding(Part):
    """One item: `points` of the assessment's 100 hang on it, `owner` is the office to act.

    `summary` is the finding in one Thai line; `remedy` is the checklist's own advice.
    `pictures` show what only eyes can settle, `placements` where the evidence stands,
    `recheck` that it was fetched twice, `waiver` that a person decided about it.
    """

    item: str
    title: str
    owner: str
    sub_indicator: str
    group: Group
    verdict: Verdict | None
    verdict_th: str
    kind: Kind
    kind_th: str
    points: float
    summary: str
    reasons: tuple[ReasonText, ...]
    elements: tuple[ElementText, ...]
    urls: tuple[str, ...]
    question: str
    remedy: str
    pictures: tuple[PictureText, ...] = ()
    placements: tuple[PlacementText, ...] = ()
    recheck: RecheckText | None = None
    waiver: WaiverText | None = None

    @property
    def number(self) -> int:
        """The item's number: 12 for O12."""
        return int(self.item[1:])

    @property
    def answered(self) -> bool:
        """True when a person answered the question that the checker left open."""
        return self.waiver is not None and self.waiver.kind in ANSWERS


class Change(Part):
    """An item whose verdict differs from the scan before.

    `confirmed`: a second fetch found it worse as well (`None`: it was fetched once).
    """

    item: str
    title: str
    before: Verdict
    after: Verdict
    before_th: str
    after_th: str
    direction: Literal["better", "worse", "other"]
    confirmed: bool | None = None


class Totals(Part):
    """How many items stand where; the counts add up to `items`."""

    items: int = 0
    passed: int = 0
    missing: int = 0
    outdated: int = 0
    review: int = 0
    error: int = 0
    not_applicable: int = 0
    waived: int = 0
    unchecked: int = 0
    vouched: int = 0

    @property
    def nothing_judged(self) -> bool:
        """True when not one item could be checked, so that a score would mislead.

        What a person has decided about tells nothing of what the website shows, unless the
        person answered for pages that were read (`vouched`).
        """
        seen = self.passed + self.missing + self.outdated + self.review + self.vouched
        return self.error > 0 and not seen


class GapReport(Part):
    """All that one unit is told; lists of findings begin with what costs most.

    `checklist` is its key, `subject` what the report is about, in brief `short`. `year` is B.E.;
    dates are C.E. in ISO form, their `_th` twins are worded in B.E. Worded texts are in
    `language`, whatever their key says. `compared_scan_id` is the scan that `changes` compares
    with, `itas` what the ITAS form may be answered, in its order. `only`: the items
    that the report was narrowed to, none when it is whole; the score is always of the whole.
    `availability` is `None` where there were too few checks while the list was to be answered.
    `passes` are proven by the evidence; `vouched` stand by a person's word and count as well.
    """

    schema_version: str = SCHEMA
    unit: UnitText
    year: int
    checklist: str
    checklist_title: str
    subject: str
    short: str
    scan_id: int
    as_of: date
    as_of_th: str
    checked_at: datetime
    checked_at_th: str
    coverage: CoverageText
    score: ScoreText
    totals: Totals
    deadline: Deadline
    changes: tuple[Change, ...]
    compared_with_th: str
    compared_scan_id: int | None = None
    language: Language = Language.TH
    waivers: tuple[WaiverText, ...] = ()
    causes: tuple[CauseText, ...] = ()
    itas: tuple[ItasLine, ...] = ()
    only: tuple[str, ...] = ()
    availability: AvailabilityText | None = None
    fails: tuple[ItemFinding, ...]
    reviews: tuple[ItemFinding, ...]
    errors: tuple[ItemFinding, ...]
    passes: tuple[ItemFinding, ...]
    excluded: tuple[ItemFinding, ...]
    unchecked: tuple[ItemFinding, ...]
    vouched: tuple[ItemFinding, ...] = ()
    documents: tuple[DocumentLine, ...]

    @property
    def nothing_judged(self) -> bool:
        """True when not one item of the whole list could be checked, so that a score misleads.

        Of a report that was narrowed to some items, the score tells of the others.
        """
        told_by_others = self.only and (self.score.certain > 0 or self.score.lost > 0)
        return self.totals.nothing_judged and not told_by_others

    def pictures(self) -> tuple[PictureText, ...]:
        """Every picture of the report once, by its file."""
        shown = (p for finding in (*self.fails, *self.reviews) for p in finding.pictures)
        return tuple({picture.file: picture for picture in shown}.values())

    @property
    def settled(self) -> tuple[ItemFinding, ...]:
        """What people settled: vouched for, not applicable or waived, in that order."""
        return (*self.vouched, *self.excluded)

    def findings(self) -> tuple[ItemFinding, ...]:
        """Every item of the checklist once, by number."""
        everything = (
            *self.fails,
            *self.reviews,
            *self.errors,
            *self.passes,
            *self.settled,
            *self.unchecked,
        )
        return tuple(sorted(everything, key=lambda finding: finding.number))


_COUNTED_AS = {Group.PASS: "passed"}


def totals(findings: Iterable[ItemFinding]) -> Totals:
    """Count items by group: the only counting there is, for one unit or for many."""
    counts = dict.fromkeys(Totals.model_fields, 0)
    for finding in findings:
        counts["items"] += 1
        counts[_COUNTED_AS.get(finding.group, finding.group.value)] += 1
    return Totals(**counts)


def added(one: Totals, other: Totals) -> Totals:
    """The counts of both together."""
    return Totals(
        **{name: getattr(one, name) + getattr(other, name) for name in Totals.model_fields}
    )
