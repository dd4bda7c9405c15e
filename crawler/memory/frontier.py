"""The frontier: what a scan has opened, so that a crawl that is cut off goes on where it was.

A visit that is written down as done is given back from here, with its document, and asks nothing
of the network. What was under way is fetched again.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select

from checklist.evidence import Document, Origin
from crawler.harvest import unread
from crawler.memory.documents import DocumentStore
from crawler.memory.frontier_rows import DONE, FETCHING, QUEUED, FrontierRow
from crawler.memory.writer import Change, Writer
from crawler.urls import identity
from database.engine import StoreError, clear_errors, connect, to_write
from database.sessions import again_when_cut_off
from database.texts import storable

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sqlalchemy import ColumnElement

    from checklist.evidence import Fetch
    from crawler.memory.ledger import Ledger

logger = logging.getLogger(__name__)

PROBE = "probe"
PATIENCE_S = 120.0
"""How long the crawl waits for another program that holds the database, in seconds."""
_KEPT_ORIGINS = (Origin.GIVEN.value, Origin.MAIN_SITE.value)


@dataclass(frozen=True)
class Visited:
    """What a visit brought home: its document as it was read, before it is compared with others.

    `note` says why a page that wanted a browser did not get one, `bytes` is the answer's length.
    """

    document: Document
    bytes: int = 0
    rendered: bool = False
    note: str = ""

    @property
    def answered(self) -> bool:
        """True when a server said something, whatever it was."""
        return self.document.fetch.status != 0


@dataclass(frozen=True)
class _Known:
    url: str
    pages: int
    elapsed: float
    visited: Visited
    document: str


class Frontier:
    """The frontier of one crawl; give each unit its `books`, and close it at the end."""

    def __init__(self, ledger: Ledger) -> None:
        """Write where `ledger` says; raises `StoreError` when that is no database."""
        self._ledger = ledger
        self._engine = connect(ledger.database_url, PATIENCE_S)
        self._writer = Writer(self._engine)
        self._documents = DocumentStore(ledger.folder)
        self._full = False

    async def books(self, unit_id: str) -> Books:
        """The books of one unit, with what was done for it before the crawl was cut off."""
        known = await asyncio.to_thread(self._read, storable(unit_id))
        return Books(self, storable(unit_id), known)

    async def close(self) -> None:
        """Write what is waiting, and let go of the database."""
        await asyncio.to_thread(self._writer.close)

    def put(self, values: Mapping[str, Any], *, asked: bool = False) -> Future[None]:
        """Hand a row's new values to the writer."""
        here = {"scan_id": self._ledger.scan_id, "round": self._ledger.round}
        return self._writer.put(Change({**here, "at": datetime.now(UTC), **values}, asked=asked))

    def keep(self, document: Document) -> str | None:
        """The hash under which the document is kept from now on, `None` when it cannot be."""
        try:
            return self._documents.put(document)
        except OSError as error:
            if not self._full:
                logger.warning("a document cannot be kept; a resume fetches it again: %s", error)
            self._full = True
            return None

    def kept(self, sha256: str) -> Document | None:
        """The document kept under that hash."""
        return self._documents.get(sha256)

    def _read(self, unit_id: str) -> dict[tuple[int, str], _Known]:
        row = FrontierRow
        query = select(row).where(
            row.scan_id == self._ledger.scan_id,
            row.round == self._ledger.round,
            row.unit_id == unit_id,
            row.state == DONE,
            row.attempts > 0,
        )

        def read() -> Sequence[Mapping[Any, Any]]:
            with clear_errors(self._engine), self._engine.connect() as connection:
                return connection.execute(query).mappings().all()

        try:
            found = again_when_cut_off(self._engine, read)
        except StoreError as error:
            logger.warning("the frontier cannot be read; the unit begins anew: %s", error)
            return {}
        return {(one["pass_number"], one["place"]): _known(one) for one in found}


