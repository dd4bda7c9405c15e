"""What a self-check is asked to do, as one line of JSON, and the limits of a crawl for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from checklist.profile import UnitProfile
from crawler.address_policy import AddressPolicy
from crawler.ocr import OcrSettings
from crawler.settings import MEGABYTE, CrawlSettings

OCR_PAGES = 12
"""Scanned pages read at most: about so many are read while somebody waits."""
_QUICK = {
    "max_pages_per_unit": 40,
    "max_bytes_per_unit": 100 * MEGABYTE,
    "max_seconds_per_unit": 70.0,
    "max_path_pages": 4,
    "max_menu_pages": 0,
    "timeout_s": 20.0,
    "second_pass_timeout_s": 20.0,  # nosec B105  # seconds
    "page_deadline_s": 25.0,
    "stall_limit_s": 60.0,
    "extract_timeout_s": 60.0,
}
"""No crawl's own setting is made larger by these; somebody waits for the answer."""


class SelfCheckRequest(BaseModel):
    """One page (`url`) or one file (`file`, called `name` by its owner) to be judged.

    `items` are ids, none for all. `folder` is the job's own: everything kept on the way goes
    there. `memory_bytes` is the address space of the process that reads a file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    file: Path | None = None
    name: str = ""
    checklist: str
    items: tuple[str, ...] = ()
    as_of: date
    unit: UnitProfile
    folder: Path
    settings: CrawlSettings
    memory_bytes: int = Field(3072 * MEGABYTE, ge=1)

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if bool(self.url) is (self.file is not None):
            raise ValueError("give url or file, one of them")
        return self


def crawl_limits(settings: CrawlSettings, folder: Path) -> CrawlSettings:
    """The crawl of a self-check: as polite as any, smaller, keeping what it needs in `folder`."""
    smaller = {name: min(most, getattr(settings, name)) for name, most in _QUICK.items()}
    return settings.model_copy(
        update={
            **smaller,
            "bodies_folder": folder / "bodies",
            "documents_folder": None,
            "evidence_folder": None,
            "evidence_url": "",
            "shared_url": "",
            "screenshots": False,
            "remember": False,
            "network_wait_s": 0.0,
            "start_jitter_s": 0.0,
            "concurrent_hosts": 1,
        }
    )


def reading_limits(folder: Path) -> OcrSettings:
    """How scans are read for a self-check; readings are kept in `folder` alone."""
    return OcrSettings(
        cache_folder=folder / "ocr",
        max_pages=OCR_PAGES,
        page_seconds=30.0,
        document_seconds=60.0,
        workers=1,
    )


def may_be_opened(url: str, settings: CrawlSettings) -> bool:
    """False for an address that names a forbidden network; a host's name is judged when asked."""
    return AddressPolicy(settings.allow_networks).allows_url(url)


def settings_of(settings: CrawlSettings | None) -> CrawlSettings:
    """The installation's settings; the usual ones where it gives none."""
    return settings or CrawlSettings()
