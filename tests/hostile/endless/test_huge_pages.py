"""Pages of 600,000 elements or 20,000 links

Tried: a page under the size limit holds far more than a page holds: elements, links, one line without a blank.
Must: it is refused whole, by a limit that its reason names: part of a page would make what it lacks look missing.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from checklist.verdict import Verdict
from tests.hostile.sites import GOOD_O1, Reply, Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept


def swollen(more: str) -> Site:
    body = gzip.compress(GOOD_O1.replace("</main>", f"{more}</main>").encode(), 1)
    return Site({"/o1": Reply(body, headers={"Content-Encoding": "gzip"})}, main=None)


SITES = {
    "elements": (swollen("<b>" * 600_000), "150,000"),
    "links": (swollen("".join(f"<a href={n}>" for n in range(20_000))), "8,000"),
}
ELEMENTS, LINKS = (site for site, _ in SITES.values())
LINE = swollen("<p>" + "a" * 1_900_000)


@pytest.mark.parametrize("name", SITES)
def test_a_page_past_measure_is_not_judged_in_part(swept: Swept, name: str) -> None:
    site, limit = SITES[name]
    after = swept.of(site)
    assert (after.verdict, after.reason) == (Verdict.ERROR, "too_large")
    assert limit in after.report_html


def test_a_line_of_two_million_letters_is_read_in_time(swept: Swept) -> None:
    assert swept.of(LINE).verdict in (Verdict.PASS, Verdict.REVIEW)
