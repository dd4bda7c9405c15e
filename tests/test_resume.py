"""A sweep that was stopped goes on as it was begun, whatever is at hand when it is resumed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import sweep
from checklist.loader import load_year
from checklist.profile import UnitType
from crawler.settings import CrawlSettings
from results.record import ScanStatus
from results.store import Store
from sweep.resuming import scan_to_fill
from units.registry import Unit

OWN = Unit(
    id="suan",
    name="เทศบาลตำบลบ้านสวนมะลิ",
    type=UnitType.LOCAL,
    main_site="https://suan.example.go.th",
    urls={"O5": ("https://suan.example.go.th/contact",)},
)


def request(folder: Path, *units: Unit, items: str = "O5", day: int = 30) -> sweep.SweepRequest:
    checklist = load_year(2566)
    return sweep.SweepRequest(
        checklist=checklist,
        units=units,
        items=checklist.select([items]),
        as_of=date(2023, 4, day),
        settings=CrawlSettings(),
        out=folder,
    )


def test_units_items_and_day_come_from_the_scan(tmp_path: Path) -> None:
    begun = request(tmp_path, OWN, day=28)
    with Store.open(f"sqlite:///{tmp_path}/oit.db") as store:
        scan_id = scan_to_fill(begun, store)
        store.finish_scan(scan_id, ScanStatus.INTERRUPTED)
        resumed = sweep.to_resume(store, request(tmp_path, items="O1"))
        assert resumed is not None
        assert list(resumed.units) == [OWN]
        assert [item.id for item in resumed.items] == ["O5"]
        assert resumed.as_of == date(2023, 4, 28)
        assert scan_to_fill(resumed, store) == scan_id


def test_nothing_to_resume_is_said_and_not_begun_anew(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/oit.db") as store:
        assert sweep.to_resume(store, request(tmp_path)) is None
        scan_id = scan_to_fill(request(tmp_path, OWN), store)
        store.finish_scan(scan_id)
        assert sweep.to_resume(store, request(tmp_path)) is None
        assert len(store.scans()) == 1
