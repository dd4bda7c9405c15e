"""What the operator may choose about the reading of scans."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

READING_VERSION = 1


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Limits and places of the reading of scans.

    `max_pages` pages a document are read at most, the first ones and the last two before the
    rest. Times are wall seconds, memory is a worker's address space in bytes, `max_pixels` the
    largest picture that is decoded. `cache_folder` None keeps nothing; `shared_url` is where
    machines share what they read, "" for nowhere; `tessdata` None looks for the system's data.
    """

    cache_folder: Path | None = None
    shared_url: str = ""
    max_pages: int = 12
    page_seconds: float = 60.0
    document_seconds: float = 240.0
    memory_bytes: int = 2 * 1024**3
    max_pixels: int = 120_000_000
    workers: int = 2
    dpi: int = 200
    fine_dpi: int = 300
    languages: str = "tha+eng"
    tessdata: Path | None = None

    def __post_init__(self) -> None:
        """Refuse limits that would read nothing.

        Raises:
            ValueError: a number is not positive.
        """
        for name in ("max_pages", "page_seconds", "document_seconds", "memory_bytes",
                     "max_pixels", "workers", "dpi", "fine_dpi"):  # fmt: skip
            if getattr(self, name) <= 0:
                raise ValueError(f"OcrSettings.{name} must be positive, not {getattr(self, name)}")

    @property
    def fingerprint(self) -> str:
        """Changes with everything that changes what is read (not with limits or places)."""
        parts = (READING_VERSION, self.dpi, self.fine_dpi, self.languages, str(self.tessdata or ""))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
