"""The report and the dashboard with twenty attacks in them, opened in a real browser.

Tried: Every text of a report, and every text and the archived page behind the dashboard's pages,
holds markup that would open a dialog, run a script or ask another server.
Must: Chromium shows the pages; no dialog opens, no script runs or fails, no request goes anywhere
but to the page itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accounts.roles import Role
from checklist.loader import load
from results.formats import Format, write_overview, write_unit_report
from tests.databases import database_at
from tests.hostile.readers.attacks import MARKUP
from tests.results.samples import COVERAGE, document, in_review, missing, passing
from tests.results.sheets import report_saying
from tests.web.conftest import Served, chromium, serving
from tests.web.evidence_samples import archived
from tests.web.seeds import CHECKLIST, UNITS
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Dialog

    from checklist.verdict import ItemVerdict

ALL = " ".join(MARKUP)
PAGES = ("/", "/units/surin", "/units/surin/items/O12?quote=1", "/units/hostile",
         "/units/hostile/items/O2", "/review", "/scans", "/audit", "/overview")  # fmt: skip


@pytest.fixture(scope="module")
def dashboard(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("attacked") / "var"
    shutil.copytree(seeds, folder)
    site = Site(
        Sources(database_at(f"{folder}/oit.db"), folder), WebSettings(), lambda: datetime.now(UTC)
    )
    archived(site)
    _published(site, UNITS[-1].id)
    with serving(site) as made:
        yield made


def _published(site: Site, unit_id: str) -> None:
    """A scan of the hostile unit in which everything is an attack."""
    unit = next(one for one in UNITS if one.id == unit_id)
    scan = site.store.start_scan(load(CHECKLIST), datetime.now(UTC).date())
    verdicts: list[ItemVerdict] = [
        passing("O1", ALL),
        missing("O2", ALL),
        replace(in_review("O3"), question=ALL),
    ]
    site.store.save_unit(scan, replace(unit, name=ALL), verdicts, COVERAGE, [document()])
    site.store.finish_scan(scan)


def watched(context: BrowserContext) -> list[str]:
    """What happens in the tab, noted from now on; requests as `METHOD address`."""
    said: list[str] = []
    context.on("request", lambda one: said.append(f"{one.method} {one.url}"))

    def dismissed(dialog: Dialog) -> None:
        said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    context.on("dialog", dismissed)
    context.on("weberror", lambda one: said.append(f"fault {one.error}"))
    return said


def test_nothing_happens(dashboard: Served, tmp_path: Path) -> None:
    reports = [report_saying(text) for text in (ALL, *MARKUP[:3])]
    files = [*write_unit_report(reports[0], tmp_path, {Format.HTML})]
    files += write_overview(reports[:1], tmp_path, {Format.HTML})
    with chromium() as browser:
        context = browser.new_context()
        said, page = watched(context), context.new_page()
        for file in files:
            page.goto(file.as_uri())
        assert said == [f"GET {file.as_uri()}" for file in files]
        context = browser.new_context(base_url=dashboard.address)
        context.add_cookies([dashboard.cookie(Role.ADMINISTRATOR)])  # type: ignore[list-item]
        said, page = watched(context), context.new_page()
        for path in PAGES:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            page.wait_for_load_state("load")
        page.wait_for_timeout(200)
        strangers = [one for one in said if not one.startswith(f"GET {dashboard.address}")]
        assert [one for one in strangers if not one.startswith("GET data:")] == []
