"""The checklist language: what one item file and one year's checklist may say.

Unknown keys are refused. Facts behind the shipped checklists: the OIT annexes of fiscal years
2565 and 2566 as agencies republish them; each element carries its own confidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from checklist.fiscal import FiscalYear
from checklist.probes import AnyProbe
from checklist.profile import UnitType
from checklist.standing import Band as Band
from checklist.standing import Calendar as Calendar
from checklist.standing import Measure as Measure
from checklist.standing import MonthlyReport as MonthlyReport
from checklist.standing import Scoring as Scoring
from checklist.standing import Window as Window
from checklist.strict import Confidence as Confidence
from checklist.strict import Strict as Strict
from checklist.strict import Thai

ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Z]([1-9]|[1-9][0-9])$")]
SubIndicatorId = Annotated[
    str, StringConstraints(pattern=r"^([1-9][0-9]?\.[0-9]|[ie][1-9][0-9]?([-,][ie][1-9][0-9]?)*)$")
]
QuestionId = Annotated[str, StringConstraints(pattern=r"^[ie][1-9][0-9]?$")]
Heads = Annotated[tuple[Thai, ...], Field(min_length=1)]
OIT = "O"
"""The letter of the OIT's items, whose numbers agencies write on their pages."""


class Role(StrEnum):
    """What part an element plays in its item."""

    CONTENT = "content"
    FORM = "form"
    YEAR = "year"
    COUNT = "count"
    LINK = "link"
    CHANNEL = "channel"
    VARIANT = "variant"
    EXCEPTION = "exception"
    EXCLUSION = "exclusion"
    UNCERTAIN = "uncertain"
    OPTIONAL = "optional"


class YearRule(StrEnum):
    """Which period an item's evidence must belong to, relative to the checklist's year Y."""

    NONE = "none"
    FY = "fy"
    FY_PREV = "fy_prev"
    H1_FY = "h1_fy"
    COVERS_FY = "covers_fy"
    IN_FORCE_FY = "in_force_fy"
    FY_OR_H1 = "fy_or_h1"


class EvidenceShape(StrEnum):
    """Where an item's elements may stand.

    `document`: one document must carry them all. `set`: several documents together, each of
    the right sort and year. `page`: they are functions of a page (forms, links, contacts), so
    menus and footers count.
    """

    DOCUMENT = "document"
    SET = "set"
    PAGE = "page"


class About(Strict):
    """The right kind of text: words that a document's own name must hold.

    A document's name is its title, headings, the link text that led to it, its file name and
    its opening lines. Of every group in `all_of` one term must stand there; none of `none_of`
    may stand in its title, link text or file name.
    """

    all_of: tuple[tuple[Thai, ...], ...] = ()
    none_of: tuple[Thai, ...] = ()


class Element(Strict):
    """One required part of an item and the probe that finds it.

    `soft` marks advice; `applies_to` limits the element to unit types; `excuses` names the
    elements that an exception stands in for ("no complaints" instead of statistics).
    """

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}\.[0-9]{1,2}$")]
    text: Thai
    role: Role = Role.CONTENT
    probe: AnyProbe
    confidence: Confidence
    soft: bool = False
    applies_to: tuple[UnitType, ...] = ()
    excuses: tuple[str, ...] = ()
    source: str = ""

    @property
    def required(self) -> bool:
        """False for exceptions, optional parts and advice, whose absence changes no verdict.

        Advice is what only older or other lists ask for (`uncertain` and `soft`), such as the
        fax number of O5: it is told to the unit and binds nobody.
        """
        advice = self.soft and self.role is Role.UNCERTAIN
        return not advice and self.role not in (Role.EXCEPTION, Role.OPTIONAL)

    @property
    def proven(self) -> bool:
        """True when the element's absence may fail the item; otherwise it asks for review.

        A year always binds, whatever its mark.
        """
        if self.soft or self.role is Role.UNCERTAIN:
            return False
        return self.role is Role.YEAR or self.confidence is not Confidence.FROM_MEMORY


