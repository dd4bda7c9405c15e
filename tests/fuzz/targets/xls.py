"""Excel workbooks of old (.xls) and binary ones (.xlsb)."""

from __future__ import annotations

from tests.crawler.extract.hand_ole import ole
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import in_place
from tests.fuzz.seeds import FILES

TARGET = Target(
    check=read,
    seeds=lambda: [(FILES / "plan.xls").read_bytes(), ole({"Workbook": b"\x09\x08\x10\0"})],
    mutate=in_place,
    max_len=60_000,
)