class Books:
    """One unit's part of the frontier; without a frontier nothing is known and nothing written.

    `pages`, `bytes` and `elapsed` (seconds) are what the unit cost before the crawl was cut off.
    """

    def __init__(
        self,
        frontier: Frontier | None = None,
        unit_id: str = "",
        known: Mapping[tuple[int, str], _Known] | None = None,
    ) -> None:
        """The books of `unit_id` in `frontier`, with what is `known` from before."""
        self._frontier = frontier
        self._unit_id = unit_id
        self._known = dict(known or {})
        done = self._known.values()
        self.pages = sum(one.pages for one in done)
        self.bytes = sum(one.visited.bytes for one in done if one.pages)
        self.elapsed = max((one.elapsed for one in done), default=0.0)

    async def known(self, pass_number: int, url: str) -> Visited | None:
        """What the visit of `url` in this pass brought home; `None` when it is yet to be made."""
        found = self._known.get((pass_number, _place(url)))
        if found is None or self._frontier is None:
            return None
        if not found.document:
            return found.visited
        document = await asyncio.to_thread(self._frontier.kept, found.document)
        return None if document is None else replace(found.visited, document=document)

    def queue(self, pass_number: int, url: str, origin: str) -> None:
        """Note an address that is to be opened."""
        if (pass_number, _place(url)) not in self._known:
            self._put(pass_number, url, origin=origin, state=QUEUED)

    def begin(self, pass_number: int, url: str, origin: str) -> None:
        """Note that the address is asked now."""
        self._put(pass_number, url, asked=True, origin=origin, state=FETCHING)

    def leave(self, pass_number: int, url: str, origin: str, problem: str, detail: str) -> None:
        """Note an address that is not asked, because its host has not answered others."""
        told = storable(detail)
        self._put(pass_number, url, origin=origin, state=DONE, problem=problem, detail=told)

    async def done(
        self, pass_number: int, url: str, origin: str, visited: Visited, *,
        seconds: float, elapsed: float,
    ) -> None:  # fmt: skip
        """Write down what the visit brought home, and wait until that is safe."""
        if self._frontier is None:
            return
        sha256: str | None = ""
        if visited.answered:
            sha256 = await asyncio.to_thread(self._frontier.keep, visited.document)
        if sha256 is None:
            return
        fetch = visited.document.fetch
        written = self._put(
            pass_number, url, origin=origin, state=DONE,
            status=fetch.status, problem=fetch.problem, detail=storable(fetch.problem_detail),
            bytes=visited.bytes, rendered=visited.rendered, note=storable(visited.note),
            document=sha256, seconds=round(seconds, 3), elapsed=round(elapsed, 3),
        )  # fmt: skip
        if written is not None:
            await asyncio.wrap_future(written)

    def correct(self, pass_number: int, url: str, origin: str, found: Fetch) -> None:
        """Note a problem that showed only when the page was compared with others."""
        detail = storable(found.problem_detail)
        self._put(pass_number, url, origin=origin, state=DONE, problem=found.problem, detail=detail)

    def _put(
        self, pass_number: int, url: str, *, asked: bool = False, **values: Any
    ) -> Future[None] | None:
        if self._frontier is None:
            return None
        here = {
            "unit_id": self._unit_id,
            "pass_number": pass_number,
            "place": _place(url),
            "url": storable(url),
        }
        return self._frontier.put({**here, **values}, asked=asked)


def forget_followed(database_url: str, scan_ids: Collection[int]) -> int:
    """Throw away what scans that are over opened beyond given addresses and main sites.

    These stay: they tell how often an address answered. Returns the number of rows thrown away;
    raises `StoreError` when the database cannot be written.
    """
    row = FrontierRow
    followed = or_(row.origin.not_in(_KEPT_ORIGINS), row.state != DONE)
    return _delete(database_url, row.scan_id.in_(scan_ids), followed)


def forget_scans(database_url: str, scan_ids: Collection[int]) -> int:
    """Throw away all that these scans opened; returns and raises as `forget_followed` does."""
    return _delete(database_url, FrontierRow.scan_id.in_(scan_ids))


def _delete(database_url: str, *conditions: ColumnElement[bool]) -> int:
    engine = connect(database_url, PATIENCE_S)
    gone = delete(FrontierRow).where(*conditions)
    try:
        writing = to_write(engine)
        with clear_errors(engine), writing.begin() as connection:
            return connection.execute(gone).rowcount
    finally:
        engine.dispose()


def _known(row: Mapping[Any, Any]) -> _Known:
    bare = unread(row["url"], row["problem"] or "connection", row["detail"])
    visited = Visited(bare, row["bytes"], row["rendered"], row["note"])
    pages = int(row["origin"] != PROBE)
    return _Known(row["url"], pages, row["elapsed"], visited, row["document"])


def _place(url: str) -> str:
    return hashlib.sha256(storable(identity(url)).encode()).hexdigest()
