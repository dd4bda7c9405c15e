"""Copies of the hand-written units, each with names, numbers and a site of its own.

A copy has the slips of its model and hence its ground truth; what differs is who it is: name,
address, people, telephone, sums of money, pictures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from demo.plan import HERE, load_plans, read_yaml

if TYPE_CHECKING:
    from demo.plan import Showing, UnitPlan

_FIRST_NUMBER = 100
_HOUSE = re.compile(r"เลขที่ \d+")


def combined(heads: Sequence[str], tails: Sequence[str], turn: int) -> str:
    """Name number `turn` of those that heads and tails make; each comes once in a cycle of all."""
    place, head = divmod(turn % (len(heads) * len(tails)), len(heads))
    return heads[head] + tails[(place + head) % len(tails)]


def most_units() -> int:
    """How many units there can be without two of one name."""
    data = _names()
    offices = sum(plan.type == "central" for plan in load_plans())
    rounds = min(
        len(data["place_heads"]) * len(data["place_tails"]) // len(data["places"]),
        len(data["office_heads"]) * len(data["office_tails"]) // offices,
    )
    return len(load_plans()) * (1 + rounds)


@cache
def plans_of(count: int) -> tuple[UnitPlan, ...]:
    """`count` units: those written by hand by number, then copies of them, round after round.

    Raises `ValueError` for less than one and for more than `most_units()`.
    """
    if not 1 <= count <= most_units():
        raise ValueError(f"there can be 1 to {most_units()} units, not {count}")
    models = load_plans()
    return tuple(
        _copy(models[place % len(models)], place, place // len(models))
        if place >= len(models)
        else models[place]
        for place in range(count)
    )


def plan_called(unit_id: str) -> UnitPlan:
    """The unit or copy of this id; raises `KeyError` when there can be none."""
    for plan in plans_of(most_units()):
        if plan.id == unit_id:
            return plan
    raise KeyError(unit_id)


def _copy(model: UnitPlan, place: int, turn: int) -> UnitPlan:
    number = _FIRST_NUMBER + place - len(load_plans())
    names = _names_of(turn)
    address = _HOUSE.sub(f"เลขที่ {number}", model.address)
    return model.model_copy(
        update={
            "id": _id(model.id, turn),
            "model": model.id,
            "number": number,
            "name": _renamed(model.name, names),
            "short": _renamed(model.short, names),
            "address": _renamed(address, names),
            "handle": f"{model.handle}{turn + 1}",
            "items": {item: _shown(showing, turn) for item, showing in model.items.items()},
        }
    )


def _shown(showing: Showing, turn: int) -> Showing:
    """The same slip; a text of another unit is one of that unit's copy in the same round."""
    return showing.model_copy(update={"of": _id(showing.of, turn)}) if showing.of else showing


def _id(model_id: str, turn: int) -> str:
    return f"{model_id}-{turn + 1}"


@cache
def _names_of(turn: int) -> dict[str, str]:
    """What stands in round `turn`, from 1, in the place of each name of the hand-written units."""
    data = _names()
    offices = [plan.name for plan in load_plans() if plan.type == "central"]
    names: dict[str, str] = {}
    for old, kind in ((data["places"], "place"), (offices, "office")):
        first = (turn - 1) * len(old)
        for place, name in enumerate(old, start=first):
            names[name] = combined(data[f"{kind}_heads"], data[f"{kind}_tails"], place)
    return names


def _renamed(text: str, names: dict[str, str]) -> str:
    old = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(old, lambda found: names[found[0]], text)


@cache
def _names() -> dict[str, list[str]]:
    data: dict[str, list[str]] = read_yaml(HERE / "copies.yaml")
    return data
