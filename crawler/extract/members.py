"""An archive's joined document taken apart, so that one file's words prove nothing for another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from checklist.evidence import Document, Region


def members_of(document: Document) -> tuple[Document, ...]:
    """A document for each member of a ZIP; any other document is its own only member.

    What could not be read inside stays as a document of blank pages, which a person must see.
    """
    names = tuple(dict.fromkeys(p.heading_path[0] for p in document.passages if p.heading_path))
    if "members" not in document.metadata or len(names) < 2:
        return (document,)
    parts = [_member(document, name) for name in names]
    if document.blank_pages:
        unread = document.metadata.get("unread", document.file_name)
        parts.append(replace(document, passages=(), tables=(), links=(), file_name=unread))
    return tuple(parts)


def _member(document: Document, name: str) -> Document:
    own = tuple(
        replace(p, heading_path=p.heading_path[1:])
        for p in document.passages
        if p.heading_path[:1] == (name,)
    )
    title = next((p.text for p in own if p.region is Region.HEADING), "")
    return replace(
        document,
        title=title,
        passages=own,
        links=tuple(x for x in document.links if x.heading_path[:1] == (name,)),
        file_name=PurePosixPath(name).name,
        page_count=None,
        blank_pages=(),
        metadata={"members": name},
    )
