"""Versions of what stood at an address: which the archive holds, and two of them compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.capture import CaptureKind, Kept
from web.evidence.differing import Difference
from web.evidence.opening import VIEWS, Opened, archive_of, viewing_at
from web.evidence.tasks import CompareTask
from web.evidence.viewing import ViewError

if TYPE_CHECKING:
    from datetime import datetime

    from web.evidence.case import Case
    from web.site import Site


@dataclass(frozen=True, slots=True)
class Version:
    """The same bytes at an address: the first and last moment they came, in which scans."""

    sha256: str
    status: int
    size: int
    first: datetime
    last: datetime
    scans: tuple[int, ...]


@dataclass(frozen=True)
class Compared:
    """Two scans' copies of one address; a side that has none is `None`.

    `difference` is `None` where it cannot be told, which `fault` explains in Thai.
    """

    url: str
    before: Kept | None
    after: Kept | None
    difference: Difference | None = None
    fault: str = ""

    @property
    def same_bytes(self) -> bool:
        """True when both scans got the very same bytes."""
        return (
            self.before is not None
            and self.after is not None
            and self.before.capture.payload_sha256 == self.after.capture.payload_sha256
        )


def addresses_of(case: Case) -> tuple[str, ...]:
    """The addresses of the item's copies and quotes, those given for it first."""
    urls = (
        *case.entered,
        *(q.quote.url for q in case.quotes),
        *(k.capture.url for k in case.copies),
    )
    return tuple(dict.fromkeys(urls))


def kept_versions(site: Site, case: Case, url: str) -> tuple[tuple[Kept, ...], tuple[Version, ...]]:
    """An address's copies in all scans of the item, and the versions they are, newest first."""
    archive = archive_of(site)
    scans = {one.scan_id for one in case.scans}
    found = archive.of_address(scans, case.result.unit.id, url) if archive.exists else []
    copies = tuple(
        one
        for one in found
        if one.capture.kind is not CaptureKind.SCREENSHOT and case.item.id in one.capture.items
    )
    by_bytes: dict[tuple[str, int], list[Kept]] = {}
    for one in copies:
        by_bytes.setdefault((one.capture.payload_sha256, one.capture.status), []).append(one)
    versions = [_version(some) for some in by_bytes.values()]
    return copies, tuple(sorted(versions, key=lambda one: one.last, reverse=True))


def _version(copies: list[Kept]) -> Version:
    moments = sorted(one.capture.fetched_at for one in copies)
    one = copies[0].capture
    scans = tuple(sorted({kept.scan_id for kept in copies}))
    return Version(one.payload_sha256, one.status, one.size, moments[0], moments[-1], scans)


def compared(
    site: Site, case: Case, url: str, copies: tuple[Kept, ...], scans: tuple[int, int]
) -> Compared:
    """What an address showed in two scans, side by side."""
    before, after = (
        next((one for one in reversed(copies) if one.scan_id == scan), None) for scan in scans
    )
    found = Compared(url, before, after)
    if before is None or after is None or found.same_bytes:
        return found
    sides = [Opened(site, case, one) for one in (before, after)]
    task = CompareTask(before=sides[0].about, after=sides[1].about)
    try:
        view = viewing_at(site.home / VIEWS).view(task, sides[0].body, sides[1].body)
    except ViewError as error:
        return Compared(url, before, after, fault=error.thai)
    told = Difference.model_validate_json(view.content)
    return Compared(url, before, after, told, view.answer.fault)
