"""What an administrator does to people, for the pages and the API: each deed with its log line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from accounts.people import People, Person, PersonError
from accounts.roles import Role
from web.faults import BadInput, NotFound
from web.viewer import record, site_of

if TYPE_CHECKING:
    from fastapi import Request

    from web.viewer import Viewer

_UNIT = re.compile(r"[A-Za-z0-9ก-๙][A-Za-z0-9ก-๙._-]{0,63}")
MOST_UNITS = 500


def owned_units(ids: Iterable[str], role: Role) -> list[str]:
    """The ids of units that a person of `role` looks after, in order; raises `BadInput`."""
    found = sorted({one for one in ids if one})
    wrong = next((one for one in found if not _UNIT.fullmatch(one)), None)
    if wrong is not None:
        raise BadInput(f"รหัสหน่วยงาน «{wrong[:64]}» ใช้ไม่ได้ ดูรหัสที่ถูกต้องในหน้าหน่วยงาน")
    if len(found) > MOST_UNITS:
        raise BadInput(f"กำหนดหน่วยงานได้ไม่เกิน {MOST_UNITS} หน่วยงานต่อคน")
    if role is Role.WEBMASTER and not found:
        raise BadInput("ผู้ดูแลเว็บไซต์ต้องมีหน่วยงานที่ดูแลอย่างน้อยหนึ่งหน่วยงาน")
    return found if role is Role.WEBMASTER else []


def person_named(request: Request, name: str) -> Person:
    """The person of that user name; raises `NotFound`."""
    try:
        return People(site_of(request).engine).named(name)
    except PersonError:
        raise NotFound("ไม่มีผู้ใช้ชื่อนี้") from None


def added(
    request: Request, viewer: Viewer, name: str, display: str, role: Role, units: Iterable[str]
) -> tuple[Person, str]:
    """A new person and the one-time password.

    Raises `BadInput`, `PersonError`, `PasswordError`.
    """
    site = site_of(request)
    owned = owned_units(units, role)
    person, password = People(site.engine).add(name, display, role, site.clock(), units=owned)
    record(request, viewer, "user.added", f"user:{person.name}", _facts(person))
    return person, password


def changed(
    request: Request, viewer: Viewer, before: Person, display: str, role: Role, units: Iterable[str]
) -> Person:
    """The person with another display name, role and units; raises `BadInput`, `PersonError`."""
    owned = owned_units(units, role)
    people = People(site_of(request).engine)
    person = people.change(before.name, display=display, role=role, units=owned)
    told = {"before": _facts(before), "after": _facts(person)}
    record(request, viewer, "user.changed", f"user:{person.name}", told)
    return person


def disabled(request: Request, viewer: Viewer, before: Person) -> Person:
    """The person, shut out at once; raises `PersonError` for the last administrator."""
    site = site_of(request)
    person = People(site.engine).disable(before.name, site.clock())
    record(request, viewer, "user.disabled", f"user:{before.name}")
    return person


def enabled(request: Request, viewer: Viewer, before: Person) -> Person:
    """The person, let in again."""
    person = People(site_of(request).engine).enable(before.name)
    record(request, viewer, "user.enabled", f"user:{person.name}")
    return person


def password_reset(request: Request, viewer: Viewer, person: Person) -> str:
    """A new one-time password; raises `PersonError` for who signs in elsewhere."""
    site = site_of(request)
    password = People(site.engine).reset_password(person.name, site.clock())
    record(request, viewer, "user.password_reset", f"user:{person.name}")
    return password


def _facts(person: Person) -> dict[str, object]:
    return {
        "display": person.display,
        "role": person.role.value,
        "units": sorted(person.units),
    }
