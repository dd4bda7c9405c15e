"""Two sweeps, and a look at an address from the dashboard, at the same host at the same time.

Tried: three processes begin to read one slow host together, as a re-check beside the night's sweep.
Must: the host never has more than one request open, the pause holds between the requests of all,
and every process comes home with its pages.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crawler.run import crawl
from tests.crawler.loopback_site import PROSE, page
from tests.hostile.politeness.served import OPEN, Host, plan
from web.probes import _look


def test_one_request_at_a_time_whoever_asks(tmp_path: Path) -> None:
    settings = OPEN.model_copy(update={"turns_folder": tmp_path / "turns", "delay_s": 0.3})
    pages = {f"/o{n}": page(f"หัวข้อที่ {n}", PROSE) for n in range(1, 5)}
    with Host("127.82.1.1", pages, takes_s=0.05) as host, ThreadPoolExecutor(3) as pool:
        urls = [f"{host.url}/o{n}" for n in range(1, 5)]
        sweeps = [
            pool.submit(lambda part: list(crawl([plan("u", *part)], settings)), part)
            for part in (urls[:2], urls[2:])
        ]
        looked = pool.submit(_look, urls[0], "", settings.model_dump(mode="json"))
        read = [
            documents[0]
            for sweep in sweeps
            for harvest in sweep.result()
            for documents in harvest.documents.values()
        ]
        assert looked.result().code == ""
    assert [document.fetch.problem for document in read] == [None] * 4
    assert host.hits("/robots.txt") == 3
    assert host.busiest == 1
    assert min(host.pauses()) > 0.2, "a pause may look shorter at the other end"
