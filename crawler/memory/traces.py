"""Traces: what a unit's crawl asked of the network, in order, with a digest of each answer.

A crawl is decided by its plan, its code and what comes over the network. Where all three are as
they were, it would bring home what it brought home before: so the next scan may ask along the
trace alone, and crawl only where an answer differs.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from crawler.headers import header
from crawler.memory.models import TraceRow
from database.engine import StoreError, clear_errors, connect, to_write
from database.sessions import again_when_cut_off
from database.texts import storable, storable_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.http import Response

logger = logging.getLogger(__name__)

_PATIENCE_S = 15.0
_FORGET_AFTER = timedelta(days=90)
_TOLD = ("Content-Type", "Content-Disposition")
"""The headers that decide how an answer is read."""


@dataclass(frozen=True, slots=True)
class Question:
    """One address as it was asked; `shared` is where its document is shared, "" for others."""

    url: str
    social: bool = False
    shared: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A question and the digest of its answer; `visited` is the address that led to it."""

    url: str
    social: bool
    shared: str
    visited: str
    came: str

    @property
    def question(self) -> Question:
        """What was asked."""
        return Question(self.url, self.social, self.shared)


class Journal:
    """What one crawl asks, noted as it goes."""

    def __init__(self) -> None:
        """Start with nothing noted."""
        self._known: dict[Question, Response] = {}
        self._steps: list[Step] = []
        self._whole = True

    def know(self, answers: Mapping[Question, Response]) -> None:
        """These answers came already, and need not be asked for again."""
        self._known.update(answers)

    def take(self, question: Question) -> Response | None:
        """The answer that is known already; given once."""
        return self._known.pop(question, None)

    def note(self, question: Question, visited: str, came: str) -> None:
        """Note a question that was answered."""
        q = question
        self._steps.append(Step(q.url, q.social, q.shared, visited, came))

    def spoil(self) -> None:
        """Something came that no digest tells of: the crawl leaves no trace."""
        self._whole = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """The trace; empty for a crawl that leaves none."""
        return tuple(self._steps) if self._whole else ()


def came(response: Response) -> str:
    """The digest of an answer: where it came from, its status, how it is read, its body."""
    told = [response.url, response.status, *(header(response, name) for name in _TOLD)]
    digest = hashlib.sha256(json.dumps(told).encode())
    digest.update(hashlib.sha256(response.body).digest())
    return digest.hexdigest()


def refused(problem: str) -> str:
    """The digest of a request that was not answered for a reason that lasts."""
    return f"problem {problem}"


class Traces:
    """The traces of one database; its methods block, and may be called from any thread.

    A database that cannot be used costs only the saving.
    """

    def __init__(self, database_url: str) -> None:
        """Use the database at its newest revision; raises `StoreError` for no address."""
        self._engine = connect(database_url, _PATIENCE_S)
        self._writing = to_write(self._engine, beside="traces")

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def find(self, unit_id: str, plan: str, scan_id: int) -> tuple[Step, ...]:
        """The trace that the unit's crawl of `plan` left in that scan; empty when it left none."""
        query = select(TraceRow.steps).where(
            TraceRow.unit_id == storable(unit_id),
            TraceRow.plan == plan,
            TraceRow.scan_id == scan_id,
        )

        def read() -> Any:
            with clear_errors(self._engine), self._engine.connect() as connection:
                return connection.scalar(query)

        try:
            found = again_when_cut_off(self._engine, read)
            return tuple(Step(*one) for one in found or ())
        except (StoreError, TypeError) as error:
            logger.warning("a trace could not be read; the unit is crawled: %s", error)
            return ()

    def keep(self, unit_id: str, plan: str, scan_id: int, steps: tuple[Step, ...]) -> None:
        """Keep the unit's trace in place of all earlier ones; empty `steps` only remove these."""
        now, unit = datetime.now(UTC), storable(unit_id)
        values = {
            "unit_id": unit, "plan": plan, "scan_id": scan_id, "at": now,
            "steps": storable_json([astuple(step) for step in steps]),
        }  # fmt: skip
        gone = (TraceRow.unit_id == unit) | (TraceRow.at < now - _FORGET_AFTER)

        def replace() -> None:
            with clear_errors(self._engine), self._writing.begin() as connection:
                connection.execute(delete(TraceRow).where(gone))
                if steps:
                    connection.execute(insert(TraceRow), [values])

        try:
            again_when_cut_off(self._engine, replace)
        except StoreError as error:
            logger.warning("a trace could not be kept: %s", error)

    def still(self, unit_id: str, plan: str, scan_id: int) -> None:
        """Note that the unit's trace was gone along in `scan_id`, and nothing differed."""
        here = (TraceRow.unit_id == storable(unit_id), TraceRow.plan == plan)
        values = {"scan_id": scan_id, "at": datetime.now(UTC)}

        def confirm() -> None:
            with clear_errors(self._engine), self._writing.begin() as connection:
                connection.execute(update(TraceRow).where(*here).values(values))

        try:
            again_when_cut_off(self._engine, confirm)
        except StoreError as error:
            logger.warning("a trace could not be kept: %s", error)
