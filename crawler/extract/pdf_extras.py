"""What a PDF carries beside its pages: values filled into its form, and files attached to it."""

from __future__ import annotations

import contextlib
import ctypes
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checklist.evidence import Document, Fetch, Passage, Region
from crawler.extract.text import clip, collapse, has_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_ATTACHMENTS = 50
MAX_READ = 5
MAX_ATTACHMENT_BYTES = 20 * 1024**2
_MAX_FORM_PAGES = 100
_MAX_WIDGETS = 1000
_MAX_VALUE_BYTES = 20_000
_HIDDEN = 0x02 | 0x20
_WRITTEN = {
    pdfium_c.FPDF_FORMFIELD_TEXTFIELD,
    pdfium_c.FPDF_FORMFIELD_COMBOBOX,
    pdfium_c.FPDF_FORMFIELD_LISTBOX,
}


def field_passages(document: pdfium.PdfDocument) -> Iterator[Passage]:
    """The visible values of text fields and lists, a passage each, with their page."""
    if document.get_formtype() != pdfium_c.FORMTYPE_ACRO_FORM:
        return
    with contextlib.suppress(pdfium.PdfiumError):
        document.init_forms()
    if document.formenv is None:
        return
    for index in range(min(len(document), _MAX_FORM_PAGES)):
        with contextlib.suppress(pdfium.PdfiumError):
            page = document[index]
            try:
                for value in _values(document.formenv, page):
                    yield Passage(value, Region.MAIN, page=index + 1)
            finally:
                page.close()


def _values(form: pdfium.PdfFormEnv, page: pdfium.PdfPage) -> Iterator[str]:
    count = min(int(pdfium_c.FPDFPage_GetAnnotCount(page.raw)), _MAX_WIDGETS)
    for index in range(count):
        widget = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
        if not widget:
            continue
        try:
            if (
                pdfium_c.FPDFAnnot_GetSubtype(widget) == pdfium_c.FPDF_ANNOT_WIDGET
                and not pdfium_c.FPDFAnnot_GetFlags(widget) & _HIDDEN
                and pdfium_c.FPDFAnnot_GetFormFieldType(form.raw, widget) in _WRITTEN
                and has_words(value := _value(form, widget))
            ):
                yield value
        finally:
            pdfium_c.FPDFPage_CloseAnnot(widget)


def _value(form: pdfium.PdfFormEnv, widget: ctypes.Structure) -> str:
    size = int(pdfium_c.FPDFAnnot_GetFormFieldValue(form.raw, widget, None, 0))
    if not 2 < size <= _MAX_VALUE_BYTES:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium_c.FPDFAnnot_GetFormFieldValue(form.raw, widget, buffer, size)
    return collapse(bytes(buffer).decode("utf-16-le", "replace").rstrip("\0"))


def attached_passages(
    document: pdfium.PdfDocument,
    fetch: Fetch,
    read: Callable[[bytes, Fetch], Document] | None,
) -> tuple[list[str], list[Passage]]:
    """The names of attached files, and the text of the first few under their names.

    Nothing of an attachment is a heading of the document itself.
    """
    names: list[str] = []
    passages: list[Passage] = []
    for index in range(min(document.count_attachments(), MAX_ATTACHMENTS)):
        try:
            attachment = document.get_attachment(index)
            name = clip(collapse(str(attachment.get_name())), 200) or f"#{index + 1}"
            names.append(name)
            if read is None or len(names) > MAX_READ or _size(attachment) > MAX_ATTACHMENT_BYTES:
                continue
            body = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            continue
        inside = replace(fetch, final_url=f"{fetch.final_url or fetch.url}/{name}", content_type="")
        passages.extend(_under(name, read(body, inside)))
    return names, passages


def _size(attachment: pdfium.PdfAttachment) -> int:
    size = ctypes.c_ulong(0)
    pdfium_c.FPDFAttachment_GetFile(attachment.raw, None, 0, size)
    return size.value


def _under(name: str, document: Document) -> Iterator[Passage]:
    for passage in document.passages:
        yield replace(
            passage,
            region=Region.MAIN if passage.region is Region.HEADING else passage.region,
            heading_path=(name, *passage.heading_path),
            page=None,
            table=None,
            source=passage.source or document.source,
        )
