"""What belongs to a page though it stands elsewhere: frames and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklist.evidence import Document, Fetch
from checklist.loader import load_year
from crawler.extract import extract
from crawler.surroundings import asks_for_picture, frames_of, is_thin, pictures_of
from tests.crawler.loopback_site import PROSE, an_item

if TYPE_CHECKING:
    from checklist.schema import Item

CHECKLIST = load_year(2566)
CHART = CHECKLIST.item("O1")
PLAN = an_item("O10", "แผนดำเนินงานประจำปี")
CONTACT = an_item("O5", "ข้อมูลการติดต่อ", evidence="page")
URL = "https://www.a.go.th/ita/o1"


def read(body: str) -> Document:
    html = f'<html><head><meta charset="utf-8"><title>โครงสร้าง</title></head><body>{body}</body></html>'
    return extract(html.encode(), Fetch(URL, URL))


def shown(body: str, item: Item = PLAN, most: int = 6) -> list[str]:
    return [link.url.rpartition("/")[2] for link in pictures_of(read(body), item, most)]


@pytest.mark.parametrize(
    ("picture", "taken"),
    [
        ('<img src="o1.jpg">', True),
        ('<img src="o1.jpg" width="800" height="600">', True),
        ('<img src="/image.php?id=5" alt="แผนผัง">', True),
        ('<img src="o1.jpg" width="120" height="600">', False),
        ('<img src="o1.jpg" height="200">', False),
        ('<img src="logo.png">', False),
        ('<img src="x.png" alt="ไอคอนดาวน์โหลด">', False),
        ('<img src="chart.svg">', False),
        ('<img src="data:image/png;base64,AAAA">', False),
        ('<nav><img src="o1.jpg"></nav>', False),
        ('</main><footer><img src="o1.jpg"></footer><main>', False),
    ],
)
def test_which_pictures_may_carry_a_pages_content(picture: str, taken: bool) -> None:
    assert bool(shown(f"<main><h1>แผน</h1>{picture}</main>")) is taken


def test_pictures_are_read_where_the_page_says_little_or_the_item_asks_for_one() -> None:
    spoken = f'<main><h1>แผน</h1>{PROSE}{PROSE}<img src="photo.jpg"></main>'
    assert asks_for_picture(CHART)
    assert not asks_for_picture(PLAN)
    assert shown(spoken, PLAN) == []
    assert shown(spoken, CHART) == ["photo.jpg"]
    assert shown('<main><img src="photo.jpg"></main>', CONTACT) == []


def test_the_caption_is_the_links_text() -> None:
    body = '<main><p><img src="a.jpg" alt="ผังองค์กร ปี 2566"></p><figure><img src="b.jpg"> ภาพที่ 2</figure></main>'
    links = pictures_of(read(body), PLAN, 6)
    assert [link.text for link in links] == ["ผังองค์กร ปี 2566", "ภาพที่ 2"]


def test_each_picture_once_and_no_more_than_allowed() -> None:
    body = "<main>" + "".join(f'<img src="{n % 9}.jpg">' for n in range(30)) + "</main>"
    assert shown(body) == [f"{n}.jpg" for n in range(6)]
    assert shown(body, most=0) == []


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        ('<iframe src="/inner"></iframe>', "โครงสร้าง"),
        ('<iframe src="/inner" title="แผนผัง 2566"></iframe>', "แผนผัง 2566"),
        ('<iframe src="https://ita.a.go.th/inner"></iframe>', "โครงสร้าง"),
        ('<iframe src="https://www.b.go.th/inner"></iframe>', None),
        ('<iframe src="https://www.youtube.com/embed/x"></iframe>', None),
        ('<iframe src="/files/chart.pdf"></iframe>', None),
        ('<iframe src="/ita/o1#top"></iframe>', None),
        ('<iframe src="/calendar/2566"></iframe>', None),
        ('<iframe src="about:blank"></iframe>', None),
    ],
)
def test_frames_of_the_site_itself(frame: str, title: str | None) -> None:
    found = frames_of(read(f"<main>{frame}{frame}</main>"), 4)
    assert [link.text for link in found] == ([title] if title else [])


def test_a_page_of_little_text_is_thin_whatever_its_menus_say() -> None:
    assert is_thin(read(f"<nav>{PROSE * 3}</nav><main><h1>แผน</h1><p>ดูเอกสาร</p></main>"))
    assert not is_thin(read(f"<main>{PROSE * 2}</main>"))
