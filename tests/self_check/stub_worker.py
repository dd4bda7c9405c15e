"""Stands in for the process that checks: it does what the name of the file asked about says.

It imports nothing of the program, so that a test need not wait for it to come up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def say(**line: object) -> None:
    print(json.dumps(line), flush=True)


def step(text: str) -> None:
    say(say="step", kind="read", text=text, done=None, total=None)


def main() -> None:
    say(say="ready")
    line = sys.stdin.readline()
    if not line:
        return
    request = json.loads(line)
    upload = Path(request["file"])
    step("first")
    step("second")
    match request["name"]:
        case "hang":
            # A grandchild in a session of its own, as crawlers and browsers are.
            child = subprocess.Popen(["sleep", "600"], start_new_session=True)
            upload.with_name("child.pid").write_text(str(child.pid))
            time.sleep(600)
        case "crash":
            os.abort()
        case "nonsense":
            print("<html>", flush=True)
            time.sleep(600)
        case "memory":
            held = bytearray(os.urandom(1024) * 400 * 1024)
            time.sleep(600 + len(held) * 0)
        case "no memory":
            say(say="failure", code="memory")
        case _:
            say(say="answer", report=json.loads(upload.read_bytes()))


if __name__ == "__main__":
    main()
