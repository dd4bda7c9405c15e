"""The clicks from a served main site to the evidence: the shortest way, its words, its absence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from checklist.placement import placement_of
from checklist.profile import UnitProfile
from checklist.whereabouts import Placement, Reach
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, LoopbackSite, an_item, page

if TYPE_CHECKING:
    from checklist.evidence import Document

PLAN = an_item("O4", "แผนพัฒนาท้องถิ่น")
LOOPBACK = ("127.0.0.0/8",)


def placed(
    pages: Mapping[str, Any], given: str, other: Mapping[str, Any] | None = None, **settings: Any
) -> tuple[Document, Placement]:
    """The first document of the address `given` on a served main site, and its place."""
    with (
        LoopbackSite("127.0.0.1", pages) as main,
        LoopbackSite("127.0.0.2", other or {}) as elsewhere,
    ):
        url = given.format(main=main.url, other=elsewhere.url)
        for served in (main, elsewhere):
            served.pages = {
                path: _with_addresses(answer, main.url, elsewhere.url)
                for path, answer in served.pages.items()
            }
        plan = UnitPlan(
            UnitProfile("u", "หน่วยงาน", main_site=main.url), (ItemTarget(PLAN, (url,)),), 2566
        )
        knobs = CrawlSettings(allow_networks=LOOPBACK, delay_s=0, render=False, **settings)
        [harvest] = crawl([plan], knobs)
    document = harvest.documents["O4"][0]
    return document, placement_of(PLAN, document)


def _with_addresses(answer: Any, main: str, other: str) -> Any:
    body = answer.body.replace(b"MAIN", main.encode()).replace(b"OTHER", other.encode())
    return type(answer)(body, answer.status, answer.kind)


def texts(placement: Placement) -> list[str]:
    return [step.text for step in placement.path]


DEEP = {
    "/": page("หน้าแรก", f'<a href="/docs">เอกสารเผยแพร่</a><a href="/long">ข่าว</a>{PROSE}'),
    "/long": page("ข่าว", f'<a href="/longer">ต่อ</a>{PROSE}'),
    "/longer": page("ต่อ", f'<a href="/plan">แผนพัฒนาท้องถิ่น</a>{PROSE}'),
    "/docs": page("เอกสาร", f'<h2>แผนพัฒนาท้องถิ่น</h2><p><a href="/plan">คลิกที่นี่</a></p>{PROSE}'),
    "/plan": page("แผนพัฒนาท้องถิ่น", PROSE),
}


def test_the_shortest_chain_is_told_with_its_words() -> None:
    document, place = placed(DEEP, "{main}/plan")
    assert (place.reach, place.clicks, place.direct, place.own_site) == (
        Reach.LINKED, 2, True, True,
    )  # fmt: skip
    assert texts(place) == ["เอกสารเผยแพร่", "คลิกที่นี่"]
    assert place.path[1].heading_path[-1] == "แผนพัฒนาท้องถิ่น"
    assert (place.named, place.wording) == (True, "แผนพัฒนาท้องถิ่น")
    assert document.trail.on_main_site is True


def test_links_that_tell_nothing_are_told_of() -> None:
    pages = {
        "/": page("หน้าแรก", f'<p><a href="/list">O4</a></p>{PROSE}'),
        "/list": page("O4", f'<p><a href="/o4-2566.html">o4-2566.html</a></p>{PROSE}'),
        "/o4-2566.html": page("แผน", PROSE),
    }
    _, place = placed(pages, "{main}/o4-2566.html")
    assert (place.clicks, place.named) == (2, False)


def test_a_frame_costs_no_click() -> None:
    pages = {
        "/": page("หน้าแรก", f'<a href="/menu">แผนพัฒนาท้องถิ่น</a>{PROSE}'),
        "/menu": page("แผน", '<iframe src="/inner"></iframe>'),
        "/inner": page("แผนพัฒนาท้องถิ่น", PROSE),
    }
    _, place = placed(pages, "{main}/inner")
    assert texts(place) == ["แผนพัฒนาท้องถิ่น"]


def test_the_front_page_needs_no_click() -> None:
    _, place = placed({"/": page("แผนพัฒนาท้องถิ่น", PROSE)}, "{main}/")
    assert (place.reach, place.clicks, place.named) == (Reach.LINKED, 0, None)


def test_a_page_that_the_whole_site_never_links_is_not_on_it() -> None:
    pages = {**DEEP, "/orphan": page("แผนพัฒนาท้องถิ่น", PROSE)}
    document, place = placed(pages, "{main}/orphan")
    assert (place.reach, place.clicks, place.direct) == (Reach.NOT_ON_MAIN_SITE, None, True)
    # It stands on the unit's own host: the judge holds nothing against it.
    assert document.trail.on_main_site is True


@pytest.mark.parametrize("room", [0, 3])
def test_a_search_that_left_pages_unread_says_that_it_does_not_know(room: int) -> None:
    many = "".join(f'<a href="/n/{n}">ข่าวที่ {n}</a>' for n in range(12))
    pages = {
        "/": page("หน้าแรก", many + PROSE),
        **{f"/n/{n}": page("ข่าว", PROSE) for n in range(12)},
        "/orphan": page("แผนพัฒนาท้องถิ่น", PROSE),
    }
    _, place = placed(pages, "{main}/orphan", max_menu_pages=2, max_path_pages=room)
    assert place.reach is Reach.UNKNOWN
    assert place.pages_read == 3 + room


def test_a_page_that_failed_leaves_doubt() -> None:
    pages = {
        "/": page("หน้าแรก", f'<a href="/broken">เอกสาร</a>{PROSE}'),
        "/broken": type(page("", ""))(status=500),
        "/orphan": page("แผนพัฒนาท้องถิ่น", PROSE),
    }
    _, place = placed(pages, "{main}/orphan")
    assert place.reach is Reach.UNKNOWN


def test_evidence_on_a_linked_host_is_reached_through_a_page_below() -> None:
    pages = {
        "/": page("หน้าแรก", f'<a href="/a">บริการ</a>{PROSE}'),
        "/a": page("บริการ", f'<a href="/b">งานแผน</a>{PROSE}'),
        "/b": page("งานแผน", f'<a href="OTHER/plan">แผนพัฒนาท้องถิ่น</a>{PROSE}'),
    }
    document, place = placed(pages, "{other}/plan", {"/plan": page("แผนพัฒนาท้องถิ่น", PROSE)})
    assert (place.clicks, place.named, place.own_site) == (3, True, False)
    assert document.trail.on_main_site is True


def test_evidence_elsewhere_that_nothing_links() -> None:
    document, place = placed(DEEP, "{other}/plan", {"/plan": page("แผนพัฒนาท้องถิ่น", PROSE)})
    assert (place.reach, place.own_site) == (Reach.NOT_ON_MAIN_SITE, False)
    assert document.trail.on_main_site is False
