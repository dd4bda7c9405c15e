"""Plans kept packed and sent one by one: whole on arrival, never more of them out than agreed."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator

import pytest

from checklist.profile import UnitProfile
from crawler.plan import ItemTarget, UnitPlan
from crawler.plan_shelf import PlanShelf, unpacked
from crawler.plan_stream import PlanSender, PlanStream
from tests.crawler.loopback_site import an_item

ITEMS = (an_item("O1", "โครงสร้าง"), an_item("O2", "ผู้บริหาร"))


def a_plan(number: int) -> UnitPlan:
    targets = tuple(ItemTarget(item, (f"http://u{number}.example/{item.id}",)) for item in ITEMS)
    return UnitPlan(UnitProfile(f"u{number}", f"หน่วยงาน {number}"), targets, 2566, digest="d")


def test_a_packed_plan_is_the_plan_and_its_items_are_the_same_objects() -> None:
    plans = [a_plan(n) for n in range(3)]
    shelf = PlanShelf(plans)
    assert list(shelf) == ["u0", "u1", "u2"]
    assert [shelf[unit] for unit in shelf] == plans
    assert [id(target.item) for target in shelf["u2"].targets] == list(map(id, ITEMS))
    assert list(shelf.named) == list(ITEMS)


def test_a_plan_packs_to_a_few_hundred_bytes_however_long_its_items_are() -> None:
    shelf = PlanShelf([a_plan(1), a_plan(2)])
    assert max(len(shelf.packed(unit)) for unit in shelf) < 1000


def test_two_plans_of_one_unit_are_refused() -> None:
    with pytest.raises(ValueError, match="same unit"):
        PlanShelf([a_plan(1), a_plan(1)])


def test_what_another_program_packed_names_no_item_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        unpacked(PlanShelf([a_plan(1)]).packed("u1"), ITEMS[:1])


def test_plans_arrive_whole_in_order_and_then_there_are_no_more() -> None:
    shelf = PlanShelf(a_plan(n) for n in range(40))
    reading, writing = os.pipe()
    with open(reading, "rb") as stream:
        sender = PlanSender(writing, map(shelf.packed, shelf), at_once=100)
        arrived = asyncio.run(_all_of(PlanStream(stream, shelf.named)))
        sender.stop()
        os.close(writing)
    assert arrived == [shelf[unit] for unit in shelf]


async def _all_of(plans: PlanStream) -> list[UnitPlan]:
    found = []
    while (plan := await plans.next()) is not None:
        found.append(plan)
    return found


def test_no_more_plans_are_out_than_were_dealt_with_and_a_few() -> None:
    shelf = PlanShelf(a_plan(n) for n in range(10))
    asked: list[str] = []

    def packed() -> Iterator[bytes]:
        for unit in shelf:
            asked.append(unit)
            yield shelf.packed(unit)

    reading, writing = os.pipe()
    sender = PlanSender(writing, packed(), at_once=3)
    # The fourth is in hand and not sent.
    assert _settled(asked) == 4
    sender.more()
    sender.more()
    assert _settled(asked) == 6
    sender.stop()
    os.close(writing)
    os.close(reading)


def _settled(asked: list[str]) -> int:
    """How many were asked for when nothing has moved for a while."""
    before = -1
    while before != len(asked):
        before = len(asked)
        time.sleep(0.15)
    return before


def test_a_sender_whose_reader_never_reads_stops_at_once() -> None:
    shelf = PlanShelf(a_plan(n) for n in range(400))
    reading, writing = os.pipe()
    sender = PlanSender(writing, map(shelf.packed, shelf), at_once=1000)
    began = time.monotonic()
    sender.stop()
    assert time.monotonic() - began < 2
    assert not [one for one in threading.enumerate() if one.name == "plans"]
    os.close(writing)
    os.close(reading)


def test_a_sender_that_is_gone_ends_the_plans() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    with open(reading, "rb") as stream:
        assert asyncio.run(_all_of(PlanStream(stream, ITEMS))) == []
