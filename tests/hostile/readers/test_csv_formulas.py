"""Formulas in CSV files that people open in Excel, LibreOffice or a sheet on the web.

Tried: Page titles, unit names, waiver reasons and names typed at the login begin with =, +, -, @,
their full-width forms, a tab or a return, also behind blanks and invisible marks.
Must: In every column of every CSV that the program writes such a text begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from accounts.audit import Audit, Entry
from accounts.roles import Role
from results.excel.table import Column
from results.formats.csv import unit_csv
from results.formats.listing import Listing, listing_csv
from tests.hostile.readers.attacks import FORMULAS
from tests.results.sheets import report_saying
from units.formulas import runs

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def running(content: bytes) -> list[str]:
    cells = [cell for row in rows_of(content) for cell in row]
    return [cell for cell in cells if runs(cell) and not cell.startswith("'") and len(cell) > 1]


@pytest.mark.parametrize("text", FORMULAS)
def test_the_reports_csv_runs_nothing(text: str) -> None:
    content = unit_csv(report_saying(text))
    assert running(content) == []
    assert any(cell.startswith("'") for row in rows_of(content) for cell in row)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_listing_runs_anything(text: str) -> None:
    listing = Listing("a", text, "ก", [Column("หน่วยงาน", 9), Column("ข้อความ", 9)], [[text, text]])
    assert running(listing_csv(listing)) == []


def test_the_log_of_deeds_runs_nothing(dashboard: Dashboard) -> None:
    for text in FORMULAS:
        entry = Entry(datetime.now(UTC), text, "", "127.0.0.1", "login.failed", f"{text}", {})
        Audit(dashboard.site.engine).write(entry)
    answer = dashboard.client(Role.ADMINISTRATOR).get("/audit/export.csv")
    assert answer.status_code == 200
    assert running(answer.content) == []


def test_the_overviews_csv_runs_nothing(dashboard: Dashboard) -> None:
    answer = dashboard.client(Role.ADMINISTRATOR).get("/overview/export.csv")
    assert answer.status_code == 200
    assert running(answer.content) == []
