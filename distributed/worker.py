"""One worker process: takes jobs from the queue until it is asked to stop.

It tells every `BEAT_S` seconds that it lives. Jobs of workers that have not done so for
`SILENT_S` are put back into the queue by any other worker: that is what brings back a unit whose
worker was killed, whose machine lost its power or its network.
"""

from __future__ import annotations

import asyncio
import logging
import random
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from procrastinate import JobContext, RetryStrategy
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from database.engine import StoreError
from distributed.fence import Start
from distributed.orders import Machine, Manner, Order
from distributed.queue import READING, READINGS, UNIT, UNITS, for_worker
from distributed.readings import Wanted
from distributed.workshop import Workshop
from units.registry import Unit

if TYPE_CHECKING:
    from procrastinate import App

logger = logging.getLogger(__name__)

BEAT_S = 2.0
SILENT_S = 12.0
HEAL_EVERY_S = 3.0
_TRIES = RetryStrategy(max_attempts=5, wait=10)
_CONNECTIONS = 6


class WorkerStoppedError(StoreError):
    """The worker cannot go on, as when the server is away; another one may be started."""


@dataclass(frozen=True)
class Employment:
    """How a worker works: `at_once` units at a time, from `queues`, known to others by `name`."""

    url: str
    machine: Machine
    at_once: int
    queues: Sequence[str]
    name: str


def work(employment: Employment) -> None:
    """Work until a signal says stop; the units at hand are finished first, at a second one not.

    Ends too when stdin is closed, so that no worker outlives who started it. Raises `StoreError`
    when the database cannot be used and `WorkerStoppedError` when it went away.
    """
    # At each start and end of a job it would log all that the job says.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    app = for_worker(employment.url, _CONNECTIONS)
    reads = READINGS in employment.queues
    workshop = Workshop(employment.url, employment.machine, app, reads=reads)
    try:
        asyncio.run(_work(employment, app, workshop))
    except (ConnectorException, OperationalError) as error:
        raise WorkerStoppedError(
            "ติดต่อคิวงานในฐานข้อมูลไม่ได้ ผู้ทำงานนี้จึงหยุด งานในมือจะกลับเข้าคิวเอง "
            f"(the queue cannot be reached: {type(error).__name__})"
        ) from error
    finally:
        workshop.close()


async def _work(employment: Employment, app: App, workshop: Workshop) -> None:
    _teach(app, workshop)
    async with app.open_async():
        healing = asyncio.create_task(_heal(app))
        working = asyncio.create_task(
            app.run_worker_async(
                queues=list(employment.queues),
                name=employment.name,
                concurrency=employment.at_once,
                update_heartbeat_interval=BEAT_S,
                stalled_worker_timeout=SILENT_S,
                fetch_job_polling_interval=BEAT_S,
                abort_job_polling_interval=BEAT_S,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        _heed(asyncio.get_running_loop(), working)
        try:
            await working
        except asyncio.CancelledError:
            logger.info("worker %s has stopped", employment.name)
        finally:
            healing.cancel()
            with suppress(asyncio.CancelledError):
                await healing


def _teach(app: App, workshop: Workshop) -> None:
    """Tell the queue what to do with its jobs."""

    @app.task(name=UNIT, queue=UNITS, pass_context=True, retry=_TRIES)
    async def unit(
        context: JobContext, *, scan: int, unit: dict[str, Any], manner: dict[str, Any]
    ) -> None:
        assert context.job.id is not None
        order = Order(scan, Unit.model_validate(unit), Manner(**manner))
        await workshop.unit(order, Start(context.job.id, context.job.attempts))

    @app.task(name=READING, queue=READINGS, retry=_TRIES)
    async def reading(*, sha256: str, source: str, pages: list[int]) -> None:
        await workshop.reading(Wanted(sha256, source, tuple(pages)))


async def _heal(app: App) -> None:
    """Put the jobs of dead workers back; several may do so, each job goes back once."""
    while True:
        await asyncio.sleep(HEAL_EVERY_S * random.uniform(0.7, 1.3))  # nosec B311
        try:
            await put_back(app)
        except (ConnectorException, OperationalError) as error:
            logger.warning("dead workers cannot be looked for: %s", error)


async def put_back(app: App) -> int:
    """Put the jobs of silent workers back into the queue; how many."""
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_S):
        # Another worker may have been quicker.
        with suppress(ConnectorException):
            await app.job_manager.retry_job(job)
            count += 1
            logger.warning("job %s is put back: its worker died", job.id)
    return count


def _heed(loop: asyncio.AbstractEventLoop, working: asyncio.Task[None]) -> None:
    """Stop at the first signal, at once at the second; and when stdin is closed."""
    times = 0

    def stop() -> None:
        nonlocal times
        times += 1
        if times > 1:
            end_at_once()
        working.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)

    def watch() -> None:
        sys.stdin.buffer.read()
        end_at_once()

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()


def end_at_once() -> None:
    """End this process and the crawls it started; its jobs go back into the queue by themselves."""
    import os

    os.killpg(0, signal.SIGKILL)
