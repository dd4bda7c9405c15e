"""Sends what is due, one message after the other; each is claimed before and settled after."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from notices.moments import Quiet, after_quiet, is_quiet, wait_after
from notices.notice import Channel, Later, Never, Notice, Outcome, Sent, State

if TYPE_CHECKING:
    from notices.outbox import Outbox

_log = logging.getLogger(__name__)
_RETRY_KEY_HOLDS = timedelta(hours=24)
"""So long LINE recognises a repetition; a later one might arrive twice."""
Send = Callable[[Notice], Outcome]
Clock = Callable[[], datetime]


@dataclass
class Tally:
    """What came of a run: `waiting` are due and were left, for their channel is down."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    waiting: int = 0
    later: int = 0
    errors: tuple[str, ...] = ()


def send_due(outbox: Outbox, send: Send, clock: Clock, quiet: Quiet) -> Tally:
    """Send every message that is due; nothing in the quiet hours.

    `send` never raises for what a server does. A message is settled whatever comes of the others;
    a channel that is down is left alone for the rest of the run.
    """
    tally = Tally()
    down: set[Channel] = set()
    while not is_quiet(clock(), quiet):
        notice = outbox.claim(clock(), down)
        if notice is None:
            break
        outcome = send(notice)
        _settle(outbox, notice, outcome, clock(), quiet, tally)
        if isinstance(outcome, Later) and outcome.channel_down:
            down.add(notice.channel)
    tally.waiting, tally.later = outbox.waiting(clock())
    return tally


def _settle(
    outbox: Outbox, notice: Notice, outcome: Outcome, now: datetime, quiet: Quiet, tally: Tally
) -> None:
    if isinstance(outcome, Sent):
        outbox.settle(notice, State.SENT, sent_at=now)
        tally.sent += 1
        return
    tally.errors = (*tally.errors, f"{notice.id} {notice.person}: {outcome.error}")
    _log.warning("notice %s not sent: %s", notice.id, outcome.error)
    due = None if isinstance(outcome, Never) else next_try(notice, outcome, now, quiet)
    if due is None:
        outbox.settle(notice, State.GIVEN_UP, error=outcome.error)
        tally.given_up += 1
    else:
        outbox.settle(notice, State.FAILED, error=outcome.error, due=due)
        tally.failed += 1


def next_try(notice: Notice, outcome: Later, now: datetime, quiet: Quiet) -> datetime | None:
    """When to try again; `None`: it has been tried for long enough."""
    wait = wait_after(notice.attempts)
    if wait is None:
        return None
    due = after_quiet(now + max(wait, outcome.after or timedelta(0)), quiet)
    first = notice.first_tried or now
    if notice.channel is Channel.LINE and due - first >= _RETRY_KEY_HOLDS:
        return None
    return due
