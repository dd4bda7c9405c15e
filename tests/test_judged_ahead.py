"""Units judged a few at a time: nobody waits for another's scans, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, cast

import pytest

from crawler.log_context import about, log_context
from sweep.ahead import AT_ONCE, JudgedAhead

WITHIN_S = 10.0


class Gate:
    """Judging that takes as long as a unit's gate is shut."""

    def __init__(self) -> None:
        self.gates = {name: threading.Event() for name in ("slow", "quick", "bad")}
        self.gates["quick"].set()
        self.gates["bad"].set()
        self.contexts: list[object] = []

    def judge(self, harvest: Any, plan: Any) -> Any:
        self.contexts.append(log_context())
        assert self.gates[harvest].wait(WITHIN_S)
        if harvest == "bad":
            raise OSError("the cache is full")
        return (harvest, plan)


def ahead_of(gate: Gate) -> JudgedAhead:
    return JudgedAhead(cast("Any", gate.judge))


def told(found: Iterator[Any]) -> list[Any]:
    return list(found)


def put(ahead: JudgedAhead, *units: str) -> None:
    for unit in units:
        ahead.put(cast("Any", unit), cast("Any", f"plan of {unit}"))


def test_a_unit_whose_scans_are_read_does_not_hold_up_the_others() -> None:
    gate = Gate()
    with ahead_of(gate) as ahead:
        put(ahead, "slow", "quick")
        assert told(ahead.done(patient=True)) == [("quick", "plan of quick")]
        assert ahead.busy
        assert told(ahead.done()) == []
        gate.gates["slow"].set()
        assert told(ahead.rest()) == [("slow", "plan of slow")]
        assert not ahead.busy


def test_no_more_are_taken_in_than_may_be_at_once() -> None:
    gate = Gate()
    with ahead_of(gate) as ahead:
        for _ in range(AT_ONCE):
            assert not ahead.full
            put(ahead, "slow")
        assert ahead.full
        gate.gates["slow"].set()
        assert len(told(ahead.rest())) == AT_ONCE
        assert not ahead.full


def test_what_judging_raises_comes_to_who_asks() -> None:
    gate = Gate()
    with ahead_of(gate) as ahead:
        put(ahead, "bad")
        with pytest.raises(OSError, match="the cache is full"):
            told(ahead.done(patient=True))
        assert not ahead.busy


def test_log_lines_of_judging_tell_the_scan() -> None:
    gate = Gate()
    with ahead_of(gate) as ahead, about(scan=7):
        put(ahead, "quick")
        assert len(told(ahead.rest())) == 1
    assert gate.contexts == [{"scan": 7}]


def test_asked_without_anything_under_way_there_is_nothing() -> None:
    with ahead_of(Gate()) as ahead:
        assert told(ahead.done(patient=True)) == []
        assert told(ahead.rest()) == []
