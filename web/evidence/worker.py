"""Opens archived bodies for people to look at: `python -m web.evidence.worker`.

A task as one line of JSON and the bodies' bytes come through stdin, an answer as one line of JSON
and its bytes leave through stdout. A process of its own with limits of its own, because what it
opens was published by strangers.
"""

from __future__ import annotations

import json
import os
import re
import sys
import warnings
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from checklist.evidence import Document, Fetch, Region, TextSource
from crawler.confinement import MEBIBYTE, Limits, begin_job, confine
from crawler.extract.charset import decode
from crawler.extract.poppler import POPPLER
from crawler.extract.reader import MAX_FILE_BYTES, MAX_TEXT_BYTES, extract
from crawler.extract.sniff import Kind, sniff
from web.evidence.differing import difference
from web.evidence.document_sheet import document_sheet
from web.evidence.locating import Match
from web.evidence.page_sheet import page_sheet
from web.evidence.pieces import Sheet
from web.evidence.quoting import Asked, Spot, mark, told_of
from web.evidence.safe_page import safe_page
from web.evidence.tasks import Answer, Body, CompareTask, Media, PageTask, PictureTask, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMORY_BYTES = 3 * 1024**3
CPU_S = 30
WALL_S = 60
_LARGEST_FILE = MAX_FILE_BYTES + 50 * MEBIBYTE
MOST_PIXELS = 90_000_000
SMALL_PICTURE_BYTES = 400_000
HTML: Media = "text/html; charset=utf-8"
_CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)")
_READ_FOR_TEXT = frozenset({Region.TITLE, Region.HEADING, Region.MAIN, Region.TABLE})
_UNREADABLE = "อ่านข้อความในไฟล์นี้ไม่ได้"


def answered(task: Task, bodies: Sequence[bytes]) -> tuple[Answer, bytes]:
    """The answer to `task`; raises the libraries' errors for bodies that cannot be opened."""
    if isinstance(task, PictureTask):
        return _picture(task, bodies[0])
    if isinstance(task, CompareTask):
        return _compared(task, bodies)
    return _page(task, bodies[0])


def _page(task: PageTask, body: bytes) -> tuple[Answer, bytes]:
    sheet, fault = _sheet(task.body, body)
    found = mark(sheet, Asked(task.text, task.region, task.headings))
    answer = Answer(media=HTML, spot=found.spot, match=found.match, fault=fault)
    said = [fault] if fault else told_of(found, task.text)
    return answer, safe_page(sheet, found, said).encode("utf-8", "replace")


def _sheet(about: Body, body: bytes) -> tuple[Sheet, str]:
    if _is_page(about, body):
        return page_sheet(decode(body, _charset(about))[0], about.address), ""
    document = _read(about, body)
    if not document.readable:
        return Sheet(about.file_name), document.fetch.problem_detail or _UNREADABLE
    return document_sheet(document), ""


def _is_page(about: Body, body: bytes) -> bool:
    return sniff(body, about.content_type) is Kind.HTML and len(body) <= MAX_TEXT_BYTES


def _read(about: Body, body: bytes) -> Document:
    fetch = Fetch(about.address, about.address, content_type=about.content_type)
    return extract(body, fetch, charset=_charset(about), rendered=about.rendered)


def _charset(about: Body) -> str | None:
    declared = _CHARSET.search(about.content_type) if not about.rendered else None
    return declared[1] if declared else None


def _picture(task: PictureTask, body: bytes) -> tuple[Answer, bytes]:
    # Imported here: pages of text need none of it.
    from PIL import Image

    from crawler.picture_worker import encoded
    from web.evidence.drawing import marked_page

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    drawn = marked_page(body, task.page, task.text, task.max_px)
    content = encoded(drawn.picture, SMALL_PICTURE_BYTES)
    media: Media = "image/png" if content.startswith(b"\x89PNG") else "image/webp"
    spot = Spot.NOWHERE if drawn.match is Match.NONE else Spot.TEXT
    return Answer(media=media, spot=spot, match=drawn.match, down=drawn.down), content


def _compared(task: CompareTask, bodies: Sequence[bytes]) -> tuple[Answer, bytes]:
    first, second = (
        _read(about, body) for about, body in zip((task.before, task.after), bodies, strict=True)
    )
    faults = [
        one.fetch.problem_detail or _UNREADABLE for one in (first, second) if not one.readable
    ]
    found = difference(_lines(first), _lines(second))
    answer = Answer(media="application/json", fault="; ".join(dict.fromkeys(faults)))
    return answer, found.model_dump_json().encode()


def _lines(document: Document) -> list[str]:
    """The lines that tell something: no menus, no footers, nothing that the page hides."""
    pages = document.source in (TextSource.HTML, TextSource.RENDERED)
    return [
        passage.text.replace("\t", " | ")
        for passage in document.passages
        if passage.region in _READ_FOR_TEXT or not pages
    ]


def main() -> int:
    """Answer the task from stdin on stdout; 1 when that cannot be done."""
    confine(Limits(MEMORY_BYTES, file_bytes=_LARGEST_FILE, programs=(POPPLER,)))
    begin_job(CPU_S, WALL_S)
    stream = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand in the answer.
    os.dup2(2, 1)
    try:
        asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
        task: Task = TypeAdapter(Task).validate_python(asked["task"])
        bodies = [sys.stdin.buffer.read(size) for size in asked["sizes"]]
        answer, content = answered(task, bodies)
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}"[:500])
        return 1
    with stream:
        stream.write(answer.model_dump_json().encode() + b"\n" + content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
