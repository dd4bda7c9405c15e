"""The one watch over a site's scans, and what its viewers are sent while they look."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool

from database.engine import StoreError
from web.scans.snapshot import Watch, read_snapshot, seen_by

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from web.site import Site
    from web.viewer import Viewer

LONGEST_S = 60.0
"""After so long a stream ends and the browser asks again: who may no longer look is found out."""
_WATCHES: WeakKeyDictionary[Engine, Watch] = WeakKeyDictionary()


def watch_of(site: Site) -> Watch:
    """The watch that all viewers of the site share."""
    watch = _WATCHES.get(site.engine)
    if watch is None:
        watch = _WATCHES.setdefault(site.engine, Watch(lambda: read_snapshot(site)))
    return watch


async def told(site: Site, viewer: Viewer, pause_s: float) -> AsyncIterator[dict[str, str]]:
    """Server-sent events for the viewer: the snapshot at once, then whenever it has changed."""
    watch = watch_of(site)
    until = time.monotonic() + LONGEST_S
    last = ""
    while time.monotonic() < until:
        try:
            found = watch.fresh()
            if found is None:
                found = await run_in_threadpool(watch.latest)
        except StoreError:
            # Busy for the moment: the next look tells.
            await asyncio.sleep(pause_s)
            continue
        seen = seen_by(found, viewer)
        text = seen.model_dump_json()
        if text != last:
            yield {"event": "scans", "data": text, "id": seen.shape()}
            last = text
        await asyncio.sleep(pause_s)
