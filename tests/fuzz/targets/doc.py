"""Word files of old (.doc)."""

from __future__ import annotations

from tests.crawler.extract.hand_ole import ole
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import in_place
from tests.fuzz.seeds import FILES

TARGET = Target(
    check=read,
    seeds=lambda: [
        (FILES / "report.doc").read_bytes(),
        ole({"WordDocument": b"\xec\xa5", "1Table": b"\0"}),
    ],
    mutate=in_place,
    max_len=60_000,
)
