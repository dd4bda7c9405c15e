"""One case as a person sees it: the question, the quotes, decisions before, and its mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote as quoted

from checklist.verdict import Verdict
from results.decisions import waiver_texts
from results.findings import finding_of
from results.score import EXCLUDED
from results.waiver_store import CaseMark
from results.waivers import decided, stand

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from checklist.verdict import ItemVerdict
    from evidence.capture import Kept
    from results.decisions import WaiverText
    from results.record import UnitResult
    from results.report import ItemFinding
    from results.waivers import Waiver

FRAME = "/units/{unit}/items/{item}/scans/{scan}/copies/{seq}/page"
"""The safe rendering of an archived copy, where this version has it."""
ITEM = "/units/{unit}/items/{item}"


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case: what the checker found, what people decided, and the mark to answer with.

    `decisions` are those about the item, newest first; `holds` the one that counts now. `frame`
    and `page` are addresses of the dashboard, "" where this version has no such page.
    """

    unit: str
    name: str
    item: str
    scan_id: int
    checked_th: str
    finding: ItemFinding
    decisions: tuple[WaiverText, ...]
    holds: WaiverText | None
    mark: CaseMark
    frame: str
    page: str

    @property
    def asks(self) -> bool:
        """True when a question is open: it can be answered, not only set aside."""
        return self.finding.verdict is Verdict.REVIEW

    @property
    def answerable(self) -> bool:
        """True when there is a page to answer for."""
        return self.asks and bool(self.finding.urls)


def case_view(
    checklist: Checklist,
    result: UnitResult,
    verdict: ItemVerdict,
    waivers: Sequence[Waiver],
    day: date,
    checked_th: str,
    addresses: tuple[str, str],
) -> CaseView:
    """The case of `verdict` in `result`; `waivers` are the unit's, `addresses` frame and page."""
    item = checklist.item(verdict.item)
    stood = stand(waivers, result, day)
    about = [one for one in stood if one.waiver.item == verdict.item]
    texts = waiver_texts(checklist, about)
    newest = max((one.waiver for one in about), key=lambda one: one.id, default=None)
    counted = decided(result, stood).verdicts
    excluded = {one.item for one in counted if one.verdict in EXCLUDED} - {verdict.item}
    return CaseView(
        unit=result.unit.id,
        name=result.unit.name,
        item=verdict.item,
        scan_id=result.scan_id,
        checked_th=checked_th,
        finding=finding_of(checklist, item, verdict, excluded, result.unit.type),
        decisions=tuple(sorted(texts, key=lambda text: -text.id)),
        holds=next((text for text in texts if text.holds), None),
        mark=CaseMark(result.scan_id, newest.id if newest else 0, bool(newest and newest.ended_at)),
        frame=addresses[0],
        page=addresses[1],
    )


def item_page(unit: str, item: str, scan_id: int) -> str:
    """The address of the evidence of a verdict."""
    return f"{ITEM.format(unit=quoted(unit, safe=''), item=item)}?scan={scan_id}"


def frame_of(verdict: ItemVerdict, unit: str, scan_id: int, copies: Sequence[Kept]) -> str:
    """The address of the copy that the first quote with one is from; else of the first copy."""
    number = 0
    by_bytes = {one.capture.payload_sha256: one for one in copies}
    for element in verdict.elements:
        for quote in element.quotes:
            number += 1
            if quote.sha256 in by_bytes:
                seq = by_bytes[quote.sha256].seq
                return f"{_copy(unit, verdict.item, scan_id, seq)}?quote={number}#quote"
    named = [one for one in copies if one.capture.final_url in verdict.urls]
    return _copy(unit, verdict.item, scan_id, named[0].seq) if named else ""


def _copy(unit: str, item: str, scan_id: int, seq: int) -> str:
    return FRAME.format(unit=quoted(unit, safe=""), item=item, scan=scan_id, seq=seq)
