"""Failed logins make the next try wait longer, by account and by address; nobody is shut out.

A try is counted before its password is looked at, so that many at once gain nothing. A browser
that the account signed in with before waits for its own failures alone: nobody is kept out by
strangers who guess (`accounts.known_browsers`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import TYPE_CHECKING

from sqlalchemy import delete

from accounts.rows import FailureRow
from accounts.secrets import digest
from database.sessions import writing

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

FREE_BY_ACCOUNT = 5
FREE_BY_ADDRESS = 30
"""So many failures cost no wait."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=24)
_CUSTOMER = 64


class TooSoonError(Exception):
    """A try came before its time; `seconds` until the next is looked at."""

    def __init__(self, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


def wait_after(failures: int, free: int) -> timedelta:
    """How long the next try waits after so many failures: twice as long after each."""
    if failures < free:
        return timedelta()
    doublings: int = min(failures - free, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


class Throttle:
    """Counts tries in the database, so that a restart forgets nothing."""

    def __init__(self, engine: Engine) -> None:
        """Use a database that stands at the newest revision."""
        self._engine = engine

    def begin(self, name: str, address: str, now: datetime, browser: str = "") -> None:
        """Count a try as failed until `succeeded` says otherwise; raises `TooSoonError`.

        A try that comes too soon is not counted: waiting always helps. `browser` is the number of
        one in which this account signed in before.
        """
        with writing(self._engine) as session:
            session.execute(delete(FailureRow).where(FailureRow.last < now - FORGOTTEN_AFTER))
            kept = [
                (_found(session, key, now), free) for key, free in _keys(name, address, browser)
            ]
            ready = max(row.last + wait_after(row.count, free) for row, free in kept)
            if ready > now:
                raise TooSoonError(int((ready - now).total_seconds()) + 1)
            for row, _free in kept:
                row.count, row.last = row.count + 1, now
                session.add(row)

    def succeeded(self, name: str, address: str, browser: str = "") -> None:
        """Forget the account's failures, and that this try was one of the address.

        What strangers tried meanwhile is not forgotten by the success in a known browser.
        """
        mine, *others = (key for key, _free in _keys(name, address, browser))
        with writing(self._engine) as session:
            session.execute(delete(FailureRow).where(FailureRow.key == mine))
            for key in others:
                row = session.get(FailureRow, key)
                if row is not None:
                    row.count = max(0, row.count - 1)


def _keys(name: str, address: str, browser: str) -> list[tuple[str, int]]:
    """Whose failures count, each with how many are free."""
    if browser:
        return [(digest(f"browser:{name.strip().lower()}:{browser}"), FREE_BY_ACCOUNT)]
    return [(_account(name), FREE_BY_ACCOUNT), (_address(address), FREE_BY_ADDRESS)]


def _found(session: Session, key: str, now: datetime) -> FailureRow:
    return session.get(FailureRow, key) or FailureRow(key=key, count=0, last=now)


def _account(name: str) -> str:
    return digest(f"account:{name.strip().lower()}")


def _address(address: str) -> str:
    return digest(f"address:{_network(address)}")


def _network(address: str) -> str:
    """An address as one customer has it: of IPv6 each has 2^64 and more."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ip_network((known, _CUSTOMER), strict=False))
