"""Log lines forged by what a server or a page says.

Tried: An address, a header or an error holds line ends (also U+2028, NEL), a whole JSON record, a
text record with time and level, escapes, 100,000 letters, and a password in the address.
Must: One record is one line, in text and in JSON; the forged one stands inside a value; nothing
steers a terminal, no password is told, no line is endless.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.logs import LogFormat, begin_logging, end_logging
from crawler.log_context import about
from tests.hostile.readers.attacks import STEERING
from tests.hostile.readers.test_terminal_escapes import OBEYED

FORGED = (
    '\n{"time":"2026-01-01T00:00:00Z","level":"info","event":"ผ่านทุกข้อ"}',
    "\r\n2026-01-01T00:00:00Z INFO  sweep ผ่านทุกข้อ",
    "\x0b\x0c\x1c\x85\u2028\u2029ผ่านทุกข้อ",
    '", "event": "ผ่านทุกข้อ',
    "ก" * 100_000,
    "".join(STEERING),
)


@pytest.fixture(autouse=True)
def _logging_ends() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    end_logging()
    logging.getLogger().setLevel(level)


@pytest.mark.parametrize("form", list(LogFormat))
@pytest.mark.parametrize("text", FORGED)
def test_one_record_is_one_line(tmp_path: Path, form: LogFormat, text: str) -> None:
    begin_logging(form, tmp_path / "oit.log", verbose=False)
    with about(unit=text):
        extra = {"figures": {"host": text, "url": f"https://a:รหัสผ่าน@x.go.th/{text}"}}
        logging.getLogger("crawler").warning("เปิดไม่ได้: %s", text, extra=extra)
    written = (tmp_path / "oit.log").read_text(encoding="utf-8")
    assert len(written.splitlines()) == 1
    assert not OBEYED.search(written.rstrip("\n"))
    assert "รหัสผ่าน" not in written
    assert len(written) < 60_000
    if form is LogFormat.JSON:
        assert json.loads(written)["logger"] == "crawler"
