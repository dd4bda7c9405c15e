"""The jobs of one scan in the queue, as who conducts the sweep sees them."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

from database.engine import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from procrastinate import App
    from procrastinate.jobs import Job

logger = logging.getLogger(__name__)
_T = TypeVar("_T")

PATIENCE_S = 120.0
"""Seconds for which a server that is away is waited for."""
_PAUSE_S = 1.0
_BATCH = 500
_LIVES_S = 30.0
_OURS = "args->>'scan' = %(scan)s AND task_name = 'unit'"
_QUEUED = f"""
SELECT lock FROM procrastinate_jobs WHERE {_OURS} AND status IN ('todo', 'doing')
"""  # nosec B608  # the words are our own
_FAILED = f"""
DELETE FROM procrastinate_jobs WHERE {_OURS} AND status = 'failed' RETURNING lock
"""  # nosec B608  # the words are our own
_ENDED = f"""
DELETE FROM procrastinate_jobs WHERE {_OURS} AND status NOT IN ('todo', 'doing') RETURNING lock
"""  # nosec B608  # the words are our own
_WAITING = f"""
DELETE FROM procrastinate_jobs WHERE {_OURS} AND status = 'todo' RETURNING lock
"""  # nosec B608  # the words are our own
_AT_HAND = f"""
UPDATE procrastinate_jobs SET abort_requested = true WHERE {_OURS} AND status = 'doing'
RETURNING lock
"""  # nosec B608  # the words are our own
_LIVING = """
SELECT count(*) AS lock FROM procrastinate_workers
WHERE last_heartbeat > now() - make_interval(secs => %(seconds)s)
"""


@dataclass(frozen=True)
class ScanJobs:
    """The jobs of scan `scan`; a server that is away is waited for, then `StoreError` is raised."""

    app: App
    scan: int

    def queued(self) -> set[str]:
        """The names of the units that wait or are under way."""
        return self._names(_QUEUED)

    def put_in(self, jobs: Sequence[Job]) -> None:
        """Put jobs into the queue, none of which waits there."""
        for begin in range(0, len(jobs), _BATCH):
            batch = list(jobs[begin : begin + _BATCH])
            try:
                self._patiently(partial(self.app.job_manager.batch_defer_jobs, batch))
            except AlreadyEnqueued:
                # The server kept them and went away before it could say so.
                there = self.queued()
                self.put_in([job for job in batch if job.queueing_lock not in there])

    def failed(self) -> set[str]:
        """The names of units at which every try failed; told once."""
        return self._names(_FAILED)

    def forget_ended(self) -> None:
        """Throw away what is told of jobs that ended."""
        self._names(_ENDED)

    def take_back(self) -> int:
        """Let nobody begin a further unit, and give up those at hand; how many were left."""
        return len(self._names(_WAITING)) + len(self._names(_AT_HAND))

    def workers(self) -> int:
        """How many workers said lately that they live."""
        [row] = self._rows(_LIVING, seconds=_LIVES_S)
        return int(row["lock"])

    def _names(self, query: str) -> set[str]:
        return {row["lock"] for row in self._rows(query)}

    def _rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        connector = self.app.connector.get_sync_connector()
        known = {"scan": str(self.scan), **values}
        return self._patiently(lambda: list(connector.execute_query_all(query, **known)))

    def _patiently(self, ask: Callable[[], _T]) -> _T:
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                return ask()
            except AlreadyEnqueued:
                raise
            except ConnectorException as error:
                if time.monotonic() > end:
                    raise StoreError(
                        "ติดต่อคิวงานในฐานข้อมูลไม่ได้ งานที่สั่งไว้ยังอยู่ ทำต่อด้วย --resume "
                        "(the queue cannot be reached; go on with --resume)"
                    ) from error
                logger.warning("the queue cannot be reached; once more: %s", error.__cause__)
            time.sleep(_PAUSE_S)
