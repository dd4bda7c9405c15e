"""Asking whether addresses answer: a process for each, few at once, none for long."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from web.faults import TooSoon

if TYPE_CHECKING:
    from web.site import Site

AT_ONCE = 3
MOST_WAITING = 15
WITHIN_S = 30.0
_COMMAND = (sys.executable, "-m", "crawler.probe")
# What reads a stranger's page is given no secret of the server.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ")
# Apart from the threads that answer pages: a slow site must not keep anybody from reading.
_LOOKING = ThreadPoolExecutor(AT_ONCE, "probe")
_waiting = 0


class Probed(BaseModel):
    """What stands at an address; `code` is a reason where a scan could not use it, `detail` why."""

    url: str
    final_url: str = ""
    status: int = 0
    title: str = ""
    kind: str = ""
    size: int = 0
    code: str = ""
    detail: str = ""
    remarks: tuple[str, ...] = ()


async def looked_at(site: Site, urls: Sequence[str], main_site: str) -> list[Probed]:
    """Each address as it answers now; raises `TooSoon` while too many are being looked at."""
    global _waiting
    if _waiting + len(urls) > MOST_WAITING:
        raise TooSoon("มีผู้ตรวจ URL พร้อมกันหลายคน กรุณารอสักครู่แล้วกดใหม่", Retry_After="10")
    settings = site.crawl.model_dump(mode="json") if site.crawl else {}
    loop = asyncio.get_running_loop()
    _waiting += len(urls)
    try:
        asked = (
            loop.run_in_executor(_LOOKING, _look, url, main_site, settings) for url in urls
        )  # fmt: skip
        return list(await asyncio.gather(*asked))
    finally:
        _waiting -= len(urls)


def _look(url: str, main_site: str, settings: dict[str, Any]) -> Probed:
    question = json.dumps({"url": url, "main_site": main_site, "settings": settings})
    path = os.pathsep.join(part or "." for part in sys.path)
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # nosec B603  # our own program
            _COMMAND, input=question, capture_output=True, text=True, timeout=WITHIN_S, check=True,
            env={**kept, "PYTHONPATH": path},
        )  # fmt: skip
        return Probed.model_validate_json(done.stdout)
    except subprocess.TimeoutExpired:
        return Probed(url=url, code="timeout", detail=f"เว็บไซต์ไม่ตอบภายใน {WITHIN_S:g} วินาที")
    except (subprocess.CalledProcessError, ValueError, OSError):
        return Probed(url=url, code="connection", detail="ดู URL นี้ไม่สำเร็จ กรุณาลองใหม่")
