"""Several servers under one name.

Tried: one address, two ports, one of them closed by its robots.txt.
Must: each port answers for itself, as RFC 9309 says (and so do http and https).
"""

from __future__ import annotations

from crawler.robots_rules import origin_of
from tests.hostile.politeness.conftest import PAGES, SHUT
from tests.hostile.politeness.served import OPEN, Host, read


def test_each_port_answers_for_itself() -> None:
    with (
        Host("127.83.1.1", {**PAGES, "/robots.txt": SHUT}) as shut,
        Host("127.83.1.1", PAGES) as free,
    ):
        documents = read(OPEN, f"{shut.url}/o1", f"{free.url}/o1")
    assert [one.fetch.problem for one in documents] == ["blocked_by_robots", None]
    assert shut.busiest == free.busiest == 1


def test_an_origin_is_scheme_host_and_port() -> None:
    asked = ("http://a.go.th/x", "https://a.go.th/x", "https://a.go.th:8443/x")
    assert len({origin_of(url) for url in asked}) == 3
    assert origin_of("https://user:secret@A.go.th/x") == "https://a.go.th"
