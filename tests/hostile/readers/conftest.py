"""The dashboard of the tests of pages, for the attacks on those who read it."""

from __future__ import annotations

from tests.web.conftest import (  # noqa: F401
    _passwords_cost_little,
    clock,
    dashboard,
    seeds,
)
