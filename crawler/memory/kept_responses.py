"""The answers that servers may be asked about instead of for: kept in the database, bodies beside.

A database that cannot be read or written costs only the saving: the page is fetched whole.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from crawler.bodies import BodyStore
from crawler.memory.models import KeptResponseRow
from database.engine import StoreError, clear_errors, connect, to_write
from database.sessions import again_when_cut_off
from database.texts import storable

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine, RowMapping

_log = logging.getLogger(__name__)

_BUSY_S = 15.0
_AT_ONCE = 200
_FORGET_AFTER = timedelta(days=90)
_DISTRUSTED = "distrusted"


@dataclass(frozen=True, slots=True)
class KeptResponse:
    """A whole answer with status 200 to `url`; headers as text, cookies left out.

    `fetched_at` is when its body came, `checked_at` when the server last confirmed it (aware).
    """

    key: str
    url: str
    headers: tuple[tuple[str, str], ...]
    sha256: str
    etag: str
    last_modified: str
    fetched_at: datetime
    checked_at: datetime


def key_of(url: str, asked_with: str = "") -> str:
    """The key of an address; `asked_with` is what else decides the answer (language, agent)."""
    return hashlib.sha256(f"{url}\n{asked_with}".encode("utf-8", "surrogatepass")).hexdigest()


class KeptResponses:
    """Kept answers of one crawl; its methods block and may be called from any thread.

    What is noted is written in batches, the rest by `close`.
    """

    def __init__(self, database_url: str, bodies: Path, busy_s: float = _BUSY_S) -> None:
        """Use the database at the address, at its newest revision, and the folder of bodies."""
        self._engine: Engine | None = None
        try:
            self._engine = connect(database_url, busy_s)
        except StoreError as error:
            _log.warning("kept answers are left aside: %s", error)
        self._bodies = BodyStore(bodies)
        self._lock = threading.Lock()
        self._noted: dict[str, KeptResponse] = {}
        self._hosts: dict[str, bool] = {}

    def find(self, key: str) -> tuple[KeptResponse, bytes] | None:
        """The kept answer with its body; `None` when either is missing or damaged."""
        with self._lock:
            kept = self._noted.get(key)
        if kept is None:
            kept = self._read(key)
        if kept is None:
            return None
        body = self._bodies.get(kept.sha256)
        return (kept, body) if body is not None else None

    def known_distrust(self, host: str) -> bool | None:
        """What `distrusts` says, where it was asked before; nothing is read for it."""
        with self._lock:
            return self._hosts.get(host)

    def distrusts(self, host: str) -> bool:
        """True for a host of which `distrust` was told, tonight or in the months before."""
        known = self.known_distrust(host)
        if known is None:
            known = self._read(key_of(host, _DISTRUSTED)) is not None
            with self._lock:
                known = self._hosts.setdefault(host, known)
        return known

    def distrust(self, host: str, now: datetime) -> None:
        """Note that what this host calls unchanged may have changed; `now` is aware."""
        key = key_of(host, _DISTRUSTED)
        with self._lock:
            self._hosts[host] = True
        self.keep(KeptResponse(key, f"//{host}", (), "", "", "", now, now))

    def keep(self, kept: KeptResponse, body: bytes | None = None) -> None:
        """Note an answer; its body is stored first, and an answer without one is not kept."""
        try:
            if body is not None:
                self._bodies.put(body)
        except OSError as error:
            _log.warning("a body could not be kept: %s", error)
            return
        if self.note(kept):
            self.flush()

    def note(self, kept: KeptResponse) -> bool:
        """Note an answer whose body is stored; True when so much is noted that `flush` is due."""
        with self._lock:
            self._noted[kept.key] = kept
            return len(self._noted) >= _AT_ONCE

    def flush(self) -> None:
        """Write down what was noted, in one short transaction."""
        with self._lock:
            noted, self._noted = self._noted, {}
        if not noted or self._engine is None:
            return
        oldest = max(kept.checked_at for kept in noted.values()) - _FORGET_AFTER
        rows = [_row(kept) for kept in noted.values()]
        engine = self._engine

        def write() -> None:
            ours = to_write(engine, beside="kept answers")
            with clear_errors(engine), ours.begin() as connection:
                gone = KeptResponseRow.key.in_(noted)
                connection.execute(delete(KeptResponseRow).where(gone))
                connection.execute(
                    delete(KeptResponseRow).where(KeptResponseRow.checked_at < oldest)
                )
                connection.execute(insert(KeptResponseRow), rows)

        try:
            again_when_cut_off(engine, write)
        except StoreError as error:
            _log.warning("answers could not be kept: %s", error)

    def close(self) -> None:
        """Write the rest and let go of the database."""
        self.flush()
        if self._engine is not None:
            self._engine.dispose()

    def _read(self, key: str) -> KeptResponse | None:
        if self._engine is None:
            return None
        columns = KeptResponseRow.__table__.columns
        engine = self._engine

        def read() -> RowMapping | None:
            with clear_errors(engine), engine.connect() as connection:
                found = connection.execute(select(*columns).where(KeptResponseRow.key == key))
                return found.mappings().first()

        try:
            row = again_when_cut_off(engine, read)
        except StoreError as error:
            _log.warning("a kept answer could not be looked up: %s", error)
            return None
        if row is None:
            return None
        headers = tuple((name, value) for name, value in row["headers"])
        return KeptResponse(**{**row, "headers": headers})


def _row(kept: KeptResponse) -> dict[str, object]:
    return {
        "key": kept.key,
        "url": storable(kept.url),
        "headers": [[storable(name), storable(value)] for name, value in kept.headers],
        "sha256": kept.sha256,
        "etag": storable(kept.etag),
        "last_modified": storable(kept.last_modified),
        "fetched_at": kept.fetched_at,
        "checked_at": kept.checked_at,
    }
