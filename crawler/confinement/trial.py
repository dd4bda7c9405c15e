"""What this machine offers to hold a worker by, found out once, by a process that opens nothing.

Run as a module it ties itself down as a worker does and writes what it could hold.
"""

from __future__ import annotations

import logging
import sys
import threading

from crawler.confinement.limits import MEBIBYTE, Confinement, Limits, confine, confinement_of
from crawler.confinement.once import OnceError, run_once

_log = logging.getLogger(__name__)
_WITHIN_S = 30.0
_MOST_TOLD = 10_000
_MEMORY_BYTES = 2048 * MEBIBYTE
_found: list[Confinement] = []


def try_out() -> Confinement | None:
    """What can be held here; one line of the log tells it. `None` when the trial itself failed."""
    try:
        found = confinement_of(run_once(__name__, (), b"", _WITHIN_S, _MOST_TOLD))
    except (OnceError, OSError, ValueError) as error:
        _log.warning("how workers are confined could not be found out: %s", error)
        return None
    if found.missing:
        _log.warning(
            "workers are confined by %s only; this machine does not offer %s",
            ", ".join(found.held), "; ".join(found.missing),
        )  # fmt: skip
    else:
        _log.info("workers are confined by %s", ", ".join(found.held))
    _found[:] = [found]
    return found


def try_out_aside() -> None:
    """The same in a thread of its own, for a program that starts."""
    threading.Thread(target=try_out, name="confinement", daemon=True).start()


def last_found() -> Confinement | None:
    """What the last trial of this process found; `None` when there was none."""
    return _found[0] if _found else None


if __name__ == "__main__":
    sys.stdout.buffer.write(confine(Limits(_MEMORY_BYTES)).dump())
