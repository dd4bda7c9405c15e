"""Importing a file: what it would change, and changing all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from database.sessions import writing
from registry.changes import Change, changes, with_columns
from registry.models import RegistryRevisionRow
from registry.reading import all_entries, holds_units
from registry.records import Author, How, RegistryError
from registry.rows import fold, state_of, unit_of
from registry.writing import write
from units.columns import TITLES
from units.importing import read_units

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from units.registry import Unit

ALL_COLUMNS = frozenset(TITLES)


@dataclass(frozen=True, slots=True)
class Step:
    """What an import does to one unit; no `before`: it is new, no `after`: it is taken out."""

    unit_id: str
    before: Unit | None
    after: Unit | None

    @property
    def name(self) -> str:
        """The unit's name."""
        unit = self.after or self.before
        return unit.name if unit else ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each column that differs."""
        return changes(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an import would change, in the file's order, and how many stay as they are.

    `refused` are rows that cannot be taken, with their place and reason: then nothing is imported.
    `absent` counts units that the file does not name and that stay.
    """

    steps: tuple[Step, ...]
    same: int
    absent: int
    refused: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells this plan from any other: the digest of all it would change."""
        states = [
            [step.unit_id, *(unit and state_of(unit) for unit in (step.before, step.after))]
            for step in self.steps
        ]
        return hashlib.sha256(json.dumps(states).encode()).hexdigest()

    @property
    def added(self) -> tuple[Step, ...]:
        """Units that are new."""
        return tuple(step for step in self.steps if step.before is None)

    @property
    def changed(self) -> tuple[Step, ...]:
        """Units that differ."""
        return tuple(step for step in self.steps if step.before and step.after)

    @property
    def removed(self) -> tuple[Step, ...]:
        """Units that are taken out."""
        return tuple(step for step in self.steps if step.after is None)


def plan(
    current: Mapping[str, Unit],
    found: Iterable[Unit],
    *,
    columns: frozenset[str] = ALL_COLUMNS,
    whole: bool = False,
    refused: Iterable[str] = (),
) -> Plan:
    """What the units of a file would change of the `current` ones; pure.

    Columns that the file does not have stay as they are. A `whole` file is the registry itself:
    units that it does not name are taken out.
    """
    steps: list[Step] = []
    wrong = list(refused)
    folded = {fold(unit_id): unit_id for unit_id in current}
    named: set[str] = set()
    same = 0
    for unit in found:
        alike = folded.get(fold(unit.id), unit.id)
        named.add(alike)
        before = current.get(unit.id)
        if alike != unit.id:
            wrong.append(f"รหัส “{unit.id}” ต่างจาก “{alike}” ในทะเบียนเพียงตัวพิมพ์ใหญ่เล็ก ให้แก้ให้ตรงกัน")
            continue
        after = unit if before is None else with_columns(before, unit, columns)
        if after == before:
            same += 1
        else:
            steps.append(Step(unit.id, before, after))
    absent = [unit_id for unit_id in current if unit_id not in named]
    if whole:
        steps += [Step(unit_id, current[unit_id], None) for unit_id in absent]
    return Plan(tuple(steps), same, 0 if whole else len(absent), tuple(wrong))


def bring_in(
    engine: Engine,
    found: Iterable[Unit],
    author: Author,
    source: str,
    *,
    columns: frozenset[str] = ALL_COLUMNS,
    whole: bool = False,
    seen: str = "",
) -> Plan:
    """Import the units in one transaction; what was done. `source` is the file's name.

    Raises `RegistryError` when something is refused or, with the mark of the plan that was `seen`,
    when the import would by now do something else: then nothing is imported.
    """
    with writing(engine) as session:
        held = {one.unit.id: one.unit for one in all_entries(session)}
        made = plan(held, found, columns=columns, whole=whole)
        if made.refused:
            raise RegistryError(made.refused[0], made.refused[0])
        if seen and made.mark != seen:
            raise RegistryError(
                "ทะเบียนถูกแก้ไขหลังจากเปิดดูตัวอย่าง ให้ตรวจรายการใหม่อีกครั้งก่อนยืนยัน",
                "the registry changed after the preview; look at it again",
            )
        after = {step.unit_id: step.after for step in made.steps}
        write(session, after, author, How.IMPORT, source, str(uuid.uuid4()))
        return made


def take_over(engine: Engine, file: Path, author: Author) -> None:
    """Bring in the file in which an earlier version kept the units, when it is the first import.

    Raises `UnitsError` when the file cannot be read.
    """
    if file.exists() and not holds_units(engine):
        bring_in(engine, read_units(file), author, file.name)


def undo_import(engine: Engine, batch: str, author: Author) -> int:
    """Put every unit of an import back to what it was before; how many.

    Raises `RegistryError` when the import is unknown, or when any of its units was changed since:
    then nothing is undone.
    """
    with writing(engine) as session:
        of_batch = RegistryRevisionRow.batch == batch
        done = list(session.scalars(select(RegistryRevisionRow).where(of_batch))) if batch else []
        if not done:
            raise RegistryError("ไม่พบการนำเข้าครั้งนี้", "there is no such import")
        before = _before(session, done)
        write(session, before, author, How.RESTORED, f"ย้อนการนำเข้า {done[0].note}")
        return len(before)


def _before(session: Session, done: list[RegistryRevisionRow]) -> dict[str, Unit | None]:
    """The state of each unit before an import, when nobody has changed it since."""
    of = RegistryRevisionRow
    ids = [row.unit_id for row in done]
    at = {row.unit_id: row.number for row in done}
    states: dict[str, Unit | None] = dict.fromkeys(ids)
    for row in session.scalars(select(of).where(of.unit_id.in_(ids)).order_by(of.number)):
        if row.number > at[row.unit_id]:
            raise RegistryError(
                f"ย้อนไม่ได้ เพราะหน่วยงาน “{row.unit_id}” ถูกแก้ไขหลังการนำเข้า ให้ย้อนรายหน่วยงานแทน",
                f'"{row.unit_id}" was changed after the import; restore single units instead',
            )
        if row.number == at[row.unit_id] - 1:
            states[row.unit_id] = None if row.state is None else unit_of(row.state)
    return states
