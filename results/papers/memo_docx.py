"""Fills a memo's template: the office's own or the built-in one. It never runs what it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from results.papers.memo import FIELDS, LISTS, ROW_FIELDS
from results.papers.template_check import (
    Known,
    check_fields,
    check_marks,
    paragraphs_of,
    with_other_spellings,
)
from results.papers.template_package import TemplateError, check_package
from results.wording import tidy

if TYPE_CHECKING:
    from jinja2 import Environment

    from results.papers.memo import Values

KNOWN = Known(
    fields=frozenset({*FIELDS, "หน้าคำอธิบาย"}),
    lists=frozenset(LISTS),
    row=frozenset(ROW_FIELDS),
)
"""What a memo's template may name; the explaining page's field is always off."""
_PARTS = {"header": "หัวกระดาษ", "footer": "ท้ายกระดาษ", "footnotes": "เชิงอรรถ"}
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


_DAMAGED = (AttributeError, KeyError, TypeError, ValueError, etree.LxmlError)
"""What docxtpl and python-docx raise on a document that lacks a part Word always writes."""


class MemoTemplate:
    """A template that was checked once and can be filled for many units."""

    def __init__(self, content: bytes) -> None:
        """Check `content`, the bytes of a DOCX; raises `TemplateError` with place and remedy."""
        check_package(content)
        self._content = content
        self._environment = _environment()
        template = self._opened()
        try:
            _check_parts(template, self._environment)
        except etree.XMLSyntaxError as error:
            raise _damaged() from error

    def filled(self, values: Values) -> bytes:
        """The memo as the bytes of a DOCX; raises `TemplateError` when commands overlap."""
        context = with_other_spellings({**values, "หน้าคำอธิบาย": ""})
        template = self._opened()
        try:
            _refuse_overlap(template.build_xml(context, self._environment))
            template.render(context, self._environment)
        except TemplateError:
            raise
        except JinjaError as error:
            raise _overlap() from error
        except _DAMAGED as error:
            raise _damaged() from error
        made = BytesIO()
        template.save(made)
        return made.getvalue()

    def _opened(self) -> Any:
        template = DocxTemplate(BytesIO(self._content))
        try:
            template.render_init()
        except Exception as error:
            # python-docx raises whatever its parts stumble over in a damaged file.
            raise _damaged() from error
        return template


def _environment() -> Environment:
    """A sandbox with nothing in it: no functions, no filters, no tests."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _check_parts(template: Any, environment: Environment) -> None:
    for name, xml in _sources(template):
        check_marks(paragraphs_of(etree.fromstring(xml.encode(), _STRICT)))
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(xml))
        check_fields(source, environment, KNOWN, name)
    for name in _PROPERTIES:
        said = getattr(template.docx.core_properties, name)
        try:
            plain = environment.from_string(said).render({}) == said
        except (JinjaError, TemplateSyntaxError):
            plain = False
        if not plain and "{" in said:
            raise TemplateError(
                f"คุณสมบัติของเอกสาร ({name}) มีปีกกา: “{tidy(said, 60)}” ให้ลบออก (แฟ้ม > ข้อมูล)",
                f"the document's property {name} holds braces: “{tidy(said, 60)}”; remove them",
            )


def _sources(template: Any) -> Iterator[tuple[str, str]]:
    yield "", template.get_xml()
    for part in template.docx.part.package.parts:
        kind = re.search(r"wordprocessingml\.(header|footer|footnotes)\+xml$", part.content_type)
        if kind:
            yield _PARTS[kind[1]], template.xml_to_string(etree.fromstring(part.blob, _STRICT))


def _refuse_overlap(xml: str) -> None:
    try:
        etree.fromstring(xml.encode(), _STRICT)
    except etree.XMLSyntaxError as error:
        raise _overlap() from error


def _damaged() -> TemplateError:
    return TemplateError(
        "เปิดแม่แบบไม่ได้ แฟ้มอาจเสีย ให้เปิดใน Word แล้วบันทึกใหม่เป็น .docx",
        "the template cannot be opened; save it again as .docx",
    )


def _overlap() -> TemplateError:
    return TemplateError(
        "คำสั่งเปิดกับคำสั่งปิดในแม่แบบคร่อมกัน เช่น เปิดในช่องตารางหนึ่งแล้วปิดอีกช่อง ให้วางคู่กันในย่อหน้า "
        "แถว หรือช่องเดียวกัน หรือใช้ p if / tr for",
        "commands of the template overlap; open and close them in the same paragraph, row or cell",
    )
