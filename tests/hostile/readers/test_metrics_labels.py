"""Lines of the figures for Prometheus forged by names.

Tried: A unit is called `x"} 1\\noit_database_up 0`, and /metrics, which asks for no login, is read.
Must: No name of a unit, no title and no address stands in it; every line is a comment or a figure of
ours.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from checklist.loader import load
from tests.results.samples import COVERAGE, document, missing
from tests.web.seeds import CHECKLIST, UNITS

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

NAME = 'x"} 1\noit_database_up 0\n#'
LINE = re.compile(r"(?:# (?:HELP|TYPE) \S+ .*|[a-z_]+(?:_total)?(?:\{[^{}\n]*\})? [0-9.e+-]+|)")


def test_no_name_stands_in_the_figures(dashboard: Dashboard) -> None:
    store = dashboard.site.store
    scan = store.start_scan(load(CHECKLIST), date(2023, 4, 9), tool_version=NAME)
    unit = replace(UNITS[0], name=NAME, main_site=f"https://x.go.th/{NAME}")
    store.save_unit(scan, unit, [missing("O1", NAME)], COVERAGE, [document()])
    store.finish_scan(scan)
    said = dashboard.client(None).get("/metrics").text
    assert [line for line in said.splitlines() if not LINE.fullmatch(line)] == []
    assert 'x"' not in said
    assert "surin" not in said
    assert "oit_database_up 1.0" in said
