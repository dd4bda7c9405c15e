"""A page is asked for under a spelling that the door may not know.

Tried: a stranger asks every route with HEAD, OPTIONS, TRACE, a slash more, a slash less, capitals,
encoded dots and slashes, path parameters and a way through a public path.
Must: each is refused or not there (nothing is given, no fault of ours), as under its own name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.web.test_doors import ROUTES, filled_in
from web.guard import PUBLIC

if TYPE_CHECKING:
    from tests.hostile.dashboard.conftest import Answer

PATHS = sorted({filled_in(path) for _method, path in ROUTES if path not in PUBLIC})
METHODS = ("HEAD", "OPTIONS", "TRACE", "PATCH", "CONNECT", "GE T", "get")
SPELLINGS: dict[str, Callable[[str], str]] = {
    "slash": lambda path: f"{path}/",
    "double": lambda path: f"/{path}",
    "capitals": str.upper,
    "dot": lambda path: f"/.{path}",
    "up": lambda path: f"/assets/..{path}",
    "encoded up": lambda path: f"/assets/%2e%2e{path}",
    "encoded slash": lambda path: path[0] + path[1:].replace("/", "%2f"),
    "parameter": lambda path: f"{path};a=1",
    "public": lambda path: f"{path}/healthz",
    "nul": lambda path: f"{path}%00",
    "dot after": lambda path: f"{path}.json",
}


@pytest.mark.parametrize("method", METHODS)
def test_no_other_method_opens_a_route(raw: Callable[..., Answer], method: str) -> None:
    opened = [(path, answer.status) for path in PATHS if not (answer := raw(method, path)).refuses]
    assert opened == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_other_spelling_opens_a_route(raw: Callable[..., Answer], spelling: str) -> None:
    for path in PATHS:
        answer = raw("GET", SPELLINGS[spelling](path))
        led_back = answer.status == 307 and not answer.body
        assert answer.refuses or led_back, (path, answer.status)
