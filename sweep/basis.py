"""What a verdict rests on, as digests small enough to be stored beside it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

import checklist
from checklist.content import alike_digest, day_read, exact_digest, trail_digest
from checklist.profile import UnitProfile

# Stored grounds are read back by the annotations of these classes.
from checklist.verdict import Verdict  # noqa: TC001

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.probes.base import Context
    from checklist.schema import Item

_NOT_JUDGING = frozenset({"english"})


@dataclass(frozen=True, slots=True)
class Basis:
    """What was judged: `exact` changes with every letter, `alike` not with counters and dates.

    `month` is the month of reading (such as 2023-04) where a page shows the day of its reading,
    else "". The judgement holds from `since` on and before `until`; `None` is no bound.
    """

    exact: str
    alike: str
    month: str = ""
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """True when a judgement of this basis would be the same on `day`."""
        after = self.since is None or self.since <= day
        return after and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that the report shows as a picture; `page` counts from 1, `None` is the first."""

    url: str
    sha256: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """The basis of a verdict; `first` and `answer` those of the look before OCR, if it was read.

    `shown` are the pages to look at, where only a look can settle the item. `unread`: scans among
    the documents were not read to their end, and the next reading may bring more.
    """

    basis: Basis
    first: Basis | None = None
    answer: Verdict | None = None
    shown: tuple[Shown, ...] = ()
    unread: bool = False


class Digests:
    """Digests of documents, each worked out once while this lives."""

    def __init__(self, shared: str) -> None:
        """`shared` is the digest of what all items of the unit have in common."""
        self._shared = shared
        self._exact: dict[int, tuple[Document, str]] = {}
        self._alike: dict[int, tuple[Document, tuple[str, str]]] = {}

    def exact(self, item: Item, documents: Sequence[Document]) -> str:
        """The exact digest of an item with its documents."""
        found = [self._exact_of(document) for document in documents]
        return self._joined(item, documents, found)

    def alike(self, item: Item, documents: Sequence[Document]) -> tuple[str, str]:
        """The digest without what passes, and the months of reading that stand on the pages."""
        found = [self._alike_of(document) for document in documents]
        months = sorted({month for _, month in found if month})
        return self._joined(item, documents, (digest for digest, _ in found)), " ".join(months)

    def _joined(self, item: Item, documents: Sequence[Document], digests: Iterable[str]) -> str:
        # The judge orders documents by itself: how they came decides nothing.
        found = sorted(
            f"{digest} {trail_digest(document.trail)}"
            for document, digest in zip(documents, digests, strict=True)
        )
        parts = [self._shared, item_digest(item), *found]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _exact_of(self, document: Document) -> str:
        # One reading serves many items, each with a trail of its own.
        key = id(document.passages) if document.passages else id(document)
        known = self._exact.get(key)
        if known is None or not _same_content(known[0], document):
            known = self._exact[key] = (document, exact_digest(document))
        return known[1]

    def _alike_of(self, document: Document) -> tuple[str, str]:
        key = id(document.passages) if document.passages else id(document)
        known = self._alike.get(key)
        if known is None or not _same_content(known[0], document):
            digest, dated = alike_digest(document)
            day = day_read(document) if dated else None
            month = f"{day:%Y-%m}" if day is not None else ""
            known = self._alike[key] = (document, (digest, month))
        return known[1]


def _same_content(one: Document, other: Document) -> bool:
    """True for copies of one reading that differ in the way to it alone."""
    return all(
        getattr(one, name) is getattr(other, name)
        for name in (
            "passages", "tables", "links", "images", "forms", "embeds", "metadata", "blank_pages",
            "seen",
        )
    ) and (one.fetch, one.title, one.file_name, one.page_count, one.source, one.read_on) == (
        other.fetch, other.title, other.file_name, other.page_count, other.source, other.read_on
    )  # fmt: skip


def shared_digest(context: Context) -> str:
    """What every verdict of a unit rests on: the judge's code, the unit, year, titles and texts."""
    unit = _profiles().dump_json(context.unit).decode() if context.unit else ""
    parts = (judging_code(), unit, str(context.fiscal_year), *context.names, "", *context.texts)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def judging_code() -> str:
    """A digest of the code and the shared wordings that judge."""
    digest = hashlib.sha256()
    for file in _judging_files(Path(checklist.__file__).parent):
        digest.update(str(file).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(hashlib.sha256(Path(__file__).read_bytes()).digest())
    return digest.hexdigest()


def _judging_files(folder: Path) -> list[Path]:
    """All of the room but the checklists themselves, whose items are told by their content."""
    rooms = [folder, *(inner for inner in folder.iterdir() if _judges(inner))]
    return sorted(
        file
        for room in rooms
        for file in (room.iterdir() if room == folder else room.rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
    )


def _judges(folder: Path) -> bool:
    checklists = (folder / "checklist.yaml").is_file() or folder.name[-4:].isdigit()
    return folder.is_dir() and folder.name not in _NOT_JUDGING and not checklists


def item_digest(item: Item) -> str:
    """The digest of an item's own definition."""
    known = _ITEMS.get(id(item))
    if known is None or known[0] is not item:
        digest = hashlib.sha256(item.model_dump_json().encode()).hexdigest()
        known = _ITEMS[id(item)] = (item, digest)
    return known[1]


_ITEMS: dict[int, tuple[Item, str]] = {}


def to_json(grounds: Grounds) -> dict[str, Any]:
    """Grounds as plain JSON values."""
    plain: dict[str, Any] = _grounds().dump_python(grounds, mode="json")
    return plain


def from_json(value: Mapping[str, Any] | None) -> Grounds | None:
    """The grounds that `to_json` wrote; `None` for anything else."""
    try:
        return _grounds().validate_json(json.dumps(value)) if value else None
    except ValidationError:
        return None


@cache
def _grounds() -> TypeAdapter[Grounds]:
    return TypeAdapter(Grounds)


@cache
def _profiles() -> TypeAdapter[UnitProfile]:
    return TypeAdapter(UnitProfile)
