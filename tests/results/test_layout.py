"""The page in a real browser: nothing sticks out or is cut, and everybody can read it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright

from results.formats import html as page_module
from results.formats.html import unit_html, unit_page
from results.gap import build_report
from tests.results.pages import decided_report, hostile_report, whole_report
from tests.results.samples import missing, mixed, result_of, small_checklist

if TYPE_CHECKING:
    from results.report import GapReport

STYLE = (Path(page_module.__file__).parent / "templates/style.css").read_text(encoding="utf-8")
PAPER_PX = 688
"""The width of an A4 sheet between its margins at 96 dots an inch."""
CHECKLIST = small_checklist()
REPORTS = {
    "whole": whole_report(),
    "decided": decided_report(),
    "hostile": hostile_report(),
    "small": build_report(CHECKLIST, result_of(mixed()), result_of([missing("O1")], scan_id=3)),
}
STICKING_OUT = """() => [...document.querySelectorAll('body *')].filter(tag => {
  const box = tag.getBoundingClientRect(), style = getComputedStyle(tag);
  if (!box.width || !box.height || box.right < 0) return false;
  const cut = style.overflowX !== 'visible' && tag.scrollWidth > tag.clientWidth + 1
    && !['INPUT', 'DETAILS', 'SUMMARY'].includes(tag.tagName);
  return cut || box.right > document.documentElement.clientWidth + 1;
}).map(tag => tag.tagName + '.' + tag.className + ': ' + tag.textContent.slice(0, 60))"""
FAINT = """() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = tag => {
    for (; tag; tag = tag.parentElement) {
      const colour = rgb(getComputedStyle(tag).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const worst = {};
  for (const tag of document.querySelectorAll('body *')) {
    if (![...tag.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(tag).color)), light(ground(tag))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) worst[tag.tagName + '.' + tag.className] = ratio;
  }
  return worst;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "a system Chromium is needed"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("name", list(REPORTS))
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_sticks_out_or_is_cut_on_a_screen(browser: Browser, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for unfolded in (False, True):
        page.set_content(unit_page(REPORTS[name], paper=unfolded))
        assert page.evaluate(STICKING_OUT) == []
    page.close()


@pytest.mark.parametrize("name", list(REPORTS))
def test_nothing_sticks_out_or_is_cut_on_paper(browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": PAPER_PX, "height": 900})
    page.emulate_media(media="print")
    page.set_content(unit_page(REPORTS[name], paper=True))
    assert page.evaluate(STICKING_OUT) == []
    page.close()


def test_a_browser_that_prints_unfolds_what_is_folded(browser: Browser) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.set_content(unit_html(REPORTS["whole"]))
    assert page.locator(".letter pre").first.is_visible()
    assert page.locator(".bare .whole li").first.is_visible()
    assert not page.locator(".brief").first.is_visible()
    page.emulate_media(media="screen")
    assert not page.locator(".letter pre").first.is_visible()
    assert page.locator(".brief").first.is_visible()
    page.close()


def test_compounds_are_never_parted(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.set_content(unit_html(REPORTS["whole"]))
    parted = "() => [...document.querySelectorAll('.nb')].filter(w => w.getClientRects().length > 1).length"
    assert page.locator(".nb").count() > 500
    assert page.evaluate(parted) == 0
    page.close()


@pytest.mark.parametrize("name", list(REPORTS))
def test_every_text_stands_out_from_its_ground(browser: Browser, name: str) -> None:
    page = browser.new_page()
    page.set_content(unit_page(REPORTS[name], paper=True))
    assert page.evaluate(FAINT) == {}
    page.close()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb` as WCAG counts it."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


PALETTE = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", STYLE))


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *(
            (name, f"{name}-bg")
            for name in ("pass", "missing", "outdated", "review", "error", "none")
        ),
        *((name, "soft") for name in ("ink", "muted", "accent", "outdated")),
        ("ink", "review-bg"),
        ("accent", "review-bg"),
    ],
)
def test_the_palette_is_readable(ink: str, ground: str) -> None:
    assert contrast(PALETTE[ink], PALETTE[ground]) >= 4.5
    assert contrast(PALETTE[ink], "#ffffff") >= 4.5


@pytest.mark.parametrize("name", list(REPORTS))
def test_those_who_do_not_see_the_page_find_their_way(name: str) -> None:
    soup = BeautifulSoup(unit_html(REPORTS[name]), "lxml")
    assert soup.title is not None
    assert soup.title.get_text(strip=True)
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(tag.get_text(strip=True) for tag in soup.find_all(re.compile(r"^h[1-6]$")))
    assert len(soup.select("body > header")) == len(soup.select("body > main")) == 1
    assert len(soup.select("body > footer")) == 1
    skip = soup.select_one("body > a.skip")
    assert skip is not None
    assert skip["href"] == "#main"
    for table in soup.find_all("table"):
        assert table.caption or table.get("aria-label") or table.get("aria-labelledby")
        assert all(head.get("scope") in ("col", "row") for head in table.find_all("th"))
    for anchor in soup.find_all("a"):
        assert anchor.get_text(strip=True) or anchor.find("img", alt=True)
    assert all(image.get("alt") for image in soup.find_all("img"))
    assert all(folded.find("summary") for folded in soup.find_all("details"))
    assert not soup.find_all(tabindex=re.compile(r"^[1-9]"))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    named = {*ids}
    for tag in soup.select("[aria-labelledby]"):
        assert tag["aria-labelledby"] in named


def test_the_reports_of_these_tests_cover_every_part() -> None:
    report: GapReport = REPORTS["whole"]
    assert report.totals.items == 43
    assert min(len(report.fails), len(report.reviews), len(report.errors), len(report.passes)) > 4
    assert report.excluded
    assert report.changes
    assert any(one.loud for one in report.waivers)
