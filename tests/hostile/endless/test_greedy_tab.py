"""A page that eats memory

Tried: a script fills hundreds of megabytes a second.
Must: the process that shows it is ended at the limit, and no other; the unit is `render_failed` or judged from what it showed, the sweep goes on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from checklist.verdict import Verdict
from crawler.taming import end_greedy
from tests.hostile.sites import Site

if TYPE_CHECKING:
    from tests.hostile.sweeping import Swept

from tests.hostile.endless.shells import shell

EATING = "window.k = []; setInterval(() => { k.push(new Uint8Array(5e7).fill(1)) }, 1)"
SITE = Site(shell(EATING), main=None)
MEGABYTE = 1024 * 1024
HOLD = "import sys, time; kept = b'x' * int(sys.argv[1]); print(flush=True); time.sleep(60)"


def held(megabytes: int, kind: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", HOLD, str(megabytes * MEGABYTE), f"--type={kind}"]
    return subprocess.Popen(words, stdout=subprocess.PIPE)


def test_the_sweep_outlives_it(swept: Swept) -> None:
    after = swept.of(SITE)
    assert after.verdict is not Verdict.PASS
    assert all(one.verdict is Verdict.PASS for one in swept.neighbours().values())


def test_only_a_renderer_past_the_limit_is_ended() -> None:
    greedy, modest, other = held(200, "renderer"), held(1, "renderer"), held(200, "utility")
    try:
        for process in (greedy, modest, other):
            assert process.stdout is not None
            process.stdout.readline()
        assert end_greedy(os.getpid(), 120 * MEGABYTE) == 1
        assert greedy.wait(10) != 0
        time.sleep(0.1)
        assert modest.poll() is None
        assert other.poll() is None
    finally:
        for process in (greedy, modest, other):
            process.kill()
            process.communicate()
