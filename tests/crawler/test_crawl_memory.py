"""What a crawl keeps for the next one, and what it must see though nothing of it is kept."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from checklist.evidence import Document, Fetch
from checklist.profile import UnitProfile
from crawler.memory.conditional import ConditionalMiddleware, is_due, keepable
from crawler.memory.kept_responses import KeptResponse, KeptResponses, key_of
from crawler.memory.ledger import Ledger
from crawler.memory.readings import Readings, lasts, name_of
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from crawler.tally import Counted
from results.store import Store
from tests.crawler.loopback_site import Answer, LoopbackSite, an_item
from tests.databases import database_at, of_sqlite_alone

NOW = datetime(2026, 3, 2, 20, tzinfo=UTC)
OLD = "Sun, 01 Feb 2026 10:00:00 GMT"
URL = "https://www.suan.go.th/plan"
ITEM = an_item("O1", "โครงสร้าง")
needs_a_browser = pytest.mark.skipif(
    shutil.which("chromium-headless-shell") is None, reason="no browser installed"
)


def response(**headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Content-Type", "text/html; charset=utf-8")
    return HtmlResponse(URL, body="แผน".encode(), headers=named)


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"ETag": '"a"'}, True),
        ({"Last_Modified": OLD}, True),
        ({}, False),
        ({"ETag": '"a"', "Cache_Control": "private, no-store"}, False),
        ({"ETag": '"a"', "Vary": "*"}, False),
        # Changed in the minute before it was sent: it may change again under the same date.
        ({"Last_Modified": OLD, "Date": "Sun, 01 Feb 2026 10:00:30 GMT"}, False),
        ({"Last_Modified": "yesterday"}, False),
    ],
)
def test_only_answers_that_a_server_can_be_asked_about_are_kept(
    headers: dict[str, str], *, kept: bool
) -> None:
    assert (keepable(response(**headers), "k", NOW) is not None) is kept


def kept_at(moment: datetime, key: str = "0" * 64) -> KeptResponse:
    return KeptResponse(key, URL, (("ETag", '"a"'),), "a" * 64, '"a"', "", moment, moment)


def test_every_page_comes_whole_within_the_days_each_on_its_own() -> None:
    keys = [key_of(f"{URL}/{n}") for n in range(140)]
    due = [sum(is_due(kept_at(NOW, k), NOW + timedelta(days=d), 7) for k in keys) for d in range(8)]
    assert due[0] == 0
    assert due[7] == len(keys)
    assert all(0 < later - sooner < 45 for sooner, later in pairwise(due))
    assert is_due(kept_at(NOW), NOW, 0)


async def asked(tmp_path: Path, answer: Response, request: Request) -> Request | Response:
    """What the middleware makes of an answer to a request about a kept page."""
    kept = KeptResponses(database_at(f"{tmp_path}/oit.db"), tmp_path / "bodies")
    middleware = ConditionalMiddleware(kept, "", 7, ask=True)
    await middleware.process_response(request, response(ETag='"a"'))
    await middleware.process_request(request)
    assert request.headers["If-None-Match"] == b'"a"'
    return await middleware.process_response(request, answer)


async def _stands(tmp_path: Path) -> None:
    answer = await asked(tmp_path, Response(URL, status=304), Request(URL))
    assert isinstance(answer, HtmlResponse), answer.headers
    assert (answer.status, answer.text) == (200, "แผน")
    # A 304 about another version than ours is asked again, whole.
    other = Response(URL, status=304, headers={"ETag": '"b"'})
    again = await asked(tmp_path, other, Request(URL))
    assert isinstance(again, Request)
    middleware = ConditionalMiddleware(
        KeptResponses(database_at(f"{tmp_path}/oit.db"), tmp_path / "bodies"), "", 7, ask=True
    )
    again.headers["If-None-Match"] = '"a"'
    await middleware.process_request(again)
    assert "If-None-Match" not in again.headers


def test_a_304_gives_the_kept_page_and_only_to_what_was_asked(tmp_path: Path) -> None:
    asyncio.run(_stands(tmp_path))
    # Scrapy's cache would answer for a site that is down: this one has nothing to do it with.
    assert not hasattr(ConditionalMiddleware, "process_exception")


def test_a_database_of_no_use_costs_only_the_saving(tmp_path: Path) -> None:
    of_sqlite_alone()
    (tmp_path / "oit.db").write_bytes(b"no database at all, though it stands where one should")
    kept = KeptResponses(database_at(f"{tmp_path}/oit.db"), tmp_path / "bodies")
    kept.keep(kept_at(NOW), b"body")
    kept.close()
    other = KeptResponses(database_at(f"{tmp_path}/oit.db"), tmp_path / "bodies")
    assert other.find("0" * 64) is None
    other.close()


def test_a_reading_of_another_reader_does_not_serve_but_its_day_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = Readings(tmp_path)
    fetch = Fetch(URL, URL, sha256="a" * 64, fetched_at=NOW)
    name = name_of(fetch, None, "", rendered=False)
    document = Document(fetch, title="แผน", read_on=NOW.date())
    readings.keep(name, document, NOW.date())
    later = Fetch(URL, URL, sha256="a" * 64, fetched_at=NOW + timedelta(days=1))
    found = readings.find(name, later)
    assert found is not None
    assert found.document == Document(later, title="แผน", read_on=NOW.date())
    monkeypatch.setattr("crawler.memory.readings.reading_code", lambda: "newer")
    other = readings.find(name, later)
    assert other is not None
    assert (other.read_on, other.document) == (NOW.date(), None)


@pytest.mark.parametrize("why", ["members", "attachments", "unread", "stopped"])
def test_a_reading_that_could_be_bettered_is_not_kept(why: str) -> None:
    assert lasts(Document(Fetch(URL, URL)))
    assert not lasts(Document(Fetch(URL, URL), metadata={why: "x"}))
    assert not lasts(Document(Fetch(URL, URL, problem="extract_failed")))


@needs_a_browser
def test_data_that_changes_behind_an_unchanged_page_is_seen(tmp_path: Path) -> None:
    html = (
        "<!doctype html><html><body><div id='root'></div><script>fetch('/data').then(r => r.text())"
        ".then(t => document.getElementById('root').innerHTML = t)</script></body></html>"
    )
    data = ["<h1>โครงสร้าง</h1><p>กองช่าง</p>"]
    site = LoopbackSite("127.0.0.1", {})

    def shell(_: int) -> Answer:
        known = site.headers["/app"].get("If-None-Match") == '"app"'
        body, status = (b"", 304) if known else (html.encode(), 200)
        return Answer(body, status, headers={"ETag": '"app"'})

    site.pages = {"/app": shell, "/data": lambda _: Answer(data[-1].encode())}
    database = database_at(f"{tmp_path}/oit.db")
    Store.open(database).close()
    settings = CrawlSettings(
        allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=20, settle_s=1,
        bodies_folder=tmp_path / "bodies",
    )  # fmt: skip
    plan = UnitPlan(UnitProfile("u", "u"), (ItemTarget(ITEM, (f"{site.url}/app",)),), 2566)
    nights = [Ledger(database, number, tmp_path / "documents") for number in (1, 2)]
    with site:
        [first] = crawl([plan], settings, ledger=nights[0])
        data.append("<h1>โครงสร้าง</h1><p>กองช่าง กองคลัง</p>")
        [second] = crawl([plan], settings, ledger=nights[1])
    texts = [h.documents["O1"][0].passages[-1].text for h in (first, second)]
    assert texts == ["กองช่าง", "กองช่าง กองคลัง"]
    assert second.tally[Counted.NOT_MODIFIED] == 1
    assert second.tally[Counted.RENDERED] == 1
