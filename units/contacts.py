"""Who answers for items of a unit: their addresses, and how a cell or a form writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from units.addresses import AddressError, check_email, check_line_id, is_line_id
from units.items import ITEM_IDS, KnownItem, items_named, items_text
from units.texts import Line

MARK = "|"


def _without_mark(name: str) -> str:
    if MARK in name:
        raise AddressError(
            f"ชื่อผู้รับผิดชอบ “{name[:60]}” ใช้เครื่องหมาย {MARK} ไม่ได้",
            f'the name "{name[:60]}" may not hold {MARK}',
        )
    return name


class Contact(BaseModel):
    """A person or office that answers for `items` of the unit; no items: for all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line
    mail: str = ""
    line: str = ""
    items: tuple[KnownItem, ...] = ()

    @field_validator("name")
    @classmethod
    def _name_is_one_part(cls, value: str) -> str:
        return _without_mark(value)

    @field_validator("mail")
    @classmethod
    def _mail_has_its_form(cls, value: str) -> str:
        return check_email(value) if value.strip() else ""

    @field_validator("line")
    @classmethod
    def _line_has_its_form(cls, value: str) -> str:
        return check_line_id(value) if value.strip() else ""

    @field_validator("items")
    @classmethod
    def _in_the_order_of_the_items(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(item for item in ITEM_IDS if item in value)

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.mail or self.line):
            raise AddressError(
                f"“{self.name}” ยังไม่มีอีเมลหรือรหัส LINE ให้เขียนเช่น {EXAMPLE}",
                f'"{self.name}" has neither e-mail nor LINE id; write {EXAMPLE}',
            )
        return self


EXAMPLE = f"กองคลัง {MARK} finance@example.go.th {MARK} O10-O12"


def contact_text(contact: Contact) -> str:
    """The contact on one line, as `contact_values` reads it."""
    parts = (contact.name, contact.mail, contact.line, items_text(contact.items))
    return f" {MARK} ".join(part for part in parts if part)


def contact_lines(contacts: Iterable[Contact]) -> str:
    """The contacts, one a line."""
    return "\n".join(map(contact_text, contacts))


def contact_values(text: str) -> list[dict[str, object]]:
    """The raw values of the contacts that a cell or a form lists, one a line, unchecked.

    A line holds the name, then e-mail, LINE id and items in any order. Raises `AddressError`
    for a part that is none of these.
    """
    return [_values(line) for line in text.splitlines() if line.strip()]


def _values(line: str) -> dict[str, object]:
    name, *parts = (part.strip() for part in line.split(MARK))
    values: dict[str, object] = {"name": name}
    for part in filter(None, parts):
        if "@" in part:
            key, value = "mail", part
        elif is_line_id(part):
            key, value = "line", part
        else:
            key, value = "items", items_named(part)  # type: ignore[assignment]
        if key in values:
            raise AddressError(
                f"“{line.strip()[:80]}” มีสองค่าในช่องเดียวกัน ให้แยกเป็นคนละบรรทัด เช่น {EXAMPLE}",
                f'"{line.strip()[:80]}" says one thing twice; write a line for each',
            )
        values[key] = value
    return values
