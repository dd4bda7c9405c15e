"""What holds for the hostile suite as a whole: its form, and the one sweep over all its sites."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from crawler.settings import MEGABYTE

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROMISES = ROOT / "docs" / "security.md"
GROUPS = ("addresses", "endless", "documents", "text", "readers", "dashboard", "politeness")
LEAST_CASES = 200
"""How many cases the suite holds at least; raised to the number reached as groups come in."""
MOST_MEMORY = 2500 * MEGABYTE
"""Of all processes of the sweep together: crawler, readers of documents, browsers."""
LONGEST_SWEEP_S = 300
"""Far above what the sweep takes alone on two cores (a minute): for machines with other work."""

CASES = sorted(path for group in GROUPS for path in (HERE / group).glob("test_*.py"))


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def test_every_case_says_what_is_tried_and_what_must_be_true() -> None:
    form = re.compile(r"\S.*\n\nTried: \S.*\nMust: \S.*", re.DOTALL)
    assert [path.name for path in CASES if not form.fullmatch(docstring(path))] == []


def test_there_are_as_many_cases_as_were_reached() -> None:
    assert len(CASES) >= LEAST_CASES


def test_every_case_stands_in_a_group() -> None:
    stray = [p for p in HERE.glob("**/test_*.py") if p not in CASES and p.parent != HERE]
    assert stray == []
    assert [p.name for p in HERE.glob("test_*.py")] == [Path(__file__).name]


def test_the_page_of_promises_names_files_that_exist() -> None:
    named = re.findall(r"`((?:[\w-]+/)+[\w.-]+\.\w+)`", PROMISES.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_case_shows_a_promise() -> None:
    said = PROMISES.read_text("utf-8")
    assert [p.name for p in CASES if f"`{p.relative_to(ROOT).as_posix()}`" not in said] == []


def test_the_sweep_goes_on(swept: Swept) -> None:
    neighbours = swept.neighbours()
    assert neighbours
    assert {name: one.verdict for name, one in neighbours.items()} == dict.fromkeys(
        neighbours, Verdict.PASS
    )


def test_every_unit_has_a_verdict_and_a_report(swept: Swept) -> None:
    assert set(swept.names.values()) <= set(swept.after)
    assert [name for name, one in swept.after.items() if "</html>" not in one.report_html] == []


def test_memory_and_time_stay_within_the_limits(swept: Swept) -> None:
    assert 0 < swept.peak_bytes < MOST_MEMORY
    assert swept.seconds < LONGEST_SWEEP_S


def test_nobody_connected_where_nobody_may(swept: Swept) -> None:
    """`inside` are the forbidden twins of the sites, `strangers` this machine's own addresses."""
    assert {name: one.inside for name, one in swept.after.items() if one.inside} == {}
    assert swept.strangers == ()


def test_one_request_at_a_time_to_a_host(swept: Swept) -> None:
    assert [name for name, one in swept.neighbours().items() if one.busiest > 1] == []
