"""OpenDocument files (.odt, .ods, .odp)."""

from __future__ import annotations

from tests.fuzz import seeds
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import of_archive

TARGET = Target(
    check=read,
    seeds=lambda: [seeds.open_document(n) for n in ("report.odt", "plan.ods", "show.odp")],
    mutate=of_archive(
        (
            "content.xml",
            "styles.xml",
        )
    ),
    max_len=60_000,
)
