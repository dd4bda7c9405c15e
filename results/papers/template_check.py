"""Finds what is wrong with the fields of a template, in words that lead to the place in Word.

The language allowed is small: fields, `for` over a list of items, and `if`. Nothing that calls,
computes or reaches into objects can be written, so a template can neither run nor hang anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from rapidfuzz import process

from results.papers.template_package import TemplateError
from results.wording import tidy

if TYPE_CHECKING:
    from lxml import etree

_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_TAG = re.compile(r"<[^>]+>")
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For,
    nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const,
    nodes.CondExpr,
)  # fmt: skip
_LOOP = frozenset({"index", "first", "last", "length"})
_MOST_MARKS = 2000


@dataclass(frozen=True, slots=True)
class Known:
    """What a template may name: fields, lists, and the fields of a list's line."""

    fields: frozenset[str]
    lists: frozenset[str]
    row: frozenset[str]


def other_spelling(name: str) -> str:
    """The same name with sara am written as two letters, as some programs store it."""
    return unicodedata.normalize("NFKC", name)


def check_marks(paragraphs: Iterator[tuple[str, str]]) -> None:
    """Raise `TemplateError` for a `{{`, `{%` or `{#` that its own paragraph does not close.

    `paragraphs` are texts with the words for their place (`ในตาราง`).
    """
    seen = 0
    for text, place in paragraphs:
        opened = ""
        for found in _MARK.finditer(text):
            mark = found[0]
            seen += 1
            if opened and mark == _CLOSING[opened]:
                opened = ""
            elif mark in _CLOSING and not opened:
                opened = mark
            else:
                raise _unpaired(opened or mark, text, found.start(), place)
        if opened:
            raise _unpaired(opened, text, text.rfind(opened), place)
        if seen > _MOST_MARKS:
            raise TemplateError(
                f"แม่แบบมีช่องข้อมูลเกิน {_MOST_MARKS // 2:,} ช่อง", "the template holds too many fields"
            )


