"""The API as its description says: whatever is sent, it answers, and never with a fault of ours."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from accounts.people import People
from accounts.tokens import Tokens
from tests.web.conftest import NOW, _sources
from web.application import application, pages_of
from web.settings import WebSettings
from web.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def offered(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("contract") / "var"
    shutil.copytree(seeds, folder)
    site = Site(_sources(folder), WebSettings(), lambda: NOW)
    yield site
    site.close()


@pytest.fixture(scope="module")
def spec(offered: Site) -> dict[str, Any]:
    return pages_of(offered).openapi()


@pytest.fixture(scope="module")
def described(offered: Site, spec: dict[str, Any]) -> Any:
    schema = schemathesis.openapi.from_dict(spec)
    schema.app = application(offered)
    return schema


@pytest.fixture(scope="module")
def key(offered: Site) -> Callable[[], str]:
    """A token that works: an operation before may have revoked the last."""
    tokens, secret = Tokens(offered.engine), ""

    def working() -> str:
        nonlocal secret
        if tokens.find(secret, NOW) is None:
            person = People(offered.engine).named("admin")
            secret = tokens.make(person, "ทดสอบ", 5, NOW)[1]
        return secret

    return working


def test_no_request_makes_the_api_fail(described: Any, key: Callable[[], str]) -> None:
    headers: dict[str, str] = {}
    for found in described.get_all_operations():
        operation = found.ok()
        headers["Authorization"] = f"Bearer {key()}"

        @given(case=operation.as_strategy())
        @settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
        def asked(case: Any) -> None:
            case.call_and_validate(headers=headers, checks=[not_a_server_error])

        asked()


def test_every_operation_says_what_it_does_in_thai(spec: dict[str, Any]) -> None:
    for path, methods in spec["paths"].items():
        assert path.startswith("/api/v1/")
        for method, operation in methods.items():
            assert any("ก" <= letter <= "๛" for letter in operation["summary"]), (method, path)
