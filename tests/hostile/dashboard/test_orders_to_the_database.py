"""A search or a sort is an order to the database or to the templates (injection).

Tried: quotes, comments, wildcards and other columns in every search, filter and sort; the marks of
templates; patterns that make a slow matcher slow.
Must: they are texts to find, which nothing holds; nothing more is shown and nothing takes long.
"""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

ORDERS = (
    "' OR '1'='1",
    "%",
    "_",
    "%' --",
    "surin' UNION SELECT password FROM people--",
    "\\",
    "*",
    "a) OR (1=1",
)
SEARCHES = (
    "/api/v1/units?q={}",
    "/api/v1/registry?q={}",
    "/api/v1/audit?who={}",
    "/api/v1/audit?subject={}",
    "/api/v1/audit?what={}",
)


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("order", ORDERS)
def test_an_order_is_a_text_that_is_not_there(standing: Dashboard, search: str, order: str) -> None:
    from urllib.parse import quote

    told = standing.client("administrator").get(search.format(quote(order)))
    assert told.status_code == 200
    assert told.json()["total"] == 0 or order in ("_", "*")
    assert "argon2" not in told.text


@pytest.mark.parametrize(
    "sort", ["password", "name; DROP TABLE people", "(SELECT 1)", "-name", "__class__"]
)
def test_no_other_column_is_sorted_by(standing: Dashboard, sort: str) -> None:
    boss = standing.client("administrator")
    for path in (
        "/overview",
        "/units",
        "/registry",
        "/review",
        "/api/v1/overview",
        "/api/v1/reviews",
    ):
        assert boss.get(path, params={"sort": sort, "order": sort}).status_code in (200, 422)
    assert boss.get("/users").status_code == 200


@pytest.mark.parametrize(
    "mark",
    [
        "{{7*191}}",
        "${7*191}",
        "{%print(7*191)%}",
        "#{7*191}",
        "{{config}}",
        "{{request.app.state}}",
    ],
)
def test_a_template_in_a_search_stays_text(standing: Dashboard, mark: str) -> None:
    boss = standing.client("administrator")
    for path in ("/units", "/overview", "/registry", "/audit", "/login", "/review", "/decisions"):
        shown = boss.get(
            path, params={"q": mark, "who": mark, "subject": mark, "next": "/" + mark}
        ).text
        assert "1337" not in shown
        assert "object at 0x" not in shown


@pytest.mark.parametrize(
    "slow", ["a" * 190 + "!", " " * 199, "((a+)+)+$" * 20, "ก้" * 95, "%_" * 95, "\u0e33" * 190]
)
def test_a_search_takes_no_long_time(standing: Dashboard, slow: str) -> None:
    boss = standing.client("administrator")
    began = process_time()
    for path in ("/units", "/overview", "/registry", "/self-check/units"):
        assert boss.get(path, params={"q": slow, "unit": slow}).status_code == 200
    assert process_time() - began < 3
