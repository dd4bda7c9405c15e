"""Celery's side, run by the Python of its own environment; it must not need this project's."""

from __future__ import annotations

import os
import sys
import time

from celery import Celery  # type: ignore[import-not-found]
from job import work  # type: ignore[import-not-found]

app = Celery("engines", broker=os.environ["ENGINES_BROKER"])
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    broker_connection_retry=True,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_max_retries=None,
    broker_heartbeat=5,
)
if app.conf.broker_url.startswith("redis"):
    app.conf.broker_transport_options = {
        "visibility_timeout": 20, "unacked_restore_interval": 5, "global_keyprefix": "engines",
    }  # fmt: skip


@app.task(name="work")  # type: ignore[untyped-decorator]
def _work(notes: str, name: str, seconds: float) -> None:
    work(notes, name, seconds)


def put_in(notes: str, names: list[str], seconds: float) -> None:
    """Put in a job for each name; prints how many seconds that took."""
    began = time.perf_counter()
    with app.connection_for_write() as connection:
        for name in names:
            _work.apply_async((notes, name, seconds), connection=connection)
    print(f"{time.perf_counter() - began:.3f}")


if __name__ == "__main__":
    put_in(sys.argv[1], [f"{sys.argv[2]}-{n}" for n in range(int(sys.argv[3]))], float(sys.argv[4]))
