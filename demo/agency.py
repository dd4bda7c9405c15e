"""The invented agency behind a site: people, offices, projects, purchases, services."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from demo.copies import combined
from demo.plan import HERE, UnitPlan, read_yaml


@dataclass(frozen=True, slots=True)
class Person:
    """An executive; `side` is the part of the agency that he or she belongs to."""

    name: str
    title: str
    side: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the year: budget in baht, `spent` its share spent by 31 March."""

    name: str
    budget: float
    spent: float
    office: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Service:
    """A public service; `count` is its customers in a month."""

    name: str
    office: str
    days: str
    fee: str
    count: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """A thing bought or hired, with its budget in baht."""

    name: str
    budget: float


@dataclass(frozen=True, slots=True)
class Manual:
    """A manual for the agency's own staff."""

    name: str
    task: str
    position: str


@dataclass(frozen=True, slots=True)
class Agency:
    """Everything the texts of `demo/texts` say about one unit."""

    id: str
    number: int
    name: str
    short: str
    kind: str
    address: str
    handle: str
    phone: str
    fax: str
    email: str
    people: tuple[Person, ...]
    offices: tuple[str, ...]
    plan_office: str
    money_office: str
    people_office: str
    ethics_office: str
    admin_office: str
    branches: tuple[tuple[str, tuple[str, ...]], ...]
    duties: tuple[str, ...]
    laws: tuple[str, ...]
    projects: tuple[Project, ...]
    services: tuple[Service, ...]
    goods: tuple[Purchase, ...]
    big_goods: tuple[Purchase, ...]
    vendors: tuple[str, ...]
    manual: Manual
    thai_digits: bool

    @property
    def head(self) -> Person:
        """The highest executive, who signs."""
        return self.people[0]

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of the agency in order, each once."""
        return tuple(dict.fromkeys(person.side for person in self.people))


def agency_of(plan: UnitPlan) -> Agency:
    """The agency that `plan` names, filled from the data of its kind."""
    kind = _kind(plan.type)
    offices = {
        key: value.format(short=plan.short)
        for key, value in kind["offices"].items()
        if key != "all"
    }
    scale = 1 + (plan.number % 7) / 20 + plan.number // 100 * plan.number / 5000
    return Agency(
        id=plan.id,
        number=plan.number,
        name=plan.name,
        short=plan.short,
        kind=plan.type,
        address=plan.address,
        handle=plan.handle,
        phone=_phone(plan, 0),
        fax=_phone(plan, 9),
        email=f"contact@{plan.handle}.go.th",
        people=_people(plan, kind["positions"]),
        offices=tuple(kind["offices"]["all"]),
        plan_office=offices["plan"],
        money_office=offices["money"],
        people_office=offices["people"],
        ethics_office=offices["ethics"],
        admin_office=offices["admin"],
        branches=tuple((title, tuple(parts)) for title, parts in kind["branches"]),
        duties=tuple(kind["duties"]),
        laws=tuple(kind["laws"]),
        projects=tuple(
            Project(
                name=row["name"],
                budget=round(row["budget"] * scale, -2),
                spent=row["spent"],
                office=offices[row["office"]],
                start=row["start"],
                end=row["end"],
            )
            for row in kind["projects"]
        ),
        services=tuple(
            Service(**{**row, "office": offices[row["office"]]}) for row in kind["services"]
        ),
        goods=_purchases(kind["goods"], scale),
        big_goods=_purchases(kind["big_goods"], scale),
        vendors=tuple(kind["vendors"]),
        manual=Manual(**kind["manual"]),
        thai_digits=plan.digits == "thai",
    )


@cache
def _kind(name: str) -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(HERE / "kinds" / f"{name}.yaml")
    return data


def _phone(plan: UnitPlan, extension: int) -> str:
    """A number of nine digits; exchanges of the capital look like years, as some real ones do."""
    hundred, pair = divmod(plan.number, 100)
    exchange = f"{2565 + hundred}" if plan.type == "central" else f"{42 + hundred}{pair:02d}"
    return f"0 {exchange} 1{pair:02d}{extension}"


def _purchases(rows: list[dict[str, Any]], scale: float) -> tuple[Purchase, ...]:
    return tuple(Purchase(row["name"], round(row["budget"] * scale, -1)) for row in rows)


def _people(plan: UnitPlan, positions: list[dict[str, Any]]) -> tuple[Person, ...]:
    pool = _kind("names")
    municipality = plan.name.startswith("เทศบาล")
    mayor = "นายก" + (plan.name.replace("เทศบาล", "เทศมนตรี", 1) if municipality else plan.name)
    people = []
    for index, position in enumerate(positions):
        turn = plan.number + index * 3
        given = pool["women" if index % 3 == 1 else "men"]
        first, last = given[turn % len(given)], _surname(plan, index, pool)
        people.append(
            Person(
                name=f"{first} {last}",
                title=position["title"].format(short=plan.short, mayor=mayor, body=plan.name),
                side=position["side"],
                phone=_phone(plan, index + 1),
                email=f"officer{index + 1}@{plan.handle}.go.th",
            )
        )
    return tuple(people)


def _surname(plan: UnitPlan, index: int, pool: dict[str, Any]) -> str:
    """The surname of executive `index`; those of copies are made of two halves."""
    if plan.model:
        return combined(pool["surname_heads"], pool["surname_tails"], plan.number * 16 + index)
    surnames: list[str] = pool["surnames"]
    return surnames[(plan.number + index * 3) % len(surnames)]
