"""Numbers are sent that no page, row or clock has.

Tried: huge, negative and signed numbers for pages, scans, copies, revisions, tokens and days, in
digits of other scripts too.
Must: not found, refused in one line, or the nearest page; never a fault of the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

NUMBERS = (2**31, 10**30, "9" * 5000, -1, "٣", "1.0")
PLACES = (
    "/units?page={}", "/units/surin?scan={}", "/overview?scan={}", "/scans/{}", "/scans/{}/changes?against={}",
    "/scans/jobs/{}", "/registry?page={}", "/registry/surin/revisions?page={}", "/audit?page={}",
    "/units/surin/items/O1?scan={}&copy={}", "/units/surin/items/O1/scans/{}/copies/{}/original",
    "/units/surin/items/O1/scans/{}/evidence.zip", "/units/surin/items/O1/compare?before={}&after={}",
    "/api/v1/scans?skip={}&most={}", "/api/v1/scans/{}", "/api/v1/registry?page={}&size={}",
    "/api/v1/units/surin/items/O1/quotes/{}/page", "/api/v1/units?page={}", "/api/v1/audit?page={}", "/review/list?page={}",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_number_is_a_fault_of_ours(standing: Dashboard, place: str) -> None:
    boss = standing.client("administrator")
    for number in NUMBERS:
        answer = boss.get(place.replace("{}", str(number)))
        assert answer.status_code < 500, (place, str(number)[:40])


@pytest.mark.parametrize("number", NUMBERS, ids=lambda one: str(one)[:12])
def test_no_number_in_a_form_is_a_fault_of_ours(standing: Dashboard, number: object) -> None:
    boss = standing.client("administrator")
    for path, form in (
        ("/account/tokens", {"label": "x", "days": number}),
        (f"/account/tokens/{number}/revoke", {}),
        ("/registry/surin", {"revision": number}),
        (f"/registry/surin/revisions/{number}/restore", {"revision": number}),
        ("/registry/surin/approvals", {"revision": number}),
        (f"/scans/{number}/resume", {}),
    ):
        assert boss.post(path, data=form).status_code < 500, (path, number)
