"""Pages with a request that never ends.

Tried: a long poll that a page opens first and that the host never answers, before the data that the
page is made of.
Must: nothing is asked beside the poll for five seconds; then the rest of the page follows, one by
one, the page is read, no other page of the host waits for ever, and other hosts go on.
"""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pytest

from crawler.browser_turns import HELD_S
from crawler.run import crawl
from tests.crawler.loopback_site import PROSE, Answer, page
from tests.hostile.politeness.served import OPEN, Host, plan

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "/o1": Answer(
        "<!doctype html><title>หัวข้อที่ 1</title><body><div id=app></div><script>fetch('/poll');"
        "setTimeout(() => { for (let n = 0; n < 5; n += 1) fetch('/late' + n)"
        ".then(r => r.text()).then(t => document.body.append(t)); }, 300)</script>".encode()
    ),
    "/poll": Answer(b"", delay_s=30),
    **{
        f"/late{n}": Answer(f"หัวข้อที่ 1 ส่วนที่ {n} ".encode(), kind="text/plain; charset=utf-8")
        for n in range(5)
    },
    **{f"/o{n}": page(f"หัวข้อที่ {n}", PROSE) for n in range(2, 4)},
}


@pytest.mark.skipif(shutil.which("chromium-headless-shell") is None, reason="no browser installed")
def test_a_long_poll_is_alone_for_as_long_as_is_waited(tmp_path: Path) -> None:
    settings = OPEN.model_copy(
        update={"render": True, "settle_s": 1.0, "page_deadline_s": 25.0, "timeout_s": 10.0,
                "turns_folder": tmp_path / "turns"}
    )  # fmt: skip
    begun = time.monotonic()
    with Host("127.84.2.1", PAGES) as host, Host("127.84.2.2", PAGES) as other:
        plans = [
            plan("polls", *(f"{host.url}/o{n}" for n in range(1, 4))),
            plan("other", f"{other.url}/o2"),
        ]
        found = {harvest.unit_id: harvest for harvest in crawl(plans, settings)}
    assert time.monotonic() - begun < 120
    polls = [found["polls"].documents[f"O{n}"][0] for n in (2, 3)]
    assert [document.fetch.problem for document in polls] == [None, None]
    poll = next(one.at for one in host.asked if one.path == "/poll")
    late = [one.at for one in host.asked if one.path.startswith("/late")]
    assert len(late) == 5
    assert min(late) - poll > 0.9 * HELD_S
    assert host.busiest == 2, "the poll itself, and one beside it"
    shown = found["polls"].documents["O1"][0]
    assert "ส่วนที่ 4" in " ".join(passage.text for passage in shown.passages)
    assert found["other"].documents["O1"][0].readable
