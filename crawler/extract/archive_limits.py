"""Opening Office files, which are ZIP archives, without falling for a bomb."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.problems import BROKEN_ARCHIVE, bomb, damaged, locked

if TYPE_CHECKING:
    from io import BytesIO

MAX_UNPACKED_BYTES = 300 * 1024**2
MAX_PART_BYTES = 100 * 1024**2
MAX_PARTS = 10_000
_OFFICE = "ไฟล์ Office "


def open_office(stream: BytesIO) -> zipfile.ZipFile:
    """The archive behind an Office file, once its stated sizes are known to be sane.

    Raises:
        UnreadableError: damaged, locked, or far larger unpacked than any real document.
    """
    try:
        archive = zipfile.ZipFile(stream)
        parts = archive.infolist()
    except BROKEN_ARCHIVE as error:
        raise damaged(_OFFICE) from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise locked()
    sizes = [part.file_size for part in parts]
    if len(parts) > MAX_PARTS or sum(sizes) > MAX_UNPACKED_BYTES:
        raise bomb()
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One part's bytes, None when the archive lacks it.

    Raises:
        UnreadableError: the part is damaged or larger than it says.
    """
    try:
        with archive.open(name) as part:
            body = part.read(MAX_PART_BYTES + 1)
    except KeyError:
        return None
    except BROKEN_ARCHIVE as error:
        raise damaged(_OFFICE) from error
    if len(body) > MAX_PART_BYTES:
        raise bomb()
    return body


def parse_xml(body: bytes) -> etree._Element:
    """The root of an XML part; entities and outside references are not followed.

    Raises:
        UnreadableError: the XML is damaged.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(_OFFICE) from error
