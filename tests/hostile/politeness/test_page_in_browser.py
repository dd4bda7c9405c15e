"""Pages that ask for much at once when a browser shows them.

Tried: an empty page whose content ten scripts and ten requests of theirs build, all in parallel, one
by way of a redirect, shown while another unit reads the same host and a picture of it is taken.
Must: the host never has more than one request open; the page is read; each request says who asks.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crawler.run import crawl
from tests.crawler.loopback_site import PROSE, Answer, page, redirect
from tests.hostile.politeness.served import OPEN, Host, plan

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "fetch('/data{n}').then(r => r.text()).then(t => document.body.append(t));"
PAGES = {
    "/o1": Answer(
        ("<!doctype html><title>หัวข้อที่ 1</title><body><div id=app></div>"
         + "".join(f"<script async src=/s{n}.js></script><img src=/p{n}.png>" for n in range(10))
         ).encode()
    ),
    **{f"/s{n}.js": Answer(SCRIPT.format(n=n).encode(), kind="text/javascript") for n in range(10)},
    **{f"/data{n}": Answer(f"หัวข้อที่ 1 ของหน่วยงาน {n} ".encode(), kind="text/plain; charset=utf-8")
       for n in range(1, 10)},
    "/data0": redirect("/data1"),
    **{f"/o{n}": page(f"หัวข้อที่ {n}", PROSE) for n in range(2, 9)},
}  # fmt: skip


@pytest.mark.skipif(shutil.which("chromium-headless-shell") is None, reason="no browser installed")
def test_what_a_page_asks_for_goes_out_one_by_one(tmp_path: Path) -> None:
    settings = OPEN.model_copy(
        update={"render": True, "settle_s": 2.0, "page_deadline_s": 20.0, "timeout_s": 10.0,
                "screenshots": True, "bodies_folder": tmp_path / "bodies",
                "turns_folder": tmp_path / "turns"}
    )  # fmt: skip
    with Host("127.84.1.1", PAGES, takes_s=0.02) as host:
        plans = [plan("a", f"{host.url}/o1"), plan("b", *(f"{host.url}/o{n}" for n in range(2, 9)))]
        found = {harvest.unit_id: harvest for harvest in crawl(plans, settings)}
    shown = found["a"].documents["O1"][0]
    assert found["a"].coverage.rendered == 1
    assert "หน่วยงาน 9" in " ".join(passage.text for passage in shown.passages)
    assert found["a"].screenshots
    assert sum(one.path.startswith("/p") for one in host.asked) >= 10, "a picture shows all of it"
    assert host.busiest == 1
    assert {one.headers["user-agent"] for one in host.asked} == {settings.full_user_agent}
