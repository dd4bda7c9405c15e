"""A PowerPoint file (.pptx) as a `Document`: a page a slide."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from checklist.evidence import Document, Fetch, Link, Passage, Region, Trail
from crawler.extract.archive_limits import open_office, parse_xml
from crawler.extract.core_properties import core_properties
from crawler.extract.plain import RowCollector
from crawler.extract.problems import BROKEN_ARCHIVE, damaged
from crawler.extract.slides import Slide, slides_document
from crawler.extract.text import collapse, has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEADS = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_MARGINS = {
    PP_PLACEHOLDER.SLIDE_NUMBER,
    PP_PLACEHOLDER.DATE,
    PP_PLACEHOLDER.FOOTER,
    PP_PLACEHOLDER.HEADER,
}
_MAX_SHAPES = 2000
_MAX_SLIDES = 600
_PICTURED = 0.4
_BROKEN = (
    *BROKEN_ARCHIVE, PythonPptxError, etree.LxmlError, KeyError, AttributeError, TypeError,
)  # fmt: skip


def read_pptx(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read titles, text boxes, tables, diagrams and speaker's notes of each slide.

    Raises:
        UnreadableError: the file is damaged, locked or a bomb.
    """
    with open_office(io.BytesIO(body)) as archive:
        metadata = core_properties(archive)
    try:
        show = Presentation(io.BytesIO(body))
        pages = list(show.slides)[:_MAX_SLIDES]
        slides = [_slide(page, (show.slide_width or 1, show.slide_height or 1)) for page in pages]
    except _BROKEN as error:
        raise damaged("ไฟล์ PowerPoint ") from error
    return slides_document(slides, fetch, trail, metadata)


def _slide(page: Any, size: tuple[int, int]) -> Slide:
    rows = RowCollector()
    heads: list[str] = []
    links: list[Link] = []
    unseen: list[str] = []
    pictures = 0
    for shape in _shapes(page.shapes):
        role = _role(shape)
        if role in _MARGINS:
            continue
        if _is_unseen(shape, size):
            unseen.extend(_lines(shape.text_frame) if shape.has_text_frame else ())
            continue
        if _kind(shape) is MSO_SHAPE_TYPE.PICTURE:
            pictures += (shape.width or 0) * (shape.height or 0)
        elif getattr(shape, "has_table", False):
            cells = [tuple(collapse(cell.text) for cell in row.cells) for row in shape.table.rows]
            rows.add_table([row for row in cells if any(row)])
        elif shape.has_text_frame:
            lines = [line for line in _lines(shape.text_frame) if has_words(line)]
            if role in _HEADS:
                heads.extend(lines)
            else:
                rows.passages.extend(Passage(line, Region.MAIN) for line in lines)
        links.extend(_links(shape))
    rows.passages.extend(Passage(text, Region.MAIN) for text in _diagrams(page))
    wordless = not heads and not rows.passages
    return Slide(
        heads=tuple(heads),
        passages=tuple(rows.passages),
        tables=tuple(rows.tables),
        notes=(*filter(has_words, unseen), *_notes(page)),
        links=tuple(links),
        hidden=page._element.get("show") in {"0", "false"},
        pictured=wordless and pictures > _PICTURED * size[0] * size[1],
    )


def _shapes(shapes: Any) -> Iterator[Any]:
    """The shapes in reading order (top to bottom as they were laid), groups opened."""
    stack = list(reversed(list(shapes)))
    for _ in range(_MAX_SHAPES):
        if not stack:
            return
        shape = stack.pop()
        if _kind(shape) is MSO_SHAPE_TYPE.GROUP:
            stack.extend(reversed(list(shape.shapes)))
        else:
            yield shape


def _is_unseen(shape: Any, size: tuple[int, int]) -> bool:
    """True for a shape that is switched off, or laid wholly beside the slide."""
    if shape._element.xpath(".//p:cNvPr[@hidden='1' or @hidden='true']"):
        return True
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    if None in (left, top, width, height):
        return False
    within = left < size[0] and top < size[1] and left + width > 0 and top + height > 0
    return not within and next(shape._element.iterancestors("{*}grpSp"), None) is None


def _kind(shape: Any) -> MSO_SHAPE_TYPE | None:
    """The sort of shape; `None` for one without geometry, which the library does not name."""
    try:
        kind: MSO_SHAPE_TYPE | None = shape.shape_type
    except NotImplementedError:
        return None
    return kind


def _role(shape: Any) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _lines(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        yield collapse(paragraph.text.replace("\v", " "))


def _links(shape: Any) -> Iterator[Link]:
    if not shape.has_text_frame:
        return
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            if target := run.hyperlink.address:
                text = collapse(run.text)
                yield Link(target, text, Region.MAIN, (), collapse(paragraph.text)[:300])


def _diagrams(page: Any) -> Iterator[str]:
    """The words of SmartArt diagrams (organisation charts are drawn so), an entry a box."""
    for relation in page.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/diagramData"):
            continue
        for box in parse_xml(relation.target_part.blob).iter("{*}pt"):
            text = collapse(" ".join(word.text or "" for word in box.iter(f"{_A}t")))
            if has_words(text):
                yield text


def _notes(page: Any) -> Iterator[str]:
    frame = page.notes_slide.notes_text_frame if page.has_notes_slide else None
    if frame is not None:
        yield from (line for line in _lines(frame) if has_words(line))
