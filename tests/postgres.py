"""A real PostgreSQL server of the tests' own, from Debian's package: started once, gone with them.

It lies in a folder of its own below /tmp, listens on loopback and on a socket in that folder,
and asks for a password on both. Root may not run it, so root lends it another account. When the
process that started it dies, the kernel ends the server too.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql

from database.engine import connect, migrate

_PLACES = "/usr/lib/postgresql/*/bin"
_ACCOUNTS = ("postgres", "nobody")
_ADMINISTRATOR, _OWNER = "administrator", "oit"
_TEMPLATE = "migrated"
_READY_S = 30.0
# Nothing here must outlast a power cut, and two cores are shared with the tests.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "timezone": "Asia/Bangkok",
    "lc_messages": "C",
}


@dataclass(frozen=True)
class Postgres:
    """A running server: `databases` in it are made by `fresh` and thrown away by `drop`.

    `process` is the server itself, so its pid is the one to end. The clock of its sessions is
    Bangkok's on purpose: what forgets a zone shows here.
    """

    folder: Path
    port: int
    password: str
    process: subprocess.Popen[bytes]

    def url(self, name: str, *, password: str | None = None) -> str:
        """The address of a database, as `OIT_DATABASE_URL` takes it."""
        secret = self.password if password is None else password
        return f"postgresql://{_OWNER}:{secret}@127.0.0.1:{self.port}/{name}"

    def fresh(self, name: str | None = None, *, like: str = "", empty: bool = False) -> str:
        """Make a database and return its address.

        It holds the migrated, empty tables; with `like` a copy of that database, to which nobody
        may be connected; with `empty` nothing.
        """
        name = name or f"test_{secrets.token_hex(6)}"
        template = "template0" if empty else like or self._migrated
        self.command("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, _OWNER)
        return self.url(name)

    def drop(self, name: str) -> None:
        """Throw a database away, whoever is connected."""
        self.command("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def cut(self, name: str) -> int:
        """End every connection to a database from the server's side; returns how many."""
        with self._as_administrator() as connection:
            found = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            return len(found.fetchall())

    def command(self, text: str, *names: str) -> None:
        """Run one statement as administrator; `{}` are names."""
        with self._as_administrator() as connection:
            connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT at once but in order, SIGQUIT as if it had crashed."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(_READY_S)

    @cached_property
    def _migrated(self) -> str:
        engine = connect(self.fresh(_TEMPLATE, empty=True), 5.0)
        try:
            migrate(engine)
        finally:
            engine.dispose()
        return _TEMPLATE

    def _as_administrator(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=_ADMINISTRATOR,
            password=self.password,
            dbname="postgres",
            autocommit=True,
        )


def programs() -> Path | None:
    """The folder of the newest server on this machine; `None` when there is none."""
    found = [Path(one) for one in map(str, Path("/").glob(_PLACES.lstrip("/")))]
    whole = [one for one in found if (one / "initdb").is_file() and (one / "postgres").is_file()]
    return max(whole, key=lambda one: float(one.parent.name), default=None)


@contextmanager
def running(port: int | None = None) -> Iterator[Postgres]:
    """A server while the block runs, on `port` or on one that is free.

    Raises `RuntimeError` when it is not installed or does not start.
    """
    place = programs()
    if place is None:
        raise RuntimeError("no PostgreSQL on this machine: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="oit-postgres-", dir="/tmp"))
    try:
        server = _started(place, folder, port or _free_port())
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def started_again(server: Postgres) -> Postgres:
    """The same server with the same databases, after `stop`."""
    process = _serve(_programs_or_fail(), server.folder, server.port)
    again = Postgres(server.folder, server.port, server.password, process)
    _wait(again)
    return again


def _programs_or_fail() -> Path:
    place = programs()
    assert place is not None
    return place


def _started(place: Path, folder: Path, port: int) -> Postgres:
    password = secrets.token_hex(16)
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    account = _account()
    if account is not None:
        for path in (folder, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    subprocess.run(
        [
            *_as(account), str(place / "initdb"), "--pgdata", str(folder / "data"), "--no-sync",
            "--username", _ADMINISTRATOR, "--pwfile", str(secret), "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions",
        ],
        check=True, capture_output=True, cwd="/", env=_environment(),
    )  # fmt: skip
    server = Postgres(folder, port, password, _serve(place, folder, port))
    try:
        _wait(server)
        with server._as_administrator() as connection:
            made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            connection.execute(made.format(sql.Identifier(_OWNER), sql.Literal(password)))
    except BaseException:
        server.stop(signal.SIGQUIT)
        raise
    return server


def _serve(place: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    options = {**_SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
    told = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command = [*_as(_account()), str(place / "postgres"), "-D", str(folder / "data"), *told]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd="/", env=_environment())


def _wait(server: Postgres) -> None:
    end = time.monotonic() + _READY_S
    while True:
        try:
            server._as_administrator().close()
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > end:
                told = (server.folder / "log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"PostgreSQL did not start: {error}\n{told}") from None
            time.sleep(0.05)
        else:
            return


def _account() -> pwd.struct_passwd | None:
    """The account that runs the server; `None` for our own."""
    if os.getuid() != 0:
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return next(known[name] for name in _ACCOUNTS if name in known)


def _as(account: pwd.struct_passwd | None) -> list[str]:
    """The words before a program: as whom it runs, and that it ends with this process."""
    who = (
        [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        if account is not None
        else []
    )
    return ["setpriv", *who, "--pdeathsig=INT"]


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """Run a server until interrupted; prints the address of a fresh database."""
    with running() as server:
        print(server.fresh("oit"), flush=True)
        print(f"pid {server.process.pid}, folder {server.folder}", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    main()
