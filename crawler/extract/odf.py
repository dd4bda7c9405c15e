"""OpenDocument files (.odt, .ods, .odp) as a `Document`, read from their XML.

The XML holds every cell as it is shown ("25%", "31 มี.ค. 66"), every text box where it stands and
says what is hidden, which a cell's stored value does not.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from checklist.evidence import Document, Fetch, Region, TextSource, Trail
from crawler.extract.archive_limits import open_office, parse_xml, read_part
from crawler.extract.odf_text import OdfText, name, styles_with
from crawler.extract.plain import title_of
from crawler.extract.problems import damaged, locked
from crawler.extract.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Workbook, fill_down
from crawler.extract.slides import Slide, slides_document
from crawler.extract.text import collapse, file_name_of, number_of

if TYPE_CHECKING:
    import zipfile

    from lxml import etree

_FORMAT = "ไฟล์ OpenDocument "
_META = {"title": "title", "creator": "author", "creation-date": "created", "date": "modified"}
_MAX_REPEATED = 100
_HEADS = {"title", "subtitle"}


def read_odf(body: bytes, fetch: Fetch, trail: Trail) -> Document:
    """Read a text, a workbook or a presentation.

    Raises:
        UnreadableError: the file is damaged, locked or a bomb.
    """
    with open_office(io.BytesIO(body)) as archive:
        manifest = read_part(archive, "META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            raise locked()
        content = read_part(archive, "content.xml")
        if content is None:
            raise damaged(_FORMAT)
        root = parse_xml(content)
        styles = read_part(archive, "styles.xml")
        outer = parse_xml(styles) if styles else None
        metadata = _metadata(archive)
    main = root.find(name("office:body"))
    for child in main if main is not None else ():
        if child.tag == name("office:spreadsheet"):
            return _workbook(child, root, fetch, trail, metadata)
        if child.tag == name("office:presentation"):
            return slides_document(_slides(child, root), fetch, trail, metadata)
        if child.tag == name("office:text"):
            return _text(child, root, outer, fetch, trail, metadata)
    raise damaged(_FORMAT)


def _text(
    main: etree._Element,
    root: etree._Element,
    outer: etree._Element | None,
    fetch: Fetch,
    trail: Trail,
    metadata: dict[str, str],
) -> Document:
    reading = OdfText(root, outer)
    reading.read(main)
    body = [p for p in reading.rows.passages if p.region is not Region.HIDDEN]
    first_row = next((i for i, p in enumerate(body) if p.region is Region.TABLE), len(body))
    if outer is not None:
        for tag, region in (("style:header", Region.NAV), ("style:footer", Region.FOOTER)):
            for margin in outer.iter(name(tag)):
                reading.read_margin(margin, region)
    return Document(
        fetch=fetch,
        source=TextSource.DOCX,
        title=title_of(p.text for p in body[:first_row]),
        passages=tuple(reading.rows.passages),
        tables=tuple(reading.rows.tables),
        links=tuple(reading.links),
        metadata=metadata,
        file_name=file_name_of(fetch.final_url or fetch.url),
        trail=trail,
    )


def _workbook(
    main: etree._Element,
    root: etree._Element,
    fetch: Fetch,
    trail: Trail,
    metadata: dict[str, str],
) -> Document:
    unseen = styles_with(root, "style:table-properties", "table:display", {"false"})
    workbook = Workbook()
    for sheet in main.iterchildren(name("table:table")):
        hidden = sheet.get(name("table:style-name"), "") in unseen
        label = sheet.get(name("table:name"), "")
        workbook.add_sheet(label, _rows(sheet), hidden=hidden)
    return workbook.document(fetch, trail, metadata)


def _rows(sheet: etree._Element) -> list[Row]:
    """The filled rows of a sheet, repeated and merged cells written out, within limits."""
    rows: list[list[str]] = []
    merges: list[tuple[int, int, int]] = []
    cells = 0
    for row in sheet.iter(name("table:table-row")):
        texts: list[str] = []
        for cell in row:
            if cell.tag not in {name("table:table-cell"), name("table:covered-table-cell")}:
                continue
            span = _count(cell, "table:number-rows-spanned")
            if span > 1:
                merges.append((len(rows), len(rows) + min(span, 500) - 1, len(texts)))
            text = collapse(
                " ".join("".join(map(str, p.itertext())) for p in cell.iter(name("text:p")))
            )
            texts.extend([text] * min(_count(cell, "table:number-columns-repeated"), MAX_COLUMNS))
        del texts[MAX_COLUMNS:]
        while texts and not texts[-1]:
            texts.pop()
        cells += len(texts)
        if len(rows) >= MAX_ROWS or cells > MAX_CELLS:
            break
        times = min(_count(row, "table:number-rows-repeated"), _MAX_REPEATED) if texts else 1
        rows.extend(list(texts) for _ in range(times))
    for first, last, column in merges:
        fill_down(rows, first, last, column)
    return [tuple(row) for row in rows if any(row)]


def _count(element: etree._Element, attribute: str) -> int:
    return max(1, number_of(element.get(name(attribute), "")) or 1)


def _slides(main: etree._Element, root: etree._Element) -> list[Slide]:
    unseen = styles_with(
        root, "style:drawing-page-properties", "presentation:visibility", {"hidden"}
    )
    slides: list[Slide] = []
    for page in main.iterchildren(name("draw:page")):
        reading = OdfText(root, None)
        heads: list[str] = []
        for shape in page:
            if not isinstance(shape.tag, str):
                continue
            if shape.tag == name("presentation:notes"):
                continue
            if shape.get(name("presentation:class"), "") in _HEADS:
                heads.extend(reading.lines_of(shape))
            else:
                reading.read(shape)
        notes = page.find(name("presentation:notes"))
        slides.append(
            Slide(
                heads=tuple(heads),
                passages=tuple(reading.rows.passages),
                tables=tuple(reading.rows.tables),
                notes=_notes(reading, notes) if notes is not None else (),
                links=tuple(reading.links),
                hidden=page.get(name("draw:style-name"), "") in unseen,
            )
        )
    return slides


def _notes(reading: OdfText, notes: etree._Element) -> tuple[str, ...]:
    """The speaker's notes without the page number that is drawn beside them."""
    frames = (f for f in notes if f.get(name("presentation:class")) == "notes")
    return tuple(line for frame in frames for line in reading.lines_of(frame))


def _metadata(archive: zipfile.ZipFile) -> dict[str, str]:
    part = read_part(archive, "meta.xml")
    found: dict[str, str] = {}
    for element in parse_xml(part).iter() if part else ():
        key = _META.get(element.tag.rsplit("}", 1)[-1]) if isinstance(element.tag, str) else None
        if key and (text := collapse(element.text or "")):
            found[key] = text[:500]
    return found
