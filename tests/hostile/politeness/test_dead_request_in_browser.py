"""Pages with a request that never ends.

Tried: a long poll that a page opens first and that the host never answers, before the scripts that
the page is made of, one of which refuses with 429 and a long `Retry-After`.
Must: the poll keeps its turn until the page is closed, nothing is asked beside it, the page is given
up at its deadline, the host can be asked again at once, and the others go on.
"""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pytest

from crawler.run import crawl
from tests.crawler.loopback_site import PROSE, Answer, page
from tests.hostile.politeness.served import OPEN, Host, plan

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "/o1": Answer(
        "<!doctype html><title>หัวข้อที่ 1</title><body><div id=app></div><script>fetch('/poll');"
        "setTimeout(() => { for (let n = 0; n < 5; n += 1) fetch('/late' + n); }, 300)</script>".encode()
    ),
    "/poll": Answer(b"", delay_s=30),
    **{f"/o{n}": page(f"หัวข้อที่ {n}", PROSE) for n in range(2, 4)},
}


@pytest.mark.skipif(shutil.which("chromium-headless-shell") is None, reason="no browser installed")
def test_a_long_poll_is_alone_until_its_page_closes(tmp_path: Path) -> None:
    settings = OPEN.model_copy(
        update={"render": True, "settle_s": 1.0, "page_deadline_s": 8.0, "timeout_s": 10.0,
                "turns_folder": tmp_path / "turns"}
    )  # fmt: skip
    begun = time.monotonic()
    with Host("127.84.2.1", PAGES) as host, Host("127.84.2.2", PAGES) as other:
        plans = [
            plan("polls", *(f"{host.url}/o{n}" for n in range(1, 4))),
            plan("other", f"{other.url}/o2"),
        ]
        found = {harvest.unit_id: harvest for harvest in crawl(plans, settings)}
    assert time.monotonic() - begun < 28
    polls = [found["polls"].documents[f"O{n}"][0] for n in (2, 3)]
    assert [document.fetch.problem for document in polls] == [None, None]
    assert host.hits("/poll") >= 1
    assert not any(one.path.startswith("/late") for one in host.asked)
    assert found["other"].documents["O1"][0].readable
