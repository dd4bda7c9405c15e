"""The owner's end of the pipe to a worker: it waits so long and takes so much, and parses nothing.

What comes back is bytes for a validating reader, never a pickle: a worker that a hostile file took
over could send one that runs code where it is opened.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from crawler.confinement.limits import MEBIBYTE, confinement_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_log = logging.getLogger(__name__)

MOST_ANSWER_BYTES = 128 * MEBIBYTE
_told: set[tuple[str, ...]] = set()


def exchange(
    pipe: Connection, request: object | None, timeout_s: float, end: Callable[[], None]
) -> bytes:
    """Send `request` (`None`: nothing) and give the answer's bytes.

    `end` is called, from another thread, when the worker has not answered in full after
    `timeout_s` seconds, also when it stops in the middle of its answer.

    Raises:
        TimeoutError: the worker was ended.
        EOFError, OSError: it is gone, or answers more than `MOST_ANSWER_BYTES`.
    """
    late = threading.Event()

    def give_up() -> None:
        late.set()
        end()

    timer = threading.Timer(timeout_s, give_up)
    timer.daemon = True
    timer.start()
    try:
        if request is not None:
            pipe.send(request)
        return pipe.recv_bytes(MOST_ANSWER_BYTES)
    except (EOFError, OSError) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        if late.is_set():
            # Ended for sure before anybody asks whether it lives.
            timer.join()


def note(worker: str, told: bytes) -> None:
    """Log once a process how its workers are confined, and what this machine does not offer.

    Raises `ValueError` when `told` is not what a worker tells of itself.
    """
    confinement = confinement_of(told)
    line = (worker, *confinement.held, *confinement.missing)
    if line in _told:
        return
    _told.add(line)
    if confinement.missing:
        _log.warning(
            "%s workers are confined by %s only; this machine does not offer %s",
            worker, ", ".join(confinement.held), "; ".join(confinement.missing),
        )  # fmt: skip
    else:
        _log.info("%s workers are confined by %s", worker, ", ".join(confinement.held))
