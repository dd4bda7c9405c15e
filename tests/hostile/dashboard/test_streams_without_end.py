"""Somebody opens streams of progress without end, or reads none of what is sent.

Tried: more streams than anybody needs by one person; a stranger's and a webmaster's stream.
Must: the next is refused until one ends, others still open theirs, a stream shows what its viewer
may see and ends by itself, whole when the server stops; a reader who takes nothing is given up.
"""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from web import streams
from web.faults import TooSoon
from web.scans.watching import LONGEST_S
from web.streams import MOST, MOST_EACH, Stream, open_streams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.hostile.dashboard.conftest import Answer

SCOPE: dict[str, Any] = {"type": "http", "method": "GET"}


async def endless() -> AsyncIterator[dict[str, str]]:
    while True:
        yield {"data": "x"}
        await asyncio.sleep(0.01)


def stream(state: object, name: str) -> Stream:
    request = SimpleNamespace(app=SimpleNamespace(state=state))
    return Stream(request, SimpleNamespace(name=name), endless())  # type: ignore[arg-type]


async def silent() -> dict[str, str]:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


async def taken(_message: object) -> None:
    return None


def test_one_person_opens_some_and_others_still_open_theirs() -> None:
    state = SimpleNamespace()

    async def attack() -> None:
        opened = [
            asyncio.create_task(stream(state, "a")(SCOPE, silent, taken)) for _ in range(MOST_EACH)
        ]
        await asyncio.sleep(0.05)
        with pytest.raises(TooSoon):
            await stream(state, "a")(SCOPE, silent, taken)
        other = asyncio.create_task(stream(state, "b")(SCOPE, silent, taken))
        await asyncio.sleep(0.02)
        assert open_streams(state).total() == MOST_EACH + 1
        for one in (*opened, other):
            one.cancel()
        await asyncio.gather(*opened, other, return_exceptions=True)

    asyncio.run(attack())
    assert open_streams(state).total() == 0


def test_all_together_leave_places_for_pages() -> None:
    state = SimpleNamespace()
    open_streams(state).update({f"p{n}": 1 for n in range(MOST)})
    with pytest.raises(TooSoon):
        asyncio.run(stream(state, "new")(SCOPE, silent, taken))


def test_who_reads_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "READ_WITHIN_S", 0.1)
    state = SimpleNamespace()

    async def stuck(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await asyncio.sleep(30)

    with pytest.raises(BaseException):  # noqa: B017, PT011  a group of faults, by the library's release
        asyncio.run(asyncio.wait_for(stream(state, "a")(SCOPE, silent, stuck), 5))  # type: ignore[arg-type]
    assert open_streams(state).total() == 0


def test_a_stream_ends_as_an_answer_does_when_the_server_stops() -> None:
    state, sent = SimpleNamespace(), []

    async def take(message: dict[str, Any]) -> None:
        sent.append(message.get("more_body"))

    async def attack() -> None:
        opened = asyncio.create_task(stream(state, "a")(SCOPE, silent, take))  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
        streams.end_streams()
        await asyncio.wait_for(opened, 1)

    asyncio.run(attack())
    assert sent[-1] is False
    assert open_streams(state).total() == 0


def test_a_stream_asks_for_a_login_and_ends(raw: Callable[..., Answer]) -> None:
    assert raw("GET", "/api/v1/scans/events").refuses
    assert LONGEST_S <= 60
