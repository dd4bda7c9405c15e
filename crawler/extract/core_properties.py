"""What an Office file says of itself: title, author, the days it was made and changed.

Read from its XML: the libraries put their own names and the present moment where a file is silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extract.archive_limits import parse_xml, read_part
from crawler.extract.text import collapse

if TYPE_CHECKING:
    import zipfile

_KEYS = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}
_MOST_CHARS = 500


def core_properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """The properties that are stated, as they are written.

    Raises:
        UnreadableError: the part that holds them is damaged.
    """
    part = read_part(archive, "docProps/core.xml")
    if part is None:
        return {}
    found: dict[str, str] = {}
    for element in parse_xml(part):
        key = _KEYS.get(element.tag.rsplit("}", 1)[-1]) if isinstance(element.tag, str) else None
        if key and (text := collapse(element.text or "")):
            found[key] = text[:_MOST_CHARS]
    return found
