"""Turns in a database: one request at a time to a host, whoever asks and whoever dies."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.turn_rows import RowTurns
from crawler.turns import HostRestsError, turn_now
from tests.databases import POSTGRESQL, database_at, on, server

HOST = "www.surin.example.go.th"


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with on(POSTGRESQL):
        yield database_at(tmp_path / "oit.db")


def test_never_two_at_once_and_the_pause_is_kept(url: str) -> None:
    pause, times, each = 0.1, 4, 3
    spans: list[tuple[float, float]] = []

    def ask(turns: RowTurns) -> None:
        for _ in range(each):
            with turn_now(turns, HOST, pause, 30.0):
                begun = time.monotonic()
                time.sleep(0.02)
                spans.append((begun, time.monotonic()))

    machines = [threading.Thread(target=ask, args=(RowTurns(url),)) for _ in range(times)]
    for one in machines:
        one.start()
    for one in machines:
        one.join(30)
    assert len(spans) == times * each
    spans.sort()
    for (begun, ended), (next_begun, _) in itertools.pairwise(spans):
        assert next_begun >= ended, "two asked the host at once"
        assert next_begun - begun >= 0.9 * pause


def test_several_in_one_process_wait_for_each_other(url: str) -> None:
    turns = RowTurns(url)
    first, second = turns.queue(HOST), turns.queue(HOST)
    assert first.ask(0) is None
    assert second.ask(0) is not None
    first.leave()
    assert second.ask(0) is None


def test_hosts_do_not_wait_for_each_other(url: str) -> None:
    turns = RowTurns(url)
    assert turns.queue("a.go.th").ask(60) is None
    assert turns.queue("b.go.th").ask(60) is None


def test_the_turn_of_one_who_died_is_free_at_once(url: str) -> None:
    dead, alive = RowTurns(url), RowTurns(url)
    assert dead.queue(HOST).ask(0) is None
    waiting = alive.queue(HOST)
    assert waiting.ask(0) is not None
    server().cut(url.rpartition("/")[2])
    answers = [waiting.ask(0)]
    end = time.monotonic() + 10
    while answers[-1] is not None and time.monotonic() < end:
        time.sleep(0.1)
        answers.append(waiting.ask(0))
    assert answers[-1] is None


def test_a_rest_holds_for_everybody(url: str) -> None:
    one, other = RowTurns(url), RowTurns(url)
    with turn_now(one, HOST, 0, 5) as turn:
        turn.rest(600)
    with pytest.raises(HostRestsError), turn_now(other, HOST, 0, 5):
        pytest.fail("the host was asked")


def test_without_the_database_nobody_asks() -> None:
    waiting = RowTurns("postgresql://oit:x@127.0.0.1:1/oit").queue(HOST)
    wait = waiting.ask(0)
    assert wait is not None
    assert wait.seconds > 0
    waiting.leave()