def paragraphs_of(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The text of every paragraph below `root`, and whether it stands in a table."""
    for paragraph in root.iter(qn("w:p")):
        inside = any(parent.tag == qn("w:tc") for parent in paragraph.iterancestors())
        own = (
            part.text or ""
            for part in paragraph.iter(qn("w:t"))
            if next(part.iterancestors(qn("w:p"))) is paragraph
        )
        yield "".join(own), "ในตาราง" if inside else ""


def check_fields(source: str, environment: Environment, known: Known, part: str = "") -> None:
    """Raise `TemplateError` for the first unknown field or forbidden command of `source`.

    `source` is the part's patched XML with a line for each paragraph; `part` names a part other
    than the body (`หัวกระดาษ`).
    """
    try:
        for node, loops in _walk(environment.parse(source), ()):
            _check_node(node, loops, known, source, part)
        environment.compile(source)
    except TemplateSyntaxError as error:
        raise _at(
            source, error.lineno, part,
            f"คำสั่งในปีกกาผิดรูปแบบหรือไม่ครบคู่ ({_in_thai(error)})",
            f"a command is malformed or not closed ({error.message})",
        ) from error  # fmt: skip
    except (RecursionError, MemoryError, SyntaxError) as error:
        # What Python's own compiler says of commands nested by the hundred.
        raise TemplateError("คำสั่งในแม่แบบซ้อนกันลึกเกินไป", "the template nests too deeply") from error


def _walk(node: nodes.Node, loops: tuple[str, ...]) -> Iterator[tuple[nodes.Node, tuple[str, ...]]]:
    yield node, loops
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        yield from _walk(node.iter, loops)
        for child in node.body:
            yield from _walk(child, (*loops, node.target.name))
        for child in node.else_:
            yield from _walk(child, loops)
        return
    for child in node.iter_child_nodes():
        yield from _walk(child, loops)


def _check_node(
    node: nodes.Node, loops: tuple[str, ...], known: Known, source: str, part: str
) -> None:
    def wrong(th: str, en: str) -> TemplateError:
        return _at(source, node.lineno, part, th, en)

    def unknown(name: str, names: frozenset[str], prefix: str = "") -> TemplateError:
        near = f"{prefix}{process.extractOne(name, sorted(names))[0]}"
        return wrong(
            f"ไม่รู้จักช่อง «{prefix}{tidy(name, 60)}» ช่องที่ใกล้เคียงที่สุดคือ «{near}»",
            f"unknown field «{prefix}{tidy(name, 60)}»; the nearest is «{near}»",
        )

    if isinstance(node, nodes.Name):
        everything = known.fields | known.lists
        if node.name not in (*loops, "loop") and not _is_of(node.name, everything):
            raise unknown(node.name, everything | frozenset(loops))
    elif isinstance(node, nodes.Getattr):
        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        if owner not in (*loops, "loop") or (owner == "loop" and not loops):
            raise wrong(
                f"«{tidy(node.attr, 60)}» ใช้ได้เฉพาะภายใน for ของรายการข้อ",
                f"«{tidy(node.attr, 60)}» may stand only inside a for over a list",
            )
        names = _LOOP if owner == "loop" else known.row
        if not _is_of(node.attr, names):
            raise unknown(node.attr, names, f"{owner}.")
    elif isinstance(node, nodes.For):
        of_list = isinstance(node.iter, nodes.Name) and _is_of(node.iter.name, known.lists)
        if not of_list or loops or node.recursive or node.test is not None:
            listed = ", ".join(sorted(known.lists))
            raise wrong(
                f"for ใช้กับรายการเหล่านี้เท่านั้น และไม่ซ้อนกัน: {listed}",
                f"for may go only over these lists, never nested: {listed}",
            )
    elif not isinstance(node, _ALLOWED):
        raise wrong(
            "มีคำสั่งที่แม่แบบใช้ไม่ได้ ใช้ได้เฉพาะช่องข้อมูล, for และ if",
            f"{type(node).__name__} may not stand in a template; use fields, for and if",
        )


def _is_of(name: str, names: frozenset[str]) -> bool:
    return name in names or any(name == other_spelling(known) for known in names)


def with_other_spellings(values: Mapping[str, object]) -> dict[str, object]:
    """`values` under both spellings of every name, in lists of lines as well."""
    both: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, list):
            value = [with_other_spellings(row) for row in value]
        both[name] = both[other_spelling(name)] = value
    return both


def _unpaired(mark: str, text: str, at: int, place: str) -> TemplateError:
    mate = _CLOSING.get(mark)
    quoted = _around(text, at)
    where = f" ({place})" if place else ""
    if mate:
        return TemplateError(
            f"เปิด {mark} แล้วไม่ปิดด้วย {mate} ในย่อหน้าเดียวกัน{where}: “{quoted}”",
            f"{mark} is not closed by {mate} in its own paragraph: “{quoted}”",
        )
    return TemplateError(
        f"มี {mark} โดยไม่มีเครื่องหมายเปิด{where}: “{quoted}”", f"{mark} closes nothing: “{quoted}”"
    )


def _at(source: str, line: int, part: str, th: str, en: str) -> TemplateError:
    lines = source.split("\n")
    raw = lines[line - 1] if 0 < line <= len(lines) else ""
    before = "\n".join(lines[: line - 1]) + raw.partition("{")[0]
    table = "ในตาราง" if before.count("<w:tbl>") > before.count("</w:tbl>") else ""
    text = _TAG.sub("", raw)
    mark = re.search(r"\{[{%]", text)
    quoted = _around(text, mark.start() if mark else 0)
    where = " ".join(filter(None, (part, table))) or "ในย่อหน้า"
    return TemplateError(f"{th} {where}: “{quoted}”", f"{en}, at: “{quoted}”")


def _around(text: str, at: int) -> str:
    first = max(0, at - 30)
    return tidy(("…" if first else "") + text[first : at + 60])


_FAULTS = (
    ("Unexpected end of template", "ขาดคำสั่งปิด เช่น endif หรือ endfor"),
    ("Encountered unknown tag", "ไม่รู้จักคำสั่ง หรือมีคำสั่งปิดที่ไม่มีคำสั่งเปิด"),
    ("expected token", "เขียนชื่อช่องเว้นวรรคหรือมีเครื่องหมายเกิน"),
    ("Expected an expression", "ในปีกกาว่างเปล่า"),
    ("unexpected char", "มีเครื่องหมายที่ใช้ไม่ได้"),
)


def _in_thai(error: TemplateSyntaxError) -> str:
    said = error.message or ""
    return next((thai for start, thai in _FAULTS if start in said), "ตรวจตัวสะกดของคำสั่ง")
