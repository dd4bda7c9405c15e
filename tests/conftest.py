"""What every test lives under: no way out of this machine, and steady property tests."""

from __future__ import annotations

import gc
import ipaddress
import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

import crawler.run
from tests import databases, warm_crawler
from tests.together import FilesTogether

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Two busy cores make single examples slow now and then; slowness is not what they test.
settings.register_profile("steady", deadline=None, print_blob=True)
settings.load_profile("steady")

_COLD = crawler.run.start_process
_INTERNET = (socket.AF_INET, socket.AF_INET6)


def pytest_collectstart() -> None:
    # What collecting makes stays to the end: nothing in it is garbage.
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    return FilesTogether(config, log)


def _stays_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in ("localhost", "")


@pytest.fixture(autouse=True, scope="session")
def _no_connection_leaves_this_machine() -> Iterator[None]:
    """Refuse every connection of this process to an address beyond loopback."""

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def guarded_connect(self: socket.socket, address: Any) -> Any:
            if self.family in _INTERNET and not _stays_here(str(address[0])):
                raise OSError(f"tests may not leave this machine: {address[0]}")
            return connect(self, address)

        return guarded_connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        yield


@pytest.fixture(autouse=True, scope="session")
def _crawlers_start_warm() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crawler.run, "start_process", warm_crawler.start_process)
        yield


@pytest.fixture(autouse=True)
def _or_cold_where_asked(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("cold_crawler") is None:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crawler.run, "start_process", _COLD)
        yield


@pytest.fixture(params=databases.KINDS)
def on_each_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run the test on SQLite and on PostgreSQL: `database_at` gives an address of either."""
    with databases.on(request.param):
        yield request.param


@pytest.fixture(autouse=True)
def _databases_end_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    folder = request.node.funcargs.get("tmp_path")
    if folder is not None:
        databases.gone(folder)


@pytest.fixture(autouse=True, scope="session")
def _the_server_ends_with_the_tests() -> Iterator[None]:
    yield
    databases.end()
