"""What a self-check of one page or file tells the person who asked for it. Pure.

The words of each item are those of the gap report, so that nobody reads two accounts of one gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from checklist.verdict import ElementState, ItemVerdict, Kind, Verdict
from results import wording
from results.findings import finding_of, reason_text
from results.formats.advice import things_to_do
from results.gap import coverage_text
from results.head_parts import CoverageText, UnitText
from results.parts import Part, ReasonText
from results.record import LookedAt
from results.report import ElementText, ItemFinding, QuoteText
from results.speech import _, day_text, moment_text
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.evidence import Coverage, Document
    from checklist.profile import UnitProfile
    from checklist.schema import Checklist

SCHEMA = "oit-self-check/1"
_QUOTES = 3
_QUOTE_LETTERS = 600
_DOCUMENTS = 60
_ANOTHER_SORT = "wrong_kind"
_KINDS = (Kind.MATCH, Kind.PARTIAL, Kind.NONE)


class SourceText(Part):
    """What was given: a page's address or a file's name, as the person wrote it."""

    kind: Literal["url", "file"]
    name: str


class DocumentText(Part):
    """One document that was read: `kind_th` is what it is, `problem` why it gave nothing.

    `note` tells what of it could not be read; `size` in bytes, `sha256` of them.
    """

    name: str
    kind_th: str
    size: int
    sha256: str
    pages: int | None
    problem: ReasonText | None
    note: str


class CheckedItem(Part):
    """One item's finding with what there is to do about it, in full sentences."""

    finding: ItemFinding
    to_do: tuple[str, ...]


class OtherItem(Part):
    """An item for which this is no document at all."""

    item: str
    title: str


class OtherItems(Part):
    """The items that the document does not serve for one and the same reason."""

    reason: ReasonText
    items: tuple[OtherItem, ...]


class SelfCheckReport(Part):
    """The answer to one self-check; `items` begin with those that it serves best.

    `chosen`: the person named the items; otherwise all were judged, and those that it does not
    serve at all stand in `others`, most first. `coverage` is `None` for a file. Days are C.E.,
    their `_th` twins are worded in B.E.
    """

    schema_version: str = SCHEMA
    source: SourceText
    unit: UnitText
    year: int
    checklist: str
    checklist_title: str
    short: str
    as_of: date
    as_of_th: str
    checked_at: datetime
    checked_at_th: str
    chosen: bool
    coverage: CoverageText | None
    documents: tuple[DocumentText, ...]
    items: tuple[CheckedItem, ...]
    others: tuple[OtherItems, ...]

    @property
    def unread(self) -> bool:
        """True when no document gave anything to judge."""
        return all(document.problem is not None for document in self.documents)

    @property
    def headline(self) -> str:
        """The answer in one Thai line: which items the document serves whole."""
        passed = [one.finding.item for one in self.items if one.finding.verdict is Verdict.PASS]
        if passed:
            return f"ใช้ตอบได้ครบถ้วน {len(passed)} ข้อ: {' '.join(passed)}"
        if self.unread:
            return "อ่านเนื้อหาไม่ได้ จึงยังตัดสินไม่ได้"
        if self.others and self.others[0].reason.code != _ANOTHER_SORT:
            return self.others[0].reason.th
        if self.items:
            return "ยังไม่ครบถ้วนสำหรับข้อใด ดูสิ่งที่ต้องทำของแต่ละข้อด้านล่าง"
        return "ไม่ใช่เอกสารประเภทที่ข้อใดในรายการตรวจนี้กำหนด"


@dataclass(frozen=True)
class Checked:
    """What was judged for whom: verdicts, and the documents they rest on."""

    source: SourceText
    unit: UnitProfile
    as_of: date
    verdicts: Sequence[ItemVerdict]
    documents: Sequence[Document]
    chosen: bool
    coverage: Coverage | None = None


