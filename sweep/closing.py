"""The end of a scan: how it ended is noted, and what no later sweep asks for is thrown away."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from crawler.bodies import BodyStore
from crawler.memory.documents import DocumentStore
from crawler.memory.frontier import forget_followed
from crawler.memory.readings import READINGS
from results.record import ScanStatus
from results.store import StoreError
from sweep.archiving import seal_archive
from sweep.retention import Folder, prune

if TYPE_CHECKING:
    from results.store import Store
    from sweep.accounting import ScanAccount
    from sweep.request import SweepRequest

_log = logging.getLogger(__name__)
_KEPT_BODIES = 4 * 1024**3
"""Bytes of what was downloaded that are kept between sweeps; the oldest go first."""
_KEPT_READINGS = 2 * 1024**3


def close_scan(
    request: SweepRequest,
    store: Store,
    scan_id: int,
    status: ScanStatus,
    account: ScanAccount | None,
) -> None:
    """Note how the scan ended, seal its evidence and prune what was kept for later.

    Where an error ends the scan, that error is told and not what follows from it. Raises
    `StoreError` otherwise when the database or the archive cannot be written.
    """
    with suppress(*((StoreError,) if status is ScanStatus.FAILED else ())):
        store.finish_scan(scan_id, status)
        if account is not None:
            account.close(status)
        seal_archive(request, store, scan_id)
        _prune(request, store)
        if status is ScanStatus.FINISHED and request.settings.documents_folder is not None:
            _forget_followed(request, store, scan_id)


def _prune(request: SweepRequest, store: Store) -> None:
    settings = request.settings
    if settings.bodies_folder is not None:
        prune(store, [Folder("bodies", settings.bodies_folder, _KEPT_BODIES, evidence=True)])
    if settings.documents_folder is not None:
        DocumentStore(settings.documents_folder).prune(settings.kept_documents_bytes)
        BodyStore(settings.documents_folder / READINGS).prune(_KEPT_READINGS)


def _forget_followed(request: SweepRequest, store: Store, scan_id: int) -> None:
    """No scan of this checklist up to this one can be gone on with any more."""
    over = [one.id for one in store.scans() if one.checklist == request.checklist.key]
    try:
        forget_followed(store.url, [one for one in over if one <= scan_id])
    except StoreError as error:
        _log.warning("what the scan followed is kept until the next one: %s", error)
