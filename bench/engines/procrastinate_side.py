"""Procrastinate's side: a worker as `distributed.worker` runs it, with this bench's job."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from procrastinate import App, RetryStrategy

from bench.engines.job import work
from distributed.queue import for_asking, for_worker
from distributed.worker import BEAT_S, HEAL_EVERY_S, SILENT_S, put_back

if TYPE_CHECKING:
    from procrastinate.types import JSONDict

_TRIES = RetryStrategy(max_attempts=9, wait=1)


async def serve(url: str) -> None:
    """Take jobs, and put back those of dead workers, until killed."""
    app = for_worker(url, 4)
    _teach(app)

    async def heal() -> None:
        while True:
            await asyncio.sleep(HEAL_EVERY_S)
            await put_back(app)

    async with app.open_async():
        healing = asyncio.create_task(heal())
        await app.run_worker_async(
            concurrency=1, update_heartbeat_interval=BEAT_S, stalled_worker_timeout=SILENT_S,
            fetch_job_polling_interval=BEAT_S, delete_jobs="successful",
        )  # fmt: skip
        healing.cancel()


def put_in(url: str, notes: str, names: list[str], seconds: float) -> float:
    """Put in a job for each name; the seconds that took."""
    began = time.perf_counter()
    with for_asking(url).open() as app:
        _teach(app)
        wanted: list[JSONDict] = [
            {"notes": notes, "name": name, "seconds": seconds} for name in names
        ]
        app.tasks["work"].batch_defer(*wanted)
    return time.perf_counter() - began


def _teach(app: App) -> None:
    @app.task(name="work", retry=_TRIES)
    async def _work(notes: str, name: str, seconds: float) -> None:
        await asyncio.to_thread(work, notes, name, seconds)


if __name__ == "__main__":
    while True:
        try:
            asyncio.run(serve(sys.argv[1]))
        except Exception as error:
            # As the crew does, which starts a worker anew when its server went away.
            print(f"again after {error!r}", file=sys.stderr, flush=True)
            time.sleep(1)