def build_self_check(checklist: Checklist, checked: Checked, now: datetime) -> SelfCheckReport:
    """The account of what was `checked` at `now` (aware).

    Raises `KeyError` when a verdict names an item that the checklist does not have.
    """
    shown = [one for one in checked.verdicts if checked.chosen or _serves(one)]
    findings = [
        _brief(finding_of(checklist, checklist.item(one.item), one, (), checked.unit.type))
        for one in sorted(shown, key=_merit)
    ]
    hidden = [one for one in checked.verdicts if one not in shown]
    looked_at = [LookedAt.of(document) for document in checked.documents]
    return SelfCheckReport(
        source=checked.source,
        unit=UnitText(
            id=tidy(checked.unit.id),
            name=tidy(checked.unit.name) or tidy(checked.unit.id),
            type=checked.unit.type,
            main_site=tidy(checked.unit.main_site),
        ),
        year=checklist.year,
        checklist=checklist.key,
        checklist_title=checklist.title,
        short=_(checklist.short),
        as_of=checked.as_of,
        as_of_th=day_text(checked.as_of),
        checked_at=now,
        checked_at_th=moment_text(now),
        chosen=checked.chosen,
        coverage=coverage_text(checked.coverage, looked_at) if checked.coverage else None,
        documents=tuple(
            _document_text(one, checked.source.kind) for one in checked.documents[:_DOCUMENTS]
        ),
        items=tuple(CheckedItem(finding=one, to_do=things_to_do(one)) for one in findings),
        others=_others(checklist, hidden),
    )


def _others(checklist: Checklist, hidden: Sequence[ItemVerdict]) -> tuple[OtherItems, ...]:
    by_reason: dict[str, list[OtherItem]] = {}
    for one in hidden:
        item = checklist.item(one.item)
        code = one.reasons[0] if one.reasons else _ANOTHER_SORT
        by_reason.setdefault(code, []).append(OtherItem(item=item.id, title=item.title))
    most_first = sorted(by_reason.items(), key=lambda pair: -len(pair[1]))
    return tuple(
        OtherItems(reason=reason_text(code), items=tuple(items)) for code, items in most_first
    )


def _serves(verdict: ItemVerdict) -> bool:
    """True for an item of whose sort the document is, or which somebody must look at."""
    return verdict.kind is not Kind.NONE or verdict.verdict in (Verdict.PASS, Verdict.REVIEW)


def _merit(verdict: ItemVerdict) -> tuple[bool, int, float, int]:
    required = [one.state for one in verdict.elements if one.required]
    there = required.count(ElementState.PRESENT) / max(1, len(required))
    passed = verdict.verdict is Verdict.PASS
    return not passed, _KINDS.index(verdict.kind), -there, int(verdict.item[1:])


def _brief(finding: ItemFinding) -> ItemFinding:
    return finding.model_copy(update={"elements": tuple(map(_brief_element, finding.elements))})


def _brief_element(element: ElementText) -> ElementText:
    quotes = tuple(map(_brief_quote, element.quotes[:_QUOTES]))
    return element.model_copy(update={"quotes": quotes})


def _brief_quote(quote: QuoteText) -> QuoteText:
    return quote.model_copy(update={"text": tidy(quote.text, _QUOTE_LETTERS)})


def _document_text(document: Document, kind: str) -> DocumentText:
    fetch = document.fetch
    name = document.file_name if kind == "file" else fetch.final_url or fetch.url
    return DocumentText(
        name=tidy(name),
        kind_th=_(wording.SOURCES[document.source]),
        size=fetch.size,
        sha256=fetch.sha256,
        pages=document.page_count,
        problem=reason_text(fetch.problem) if fetch.problem else None,
        note="; ".join(_notes(document)),
    )


def _notes(document: Document) -> Iterable[str]:
    if document.fetch.problem_detail:
        yield tidy(document.fetch.problem_detail)
    if document.metadata.get("ocr"):
        yield tidy(document.metadata["ocr"])
    elif document.blank_pages:
        yield f"มี {len(document.blank_pages)} หน้าเป็นภาพสแกนที่ยังไม่ได้อ่าน"
