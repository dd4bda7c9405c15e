"""Reads how units stood in stored scans: a few narrow queries, no evidence is loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Select, select

from checklist.verdict import ElementState, Verdict
from database.sessions import reading
from database.texts import storable
from results import rows
from results.answers import asked
from results.models import DocumentRow, ElementRow, ItemRow, ScanRow, UnitRow
from results.record import ScanInfo, ScanStatus
from results.stands import ItemStand, UnitStand

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from results.store import Store

_AT_ONCE = 100
"""Units of scans read by one round of queries."""
_BARE = {verdict.value: ItemStand(verdict) for verdict in Verdict}
_LACKING = (ElementState.ABSENT.value, ElementState.OUTDATED.value)


def unit_stands(
    store: Store, checklist: str, unit_id: str, newest: int = 0
) -> tuple[UnitStand, ...]:
    """How the unit stood in the scans of the checklist (its key) that hold it, oldest first.

    `newest` is how many scans at most, the last ones; 0 for all.
    """
    with reading(store.engine) as session:
        found = _held(session, checklist, unit_id, newest)
    return tuple(_filled(store, found))[::-1]


def bare_stands(
    store: Store, checklist: str, unit_id: str, newest: int = 0
) -> tuple[UnitStand, ...]:
    """The same with nothing but the verdicts, in a fraction of the time."""
    with reading(store.engine) as session:
        found = _held(session, checklist, unit_id, newest)
        query = select(ItemRow.scan_unit_id, ItemRow.item, ItemRow.verdict).where(
            ItemRow.scan_unit_id.in_([row.id for row, _ in found])
        )
        items: dict[int, dict[str, ItemStand]] = defaultdict(dict)
        for unit, item, verdict in session.execute(query.order_by(ItemRow.position)):
            items[unit][item] = _BARE[verdict]
    return tuple(_stand(row, info, items) for row, info in reversed(found))


def scan_stands(store: Store, scan_id: int, unit_ids: Collection[str] = ()) -> Iterator[UnitStand]:
    """How the units of a scan stood, by unit id: all of them, or those named."""
    query = _units().where(UnitRow.scan_id == scan_id).order_by(UnitRow.unit_id)
    if unit_ids:
        query = query.where(UnitRow.unit_id.in_([storable(one) for one in unit_ids]))
    return _stands(store, query)


def _units() -> Select[Any]:
    columns: tuple[Any, ...] = (
        UnitRow.id, UnitRow.unit_id, UnitRow.name, UnitRow.checked_at, UnitRow.scan_id,
    )  # fmt: skip
    return select(*columns, *rows.BRIEF).join(ScanRow, ScanRow.id == UnitRow.scan_id)


def _held(
    session: Session, checklist: str, unit_id: str, newest: int
) -> list[tuple[Row[Any], ScanInfo]]:
    """The unit's rows and their scans, newest first.

    Which scans are of the checklist is answered from an index.
    """
    kept = select(ScanRow.id).where(
        ScanRow.checklist == checklist, ScanRow.status != ScanStatus.FORGOTTEN.value
    )
    query = _units().where(UnitRow.unit_id == storable(unit_id), UnitRow.scan_id.in_(kept))
    query = query.order_by(UnitRow.scan_id.desc()).limit(newest or None)
    return [(row, rows.brief_info(row, row.scan_id)) for row in session.execute(query)]


def _stands(store: Store, query: Select[Any]) -> Iterator[UnitStand]:
    with reading(store.engine) as session:
        infos: dict[int, ScanInfo] = {}
        found = []
        for row in session.execute(query):
            info = infos.get(row.scan_id) or rows.brief_info(row, row.scan_id)
            found.append((row, infos.setdefault(row.scan_id, info)))
    return _filled(store, found)


def _filled(store: Store, found: Sequence[tuple[Row[Any], ScanInfo]]) -> Iterator[UnitStand]:
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        with reading(store.engine) as session:
            items = _items(session, [row.id for row, _ in part])
        for row, info in part:
            yield _stand(row, info, items)


def _stand(
    row: Row[Any], info: ScanInfo, items: Mapping[int, Mapping[str, ItemStand]]
) -> UnitStand:
    return UnitStand(info, row.unit_id, row.name, row.checked_at, items.get(row.id, {}))


def _items(session: Session, ids: Sequence[int]) -> Mapping[int, dict[str, ItemStand]]:
    contents = _contents(session, ids)
    lacking = _lacking(session, ids)
    columns = (
        ItemRow.id, ItemRow.scan_unit_id, ItemRow.item, ItemRow.verdict, ItemRow.reasons,
        ItemRow.urls, ItemRow.recheck, ItemRow.question, ItemRow.basis,
    )  # fmt: skip
    query = select(*columns).where(ItemRow.scan_unit_id.in_(ids))
    found: dict[int, dict[str, ItemStand]] = defaultdict(dict)
    for row in session.execute(query.order_by(ItemRow.scan_unit_id, ItemRow.position)):
        stood = _item(row, lacking.get(row.id, {}), contents.get(row.scan_unit_id, {}))
        if stood.verdict is Verdict.REVIEW:
            stood = replace(stood, asked=_asked(row, stood))
        found[row.scan_unit_id][row.item] = stood
    return found


def _item(row: Row[Any], lacking: Mapping[str, str], pages: Mapping[str, str]) -> ItemStand:
    return ItemStand(
        verdict=Verdict(row.verdict),
        reasons=tuple(row.reasons),
        lacking=lacking,
        urls=tuple(row.urls),
        contents={url: pages[url] for url in row.urls if url in pages},
        confirmed=row.recheck["confirmed"] if row.recheck else None,
    )


def _asked(row: Row[Any], stood: ItemStand) -> str:
    return asked(row.reasons, row.question, stood.lacking, row.basis)


def _lacking(session: Session, ids: Sequence[int]) -> Mapping[int, dict[str, str]]:
    """Of items that did not pass, the required parts that were absent or outdated."""
    query = (
        select(ElementRow.item_verdict_id, ElementRow.element, ElementRow.text)
        .join(ItemRow, ItemRow.id == ElementRow.item_verdict_id)
        .where(ItemRow.scan_unit_id.in_(ids))
        .where(ItemRow.verdict.in_((Verdict.FAIL.value, Verdict.REVIEW.value)))
        .where(ElementRow.required, ElementRow.state.in_(_LACKING))
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for item_id, element, text in session.execute(query):
        found[item_id][element] = text
    return found


def _contents(session: Session, ids: Sequence[int]) -> Mapping[int, dict[str, str]]:
    """What pages said (their digests) by address, for each unit of a scan."""
    columns = (
        DocumentRow.scan_unit_id, DocumentRow.url, DocumentRow.final_url,
        DocumentRow.content_sha256,
    )  # fmt: skip
    query = select(*columns).where(
        DocumentRow.scan_unit_id.in_(ids), DocumentRow.content_sha256 != ""
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for unit, url, final_url, digest in session.execute(query):
        found[unit].setdefault(url, digest)
        found[unit].setdefault(final_url, digest)
    return found
