"""A sender in a process of its own, to be killed while it sends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.notices.ministry import Ministry, at

ROOT = Path(__file__).parents[2]
SENDS_AND_DIES = """
import sys
from datetime import datetime
from notices.channels import Sender
from notices.people import Book
from notices.outbox import Outbox
from notices.sending import send_due
url, port, line, now = sys.argv[1:]
mail = {"host": "127.0.0.1", "port": int(port), "security": "none", "sender": "oit@moi.go.th"}
book = Book.model_validate({
    "channels": {"mail": mail, "line": {"token_env": "HOME", "base_url": line}},
    "people": [{"id": "c", "name": "c", "mail": "c@moi.go.th", "centre": True}],
})
with Outbox.open(url) as outbox:
    print("ready", flush=True)
    sys.stdin.readline()
    send_due(outbox, Sender(book, 5), lambda: datetime.fromisoformat(now), None)
"""


def dying(ministry: Ministry, port: int, line: str) -> subprocess.Popen[str]:
    """A process that sends once it is told to go."""
    process = subprocess.Popen(
        [sys.executable, "-c", SENDS_AND_DIES, ministry.url, str(port), line, at(9).isoformat()],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process
