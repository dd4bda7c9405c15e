"""Those whom the registry names for items of a unit, told beside the people of the file. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from notices.people import Book, Person
from notices.routing import unit_person

if TYPE_CHECKING:
    from units.contacts import Contact
    from units.registry import Unit


def with_contacts(book: Book, units: Iterable[Unit]) -> Book:
    """The book with a person for every contact that one of its channels reaches.

    Whom the file itself tells of the unit under the same address is not told twice. Nobody is
    added where the file says that a unit's own addresses are not used (`unit_owners: false`).
    """
    if not book.unit_owners:
        return book
    found: dict[str, Person] = {}
    for unit in units:
        named = [one for one in book.people if one.units == "all" or unit.id in one.units]
        addresses = {address for one in named for address in (one.mail, one.line) if address}
        for contact in unit.contacts:
            person = _person(book, unit, contact)
            if person is not None and not {person.mail, person.line} & addresses:
                found.setdefault(person.id, person)
    return book.model_copy(update={"people": (*book.people, *found.values())})


def _person(book: Book, unit: Unit, contact: Contact) -> Person | None:
    mail = contact.mail if book.channels.mail else ""
    line = contact.line if book.channels.line else ""
    if not (mail or line):
        return None
    # By the address, so that another order of the contacts tells nobody anything again.
    mark = sha256(f"{contact.mail} {contact.line}".encode()).hexdigest()[:10]
    return Person(
        id=f"{unit_person(unit.id)}:{mark}",
        name=contact.name[:200],
        mail=mail or None,
        line=line or None,
        units=(unit.id,),
        items=contact.items,
    )
