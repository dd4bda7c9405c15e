"""Captures as WARC 1.1: an object for each copy, and one file of many for those who ask for it."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from evidence.capture import Capture, CaptureKind, Kept, moment

VERSION = "WARC/1.1"
_DECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL = "X-Archive-Orig-"
_PREFIX = {CaptureKind.SCREENSHOT: "urn:fullPage:"}
_NOTES = {
    CaptureKind.RESPONSE: "The body as received, its transfer and content encodings removed.",
    CaptureKind.RENDERED: "The page's document tree after its scripts ran in a browser.",
    CaptureKind.SCREENSHOT: "A picture of the page in a browser, opened for it after the crawl.",
}
_CHUNK = 1 << 20
UNREADABLE = (ArchiveLoadFailed, ValueError, EOFError, OSError)
"""What reading a damaged object raises."""


class _Writer(WARCWriter):  # type: ignore[misc]
    """A writer whose block digests are SHA-256."""

    @staticmethod
    def _create_digester() -> Any:
        return Digester("sha256")


@dataclass(frozen=True, slots=True)
class Payload:
    """What an object holds: the record's kind, address, moment and digest, and the bytes."""

    record: str
    uri: str
    date: str
    sha256: str
    content: bytes
    intact: bool


def object_of(capture: Capture, body: bytes, about: Mapping[str, str]) -> bytes:
    """The copy of a capture as gzipped WARC records: its tool, the answer, what it is.

    The same input gives the same bytes. `about` goes into the warcinfo record. Raises
    `ValueError` when `body` is not what the capture says.
    """
    if hashlib.sha256(body).hexdigest() != capture.payload_sha256:
        raise ValueError(f"the body is not that of the capture: {capture.payload_sha256}")
    out = io.BytesIO()
    writer = _Writer(out, gzip=True, warc_version=VERSION)
    info = _headers(capture, "warcinfo", "tool")
    lines = {"format": "WARC File Format 1.1", **about}
    _write(writer, "warcinfo", info, _fields(lines), "application/warc-fields")
    main = _headers(capture, *_main(capture))
    main["WARC-Warcinfo-ID"] = info["WARC-Record-ID"]
    main["WARC-Payload-Digest"] = f"sha256:{capture.payload_sha256}"
    if capture.kind is CaptureKind.RESPONSE:
        _write(writer, "response", main, body, "", _http_headers(capture, len(body)))
    else:
        _write(writer, "resource", main, body, capture.content_type or "application/octet-stream")
    note = _headers(capture, "metadata", "note")
    note["WARC-Concurrent-To"] = main["WARC-Record-ID"]
    told = {
        "note": _NOTES[capture.kind],
        "http-status": str(capture.status),
        **about,
    }
    _write(writer, "metadata", note, _fields(told), "application/warc-fields")
    return out.getvalue()


def payload_of(content: bytes) -> Payload:
    """What an object holds; raises one of `UNREADABLE` when it is no such file.

    `intact` is False when a digest inside does not fit; `sha256` is that of the bytes as they are.
    """
    found: Payload | None = None
    intact = True
    for record in ArchiveIterator(io.BytesIO(content), check_digests=True):
        body = b"".join(_read(record.raw_stream))
        intact = intact and record.digest_checker.passed is not False
        if record.rec_type in ("response", "resource") and found is None:
            head = record.rec_headers
            found = Payload(
                record.rec_type,
                head.get_header("WARC-Target-URI") or "",
                head.get_header("WARC-Date") or "",
                hashlib.sha256(body).hexdigest(),
                body,
                True,
            )
    if found is None:
        raise ValueError("no copy of an answer in it")
    return Payload(found.record, found.uri, found.date, found.sha256, found.content, intact)


def joined(captures: Iterable[tuple[Kept, bytes]]) -> bytes:
    """One WARC file of many captures with their objects' bytes: later moments are revisits.

    A copy stands in it once, as it lies in the archive; every further moment at which the same
    bytes came refers to it.
    """
    out = io.BytesIO()
    writer = _Writer(out, gzip=True, warc_version=VERSION)
    written: dict[str, Payload] = {}
    for kept, content in sorted(captures, key=lambda pair: pair[0].seq):
        first = written.get(kept.object_sha256)
        if first is None:
            first = written[kept.object_sha256] = payload_of(content)
            out.write(content)
        if moment(kept.capture.fetched_at) != first.date:
            _revisit(writer, kept.capture, first)
    return out.getvalue()


def _revisit(writer: _Writer, capture: Capture, first: Payload) -> None:
    headers = _headers(capture, "revisit", "again")
    uri = headers.pop("WARC-Target-URI")
    record = writer.create_revisit_record(
        uri, f"sha256:{first.sha256}", first.uri, first.date, warc_headers_dict=headers
    )
    writer.write_record(record)


def _main(capture: Capture) -> tuple[str, str]:
    return ("response" if capture.kind is CaptureKind.RESPONSE else "resource"), "copy"


def _headers(capture: Capture, record: str, part: str) -> dict[str, str]:
    """The headers of a record; its id follows from what it tells, so that nothing is random."""
    uri = quote(_PREFIX.get(capture.kind, "") + _one_line(capture.answered_from), safe=_URI_SAFE)
    at = moment(capture.fetched_at)
    name = f"{part} {capture.kind} {uri} {at} {capture.payload_sha256}"
    mark = uuid.uuid5(uuid.NAMESPACE_URL, name.encode("utf-8", "replace").decode("utf-8"))
    headers = {"WARC-Type": record, "WARC-Record-ID": f"<urn:uuid:{mark}>", "WARC-Date": at}
    return headers if record == "warcinfo" else {**headers, "WARC-Target-URI": uri}


_URI_SAFE = "%/:=&?~#+!$,;'@()*[]"


def _write(
    writer: _Writer,
    record: str,
    headers: dict[str, str],
    body: bytes,
    content_type: str,
    http: StatusAndHeaders | None = None,
) -> None:
    made = writer.create_warc_record(
        headers.get("WARC-Target-URI", ""),
        record,
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type=_one_line(content_type),
        warc_headers_dict=headers,
        http_headers=http,
    )
    writer.write_record(made)


def _http_headers(capture: Capture, size: int) -> StatusAndHeaders:
    """The answer's headers; those that no longer fit the decoded body keep another name."""
    pairs = []
    for name, value in capture.headers:
        kept = _ORIGINAL + name if name.lower() in _DECODED else name
        pairs.append((_token(kept), _one_line(value)))
    pairs.append(("Content-Length", str(size)))
    try:
        phrase = HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = "Unknown"
    return StatusAndHeaders(f"{capture.status} {phrase}", pairs, protocol="HTTP/1.1")


def _fields(values: Mapping[str, str]) -> bytes:
    lines = (f"{_token(name)}: {_one_line(value)}\r\n" for name, value in values.items())
    return "".join(lines).encode("utf-8", "replace")


def _token(name: str) -> str:
    return "".join(one for one in name if one.isascii() and (one.isalnum() or one in "-_."))[:100]


def _one_line(text: str) -> str:
    """Without what would begin a header of its own."""
    shown = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter >= " " and letter != "\x7f" else " " for letter in shown)


def _read(stream: Any) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece
