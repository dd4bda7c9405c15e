"""Rendering under bad conditions, and certificates that no browser would accept."""

from __future__ import annotations

import asyncio
import datetime
import os
import shutil
import signal
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from checklist.evidence import TextSource
from checklist.profile import UnitProfile
from commands.stopping import descendants
from crawler.address_policy import AddressPolicy
from crawler.gate import Gate
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import PROSE, Answer, LoopbackSite, an_item, page

if TYPE_CHECKING:
    from collections.abc import Iterator

ITEM = an_item("O1", "โครงสร้าง")
needs_a_browser = pytest.mark.skipif(
    shutil.which("chromium-headless-shell") is None, reason="no browser installed"
)


def shell(script: str) -> Answer:
    html = (
        f"<!doctype html><html><body><div id='root'></div><script>{script}</script></body></html>"
    )
    return Answer(html.encode())


def a_plan(unit_id: str, *urls: str) -> UnitPlan:
    return UnitPlan(UnitProfile(unit_id, unit_id), (ItemTarget(ITEM, urls),), 2566)


@needs_a_browser
def test_a_fresh_browser_every_few_pages_and_no_page_holds_the_crawl_up() -> None:
    words = "document.getElementById('root').innerHTML = '<h1>โครงสร้าง</h1><p>กองช่าง กองคลัง %d</p>'"
    pages = {f"/{n}": shell(words % n) for n in range(3)}
    with LoopbackSite("127.0.0.1", {**pages, "/endless": shell("while (true) {}")}) as site:
        settings = CrawlSettings(
            allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, settle_s=0.5,
            page_deadline_s=6, browser_pages_before_recycle=2, browser_tabs=2,
        )  # fmt: skip
        urls = [f"{site.url}/{n}" for n in range(3)]
        [harvest] = crawl([a_plan("u", *urls, f"{site.url}/endless")], settings)
    *rendered, endless = harvest.documents["O1"]
    assert [d.source for d in rendered] == [TextSource.RENDERED] * 3
    assert [f"กองคลัง {n}" in d.passages[-1].text for n, d in enumerate(rendered)] == [True] * 3
    assert endless.fetch.problem == "render_failed"


def browsers_of(pid: int) -> list[int]:
    """The browsers among what the process started, without their own helpers."""
    lines = {p: Path(f"/proc/{p}/cmdline").read_bytes() for p in descendants(pid)}
    return [p for p, line in lines.items() if b"headless" in line and b"--type=" not in line]


@needs_a_browser
def test_a_browser_that_dies_under_a_page_is_started_again_and_shows_it() -> None:
    kills: list[int] = []

    def words(_: int) -> Answer:
        if not kills:
            kills.extend(browsers_of(os.getpid()))
            for pid in kills:
                os.kill(pid, signal.SIGKILL)
        return Answer("<h1>โครงสร้าง</h1><p>กองช่าง กองคลัง</p>".encode())

    script = "fetch('/words').then(x => x.text()).then(x => root.innerHTML = x)"
    with LoopbackSite("127.0.0.1", {"/o1": shell(script), "/words": words}) as site:
        settings = CrawlSettings(
            allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, settle_s=2, page_deadline_s=30
        )
        [harvest] = crawl([a_plan("u", f"{site.url}/o1")], settings)
    assert kills
    [document] = harvest.documents["O1"]
    assert document.source is TextSource.RENDERED
    assert "กองคลัง" in document.passages[-1].text


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=20_000))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "site.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def https_site(certificate: Path) -> Iterator[str]:
    """A site whose certificate nobody vouches for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for(https_site: str) -> None:
    settings = CrawlSettings(allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=5, render=False)
    [harvest] = crawl([a_plan("u", f"{https_site}/o1")], settings)
    fetch = harvest.documents["O1"][0].fetch
    assert fetch.problem == "tls"
    assert "ใบรับรอง" in fetch.problem_detail


async def _through_the_gate(gate: Gate, request: str) -> bytes:
    await gate.open()
    try:
        host, _, port = gate.url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request.encode())
        await writer.drain()
        answer = await asyncio.wait_for(reader.read(100_000), 5)
        writer.close()
        return answer
    finally:
        await gate.close()


@pytest.mark.parametrize(
    ("allowed", "request_line", "answer"),
    [
        ("127.0.0.1/32", "GET {url}/o1 HTTP/1.1", b"200 OK"),
        ("127.0.0.1/32", "CONNECT {address} HTTP/1.1", b"200 Connection established"),
        ("10.0.0.0/8", "GET {url}/o1 HTTP/1.1", b"403 Forbidden"),
        ("10.0.0.0/8", "CONNECT {address} HTTP/1.1", b"403 Forbidden"),
        ("127.0.0.1/32", "GET ftp://127.0.0.1/ HTTP/1.1", b"403 Forbidden"),
    ],
)
def test_the_gate_lets_out_only_to_allowed_addresses(
    allowed: str, request_line: str, answer: bytes
) -> None:
    with LoopbackSite("127.0.0.1", {"/o1": page("โครงสร้าง", PROSE)}) as site:
        line = request_line.format(url=site.url, address=site.url.removeprefix("http://"))
        gate = Gate(AddressPolicy((allowed,)))
        got = asyncio.run(
            _through_the_gate(gate, f"{line}\r\nHost: x\r\nProxy-Connection: y\r\n\r\n")
        )
        assert answer in got.split(b"\r\n")[0]
        assert bool(site.hits) is (answer == b"200 OK")
