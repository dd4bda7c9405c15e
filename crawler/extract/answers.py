"""What a reading worker sends home, and what its owner believes of it.

A worker may have been taken over by a file: its answer is JSON that is validated field by field,
and what the owner knows itself (address, digest, trail) is never taken from it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from checklist.evidence import Document, Trail
from crawler.confinement.owner import MOST_ANSWER_BYTES
from crawler.extract.reader import failed

if TYPE_CHECKING:
    from checklist.evidence import Fetch

_CODES = frozenset({"unreadable", "too_large", "extract_failed", "unsupported_type"})
_MOST_SAID = 2000
_TOO_MUCH = "ข้อความในไฟล์มากเกินกำหนด จึงไม่ได้อ่าน ควรแบ่งเป็นหลายไฟล์แล้วเผยแพร่เป็น PDF"


@cache
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def packed(document: Document) -> bytes:
    """A document as JSON; one that is too large comes as a failed one that says so."""
    try:
        answer = _dumped(document)
    except MemoryError:
        answer = b""
    if answer and len(answer) <= MOST_ANSWER_BYTES:
        return answer
    return _dumped(failed(document.fetch, document.trail, "too_large", _TOO_MUCH))


def _dumped(document: Document) -> bytes:
    try:
        return _adapter().dump_json(document)
    except PydanticSerializationError:
        # Halves of letters, which old formats may hold, are no text.
        values = _adapter().dump_python(document, mode="python")
        return json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "replace")


def unpacked(answer: bytes, fetch: Fetch, trail: Trail) -> Document:
    """The document that a worker read as the answer to `fetch`; raises `ValueError` for others."""
    try:
        document = _adapter().validate_json(answer)
    except ValidationError as error:
        raise ValueError(f"a worker's answer makes no sense: {str(error)[:200]}") from None
    found = document.fetch
    if fetch.problem is None and found.problem is not None:
        code = found.problem if found.problem in _CODES else "extract_failed"
        fetch = replace(fetch, problem=code, problem_detail=found.problem_detail[:_MOST_SAID])
    seen = document.seen
    if seen is not None:
        seen = replace(seen, fetch=fetch, trail=Trail(), read_on=None, seen=None)
    return replace(document, fetch=fetch, trail=trail, read_on=None, seen=seen)
