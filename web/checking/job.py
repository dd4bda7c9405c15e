"""One self-check from its start to its end, and the news of it in their order."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from results.self_check import SelfCheckReport
    from sweep.self_check.request import SelfCheckRequest
    from sweep.self_check.steps import Step


class State(StrEnum):
    """Where a self-check stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """True when nothing more will happen."""
        return self not in (State.WAITING, State.RUNNING)


STATES_TH = {
    State.WAITING: "รอคิว",
    State.RUNNING: "กำลังตรวจ",
    State.DONE: "ตรวจเสร็จแล้ว",
    State.FAILED: "ตรวจไม่สำเร็จ",
    State.CANCELLED: "ยกเลิกแล้ว",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of news: `number` counts from 1, `name` is `place`, `step` or `end`."""

    number: int
    name: str
    data: Mapping[str, object]


@dataclass
class Job:
    """A self-check of `person`; `host` is the web server that it asks, "" for a file.

    `place` is its place in the queue from 1, 0 when it does not wait. Times are aware (UTC);
    `shown` is when its end was first shown. Changed by the desk alone, read by any thread.
    """

    person: str
    request: SelfCheckRequest
    host: str
    created: datetime
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    state: State = State.WAITING
    place: int = 0
    ended: datetime | None = None
    shown: datetime | None = None
    report: SelfCheckReport | None = None
    failure: str = ""
    cancelled: threading.Event = field(default_factory=threading.Event)
    _events: list[Event] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What is checked, as its owner wrote it."""
        return self.request.url or self.request.name

    def news(self, after: int = 0) -> list[Event]:
        """The events after number `after`, oldest first."""
        return self._events[after:]

    def stand_at(self, place: int) -> None:
        """Wait at this place of the queue; news only where it changed."""
        if place != self.place:
            self.place = place
            self._tell("place", {"place": place})

    def begin(self) -> None:
        """It runs now."""
        self.state, self.place = State.RUNNING, 0
        self._tell("place", {"place": 0})

    def step(self, step: Step) -> None:
        """A step of it was told."""
        self._tell("step", step.model_dump(mode="json", exclude={"say"}))

    def finish(
        self,
        state: State,
        now: datetime,
        report: SelfCheckReport | None = None,
        failure: str = "",
    ) -> None:
        """It is over, with an answer, a sentence that says why not, or cancelled."""
        self.report, self.failure, self.ended, self.place = report, failure, now, 0
        self.state = state
        self._tell("end", {"state": state.value, "text": failure or STATES_TH[state]})

    @property
    def steps(self) -> list[Event]:
        """The steps so far."""
        return [event for event in self._events if event.name == "step"]

    def _tell(self, name: str, data: Mapping[str, object]) -> None:
        self._events.append(Event(len(self._events) + 1, name, data))
