"""Parameters hold NUL, halves of letters, marks without letters, and anything else.

Tried: every page and operation that is asked by GET, with such texts in each place of the path and
in the query; logins and JSON bodies with them.
Must: an answer of ours, never a fault of ours (property test).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.dashboard.conftest import asked_raw, cookie_of
from tests.web.test_doors import ROUTES

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard

ODD = st.one_of(
    st.sampled_from(["\0", "%00", "%ff", "%ed%a0%80", "\u202e", "ก\u0e48" * 9, "..", "%2e%2e%2f", "-1", "1e9", "9" * 30,
                     "٣", "๑๒", "NaN", "null", "[]", "{{7*7}}", "' OR 1=1--", "\ufeff", "\U000e0041", "a" * 3000]),
    st.text(max_size=12),
)  # fmt: skip
PATHS = sorted(
    {
        path
        for method, path in ROUTES
        if method == "GET" and "events" not in path and path != "/metrics"
    }
)
NAMES = ("q", "page", "checklist", "scan", "sort", "verdict", "before", "after", "unit", "item", "since", "until",
         "who", "type", "approval", "look", "next", "size", "skip", "most", "key", "state", "kind", "copy")  # fmt: skip


def encoded(text: str) -> str:
    """As a client without manners writes it; what is encoded already stays."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="%")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
def test_no_parameter_makes_a_fault_of_ours(standing: Dashboard, data: st.DataObject) -> None:
    person = standing.client("administrator")
    path = data.draw(st.sampled_from(PATHS))
    filled = re.sub(r"\{[^}]+\}", lambda _part: encoded(data.draw(ODD)).replace("/", "%2f"), path)
    query = "&".join(
        f"{name}={encoded(data.draw(ODD))}"
        for name in data.draw(st.lists(st.sampled_from(NAMES), max_size=4))
    )
    answer = asked_raw(standing.app, "GET", f"{filled}?{query}", headers=cookie_of(person))
    assert answer.status < 500 or answer.status == 503, (filled, query)
    assert "oit_last" not in answer.body.decode("utf-8", "replace")


BODIES = (b'{"items": ["\\ud800"]}', b'{"checklist": "\\u0000"}', b'{"items": ["\\udfff\\u0000"], "checklist": "\\ud83d"}',
          b'{"items": [1e999]}', b'{"items": ' + b"[" * 3000, b"\xff\xfe", b"NaN", b'{"a": 1, "a": 2}')  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/api/v1/units/surin/checks", "/api/v1/registry/surin/approvals", "/api/v1/self-checks"],
)
def test_no_body_makes_a_fault_of_ours(standing: Dashboard, path: str) -> None:
    headers = cookie_of(standing.client("administrator")) | {"content-type": "application/json"}
    for body in BODIES:
        answer = asked_raw(standing.app, "POST", path, headers=headers, body=body)
        assert 400 <= answer.status < 500, body


@pytest.mark.parametrize("text", ["\\ud800", "a\\u0000b"])
def test_no_text_that_is_kept_makes_a_fault_of_ours(dashboard: Dashboard, text: str) -> None:
    headers = cookie_of(dashboard.client("administrator")) | {"content-type": "application/json"}
    decision = f'{{"kind": "accept", "reason": "{text} เห็นเอง", "mark": "{text}"}}'
    approval = f'{{"revision": 2, "note": "{text}"}}'
    unit = f'{{"revision": 2, "name": "{text}", "type": "province", "aliases": ["{text}"], "note": "{text}"}}'
    for method, path, body in (
        ("POST", "/api/v1/units/surin/items/O3/decisions", decision),
        ("POST", "/api/v1/registry/surin/approvals", approval),
        ("PUT", "/api/v1/registry/surin", unit),
        ("POST", "/api/v1/scans", f'{{"units": ["{text}"], "items": ["{text}"]}}'),
    ):
        answer = asked_raw(dashboard.app, method, path, headers=headers, body=body.encode())
        assert answer.status < 500, (path, answer.body)
