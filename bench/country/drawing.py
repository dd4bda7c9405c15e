"""What each unit of the country is, drawn from one seed: who, how large, how slow, what is wrong.

Every unit has a chance of its own, so the first 500 units are the same in a country of 8,300.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bench.country.names import named
from demo.plan import ALL_ITEMS, Showing, UnitPlan

_T = TypeVar("_T")
SEED = 2566
MOST_UNITS = 8300

MIDDLE_PAGES, WIDTH_PAGES, FEWEST_PAGES, MOST_PAGES = 12, 0.8, 2, 60
MIDDLE_LATENCY_S, WIDTH_LATENCY, MOST_LATENCY_S = 0.2, 0.7, 2.0
SLOW_S = (2.0, 4.0)
NO_URLS = 0.10

LAYOUTS = {
    "wordpress": 0.30, "static": 0.14, "subpages": 0.10, "joomla": 0.12, "category": 0.10,
    "rows": 0.10, "accordion": 0.06, "frames": 0.06, "app": 0.02,
}  # fmt: skip
PRINTED = ("O4", "O11", "O12", "O13", "O17", "O23", "O26", "O31", "O36", "O38", "O42")
"""Items that offices publish as PDF; `PDF` of these are one, `SCAN` of the PDFs a picture."""
PDF, SCAN = 0.5, 0.10
WORD, WORD_ITEMS = 0.5, ("O14", "O24", "O37")
SHEET, SHEET_ITEMS = 0.5, ("O16",)
AGED = {"O7": 2565, "O11": 2565, "O12": 2565, "O13": 2564, "O20": 2565, "O23": 2565, "O31": 2565,
        "O34": 2565, "O42": 2564, "O43": 2565}  # fmt: skip
"""Items that must be of the year, with the year of the text that stands there when it is old."""


class Answering(StrEnum):
    """How a unit's server answers."""

    UP = "up"
    SLOW = "slow"
    DEAD = "dead"
    SILENT = "silent"
    FAILING = "failing"
    DENIED = "denied"


ANSWERING = {
    Answering.UP: 0.94, Answering.SLOW: 0.015, Answering.DEAD: 0.02, Answering.SILENT: 0.005,
    Answering.FAILING: 0.01, Answering.DENIED: 0.01,
}  # fmt: skip


class State(StrEnum):
    """What stands at an item's address."""

    WHOLE = "whole"
    OLD = "old"
    UNDER_WORK = "under work"
    MISSING = "missing"
    BROKEN = "broken"
    LOGIN = "login"


STATES = {
    State.WHOLE: 0.76, State.OLD: 0.10, State.UNDER_WORK: 0.05, State.MISSING: 0.05,
    State.BROKEN: 0.02, State.LOGIN: 0.02,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit: its plan for `demo.site`, its loopback address, and what the plan does not say.

    `latency_s` passes before each answer begins. `states` are of the items shown, `scanned`
    those whose PDF is a picture. `further` plain pages stand beside the items' own.
    """

    number: int
    address: str
    answering: Answering
    latency_s: float
    plan: UnitPlan
    states: dict[str, State]
    scanned: frozenset[str]
    further: int
    given: bool


def drawn(number: int, seed: int = SEED) -> Drawn:
    """Unit `number`, from 0; the same each time."""
    chance = random.Random(f"{seed} {number}")
    who = named(number, chance)
    answering = _one_of(ANSWERING, chance)
    pages = pages_of(chance)
    given = chance.random() >= NO_URLS
    items = sorted(chance.sample(ALL_ITEMS, min(pages, len(ALL_ITEMS))), key=_number_of)
    states = {item: _state(item, chance) for item in items}
    shown = {item: _showing(item, states[item], given, chance) for item in items}
    scanned = {i for i, one in shown.items() if one.form == "pdf" and chance.random() < SCAN}
    plan = UnitPlan(
        id=f"unit-{number:05d}",
        number=100 + number % 900,
        name=who.name,
        short=who.short,
        type=who.type,
        address=who.address,
        handle=f"u{number:05d}",
        layout=_one_of(LAYOUTS, chance),
        robots="deny" if answering is Answering.DENIED else "allow",
        model=f"unit-{number:05d}",
        about=answering.value,
        items={item: one.model_dump() for item, one in shown.items()},
    )
    return Drawn(
        number=number,
        address=address_of(number),
        answering=answering,
        latency_s=latency_of(answering, chance),
        plan=plan,
        states=states,
        scanned=frozenset(scanned),
        further=max(0, pages - len(ALL_ITEMS)),
        given=given,
    )


def address_of(number: int) -> str:
    """The loopback address of unit `number`: one of its own."""
    return f"127.{16 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"


def pages_of(chance: random.Random) -> int:
    """How many documents a unit shows: log-normal around 12, from 2 to 60."""
    size = round(chance.lognormvariate(math.log(MIDDLE_PAGES), WIDTH_PAGES))
    return max(FEWEST_PAGES, min(MOST_PAGES, size))


def latency_of(answering: Answering, chance: random.Random) -> float:
    """Seconds before an answer: log-normal around 0.2, at most 2; a slow host's from 2 to 4."""
    usual = min(MOST_LATENCY_S, chance.lognormvariate(math.log(MIDDLE_LATENCY_S), WIDTH_LATENCY))
    return chance.uniform(*SLOW_S) if answering is Answering.SLOW else usual


def _state(item: str, chance: random.Random) -> State:
    state = _one_of(STATES, chance)
    # A unit that shows O9 at all links to its networks from every page.
    aged = state is not State.OLD or item in AGED
    return state if aged and item != "O9" else State.WHOLE


def _showing(item: str, state: State, given: bool, chance: random.Random) -> Showing:
    """What `demo.site` writes for the item."""
    form = _form(item, chance)
    match state:
        case State.WHOLE if item == "O21":
            return Showing(form="xlsx", parts="months", given=given)
        case State.WHOLE:
            return Showing(form=form, given=given)
        case State.OLD:
            return Showing(form=form, year=AGED[item], given=given)
        case State.UNDER_WORK:
            return Showing(text="under_construction", given=given)
        case _:
            return Showing(goes_to=state.value, given=given)


def _form(item: str, chance: random.Random) -> str:
    turn = chance.random()
    if item in PRINTED and turn < PDF:
        return "pdf"
    if item in WORD_ITEMS and turn < WORD:
        return "docx"
    return "xlsx" if item in SHEET_ITEMS and turn < SHEET else "html"


def _one_of(shares: dict[_T, float], chance: random.Random) -> _T:
    return chance.choices(list(shares), list(shares.values()))[0]


def _number_of(item: str) -> int:
    return int(item[1:])
