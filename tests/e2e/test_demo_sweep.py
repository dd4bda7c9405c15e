"""The whole street: served sites -> crawl -> documents -> verdicts -> store -> reports.

The demonstration ministry's ground truth was written by hand; every verdict of every unit is
held against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sweep
from checklist.loader import load_year
from checklist.verdict import ItemVerdict, Verdict
from commands.demonstration import DEMO_DAY, DEMO_YEAR, LOOPBACK
from crawler.ocr import OcrSettings
from crawler.settings import CrawlSettings
from demo.ministry import Ministry, truth, write_ministry
from demo.server import serve
from results.store import Store
from tests.databases import database_at

if TYPE_CHECKING:
    from results.record import UnitResult


@dataclass(frozen=True)
class Swept:
    """What the sweep left: the ministry, the reports' folder, and the stored results."""

    ministry: Ministry
    outcome: sweep.SweepOutcome
    reports: Path
    results: dict[str, UnitResult]

    def verdicts(self, unit_id: str) -> dict[str, ItemVerdict]:
        return {verdict.item: verdict for verdict in self.results[unit_id].verdicts}


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Swept]:
    """One sweep of the whole demonstration ministry, through real servers and real Chromium."""
    folder = tmp_path_factory.mktemp("ministry")
    checklist = load_year(DEMO_YEAR)
    ministry = write_ministry(folder / "sites")
    with serve(ministry) as served, Store.open(database_at(f"{folder}/oit.db")) as store:
        request = sweep.SweepRequest(
            checklist=checklist,
            units=served.units(),
            items=checklist.items,
            as_of=DEMO_DAY,
            settings=CrawlSettings(
                allow_networks=(LOOPBACK,), delay_s=0, bodies_folder=folder / "bodies"
            ),
            out=folder / "reports",
            ocr=OcrSettings(cache_folder=folder / "ocr"),
        )
        outcome = sweep.sweep(request, store)
        results = {result.unit.id: result for result in store.unit_results(outcome.scan_id)}
        yield Swept(ministry, outcome, folder / "reports", results)


def test_every_unit_is_swept_stored_and_reported(swept: Swept) -> None:
    units = {unit.id for unit in swept.ministry.units}
    assert len(units) >= 12
    assert swept.results.keys() == units
    for unit_id in units:
        assert (swept.reports / f"gap-{unit_id}.html").is_file()
        report = json.loads((swept.reports / f"gap-{unit_id}.json").read_text(encoding="utf-8"))
        assert report["unit"]["id"] == unit_id
        assert report["coverage"]["line"]
    assert {path.name for path in swept.outcome.overview} == {
        "index.html",
        "overview.xlsx",
        "overview.json",
    }


def test_every_verdict_is_what_a_careful_assessor_says(swept: Swept) -> None:
    wrong = []
    for unit_id in sorted(swept.results):
        verdicts = swept.verdicts(unit_id)
        for item_id, expected in truth(unit_id).items():
            got = verdicts[item_id]
            if not expected.agrees(got.verdict.value, got.reasons):
                wrong.append(
                    f"{unit_id} {item_id}: expected {expected.verdict} {expected.reasons}, "
                    f"got {got.verdict.value} {got.reasons}"
                )
    assert not wrong, "\n".join(wrong)


def test_no_pass_without_a_quote_for_every_required_element(swept: Swept) -> None:
    for unit_id in swept.results:
        for verdict in swept.verdicts(unit_id).values():
            if verdict.verdict is Verdict.PASS:
                for element in verdict.elements:
                    assert element.quotes or not element.required, (unit_id, element.id)
                    for quote in element.quotes:
                        assert quote.final_url.startswith("http://127."), quote
                        assert quote.text
                        assert len(quote.sha256) == 64
                        assert quote.fetched_at is not None
                        assert quote.status == 200


def test_the_complete_unit_gets_the_full_score(swept: Swept) -> None:
    full = next(
        unit.id
        for unit in swept.ministry.units
        if all(expected.verdict == "pass" for expected in truth(unit.id).values())
    )
    report = json.loads((swept.reports / f"gap-{full}.json").read_text(encoding="utf-8"))
    assert report["score"]["certain"] == pytest.approx(40.0)
    assert report["fails"] == []
