"""The parts of a report's head: the unit, how much was seen, the score, the deadline."""

from __future__ import annotations

from datetime import date, datetime

from checklist.evidence import Origin
from checklist.profile import UnitType
from checklist.standing import Measure
from results.parts import Part, ReasonText


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
    """A sub-indicator's score of 100, from certain to possible; `None`: nothing assessed.

    `passed` counts the items that stand, those that people vouch for among them.
    """

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


class BandText(Part):
    """A band of the year, from `at_least` percent up; not `confirmed`: no document proves it."""

    name: str
    at_least: float
    confirmed: bool


class ScoreText(Part):
    """The predicted score in points of `weight`: 40 of the OIT, 100 where `measure` is `share`.

    `certain` + `open` + `lost` = `weight`: what passes, what is still open (review, could not
    check, not checked) and what the failed items cost. `previous` is `certain` of the scan
    before, `None` also when either scan could judge half of the items or fewer. `band_note`
    words the orientation that a score of 100 gives: `band` is the one that `certain` reaches
    ("" below all), `bands` are all of the year. `title` and `mean_title` head the score of one
    unit and of many; `notice` says what a share is, "" for the OIT's points. `vouched` are the
    points of `certain` that stand by a person's word, `vouched_note` says so ("" for none).
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
    band: str = ""
    bands: tuple[BandText, ...] = ()
    vouched: float = 0.0
    vouched_note: str = ""

    @property
    def percent(self) -> float:
        """`certain` of 100."""
        return 100 * self.certain / self.weight if self.weight else 0.0


class Deadline(Part):
    """The next day to answer by: the last to enter OIT data in ITAS, or a monthly report's.

    `days_left` counts from the day judged for and may be < 0. `brief` is `th` in a few words.
    """

    opens: date
    day: date
    days_left: int
    confirmed: bool
    th: str
    brief: str = ""


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
