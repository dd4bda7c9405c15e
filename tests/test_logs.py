"""Log lines: one record a line whatever is in it, no secret told, each knowing what it is about."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.progress import Progress
from typer.testing import CliRunner

from cli import app
from commands import logs
from commands.log_lines import harmless, masked, safe_value
from commands.logs import LogFormat, begin_logging, end_logging
from crawler.child import _ForwardLogs
from crawler.log_context import about
from crawler.wire import LogLine

ROOT = Path(__file__).parent.parent
HOSTILE = "\x1b]0;owned\x07\x1b[31mแดง\x1b[0m\r\n2026-01-01 ERROR forged\u202eevil\u2028end\x9b2J"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    end_logging()
    logging.getLogger().setLevel(level)
    logging.getLogger("asyncio").setLevel(logging.NOTSET)


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def records_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines_of(file)]


def test_a_json_line_tells_when_how_grave_who_what_and_about_what(tmp_path: Path) -> None:
    begin_logging(LogFormat.JSON, tmp_path / "oit.log", verbose=False)
    with about(scan=3), about(unit="surin"):
        extra = {"figures": {"pass": 30, "seconds": 1.5}}
        logging.getLogger("sweep.accounting").info("unit done", extra=extra)
    logging.getLogger("scrapy.core").warning("%s ไม่ตอบ", "เว็บไซต์")
    first, second = records_of(tmp_path / "oit.log")
    moment = first.pop("time")
    assert moment.endswith("Z")
    assert moment[10] == "T"
    assert first == {
        "level": "info", "logger": "sweep.accounting", "event": "unit done",
        "scan": 3, "unit": "surin", "pass": 30, "seconds": 1.5,
    }  # fmt: skip
    assert (second["logger"], second["event"]) == ("scrapy.core", "เว็บไซต์ ไม่ตอบ")
    assert "unit" not in second


@pytest.mark.parametrize("form", LogFormat)
def test_crawled_text_cannot_forge_a_line_or_steer_a_terminal(
    form: LogFormat, tmp_path: Path
) -> None:
    begin_logging(form, tmp_path / "oit.log", verbose=False)
    with about(unit=HOSTILE):
        logging.getLogger("crawler").warning(
            "title: %s", HOSTILE, extra={"figures": {"t": HOSTILE}}
        )
    (line,) = lines_of(tmp_path / "oit.log")
    assert not [c for c in line if c in "\x1b\x07\x9b\u202e\u2028\r" or ord(c) < 32]
    assert "แดง" in line


@given(st.text())
def test_any_text_becomes_one_harmless_line(text: str) -> None:
    said = harmless(text)
    assert len(said.splitlines()) <= 1
    assert not [
        c for c in said if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000
    ]


def test_an_exception_stays_below_its_line_and_is_as_harmless(tmp_path: Path) -> None:
    begin_logging(LogFormat.TEXT, tmp_path / "oit.log", verbose=False)
    try:
        raise ValueError(f"bad page {HOSTILE} https://u:hunter2@x.go.th/")
    except ValueError:
        logging.getLogger("crawler").exception("could not read")
    first, *below = lines_of(tmp_path / "oit.log")
    assert " ERROR   crawler could not read" in first
    assert below
    assert all(line.startswith("    ") for line in below)
    assert "hunter2" not in "".join(below)
    assert "\x1b" not in "".join(below)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("GET https://oit:hunter2@db.go.th/x", "GET https://***@db.go.th/x"),
        ("https://x.go.th/f?id=7&access_token=abc.def&page=2", "https://x.go.th/f?id=7&access_token=***&page=2"),
        ("https://x.go.th/?code=9&sig=AB%2F#top", "https://x.go.th/?code=***&sig=***#top"),
        ("password: hunter2, next", "password: ***, next"),
        ('{"LINE_TOKEN": "abc123"}', '{"LINE_TOKEN": "***"}'),
        ("Authorization: Bearer eyJhbGciOi.abc", "Authorization: Bearer ***"),
        ("sent bearer eyJhbGciOiJIUzI1NiJ9.e30", "sent bearer ***"),
        ("postgresql://oit:p@ss@db/oit", "postgresql://***@db/oit"),
        ("รหัส code 404 ของ https://x.go.th/?q=รหัสผ่าน", "รหัส code 404 ของ https://x.go.th/?q=รหัสผ่าน"),
    ],
)  # fmt: skip
def test_secrets_are_masked(text: str, said: str) -> None:
    assert masked(text) == said


def test_a_value_named_as_a_secret_is_masked_whatever_it_is() -> None:
    assert safe_value({"smtp_password": "x", "ok": ["a\nb", 1]}) == {
        "smtp_password": "***", "ok": ["a\\nb", 1],
    }  # fmt: skip


@pytest.mark.parametrize("text", ["a-" * 100_000, "?" + "token" * 50_000, "://" * 60_000])
def test_no_text_makes_the_masking_slow(text: str) -> None:
    begun = time.monotonic()
    assert len(safe_value(text)) < 9_000
    assert time.monotonic() - begun < 1


def test_a_file_too_large_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 2_000)
    begin_logging(LogFormat.JSON, tmp_path / "oit.log", verbose=False)
    for number in range(100):
        logging.getLogger("crawler").info("บรรทัดที่ %s", number)
    files = sorted(tmp_path.glob("oit.log*"))
    assert 3 <= len(files) <= 1 + logs.FILES_KEPT
    assert all(file.stat().st_size <= 2_200 for file in files)
    assert records_of(tmp_path / "oit.log")[-1]["event"] == "บรรทัดที่ 99"


def test_a_log_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--log-file", str(tmp_path), "checklist", "list"])
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "--log-file" in result.stderr


def test_a_full_disk_is_told_of_once_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    begin_logging(LogFormat.JSON, Path("/dev/full"), verbose=False)
    for _ in range(3):
        logging.getLogger("crawler").info("a line")
    end_logging()
    told = capsys.readouterr().err.splitlines()
    assert len([line for line in told if "เขียนแฟ้มบันทึกไม่ได้" in line]) == 1
    assert "Traceback" not in "".join(told)
    assert len(told) == 4


def test_without_being_asked_a_terminal_hears_of_errors_only(
    capsys: pytest.CaptureFixture[str],
) -> None:
    begin_logging(LogFormat.TEXT, None, verbose=False)
    logging.getLogger("crawler").warning("hush")
    logging.getLogger("crawler").error("trouble")
    told = capsys.readouterr()
    assert told.out == ""
    assert "hush" not in told.err
    assert told.err.count("\n") == 1
    assert "trouble" in told.err


def test_a_line_stands_whole_above_the_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=60, highlight=False)
    monkeypatch.setattr(logs, "err", console)
    begin_logging(LogFormat.TEXT, None, verbose=True)
    with Progress(console=console, auto_refresh=False) as bar:
        bar.add_task("units", total=5)
        bar.refresh()
        logging.getLogger("crawler").info("x" * 200)
    written = screen.getvalue()
    assert "x" * 200 + "\n" in written
    assert written.index("\x1b[2K") < written.index("x" * 200)


def test_the_crawling_process_sends_what_a_line_is_about() -> None:
    sent: list[object] = []
    handler = _ForwardLogs(sent.append)
    with about(unit="surin"):
        handler.emit(logging.LogRecord("crawler.visits", logging.INFO, "", 0, "%s", ("ok",), None))
    assert sent == [LogLine("crawler.visits", logging.INFO, "ok", {"unit": "surin"})]


def test_a_command_that_logs_nothing_loads_neither_structlog_nor_the_web() -> None:
    script = (
        "import sys\nfrom typer.testing import CliRunner\nfrom cli import app\n"
        "assert CliRunner().invoke(app, ['checklist', 'list']).exit_code == 0\n"
        "print(*sorted({'structlog', 'starlette', 'uvicorn', 'prometheus_client'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
