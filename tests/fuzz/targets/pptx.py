"""PowerPoint files (.pptx)."""

from __future__ import annotations

from tests.fuzz import seeds
from tests.fuzz.frame import Target, read
from tests.fuzz.mutators import of_archive

TARGET = Target(
    check=read,
    seeds=lambda: [seeds.slides()],
    mutate=of_archive(
        (
            "ppt/slides/",
            "ppt/notesSlides/",
            "ppt/presentation",
        )
    ),
    max_len=80_000,
)
