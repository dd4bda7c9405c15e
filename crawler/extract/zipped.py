"""A ZIP of documents as one `Document`: every member's passages under the member's name.

Units publish a month's reports as one archive. Members are read like files of their own; an
archive within the archive is not opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Link, Passage, Region, Table, TextSource, Trail
from crawler.extract.charset import decode
from crawler.extract.problems import BROKEN_ARCHIVE, UnreadableError, bomb, damaged, locked
from crawler.extract.text import clip, collapse, file_name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMAT = "ไฟล์บีบอัด (.zip) "
MAX_MEMBERS = 60
MAX_MEMBER_BYTES = 50 * 1024**2
MAX_TOTAL_BYTES = 200 * 1024**2
MAX_RATIO = 200
_RATIO_FROM = 1024**2
_JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_UTF8_NAMES = 0x800

ReadMember = Callable[[bytes, Fetch], Document]


@dataclass
class _Joined:
    """What the members gave so far; pages are counted on from member to member."""

    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    pages: int = 0


def read_zip(body: bytes, fetch: Fetch, trail: Trail, read: ReadMember) -> Document:
    """Read up to `MAX_MEMBERS` members with `read`, which turns bytes into a document.

    An archive of one file gives that file's document. Otherwise each member's name heads its
    passages; a member that cannot be read is named in `metadata["unread"]` and, like a scan,
    counts as a page without text, so that nobody takes the archive for complete.

    Raises:
        UnreadableError: damaged, locked, a bomb, or nothing inside can be read.
    """
    with _opened(body) as archive:
        members = _members(archive)
        if len(members) == 1:
            return _only(archive, members[0], fetch, trail, read)
        joined = _Joined()
        for info, document in _documents(archive, members[:MAX_MEMBERS], fetch, read):
            _join(joined, _name(info), document)
    if not joined.read:
        raise _nothing(joined.unread)
    metadata = {"members": ", ".join(joined.read)[:2000]}
    left = [*joined.unread, *(_name(info) for info in members[MAX_MEMBERS:])]
    if left:
        metadata["unread"] = ", ".join(left)[:2000]
    return Document(
        fetch=fetch,
        source=TextSource.TEXT,
        passages=tuple(joined.passages),
        tables=tuple(joined.tables),
        links=tuple(joined.links),
        metadata=metadata,
        file_name=file_name_of(fetch.final_url or fetch.url),
        page_count=joined.pages,
        blank_pages=tuple(joined.blank),
        trail=trail,
    )


def read_members(body: bytes, fetch: Fetch, trail: Trail, read: ReadMember) -> list[Document]:
    """Each member as a document of its own, failed ones too; see `read_zip` for the limits.

    Raises:
        UnreadableError: damaged, locked, a bomb, or empty.
    """
    with _opened(body) as archive:
        members = _members(archive)[:MAX_MEMBERS]
        found = [
            _as_own(document, _name(info), fetch, trail)
            for info, document in _documents(archive, members, fetch, read)
        ]
    if not found:
        raise _nothing([])
    return found


def _opened(body: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(body))
    except BROKEN_ARCHIVE as error:
        raise damaged(_FORMAT) from error


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members worth reading, once they are known to be neither locked nor a bomb."""
    members = [info for info in archive.infolist() if not _is_junk(info)]
    _refuse_bombs(members)
    if any(info.flag_bits & 0x1 for info in members):
        raise locked()
    return members


def _as_own(document: Document, name: str, fetch: Fetch, trail: Trail) -> Document:
    """A member's document under the archive's address.

    The picture or PDF inside is not the body at that address and cannot be opened there again:
    its source is told by its passages only.
    """
    own = tuple(replace(p, source=p.source or document.source) for p in document.passages)
    problem, detail = document.fetch.problem, document.fetch.problem_detail
    if problem is not None:
        fetch = replace(fetch, problem=problem, problem_detail=f"ใน ZIP: {name}: {detail}")
    return replace(
        document,
        fetch=fetch,
        source=TextSource.NONE if problem else TextSource.TEXT,
        passages=own,
        metadata={**document.metadata, "members": name},
        file_name=PurePosixPath(name).name,
        trail=trail,
    )


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members)
    if total > MAX_TOTAL_BYTES or (total > _RATIO_FROM and total > MAX_RATIO * max(1, packed)):
        raise bomb()


def _only(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, fetch: Fetch, trail: Trail, read: ReadMember
) -> Document:
    for _, document in _documents(archive, [info], fetch, read):
        return _as_own(document, _name(info), fetch, trail)
    raise _nothing([_name(info)])


def _nothing(names: list[str]) -> UnreadableError:
    listed = ", ".join(names[:5]) or "ไม่มีไฟล์"
    detail = f"ในไฟล์ ZIP ไม่มีเอกสารที่อ่านได้ ({clip(listed, 300)}) ควรเผยแพร่เป็น PDF แยกทีละไฟล์"
    return UnreadableError(detail)


def _documents(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], fetch: Fetch, read: ReadMember
) -> Iterator[tuple[zipfile.ZipInfo, Document]]:
    """Each member's document, read as if it stood beside the archive under its own name."""
    for info in members:
        name = _name(info)
        try:
            with archive.open(info) as source:
                content = source.read(MAX_MEMBER_BYTES + 1)
        except BROKEN_ARCHIVE as error:
            raise damaged(_FORMAT) from error
        inside = replace(
            fetch, final_url=f"{fetch.final_url or fetch.url}/{name}", content_type="", problem=None
        )
        if len(content) > MAX_MEMBER_BYTES:
            refused = replace(inside, problem="too_large", problem_detail="ไฟล์ใหญ่เกินกำหนด")
            yield info, Document(fetch=refused, source=TextSource.NONE)
        else:
            yield info, read(content, inside)


def _join(joined: _Joined, name: str, document: Document) -> None:
    """Add one member's document below its name."""
    first = joined.pages
    joined.pages += max(document.page_count or 1, 1)
    if document.fetch.problem is not None:
        joined.unread.append(name)
        joined.blank.append(joined.pages)
        return
    joined.read.append(name)
    joined.blank.extend(first + page for page in document.blank_pages)
    before = len(joined.tables)
    label = PurePosixPath(name).name
    joined.passages.append(Passage(label, Region.METADATA, page=first + 1))
    for passage in document.passages:
        table = passage.table
        joined.passages.append(
            replace(
                passage,
                heading_path=(label, *passage.heading_path),
                page=first + (passage.page or 1),
                table=None if table is None else table + before,
                source=passage.source or document.source,
            )
        )
    joined.tables.extend(
        replace(t, heading_path=(label, *t.heading_path), page=first + (t.page or 1))
        for t in document.tables
    )
    joined.links.extend(document.links)


def _is_junk(info: zipfile.ZipInfo) -> bool:
    name = info.filename.lower()
    return not name or info.is_dir() or any(junk in name for junk in _JUNK)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's path without steps upwards; old programs write Thai names in TIS-620."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAMES:
        with_bytes = name.encode("cp437", "replace")
        name = decode(with_bytes)[0]
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part.strip("./ ")]
    return clip(collapse("/".join(parts)), 200) or "?"
