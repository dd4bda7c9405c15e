"""Documents as bytes and back: what was read once is not read again."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from checklist.evidence import Document
from crawler.bodies import BodyStore

_FAST = 1


@cache
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def dump(document: Document) -> bytes:
    """A document as compressed JSON."""
    return zlib.compress(_adapter().dump_json(document), _FAST)


def load(body: bytes) -> Document:
    """The document that `dump` wrote; raises `ValueError` for anything else."""
    try:
        return _adapter().validate_json(zlib.decompress(body))
    except (zlib.error, ValidationError) as error:
        raise ValueError(f"not a kept document: {str(error)[:200]}") from None


class DocumentStore:
    """A folder of documents; the same content is stored once."""

    def __init__(self, folder: Path) -> None:
        """Keep documents below `folder`, which is made when the first one comes."""
        self._bodies = BodyStore(folder)

    def put(self, document: Document) -> str:
        """Store a document and return the SHA-256 in hex it is found by.

        Raises `OSError` when it cannot be written.
        """
        return self._bodies.put(dump(document))

    def get(self, sha256: str) -> Document | None:
        """The document with that hash; `None` when it is not kept or damaged."""
        body = self._bodies.get(sha256)
        if body is None:
            return None
        try:
            return load(body)
        except ValueError:
            return None
