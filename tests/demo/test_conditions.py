"""The demonstration servers answer conditional requests as RFC 9110 says, and count what they send."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from demo.conditions import unchanged, validators
from demo.ministry import write_ministry
from demo.server import Served, serve
from demo.traffic import Count, Traffic

MOMENT = "Sat, 01 Apr 2023 02:00:00 GMT"
LATER = "Sun, 02 Apr 2023 02:00:00 GMT"
EARLIER = "Fri, 31 Mar 2023 02:00:00 GMT"
BOTH = {"ETag": '"a1"', "Last-Modified": MOMENT}
DATE = {"Last-Modified": MOMENT}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    ministry = write_ministry(tmp_path_factory.mktemp("sites"), print_pdfs=False, count=8)
    with serve(ministry, port=0) as running:
        yield running


def ask(
    served: Served, unit: str, path: str, headers: dict[str, str], method: str = "GET"
) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(served.addresses[unit])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("asked", "told", "answer"),
    [
        ({}, BOTH, False),
        ({"If-None-Match": '"a1"'}, BOTH, True),
        ({"If-None-Match": 'W/"a1"'}, BOTH, True),
        ({"If-None-Match": '"b2", "a1"'}, BOTH, True),
        ({"If-None-Match": "*"}, BOTH, True),
        ({"If-None-Match": '"b2"'}, BOTH, False),
        ({"If-None-Match": '"b2"', "If-Modified-Since": LATER}, BOTH, False),
        ({"If-None-Match": '"a1"', "If-Modified-Since": EARLIER}, BOTH, True),
        ({"If-None-Match": '"a1"'}, DATE, False),
        ({"If-Modified-Since": MOMENT}, DATE, True),
        ({"If-Modified-Since": LATER}, BOTH, True),
        ({"If-Modified-Since": EARLIER}, DATE, False),
        ({"If-Modified-Since": "yesterday"}, DATE, False),
        ({"If-None-Match": "*", "If-Modified-Since": LATER}, {}, False),
    ],
)
def test_when_a_file_counts_as_unchanged(
    asked: dict[str, str], told: dict[str, str], answer: bool
) -> None:
    assert unchanged(asked, told) is answer


@pytest.mark.parametrize(
    ("kind", "names"), [("both", {"ETag", "Last-Modified"}), ("date", {"Last-Modified"}), ("none", set())]
)  # fmt: skip
def test_what_a_server_tells_of_a_file(kind: str, names: set[str]) -> None:
    assert set(validators(b"page", 1680314400.9, kind)) == names


def test_other_bytes_have_another_tag() -> None:
    one, other = (validators(body, 0, "both")["ETag"] for body in (b"one", b"other"))
    assert one != other
    assert one[0] == one[-1] == '"'


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_that_is_known_is_not_sent_again(served: Served, method: str) -> None:
    status, headers, body = ask(served, "sriphana", "/ita-2566/o1/", {}, method)
    assert (status, bool(body)) == (200, method == "GET")
    assert int(headers["Content-Length"]) > 800
    for known in (
        {"If-None-Match": headers["ETag"]},
        {"If-Modified-Since": headers["Last-Modified"]},
    ):
        status, again, body = ask(served, "sriphana", "/ita-2566/o1/", known, method)
        assert (status, body) == (304, b"")
        assert again["ETag"] == headers["ETag"]


def test_a_file_that_changed_is_sent(served: Served) -> None:
    path = served.ministry.folder / "sriphana/ita-2566/o3/index.html"
    tag = ask(served, "sriphana", "/ita-2566/o3/", {})[1]["ETag"]
    path.write_bytes(path.read_bytes().replace(b"</h1>", b"</h1><p>2567</p>", 1))
    status, headers, body = ask(served, "sriphana", "/ita-2566/o3/", {"If-None-Match": tag})
    assert (status, headers["ETag"] != tag) == (200, True)
    assert b"2567" in body


def test_some_servers_tell_a_date_alone_and_some_nothing(served: Served) -> None:
    _, dated, _ = ask(served, "thungruang", "/", {})
    assert (dated["ETag"], bool(dated["Last-Modified"])) == (None, True)
    _, bare, _ = ask(served, "banmai", "/", {})
    assert (bare["ETag"], bare["Last-Modified"]) == (None, None)
    assert ask(served, "banmai", "/", {"If-None-Match": "*"})[0] == 200


@pytest.mark.parametrize(
    ("unit", "path"), [("akhan", "/th/content/o17.html"), ("akhan", "/th/content/o41.html")]
)
def test_what_a_server_makes_up_has_no_validators(served: Served, unit: str, path: str) -> None:
    status, headers, body = ask(served, unit, path, {"If-None-Match": "*"})
    assert status in (200, 500)
    assert body
    assert headers["ETag"] is None
    assert headers["Last-Modified"] is None


def test_requests_bodies_and_304s_are_counted_by_host(served: Served) -> None:
    before = served.traffic.by_host()
    _, headers, body = ask(served, "nongbua", "/oit66/9-1-3.htm", {})
    ask(served, "nongbua", "/oit66/9-1-3.htm", {"If-None-Match": headers["ETag"]})
    ask(served, "nongbua", "/oit66/9-1-3.htm", {}, "HEAD")
    _, _, missing = ask(served, "nongbua", "/nothing", {})
    after = served.traffic.by_host()
    got = after["nongbua"] - before.get("nongbua", Count())
    assert got == Count(4, len(body) + len(missing), 1, len(missing))
    assert served.traffic.by_address()["nongbua", "/oit66/9-1-3.htm"] == Count(3, len(body), 1, 0)
    assert after.get("banmai") == before.get("banmai")


def test_counts_add_up() -> None:
    traffic = Traffic()
    traffic.note("a", "/", 200, 10, marked=True)
    traffic.note("a", "/x", 304, 0, marked=True)
    traffic.note("b", "/", 200, 5, marked=False)
    assert traffic.by_host() == {"a": Count(2, 10, 1, 0), "b": Count(1, 5, 0, 5)}
    assert sum(traffic.by_host().values(), Count()) == Count(3, 15, 1, 5)
