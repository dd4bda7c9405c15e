"""`oit serve` as a process: scraped over loopback, stopped by a signal, refused in one line."""

from __future__ import annotations

import re
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import httpx
import pytest
from typer.testing import CliRunner

from cli import app
from tests.web.standing import filled
from web.serving import ServingError, bound
from web.settings import is_loopback

ROOT = Path(__file__).parent.parent.parent


def address_said(stream: IO[str] | None) -> str:
    assert stream is not None
    until = time.monotonic() + 30
    said = ""
    while time.monotonic() < until:
        if select.select([stream], [], [], 0.5)[0]:
            said += stream.readline()
            if match := re.search(r"http://\S+", said):
                return match[0]
    raise AssertionError(f"it does not serve: {said}")


# The command's own modules take seconds to load, the pages' take none of them.
SERVE = """
import sys
from pathlib import Path
from web.serving import serve
from web.site import Site
from web.sources import Sources
site = Site(Sources(sys.argv[1], Path(sys.argv[2])))
serve(site, "127.0.0.1", 0, lambda address: print(address, file=sys.stderr, flush=True))
assert "scrapy" not in sys.modules
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_real_server_is_scraped_and_stops_when_told(tmp_path: Path, how: signal.Signals) -> None:
    sources = filled(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, sources.database_url, str(tmp_path)],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        with httpx.Client(base_url=address_said(process.stderr), trust_env=False) as pages:
            assert pages.get("/healthz").json()["status"] == "ok"
            answer = pages.get("/metrics")
            assert 'oit_last_scan_units{checklist="oit-2566"} 2.0' in answer.text
            assert "server" not in answer.headers
        process.send_signal(how)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(
            app, ["serve", "--port", str(port), "--database", f"sqlite:///{tmp_path}/oit.db"]
        )
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "--port" in result.stderr
    assert str(port) in result.stderr


def test_an_unknown_host_is_refused() -> None:
    with pytest.raises(ServingError, match="--host"):
        bound("ไม่มี..ที่นี่", 0)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_only_loopback_stays_on_this_machine(host: str, own: bool) -> None:
    assert is_loopback(host) is own
