"""PowerPoint files of old (.ppt)."""

from __future__ import annotations

import gzip

from crawler.extract.ole import OleFile
from tests.crawler.extract.hand_ole import ole
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import in_place
from tests.fuzz.seeds import FILES


def _show() -> bytes:
    """The shipped file with the one stream that is read."""
    whole = OleFile(gzip.decompress((FILES / "show.ppt.gz").read_bytes()))
    return ole({"PowerPoint Document": whole.stream("PowerPoint Document") or b""})


TARGET = Target(
    check=read,
    seeds=lambda: [_show()],
    mutate=in_place,
    max_len=60_000,
)