class Item(Strict):
    """One of the year's items: all-or-nothing, 100 or 0.

    `find` lists how menus and pages call it, longest first; `remedy` tells the unit in Thai
    what to do; `owner` is the office that must act. `serves` names the questions of the
    assessment's surveys (i7, e14) that a measure is meant to lift. `filled` and `counted` name
    heads of columns that must not stand empty, each group for one sort of column: results in
    words, and sums or counts, in which a dash says that there were none.
    """

    id: ItemId
    title: Thai
    aliases: tuple[Thai, ...] = ()
    indicator: SubIndicatorId
    heading: Thai
    owner: Thai
    find: Annotated[tuple[Thai, ...], Field(min_length=1)]
    refers_to: ItemId | None = None
    was: tuple[ItemId, ...] = ()
    serves: tuple[QuestionId, ...] = ()
    year_rule: YearRule
    evidence: EvidenceShape = EvidenceShape.DOCUMENT
    about: About = About()
    others_documents: bool = False
    filled: tuple[Heads, ...] = ()
    counted: tuple[Heads, ...] = ()
    elements: Annotated[tuple[Element, ...], Field(min_length=1)]
    remedy: Thai
    confidence: Confidence
    source: Thai
    notes: str = ""

    @model_validator(mode="after")
    def _elements_belong(self) -> Self:
        ids = [element.id for element in self.elements]
        for element_id in ids:
            if not element_id.startswith(self.id + "."):
                raise ValueError(f"element {element_id} does not belong to item {self.id}")
        if len(set(ids)) != len(ids):
            raise ValueError(f"item {self.id} has two elements with the same id")
        for element in self.elements:
            unknown = set(element.excuses) - set(ids)
            if unknown:
                raise ValueError(f"{element.id} excuses unknown elements {sorted(unknown)}")
        has_year = any(element.role is Role.YEAR for element in self.elements)
        if has_year is (self.year_rule is YearRule.NONE):
            raise ValueError(
                f"year_rule {self.year_rule.value} of {self.id} does not fit its elements"
            )
        return self

    @property
    def number(self) -> int:
        """The item's number: 12 for O12 and for M12."""
        return int(self.id[1:])

    @property
    def oit_number(self) -> int | None:
        """The number under which OIT pages list the item; None for an item of another list."""
        return self.number if self.id.startswith(OIT) else None

    def elements_for(self, unit_type: UnitType | None) -> tuple[Element, ...]:
        """The elements that a unit of this type must show."""
        return tuple(e for e in self.elements if not e.applies_to or unit_type in e.applies_to)


class SubIndicator(Strict):
    """A sub-indicator (ตัวชี้วัดย่อย) and its items."""

    id: SubIndicatorId
    title: Thai
    items: Annotated[tuple[ItemId, ...], Field(min_length=1)]


class Indicator(Strict):
    """An indicator (ตัวชี้วัด) of the assessment: 9 and 10 in the OIT, 1 to 8 in its surveys."""

    id: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?$")]
    title: Thai
    sub_indicators: Annotated[tuple[SubIndicator, ...], Field(min_length=1)]


class Checklist(Strict):
    """A whole year: `checklist.yaml` joined with its item files.

    `key` is the name of its folder, which tells it from every other checklist. `year` is the
    fiscal year in the Buddhist era. Reports are named after `subject`, in brief `short`.
    `owners_elsewhere` names, for a type of unit, the office that does what an item's `owner`
    does in the ministry. `left_out` tells what the source asks for and no website shows, and why.
    """

    key: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    year: Annotated[int, Field(ge=2550, le=2700)]
    title: Thai
    subject: Thai = "การเปิดเผยข้อมูลสาธารณะ (OIT)"
    short: Thai = "OIT"
    scoring: Scoring
    bands: tuple[Band, ...] = ()
    calendar: Calendar
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    items: tuple[Item, ...]
    owners_elsewhere: dict[UnitType, dict[str, str]] = Field(default_factory=dict)
    left_out: dict[str, Thai] = Field(default_factory=dict)
    source: Thai

    @property
    def fiscal_year(self) -> FiscalYear:
        """The checklist's fiscal year."""
        return FiscalYear(self.year)

    def item(self, item_id: str) -> Item:
        """The item called `item_id`; raises `KeyError` when the year has none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def owner_of(self, item: Item, unit_type: UnitType | None) -> str:
        """The office of a unit of this type that must act on `item`."""
        named = self.owners_elsewhere.get(unit_type, {}) if unit_type else {}
        return named.get(item.owner, item.owner)

    def select(self, item_ids: Iterable[str]) -> tuple[Item, ...]:
        """The named items in the checklist's order; raises `KeyError` for an unknown one."""
        wanted = {self.item(item_id).id for item_id in item_ids}
        return tuple(item for item in self.items if item.id in wanted)

    def sub_indicator_of(self, item_id: str) -> SubIndicator:
        """The sub-indicator that holds `item_id`; raises `KeyError` when none does."""
        for indicator in self.indicators:
            for sub in indicator.sub_indicators:
                if item_id in sub.items:
                    return sub
        raise KeyError(item_id)

    @model_validator(mode="before")
    @classmethod
    def _is_the_oit_unless_named(cls, value: Any) -> Any:
        if isinstance(value, dict) and "key" not in value and "year" in value:
            return {**value, "key": f"oit-{value['year']}"}
        return value

    @model_validator(mode="after")
    def _grades_belong_to_points(self) -> Self:
        if bool(self.bands) is (self.scoring.measure is Measure.SHARE):
            raise ValueError("points need bands, and a share has none")
        return self

    @model_validator(mode="after")
    def _items_are_placed_once(self) -> Self:
        placed = [i for ind in self.indicators for sub in ind.sub_indicators for i in sub.items]
        if len(set(placed)) != len(placed):
            raise ValueError("an item stands under two sub-indicators")
        have = [item.id for item in self.items]
        if len(set(have)) != len(have):
            raise ValueError("two items have the same id")
        if len({item_id[0] for item_id in have}) > 1:
            raise ValueError("all items of a checklist begin with the same letter")
        missing, extra = sorted(set(placed) - set(have)), sorted(set(have) - set(placed))
        if missing or extra:
            raise ValueError(
                f"items without a file: {missing}; items under no sub-indicator: {extra}"
            )
        for item in self.items:
            if self.sub_indicator_of(item.id).id != item.indicator:
                raise ValueError(f"{item.id} says indicator {item.indicator}")
        return self
