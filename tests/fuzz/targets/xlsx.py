"""Excel workbooks (.xlsx)."""

from __future__ import annotations

from tests.fuzz import seeds
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import of_archive

TARGET = Target(
    check=read,
    seeds=lambda: [seeds.excel()],
    mutate=of_archive(("xl/",)),
    max_len=60_000,
)
