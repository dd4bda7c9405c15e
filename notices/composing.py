"""From news to the messages of one day: one digest a person, told once, replaced while unsent."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from notices.channels import addresses, new_id
from notices.digest import Digest, digest_of
from notices.moments import day_of, digest_due
from notices.notice import Channel, Notice, State
from notices.outbox import QueueError
from notices.told import Event, Key, Told

if TYPE_CHECKING:
    from notices.letters import Letter, Letters
    from notices.outbox import Outbox
    from notices.people import Book, Person
    from notices.routing import Parcel


@dataclass(frozen=True, slots=True)
class Planned:
    """What goes to one person: the messages, what they tell, and which unsent ones they replace.

    Without `digest` the unsent ones are only taken back: what they told holds no longer.
    """

    person: str
    digest: Digest | None
    letter: Letter | None
    notices: tuple[Notice, ...]
    told: tuple[Told, ...]
    replaces: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The day's messages; `postponed` have had their digest today and get the rest tomorrow."""

    planned: tuple[Planned, ...]
    postponed: tuple[str, ...]


def settled_told(told: Iterable[Told], outbox: Outbox) -> tuple[Told, ...]:
    """What people know for good: without what stands only in messages nobody tried to send."""
    open_digests = {one.digest for one in _untried(outbox.notices(State.QUEUED))}
    return tuple(one for one in told if one.digest not in open_digests)


def plan(
    parcels: Sequence[Parcel],
    told: Sequence[Told],
    outbox: Outbox,
    book: Book,
    letters: Letters,
    now: datetime,
    *,
    whole: bool = True,
) -> Plan:
    """What to queue `now`; `told` is `settled_told`, `whole`: everything there is was looked at.

    After a look at a part only, an unsent message is never replaced by one that tells less.
    Raises `LetterError`.
    """
    planned: list[Planned] = []
    postponed: list[str] = []
    for parcel in parcels:
        person = parcel.person
        due = digest_due(now, person.hour, book.quiet_hours)
        slot = day_of(due).isoformat()
        there = outbox.of_slot(slot).get(person.id, ())
        mine = _known_of(person, told, book)
        digest = digest_of(parcel, mine, book.office, day_of(due))
        old = {key for one in there for key in one.keys}
        new = {str(key) for key in digest.keys} if digest else set()
        if there and len(_untried(there)) != len(there):
            if new - old:
                postponed.append(person.id)
            continue
        if old == new or (not new >= old and (not whole or _asked_for(old - new))):
            continue
        planned.append(_planned(person, digest, letters, book, due, now, there))
    if whole:
        planned += _taken_back(outbox, {parcel.person.id for parcel in parcels}, now)
    return Plan(tuple(planned), tuple(postponed))


def _known_of(person: Person, told: Iterable[Told], book: Book) -> list[Key]:
    """What the person was told; a summary asked for on or after its day was also the week's own."""
    mine = [one.key for one in told if one.person == person.id]
    for key in tuple(mine):
        week, _, day = key.about.partition(" ")
        asked = date.fromisoformat(day) if key.event is Event.WEEKLY and day else None
        if asked is not None and asked.isoweekday() >= book.weekly_day:
            mine.append(replace(key, about=week))
    return mine


def _asked_for(keys: Iterable[str]) -> bool:
    """True when a weekly summary is among what would be lost: somebody asked for it by hand."""
    return any(key.startswith(f"{Event.WEEKLY.value}/") for key in keys)


def _taken_back(outbox: Outbox, still_told: set[str], now: datetime) -> list[Planned]:
    """The unsent digests of people for whom there is no news any more."""
    found: dict[str, list[Notice]] = {}
    for one in _untried(outbox.notices(State.QUEUED)):
        ahead = one.slot >= day_of(now).isoformat()
        if ahead and one.keys and one.person not in still_told and not _asked_for(one.keys):
            found.setdefault(one.person, []).append(one)
    return [Planned(person, None, None, (), (), tuple(old)) for person, old in found.items()]


def _planned(
    person: Person,
    digest: Digest | None,
    letters: Letters,
    book: Book,
    due: datetime,
    now: datetime,
    there: tuple[Notice, ...],
) -> Planned:
    if digest is None:
        return Planned(person.id, None, None, (), (), there)
    letter = letters.letter(digest)
    number = str(uuid.uuid4())
    notices = tuple(
        Notice(
            person=person.id,
            channel=channel,
            address=address,
            subject=letter.subject,
            text=_text(letter, channel),
            html=letter.html if channel is Channel.MAIL else "",
            message_id=new_id(channel, book),
            keys=tuple(map(str, digest.keys)),
            queued_at=now,
            due=due,
            digest=number,
            slot=digest.day.isoformat(),
        )
        for channel, address in addresses(person)
    )
    told = tuple(Told(person.id, n.key, number, n.was, n.became) for n in digest.news)
    return Planned(person.id, digest, letter, notices, told, there)


def _text(letter: Letter, channel: Channel) -> str:
    forms = {Channel.LINE: letter.line, Channel.WEBHOOK: letter.data}
    return forms.get(channel, letter.text)


def _untried(notices: Iterable[Notice]) -> list[Notice]:
    return [one for one in notices if one.state is State.QUEUED and not one.attempts]


def queue(made: Plan, outbox: Outbox) -> int:
    """Queue every person's messages, each person's in one transaction; returns how many messages.

    What another process queued or began to send in the meantime stays as it is.
    """
    count = 0
    for one in made.planned:
        try:
            outbox.queue(one.notices, one.told, one.replaces)
        except QueueError:
            continue
        count += len(one.notices)
    return count
