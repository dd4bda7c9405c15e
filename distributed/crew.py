"""Several worker processes of one machine: started, replaced when they die, stopped together."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

_LOOK_S = 0.2
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0
_LIVED_S = 60.0
INPUT_WAS_WRONG = 2
"""The exit status of a worker that will not work however often it is started."""


@dataclass
class _Place:
    """One place in the crew: its process, since when, how long its next one is to wait."""

    command: Sequence[str]
    process: subprocess.Popen[bytes]
    since: float = field(default_factory=time.monotonic)
    pause: float = _FIRST_PAUSE_S
    again_at: float = 0.0


class Crew:
    """Processes that run `commands`, each in a session of its own with a pipe for stdin.

    A process that ends by itself is started again, after a pause that grows while it keeps dying.
    """

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        """Start them."""
        self._places = [_Place(command, _started(command)) for command in commands]
        self._asked = 0

    def ask_to_stop(self) -> None:
        """Let them finish what they have at hand; asked again, end them at once."""
        self._asked += 1
        for place in self._places:
            if place.process.poll() is None:
                if self._asked == 1:
                    place.process.terminate()
                else:
                    _let_go(place.process)

    def watch(self) -> int:
        """Until all have ended; the exit status, that of a worker which refused to begin."""
        try:
            return self._watch()
        finally:
            for place in self._places:
                _let_go(place.process)

    def _watch(self) -> int:
        while True:
            for place in self._places:
                status = place.process.poll()
                if status is None:
                    continue
                if status == INPUT_WAS_WRONG:
                    self.ask_to_stop()
                    self._wait()
                    return status
                if not self._asked:
                    self._again(place, status)
            if self._asked and all(one.process.poll() is not None for one in self._places):
                return 0
            time.sleep(_LOOK_S)

    def _again(self, place: _Place, status: int) -> None:
        now = time.monotonic()
        if not place.again_at:
            lived = now - place.since
            place.pause = (
                _FIRST_PAUSE_S if lived > _LIVED_S else min(2 * place.pause, _LONGEST_PAUSE_S)
            )
            place.again_at = now + place.pause
            logger.warning("a worker ended (%s); another starts in %.0f s", status, place.pause)
        elif now >= place.again_at:
            _let_go(place.process)
            place.process, place.since, place.again_at = _started(place.command), now, 0.0

    def _wait(self) -> None:
        for place in self._places:
            place.process.wait()


def _let_go(process: subprocess.Popen[bytes]) -> None:
    """Close the pipe to a worker: one that lives ends at once."""
    if process.stdin is not None:
        process.stdin.close()


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # nosec B603  # our own program
        [sys.executable, *command], stdin=subprocess.PIPE, start_new_session=True
    )
