"""A unit's result written and read by plain statements, a table at a time.

A nightly sweep does little else once nothing has changed, and the mapper's bookkeeping of some
hundred rows a unit would cost more than all the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, select

from database.texts import storable, storable_json
from results.models import DocumentRow, ElementRow, EvidenceRow, ItemRow, UnitRow
from results.placing_rows import placement_json
from results.rechecks import recheck_json
from results.record import LookedAt, UnitResult
from results.rows import unit_result

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from checklist.evidence import Document
    from checklist.verdict import ElementVerdict, ItemVerdict, Quote
    from database.base import Base
    from results.models import ScanRow

_Values = dict[str, Any]


def write_parts(
    session: Session,
    unit_row_id: int,
    verdicts: Sequence[ItemVerdict],
    documents: Sequence[Document | LookedAt],
    grounds: Mapping[str, _Values],
) -> None:
    """Write what hangs on a unit's row, which is written already; `grounds` by item as JSON."""
    here = {"scan_unit_id": unit_row_id}
    items = [{**_item(n, one, grounds.get(one.item)), **here} for n, one in enumerate(verdicts)]
    _insert(session, ItemRow, items)
    of_unit = ItemRow.scan_unit_id == unit_row_id
    ids = session.scalars(select(ItemRow.id).where(of_unit).order_by(ItemRow.position)).all()
    elements = [
        (element, {**_element(n, element), "item_verdict_id": item_id})
        for item_id, verdict in zip(ids, verdicts, strict=True)
        for n, element in enumerate(verdict.elements)
    ]
    _insert(session, ElementRow, [values for _, values in elements])
    placed = select(ElementRow.id).join(ItemRow, ItemRow.id == ElementRow.item_verdict_id)
    placed = placed.where(of_unit).order_by(ItemRow.position, ElementRow.position)
    quotes = [
        {**_quote(n, quote), "element_verdict_id": element_id}
        for element_id, (element, _) in zip(session.scalars(placed).all(), elements, strict=True)
        for n, quote in enumerate(element.quotes)
    ]
    _insert(session, EvidenceRow, quotes)
    looked_at = [{**_document(n, LookedAt.of(one)), **here} for n, one in enumerate(documents)]
    _insert(session, DocumentRow, looked_at)


def read_unit(session: Session, scan: ScanRow, row: UnitRow) -> UnitResult:
    """The plain value of a unit's row and of all that hangs on it."""
    of_unit = ItemRow.scan_unit_id == row.id
    items = _read(session, ItemRow, "scan_unit_id", of_unit)[row.id]
    part = ElementRow.item_verdict_id.in_(select(ItemRow.id).where(of_unit))
    elements = _read(session, ElementRow, "item_verdict_id", part)
    quotes = _read(
        session, EvidenceRow, "element_verdict_id",
        EvidenceRow.element_verdict_id.in_(select(ElementRow.id).where(part)),
    )  # fmt: skip
    documents = _read(session, DocumentRow, "scan_unit_id", DocumentRow.scan_unit_id == row.id)
    for item in items:
        item.elements = elements[item.id]
        for element in item.elements:
            element.quotes = quotes[element.id]
    names = (column.name for column in UnitRow.__table__.columns)
    whole = SimpleNamespace(
        **{name: getattr(row, name) for name in names},
        verdicts=items,
        documents=documents[row.id],
    )
    return unit_result(scan, cast("UnitRow", whole))


def _read(
    session: Session, table: type[Base], parent: str, where: ColumnElement[bool]
) -> defaultdict[int, list[SimpleNamespace]]:
    """The rows by the row that they hang on, in their order."""
    columns = table.__table__.columns
    names = tuple(columns.keys())
    place = names.index(parent)
    found: defaultdict[int, list[SimpleNamespace]] = defaultdict(list)
    query = select(*columns).where(where).order_by(columns[parent], columns["position"])
    for row in session.execute(query):
        found[row[place]].append(SimpleNamespace(**dict(zip(names, row, strict=True))))
    return found


def _insert(session: Session, table: type[Base], rows: Sequence[_Values]) -> None:
    # Not with RETURNING: SQLite would be given one statement a row.
    if rows:
        session.connection().execute(table.metadata.tables[table.__tablename__].insert(), rows)


def _item(position: int, verdict: ItemVerdict, basis: _Values | None) -> _Values:
    return {
        "position": position,
        "item": verdict.item,
        "verdict": verdict.verdict.value,
        "kind": verdict.kind.value,
        "reasons": list(verdict.reasons),
        "urls": storable_json(verdict.urls),
        "question": storable(verdict.question),
        "placements": storable_json([placement_json(one) for one in verdict.placements]),
        "recheck": recheck_json(verdict.recheck) if verdict.recheck else None,
        "basis": basis,
    }


def _element(position: int, element: ElementVerdict) -> _Values:
    return {
        "position": position,
        "element": element.id,
        "text": storable(element.text),
        "state": element.state.value,
        "required": element.required,
        "reason": element.reason,
        "detail": storable(element.detail),
    }


def _quote(position: int, quote: Quote) -> _Values:
    return {
        "position": position,
        "url": storable(quote.url),
        "final_url": storable(quote.final_url),
        "status": quote.status,
        "sha256": quote.sha256,
        "fetched_at": quote.fetched_at,
        "page": quote.page,
        "heading_path": storable_json(quote.heading_path),
        "region": quote.region.value,
        "source": quote.source.value,
        "tier": quote.tier.value,
        "text": storable(quote.text),
    }


def _document(position: int, document: LookedAt) -> _Values:
    return {
        "position": position,
        "url": storable(document.url),
        "final_url": storable(document.final_url),
        "status": document.status,
        "problem": document.problem,
        "problem_detail": storable(document.problem_detail),
        "sha256": document.sha256,
        "content_sha256": document.content_sha256,
        "size": document.size,
        "fetched_at": document.fetched_at,
        "origin": document.origin.value,
        "parent_url": storable(document.parent_url),
        "link_text": storable(document.link_text),
        "title": storable(document.title),
    }
