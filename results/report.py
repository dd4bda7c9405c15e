"""What a gap report says, apart from how it looks: the one model behind every format.

The JSON form of these models is a contract with other programs: keys are added, never renamed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from checklist.evidence import Origin, Region, TextSource
from checklist.profile import UnitType
from checklist.standing import Measure
from checklist.verdict import ElementState, Kind, Tier, Verdict
from results.parts import Part, PlacementText, RecheckText

SCHEMA = "oit-gap-report/1"


class Group(StrEnum):
    """Where an item is counted and shown; every item stands in exactly one."""

    PASS = "pass"
    MISSING = "missing"
    OUTDATED = "outdated"
    REVIEW = "review"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    UNCHECKED = "unchecked"


class ReasonText(Part):
    """A reason in words; `remedy` says in Thai what to do."""

    code: str
    th: str
    en: str
    remedy: str


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
    `recheck` that it was fetched twice.
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

    @property
    def number(self) -> int:
        """The item's number: 12 for O12."""
        return int(self.item[1:])


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

    @property
    def nothing_judged(self) -> bool:
        """True when not one item could be checked, so that a score would mislead."""
        return self.error > 0 and self.error + self.unchecked == self.items


class AddressGroup(Part):
    """Addresses that share one reason for not serving as evidence, with a few of them."""

    reason: str
    th: str
    count: int
    examples: tuple[str, ...]


class CoverageText(Part):
    """How much of the unit's site was seen; `line` says it in Thai; `seconds`, `bytes` as named.

    `brief` is `line` with only the most frequent reasons.
    `skipped` were found and not opened; `unusable` were opened, or tried, and could not be judged.
    """

    found: int
    fetched: int
    rendered: int
    bytes: int
    seconds: float
    skipped: tuple[AddressGroup, ...]
    unusable: tuple[AddressGroup, ...]
    line: str
    brief: str = ""


class SubIndicatorLine(Part):
    """A sub-indicator's score of 100, from certain to possible; `None`: nothing assessed."""

    id: str
    title: str
    passed: int
    assessed: int
    certain: float | None
    possible: float | None


class IndicatorLine(Part):
    """An indicator's score of 100, from certain to possible; `None`: nothing assessed."""

    id: str
    title: str
    certain: float | None
    possible: float | None
    sub_indicators: tuple[SubIndicatorLine, ...]


class ScoreText(Part):
    """The predicted score in points of `weight`: 40 of the OIT, 100 where `measure` is `share`.

    `certain` + `open` + `lost` = `weight`: what passes, what is still open (review, could not
    check, not checked) and what the failed items cost. `previous` is `certain` of the scan
    before, `None` also when either scan could judge half of the items or fewer. `band_note`
    words the orientation that a score of 100 gives. `title` and `mean_title` head the score of
    one unit and of many; `notice` says what a share is, "" for the OIT's points.
    """

    certain: float
    possible: float
    open: float
    lost: float
    weight: float
    previous: float | None
    indicators: tuple[IndicatorLine, ...]
    band_note: str
    measure: Measure = Measure.POINTS
    title: str = ""
    mean_title: str = ""
    notice: str = ""


class Deadline(Part):
    """The next day to answer by: the last to enter OIT data in ITAS, or a monthly report's.

    `days_left` counts from the day judged for and may be < 0.
    """

    opens: date
    day: date
    days_left: int
    confirmed: bool
    th: str


class UnitText(Part):
    """The unit that the report is about."""

    id: str
    name: str
    type: UnitType | None
    main_site: str


class DocumentLine(Part):
    """An address that was opened and what came of it; `size` in bytes."""

    url: str
    final_url: str
    status: int
    problem: ReasonText | None
    problem_detail: str
    sha256: str
    size: int
    fetched_at: datetime | None
    origin: Origin
    origin_th: str
    parent_url: str
    link_text: str
    title: str


class GapReport(Part):
    """All that one unit is told; lists of findings begin with what costs most.

    `checklist` is its key, `subject` what the report is about, in brief `short`.
    `year` is B.E.; dates are C.E. in ISO form, their `_th` twins are worded in B.E.
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
    fails: tuple[ItemFinding, ...]
    reviews: tuple[ItemFinding, ...]
    errors: tuple[ItemFinding, ...]
    passes: tuple[ItemFinding, ...]
    excluded: tuple[ItemFinding, ...]
    unchecked: tuple[ItemFinding, ...]
    documents: tuple[DocumentLine, ...]

    def pictures(self) -> tuple[PictureText, ...]:
        """Every picture of the report once, by its file."""
        shown = (p for finding in (*self.fails, *self.reviews) for p in finding.pictures)
        return tuple({picture.file: picture for picture in shown}.values())

    def findings(self) -> tuple[ItemFinding, ...]:
        """Every item of the checklist once, by number."""
        everything = (
            *self.fails,
            *self.reviews,
            *self.errors,
            *self.passes,
            *self.excluded,
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
