"""The outbox in the database: queued with what it tells, claimed by one sender at a time."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from checklist.verdict import Verdict
from database.engine import StoreError, clear_errors, connect, to_write
from notices.models import NoticeRow, ToldRow
from notices.notice import Channel, Notice, State
from notices.told import Event, Key, Told

LEASE = timedelta(minutes=15)
"""A message claimed so long ago was left by a process that died."""
_UNTRIED = and_(NoticeRow.state == State.QUEUED.value, NoticeRow.attempts == 0)


class QueueError(RuntimeError):
    """Another process queued or sent in between: nothing was written, the next run looks again."""


class Outbox:
    """Messages and what was told; open it beside a store, close it with `close` or `with`."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine whose database is already at the newest revision."""
        self.engine = engine
        self._writing = to_write(engine)

    @classmethod
    def open(cls, url: str, *, busy_timeout: float = 30.0) -> Outbox:
        """Open the outbox of the database at `url`, which a store has brought up to date."""
        return cls(connect(url, busy_timeout))

    def close(self) -> None:
        """Let go of the database's connections."""
        self.engine.dispose()

    def __enter__(self) -> Outbox:
        """Give the outbox to a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def told(self) -> tuple[Told, ...]:
        """Everything that anybody was told, oldest first."""
        with self._read() as session:
            rows = session.scalars(select(ToldRow).order_by(ToldRow.id))
            return tuple(map(_told_of, rows))

    def of_slot(self, slot: str) -> dict[str, tuple[Notice, ...]]:
        """The messages of a day's digests by person."""
        found: dict[str, tuple[Notice, ...]] = {}
        with self._read() as session:
            query = select(NoticeRow).where(NoticeRow.slot == slot).order_by(NoticeRow.id)
            for row in session.scalars(query):
                found[row.person] = (*found.get(row.person, ()), _notice_of(row))
        return found

    def queue(
        self, notices: Sequence[Notice], told: Sequence[Told], replaces: Sequence[Notice] = ()
    ) -> None:
        """Queue one person's messages and mark what they tell as told, both or neither.

        `replaces` are messages of the same day that nobody tried to send yet: they and what they
        told are taken back. Raises `QueueError` when another process was faster.
        """
        try:
            with self._write() as session:
                _take_back(session, replaces)
                session.add_all(map(_row_of, notices))
                session.add_all(_told_row(one, notices[0].queued_at) for one in told if notices)
        except IntegrityError:
            raise QueueError from None

    def claim(self, now: datetime, besides: Collection[Channel] = ()) -> Notice | None:
        """The next message that is due `now`, for this caller alone; `None`: there is none.

        Messages of the channels in `besides` are left. A claim holds for `LEASE`.
        """
        resting = [channel.value for channel in besides]
        with self._write() as session:
            row = session.scalar(
                select(NoticeRow)
                .where(_due(now), NoticeRow.channel.not_in(resting))
                .order_by(NoticeRow.due, NoticeRow.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if row is None:
                return None
            row.state, row.claim, row.claimed_at = State.SENDING.value, str(uuid.uuid4()), now
            row.attempts += 1
            row.first_tried = row.first_tried or now
            return _notice_of(row)

    def settle(
        self,
        notice: Notice,
        state: State,
        *,
        error: str = "",
        due: datetime | None = None,
        sent_at: datetime | None = None,
    ) -> bool:
        """Write what came of a claimed message; False when the claim had passed to another."""
        values = {"state": state.value, "error": error, "claim": "", "sent_at": sent_at}
        mine = and_(NoticeRow.id == notice.id, NoticeRow.claim == notice.claim)
        with self._write() as session:
            change = update(NoticeRow).where(mine).values(**values, due=due or notice.due)
            return bool(session.execute(change).rowcount)  # type: ignore[attr-defined]

    def notices(self, *states: State) -> tuple[Notice, ...]:
        """The messages in these states, or all, newest first."""
        query = select(NoticeRow).order_by(NoticeRow.id.desc())
        if states:
            query = query.where(NoticeRow.state.in_([state.value for state in states]))
        with self._read() as session:
            return tuple(map(_notice_of, session.scalars(query)))

    def waiting(self, now: datetime) -> tuple[int, int]:
        """How many messages are due `now`, and how many wait for a later moment.

        What another process is sending is neither.
        """
        ready = [State.QUEUED.value, State.FAILED.value]
        query = select(NoticeRow.due).where(NoticeRow.state.in_(ready))
        with self._read() as session:
            moments = [moment <= now for moment in session.scalars(query)]
        return sum(moments), len(moments) - sum(moments)

    def requeue(self, notice_id: int, address: str, now: datetime) -> Notice:
        """Send a message that failed or was given up again, to `address`, from the beginning.

        Raises `StoreError` for an unknown one and for one that is sent or being sent.
        """
        with self._write() as session:
            row = session.get(NoticeRow, notice_id)
            if row is None:
                raise StoreError(f"ไม่มีข้อความหมายเลข {notice_id} (no notice {notice_id})")
            if row.state not in (State.FAILED.value, State.GIVEN_UP.value):
                raise StoreError(
                    f"ข้อความหมายเลข {notice_id} อยู่ในสถานะ {row.state} จึงไม่ต้องส่งใหม่ "
                    f"(notice {notice_id} is {row.state})"
                )
            row.state, row.attempts, row.due, row.error = State.QUEUED.value, 0, now, ""
            row.address, row.first_tried = address or row.address, None
            return _notice_of(row)

    @contextmanager
    def _read(self) -> Iterator[Session]:
        with clear_errors(self.engine), Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with clear_errors(self.engine), Session(self._writing) as session, session.begin():
            yield session


def _due(now: datetime) -> ColumnElement[bool]:
    ready = NoticeRow.state.in_([State.QUEUED.value, State.FAILED.value])
    abandoned = and_(NoticeRow.state == State.SENDING.value, NoticeRow.claimed_at < now - LEASE)
    return and_(NoticeRow.due <= now, or_(ready, abandoned))


def _take_back(session: Session, notices: Sequence[Notice]) -> None:
    if not notices:
        return
    ids = [one.id for one in notices]
    gone = session.execute(delete(NoticeRow).where(NoticeRow.id.in_(ids), _UNTRIED))
    if gone.rowcount != len(ids):  # type: ignore[attr-defined]
        raise QueueError
    session.execute(delete(ToldRow).where(ToldRow.digest.in_({one.digest for one in notices})))
    session.flush()


def _row_of(notice: Notice) -> NoticeRow:
    return NoticeRow(
        digest=notice.digest,
        slot=notice.slot,
        person=notice.person,
        channel=notice.channel.value,
        address=notice.address,
        keys=list(notice.keys),
        subject=notice.subject,
        text=notice.text,
        html=notice.html,
        message_id=notice.message_id,
        queued_at=notice.queued_at,
        due=notice.due,
        state=notice.state.value,
        attempts=notice.attempts,
        claim="",
        error="",
    )


def _notice_of(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        digest=row.digest,
        slot=row.slot,
        person=row.person,
        channel=Channel(row.channel),
        address=row.address,
        keys=tuple(row.keys),
        subject=row.subject,
        text=row.text,
        html=row.html,
        message_id=row.message_id,
        queued_at=row.queued_at,
        due=row.due,
        state=State(row.state),
        attempts=row.attempts,
        claim=row.claim,
        first_tried=row.first_tried,
        error=row.error,
        sent_at=row.sent_at,
    )


def _told_row(told: Told, at: datetime) -> ToldRow:
    key = told.key
    return ToldRow(
        person=told.person,
        event=key.event.value,
        checklist=key.checklist,
        unit=key.unit,
        item=key.item,
        about=key.about,
        digest=told.digest,
        was=told.was.value,
        became=told.became.value,
        told_at=at.astimezone(UTC),
    )


def _told_of(row: ToldRow) -> Told:
    key = Key(Event(row.event), row.about, row.checklist, row.unit, row.item)
    return Told(row.person, key, row.digest, Verdict(row.was), Verdict(row.became))
