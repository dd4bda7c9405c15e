"""Files that were read and wait for their reader's word, for a day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from database.sessions import reading, writing
from registry.importing import Plan, bring_in, plan
from registry.models import RegistryDraftRow
from registry.reading import all_entries
from registry.records import Author, RegistryError
from registry.rows import state_of, unit_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from units.importing import Examined
    from units.registry import Unit

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was read: the units that are right, the rows that are not, is it whole."""

    source: str
    units: tuple[Unit, ...]
    refused: tuple[str, ...]
    columns: frozenset[str]
    whole: bool


def put_down(engine: Engine, draft: Draft, author: Author) -> str:
    """Keep the draft for its author; its key. Drafts older than a day are dropped."""
    key = str(uuid.uuid4())
    row = RegistryDraftRow(
        id=key, at=author.at, by=author.by, source=draft.source, whole=draft.whole,
        columns=sorted(draft.columns), refused=list(draft.refused),
        units=[state_of(unit) for unit in draft.units],
    )  # fmt: skip
    with writing(engine) as session:
        session.execute(delete(RegistryDraftRow).where(RegistryDraftRow.at < author.at - KEPT))
        session.add(row)
    return key


def draft_of(read: Examined, source: str, *, whole: bool) -> Draft:
    """The draft of a file that was examined."""
    problems = tuple(problem.text() for problem in read.problems)
    return Draft(source, read.units, problems, read.columns, whole)


def taken_up(engine: Engine, key: str, author: Author) -> tuple[Draft, Plan]:
    """The author's draft and what it would change now; raises `RegistryError` when it is gone."""
    with reading(engine) as session:
        row = session.get(RegistryDraftRow, key)
        if row is None or row.by != author.by or row.at < author.at - KEPT:
            raise RegistryError(
                "ไม่พบแฟ้มที่รอยืนยัน อาจนำเข้าไปแล้วหรือเกินหนึ่งวัน ให้เลือกแฟ้มใหม่อีกครั้ง",
                "no file waits to be imported; choose it again",
            )
        units = tuple(map(unit_of, row.units))
        columns = frozenset(row.columns)
        draft = Draft(row.source, units, tuple(row.refused), columns, row.whole)
        held = {one.unit.id: one.unit for one in all_entries(session)}
    made = plan(held, units, columns=columns, whole=draft.whole, refused=draft.refused)
    return draft, made


def confirm(engine: Engine, key: str, seen: str, author: Author) -> Plan:
    """Import the author's draft, whole or not at all; what was done.

    `seen` is the `mark` of the plan that the author looked at. Raises `RegistryError` when the
    draft is gone, has rows that are refused, or would by now change something else.
    """
    draft, made = taken_up(engine, key, author)
    if made.refused:
        raise RegistryError(
            "แฟ้มนี้มีแถวที่รับไม่ได้ จึงยังไม่นำเข้าข้อมูลใด ให้แก้แล้วเลือกแฟ้มใหม่",
            "the file has rows that are refused; nothing was imported",
        )
    done = bring_in(
        engine, draft.units, author, draft.source,
        columns=draft.columns, whole=draft.whole, seen=seen,
    )  # fmt: skip
    discard(engine, key, author)
    return done


def discard(engine: Engine, key: str, author: Author) -> None:
    """Drop the author's draft."""
    mine = (RegistryDraftRow.id == key, RegistryDraftRow.by == author.by)
    with writing(engine) as session:
        session.execute(delete(RegistryDraftRow).where(*mine))
