"""Which person is told which news; what reaches nobody goes to ศปท., marked as such. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notices.people import SUBJECT_OF, Book, Person, Subject
from notices.told import Event, Told

if TYPE_CHECKING:
    from notices.news import Gap, News

_UNIT = "unit:"
_OF_NO_UNIT = frozenset({Event.WEEKLY, Event.UNDELIVERED})


@dataclass(frozen=True, slots=True)
class Parcel:
    """A person with the news for them; `orphans` reach nobody else, so ศปท. must pass them on."""

    person: Person
    news: tuple[News, ...]
    orphans: tuple[News, ...] = ()


def parcels(
    news: Iterable[News],
    book: Book,
    owner_mails: Mapping[str, str],
    told: Sequence[Told] = (),
) -> tuple[Parcel, ...]:
    """Every person with what they are to be told, told already or not, in the file's order.

    `owner_mails` are the addresses of the registry by unit id: they are told of their own unit
    where nobody is that the file names for this unit; who sees all units does not act for one.
    That an item is good again is for those `told` of its fall.
    """
    mine: dict[str, list[News]] = {}
    orphans: list[News] = []
    people = {person.id: person for person in book.people}
    for one in news:
        owner = _owner_of_unit(one, book, owner_mails)
        found = {p.id: seen for p in book.people if (seen := _for(p, one)) is not None}
        if one.key.event is Event.GOOD_AGAIN:
            found = dict.fromkeys(_told_of(one, told), one)
        elif one.key.event not in _OF_NO_UNIT:
            if owner is not None and not any(_acts_for(people[p], one, owner) for p in found):
                found[owner.id] = one
            elif all(people[p].centre for p in found):
                orphans.append(one)
        if owner is not None and owner.id in found:
            people.setdefault(owner.id, owner)
        for person_id, seen in found.items():
            mine.setdefault(person_id, []).append(seen)
    return tuple(_parcel(person, mine, orphans) for person in people.values()
                 if person.centre or person.id in mine)  # fmt: skip


def _parcel(person: Person, mine: Mapping[str, list[News]], orphans: Sequence[News]) -> Parcel:
    if not person.centre:
        return Parcel(person, tuple(mine[person.id]))
    alone = {one.key for one in orphans}
    own = tuple(one for one in mine.get(person.id, ()) if one.key not in alone)
    return Parcel(person, own, tuple(orphans))


def _acts_for(person: Person, one: News, owner: Person) -> bool:
    named = not person.centre and one.key.unit in person.units
    return named or person.mail == owner.mail


def _told_of(one: News, told: Sequence[Told]) -> list[str]:
    key = one.key
    fallen = (
        t.person for t in told
        if t.key.event in (Event.WORSE, Event.UNSEEN)
        and (t.key.checklist, t.key.unit, t.key.item, t.key.about)
        == (key.checklist, key.unit, key.item, key.about)
    )  # fmt: skip
    return list(dict.fromkeys(fallen))


def _for(person: Person, one: News) -> News | None:
    """The news as this person gets it; `None` when it is not theirs."""
    if one.key.event is Event.UNDELIVERED:
        return one if person.centre else None
    if SUBJECT_OF[one.key.event] not in person.get:
        return None
    if one.key.event is Event.WEEKLY:
        return one if one.key.unit == weekly_scope(person) else None
    if person.units != "all" and one.key.unit not in person.units:
        return None
    if not (person.items or person.owners):
        return one
    if one.key.event is Event.DEADLINE:
        return _narrowed(person, one)
    return one if one.key.item in person.items or one.owner in person.owners else None


def _narrowed(person: Person, one: News) -> News | None:
    def theirs(gap: Gap) -> bool:
        return gap.item in person.items or gap.owner in person.owners

    gaps = tuple(gap for gap in one.gaps if theirs(gap))
    return replace(one, gaps=gaps, points=sum(gap.points for gap in gaps)) if gaps else None


def weekly_scope(person: Person) -> str:
    """How a weekly summary over a person's units is called; "" for all units."""
    return "" if person.units == "all" else ",".join(sorted(person.units))


def _owner_of_unit(one: News, book: Book, mails: Mapping[str, str]) -> Person | None:
    mail = mails.get(one.key.unit, "")
    if not (book.unit_owners and mail and book.channels.mail):
        return None
    return Person(
        id=unit_person(one.key.unit),
        name=f"ผู้รับผิดชอบ {one.unit_name}"[:200],
        mail=mail,
        units=(one.key.unit,),
        get=(Subject.WORSE, Subject.WAIVERS, Subject.DEADLINES),
    )


def unit_person(unit_id: str) -> str:
    """The id under which a unit's own address of the registry is remembered."""
    return f"{_UNIT}{unit_id}"
