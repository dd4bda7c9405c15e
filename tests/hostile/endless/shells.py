"""Pages that are empty without a browser, for what scripts may try."""

from __future__ import annotations

import json

from tests.hostile.sites import GOOD_O1, Pages, Reply

_BODY = GOOD_O1.partition("<body")[2].partition(">")[2].partition("</body>")[0]
GOOD = f"root.innerHTML = {json.dumps(_BODY).replace('</', '<' + chr(92) + '/')}"
"""The script that shows a page which passes O1."""


def shell(script: str) -> Pages:
    """A page at `/o1` that holds nothing but `script`."""
    head = "<!doctype html><html><head><meta charset='utf-8'><title>โครงสร้าง</title></head>"
    html = f"{head}<body><div id='root'></div><script>{script}</script></body></html>"
    return {"/o1": Reply(html.encode())}
