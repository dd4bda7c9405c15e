"""A message of the outbox as a plain value, and what came of sending one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a message stands; a failed one is tried again when it is due."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given_up"


STATES_TH = {
    State.QUEUED: "รอส่ง",
    State.SENDING: "กำลังส่ง",
    State.SENT: "ส่งแล้ว",
    State.FAILED: "ส่งไม่สำเร็จ จะลองใหม่",
    State.GIVEN_UP: "เลิกส่งแล้ว",
}


class Channel(StrEnum):
    """The ways out."""

    MAIL = "mail"
    LINE = "line"
    WEBHOOK = "webhook"
    APPRISE = "apprise"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message: `text` is the mail's text, the LINE text, or a webhook's JSON.

    `message_id` is the mail's Message-ID, LINE's retry key or a webhook's idempotency key. For a
    channel of Apprise `address` names only the service: the real one is a secret.
    """

    person: str
    channel: Channel
    address: str
    subject: str
    text: str
    html: str
    message_id: str
    keys: tuple[str, ...]
    queued_at: datetime
    due: datetime
    digest: str = ""
    slot: str = ""
    state: State = State.QUEUED
    attempts: int = 0
    claim: str = ""
    first_tried: datetime | None = None
    error: str = ""
    sent_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The receiver's server has taken it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not this time: `error` says why in Thai; not before `after` when the server named a wait.

    `channel_down`: it would befall every message of this channel.
    """

    error: str
    after: timedelta | None = None
    channel_down: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """Trying again would change nothing: `error` says why in Thai."""

    error: str


Outcome = Sent | Later | Never
