"""Writes an item's text for a unit and a fiscal year from the templates of `demo/texts`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from demo.plan import HERE, Showing, load_catalogue

if TYPE_CHECKING:
    from demo.agency import Agency

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_NOT_WORDS = re.compile(r"(<[^>]*>|&#?\w+;|[\w.]+@[\w.]+)")
_MONTHS = (
    (10, "ตุลาคม", "ต.ค."),
    (11, "พฤศจิกายน", "พ.ย."),
    (12, "ธันวาคม", "ธ.ค."),
    (1, "มกราคม", "ม.ค."),
    (2, "กุมภาพันธ์", "ก.พ."),
    (3, "มีนาคม", "มี.ค."),
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the first half of a fiscal year; `year` is its calendar year (B.E.)."""

    number: int
    name: str
    short: str
    year: int


@dataclass(frozen=True, slots=True)
class Text:
    """A written text: its title in plain words and its body as an HTML fragment."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Part:
    """A document of a set: where it stands and how links call it."""

    href: str
    title: str


class Options(dict[str, Any]):
    """Switches of a text; one that is not set is false."""

    def __missing__(self, key: str) -> None:
        """An unset switch."""


def months_of(year: int) -> tuple[Month, ...]:
    """October to March of fiscal year `year` (B.E.)."""
    return tuple(Month(n, name, short, year - (n >= 10)) for n, name, short in _MONTHS)


def write_text(item: str, showing: Showing, unit: Agency, parts: tuple[Part, ...] = ()) -> Text:
    """The text that stands at `item`'s address, seeded slip and all."""
    template = f"slips/{showing.text}.html" if showing.text else f"texts/{item}.html"
    return _render(template, item, showing, unit, parts=parts, month=None)


def write_month(showing: Showing, unit: Agency, month: Month) -> Text:
    """The purchase summary (แบบ สขร.1) of one month."""
    return _render("texts/O21-month.html", "O21", showing, unit, parts=(), month=month)


def write_site_text(template: str, **values: Any) -> str:
    """A page frame of `demo/layouts` filled with `values`."""
    return _environment().get_template(f"layouts/{template}").render(**values)


def plain_title(fragment: str) -> str:
    """The words of the first heading of an HTML fragment."""
    heading = BeautifulSoup(fragment, "lxml").find("h1")
    return heading.get_text(" ", strip=True) if heading else ""


def in_thai_digits(fragment: str) -> str:
    """The fragment with Thai digits in its words; tags, entities and e-mail addresses are kept."""
    parts = _NOT_WORDS.split(fragment)
    return "".join(p if place % 2 else p.translate(_THAI_DIGITS) for place, p in enumerate(parts))


def _render(
    template: str,
    item: str,
    showing: Showing,
    unit: Agency,
    *,
    parts: tuple[Part, ...],
    month: Month | None,
) -> Text:
    environment = _environment()
    body = environment.get_template(template).render(
        u=unit,
        y=showing.year,
        p=showing.year - 1,
        o=Options(showing.options),
        months=months_of(showing.year),
        month=month,
        parts=parts,
        item_title=load_catalogue().titles[item],
        m=environment.get_template("texts/macros.html").module,
    )
    if unit.thai_digits:
        body = in_thai_digits(body)
    return Text(plain_title(body), body.strip() + "\n")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["baht"] = lambda amount: f"{amount:,.2f}"
    environment.filters["oldstyle"] = lambda number: f"0{number}"
    return environment
