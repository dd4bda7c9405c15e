"""The three engines: their servers on loopback, their workers, how each is hurt."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

from bench.engines.procrastinate_side import put_in
from commands.stopping import descendants
from tests.postgres import Postgres, running, started_again

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_RABBIT = Path("/usr/lib/rabbitmq/bin")


@dataclass
class Engine(ABC):
    """One engine at work in `folder`; `peers` holds the environments of other programs."""

    folder: Path
    peers: Path
    name: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def notes(self) -> Path:
        """Where jobs note their starts and ends."""
        return self.folder / "notes"

    @abstractmethod
    def start(self) -> None:
        """Start the server, new and empty or with what it held."""

    @abstractmethod
    def kill_server(self) -> None:
        """`kill -9` of the server."""

    @abstractmethod
    def stop(self) -> None:
        """End the server."""

    @abstractmethod
    def cut(self) -> None:
        """End every connection from the server's side."""

    @abstractmethod
    def worker_command(self) -> tuple[list[str], dict[str, str]]:
        """How a worker is started: the words and what is added to the environment."""

    @abstractmethod
    def put_in(self, batch: str, count: int, seconds: float) -> float:
        """Put in so many jobs; the seconds that took."""

    @abstractmethod
    def server_pids(self) -> list[int]:
        """The processes of the server."""

    def hire(self) -> subprocess.Popen[bytes]:
        """Start one worker."""
        words, more = self.worker_command()
        log = (self.folder / f"worker-{len(self.workers)}.log").open("wb")
        process = subprocess.Popen(
            words, cwd=_HERE, env={**os.environ, **more}, stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        log.close()
        self.workers.append(process)
        return process

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """`kill -9` of a worker and all it started."""
        for pid in (*descendants(worker.pid), worker.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        worker.wait(10)

    def dismiss(self) -> None:
        """End all workers."""
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        self.workers.clear()

    def worker_of(self, pid: int) -> subprocess.Popen[bytes]:
        """The worker in which process `pid` works."""
        return next(w for w in self.workers if pid == w.pid or pid in descendants(w.pid))


@dataclass
class Procrastinate(Engine):
    """Procrastinate on PostgreSQL."""

    name: str = "Procrastinate 3.10 + PostgreSQL 15"
    server: Postgres | None = None
    url: str = ""

    def start(self) -> None:
        """Start it."""
        if self.server is None:
            self._block = running()
            self.server = self._block.__enter__()
            self.url = self.server.fresh()
        else:
            self.server = started_again(self.server)

    def kill_server(self) -> None:
        """Its postmaster, which takes its children along."""
        assert self.server is not None
        self.server.stop(signal.SIGQUIT)

    def stop(self) -> None:
        """End it and its folder."""
        if self.server is not None:
            self.server.stop()
            self._block.__exit__(None, None, None)

    def cut(self) -> None:
        """By its administrator."""
        assert self.server is not None
        self.server.cut(self.url.rpartition("/")[2])

    def worker_command(self) -> tuple[list[str], dict[str, str]]:
        """With the project's Python."""
        words = [sys.executable, "-m", "bench.engines.procrastinate_side", self.url]
        return words, {"PYTHONPATH": str(_ROOT)}

    def put_in(self, batch: str, count: int, seconds: float) -> float:
        """All in one statement."""
        return put_in(self.url, str(self.notes), [f"{batch}-{n}" for n in range(count)], seconds)

    def server_pids(self) -> list[int]:
        """The postmaster and its children."""
        assert self.server is not None
        return [self.server.process.pid, *descendants(self.server.process.pid)]


@dataclass
class _Celery(Engine):
    broker: str = ""
    port: int = field(default_factory=lambda: free_port())

    def worker_command(self) -> tuple[list[str], dict[str, str]]:
        """With the Python of Celery's environment: a parent and one child that works."""
        words = [
            str(self.peers / "engines/bin/python"), "-m", "celery", "-A", "celery_side", "worker",
            "--concurrency", "1", "--loglevel", "WARNING", "--hostname",
            f"w{len(self.workers)}-{time.monotonic_ns()}@bench",
        ]  # fmt: skip
        return words, {"ENGINES_BROKER": self.broker, "PYTHONPATH": str(_HERE), "C_FORCE_ROOT": "1"}

    def put_in(self, batch: str, count: int, seconds: float) -> float:
        """One message each, over one connection."""
        done = subprocess.run(
            [
                str(self.peers / "engines/bin/python"), "celery_side.py", str(self.notes), batch,
                str(count), str(seconds),
            ],
            cwd=_HERE, env={**os.environ, "ENGINES_BROKER": self.broker}, check=True,
            capture_output=True, timeout=120,
        )  # fmt: skip
        return float(done.stdout)


@dataclass
class CeleryRedis(_Celery):
    """Celery on Redis, with an append-only file and a visibility timeout of 20 s."""

    name: str = "Celery 5.7 + Redis 7.0"
    server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; jobs are on the disk within a second."""
        self.broker = f"redis://127.0.0.1:{self.port}/0"
        self.server = subprocess.Popen(
            [
                "redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir",
                str(self.folder), "--appendonly", "yes", "--save", "",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for_port(self.port)

    def kill_server(self) -> None:
        """Its one process."""
        assert self.server is not None
        self.server.kill()
        self.server.wait()

    def stop(self) -> None:
        """The same."""
        if self.server is not None and self.server.poll() is None:
            self.kill_server()

    def cut(self) -> None:
        """All of its clients but the one that asks."""
        for kind in ("normal", "pubsub"):
            words = ["redis-cli", "-p", str(self.port), "CLIENT", "KILL", "TYPE", kind]
            subprocess.run(words, check=True, capture_output=True, timeout=20)

    def server_pids(self) -> list[int]:
        """The one."""
        assert self.server is not None
        return [self.server.pid]


@dataclass
class CeleryRabbit(_Celery):
    """Celery on RabbitMQ, its node, cookie and ports its own."""

    name: str = "Celery 5.7 + RabbitMQ 3.10"
    server: subprocess.Popen[bytes] | None = None
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "HOME": str(self.folder), "RABBITMQ_NODENAME": "bench@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.ports[0]), "ERL_EPMD_PORT": str(self.ports[1]),
            "ERL_EPMD_ADDRESS": "127.0.0.1", "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"), "RABBITMQ_ENABLED_PLUGINS_FILE":
            str(self.folder / "plugins"), "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        }  # fmt: skip

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        self.broker = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.server = subprocess.Popen(
            [str(_RABBIT / "rabbitmq-server")], env=self._environment, start_new_session=True,
            stdout=(self.folder / "rabbit.log").open("ab"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        wait_for_port(self.port)
        self._control("await_startup", "--timeout", "60")

    def kill_server(self) -> None:
        """The Erlang machine and what it started."""
        assert self.server is not None
        for pid in self.server_pids():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.server.wait()

    def stop(self) -> None:
        """And the port mapper that it left behind."""
        if self.server is not None and self.server.poll() is None:
            self.kill_server()
        words = ["epmd", "-port", str(self.ports[1]), "-kill"]
        subprocess.run(words, env=self._environment, check=False, capture_output=True, timeout=20)

    def cut(self) -> None:
        """By its administrator."""
        self._control("close_all_connections", "bench")

    def server_pids(self) -> list[int]:
        """The shell that started it, the Erlang machine, its children."""
        assert self.server is not None
        return [self.server.pid, *descendants(self.server.pid)]

    def _control(self, *words: str) -> None:
        subprocess.run(
            [str(_RABBIT / "rabbitmqctl"), "-n", "bench@localhost", *words],
            env=self._environment, check=True, capture_output=True, timeout=90,
        )  # fmt: skip


ENGINES = (CeleryRabbit, CeleryRedis, Procrastinate)


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int, seconds: float = 60.0) -> None:
    """Until something listens; raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on {port}")
