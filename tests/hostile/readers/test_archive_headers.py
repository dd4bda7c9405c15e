"""Headers of a server that forge records of the evidence archive.

Tried: Header names and values, the content type, the address and the file's name hold CRLF, a whole
second WARC record, NULs and letters beyond Latin.
Must: warcio reads exactly the records that we wrote, with our digests; no header of the server's
becomes one of the record.
"""

from __future__ import annotations

import hashlib
import io

import pytest
from warcio.archiveiterator import ArchiveIterator

from evidence.capture import Capture, CaptureKind
from evidence.warc import object_of, payload_of
from tests.results.samples import CHECKED

BODY = b"<p>plan</p>"
TEXTS = (
    "a\r\nWARC-Type: response\r\n\r\nWARC/1.1\r\nWARC-Type: metadata",
    "a\r\n\r\nHTTP/1.1 200 OK\r\nX: y",
    "a\nSet-Cookie: b",
    "\x00\x0b\x85\u2028ก\ud800",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_other_tools_read_our_records_alone(text: str) -> None:
    url = f"https://x.go.th/{text}"
    sha = hashlib.sha256(BODY).hexdigest()
    capture = Capture(
        url, url, 200, sha, len(BODY), CaptureKind.RESPONSE, f"text/html; {text}", CHECKED,
        file_name=text, headers=((text, text), ("X-Real", text), ("Content-Type", text)),
    )  # fmt: skip
    made = object_of(capture, BODY, {"software": text})
    records = list(ArchiveIterator(io.BytesIO(made), check_digests=True))
    assert [one.rec_type for one in records] == ["warcinfo", "response", "metadata"]
    assert len(records[1].rec_headers.headers) == 9
    found = payload_of(made)
    assert (found.content, found.sha256, found.intact) == (BODY, sha, True)
