"""Which year's evidence a link leads to, and what that is worth to an item. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from checklist.schema import Item, YearRule
from crawler.wording import times, wanted_year

if TYPE_CHECKING:
    from checklist.evidence import Link

RIGHT = 0.05
ON_ITS_PAGE = 0.02
BY_ADDRESS = 0.03
WRONG = -0.2
OTHER_YEAR = "พบเฉพาะของปี"


def time_bonus(
    link: Link,
    item: Item,
    fiscal_year: int | None,
    page_years: frozenset[int],
    *,
    by_number: bool,
) -> tuple[float, str]:
    """What is added to a link's score for its year, and in Thai what to say of it.

    The link's own words speak first, then its row, the headings above, the address, the page.
    """
    year = wanted_year(item, fiscal_year)
    if said := _said(link.text, link.context):
        return _of_year(said, year, fiscal_year)
    if said := _said(*reversed(link.heading_path)):
        if year not in said and fiscal_year in said:
            # An index of the assessed year also lists reports of the year before.
            return ON_ITS_PAGE, ""
        return _of_year(said, year, fiscal_year)
    in_address = times(unquote(urlsplit(link.url).path)).years
    if year is not None and in_address:
        if year in in_address:
            return BY_ADDRESS, f" และที่อยู่ไฟล์เป็นของปี {year}"
        if not page_years & {year, fiscal_year}:
            return WRONG, f" {OTHER_YEAR} {_listed(in_address)} (ดูจากที่อยู่ไฟล์)"
    if fiscal_year is not None and page_years and fiscal_year not in page_years:
        # Another year's index: its numbers may belong to other items.
        if by_number or item.year_rule is not YearRule.NONE:
            return WRONG, f" {OTHER_YEAR} {_listed(page_years)}"
        return 0.0, ""
    return (ON_ITS_PAGE if fiscal_year in page_years else 0.0), ""


def _said(*texts: str) -> frozenset[int]:
    return next((years for text in texts if (years := times(text).years)), frozenset[int]())


def _of_year(said: frozenset[int], year: int | None, fiscal_year: int | None) -> tuple[float, str]:
    if year is not None:
        if year in said:
            return RIGHT, f" และเป็นของปี {year}"
        return WRONG, f" {OTHER_YEAR} {_listed(said)}"
    # No year binds the item, yet of several years' copies the assessed year's is the one to give.
    if fiscal_year is not None and fiscal_year in said:
        return ON_ITS_PAGE, f" และเป็นของปี {fiscal_year}"
    return 0.0, ""


def _listed(years: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(years)[:4]))
