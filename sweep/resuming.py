"""Which scan a sweep fills: a new one, or the newest that was left unfinished."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from units.registry import Unit

if TYPE_CHECKING:
    from results.store import Store
    from sweep.request import SweepRequest


def scan_to_fill(request: SweepRequest, store: Store) -> int:
    """The number of the scan to fill: the unfinished one with `resume`, else a new one."""
    unfinished = store.unfinished_scan(request.checklist.key) if request.resume else None
    if unfinished is not None:
        store.resume_scan(unfinished.id)
        return unfinished.id
    settings = {
        "crawl": request.settings.model_dump(mode="json"),
        "units": [unit.model_dump(mode="json") for unit in request.units],
        "items": [item.id for item in request.items],
    }
    return store.start_scan(request.checklist, request.as_of, settings, request.tool_version)


def to_resume(store: Store, request: SweepRequest) -> SweepRequest | None:
    """`request` for the newest unfinished scan: its units, items and day; None without one.

    A scan goes on as it was begun, whatever units file is at hand when it is resumed.
    """
    scan = store.unfinished_scan(request.checklist.key)
    if scan is None or "units" not in scan.settings:
        return None
    asked: Any = scan.settings
    return replace(
        request,
        units=[Unit.model_validate(unit) for unit in asked["units"]],
        items=request.checklist.select(asked["items"]),
        as_of=scan.as_of,
        resume=True,
    )
