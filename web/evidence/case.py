"""What is known of one item of one unit in one scan: its finding, quotes, copies, decisions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from checklist.verdict import Verdict
from evidence.capture import CaptureKind, Kept
from results.causes import CauseText, causes
from results.decisions import WaiverText, waiver_texts
from results.findings import finding_of
from results.gap import AGENT
from results.group import Group
from results.item_reading import ItemScan, item_result, item_scans
from results.score import EXCLUDED
from results.speech import moment_text
from results.waivers import decided, stand
from sweep.evidence_shown import entered_urls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from checklist.schema import Checklist, Item
    from checklist.verdict import ItemVerdict, Quote
    from evidence.archive import Archive
    from results.record import LookedAt, ScanInfo, UnitResult
    from results.report import ItemFinding, QuoteText
    from results.store import Store
    from results.waivers import Stood


@dataclass(frozen=True, slots=True)
class NumberedQuote:
    """A quote by its number in the item (from 1): as stored, in words, and the copy it is from.

    `copy` is `None` when the archive holds none.
    """

    number: int
    element: str
    quote: Quote
    text: QuoteText
    copy: Kept | None = None


@dataclass(frozen=True)
class Case:
    """An item's evidence; `verdict` is what was found, `finding` tells it under decisions.

    `scans` are all that judged the item with this checklist, newest first. `entered` are the
    addresses given for the item. `cause` is set when it could not be checked.
    """

    checklist: Checklist
    item: Item
    info: ScanInfo
    result: UnitResult
    verdict: ItemVerdict
    finding: ItemFinding
    scans: tuple[ItemScan, ...]
    quotes: tuple[NumberedQuote, ...] = ()
    copies: tuple[Kept, ...] = ()
    screenshots: tuple[Kept, ...] = ()
    waivers: tuple[WaiverText, ...] = ()
    entered: tuple[str, ...] = ()
    cause: CauseText | None = None
    documents: tuple[LookedAt, ...] = field(default=())

    def quote(self, number: int) -> NumberedQuote | None:
        """The quote of that number."""
        return next((one for one in self.quotes if one.number == number), None)

    def kept(self, seq: int) -> Kept | None:
        """The copy or screenshot with that line number, when this item's evidence names it."""
        return next((one for one in (*self.copies, *self.screenshots) if one.seq == seq), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which evidence: an item of a unit in a scan, under the decisions that hold on `day`.

    Without a scan it is the newest that judged the item, of the checklist with the key `current`
    where there is one.
    """

    unit: str
    item: str
    scan: int | None
    current: str
    day: date


def case_of(
    store: Store,
    archive: Archive,
    checklist_of: Callable[[str], Checklist | None],
    wanted: Wanted,
) -> Case | None:
    """The evidence that is wanted; `None` when nothing is stored of it.

    `checklist_of` gives the checklist of a key, `None` for one that is no longer known.
    """
    scans = item_scans(store, wanted.unit, wanted.item)
    scan_id = wanted.scan
    if scan_id is None:
        preferred = [one for one in scans if one.checklist == wanted.current] or list(scans)
        scan_id = preferred[0].scan_id if preferred else None
    found = item_result(store, scan_id, wanted.unit, wanted.item) if scan_id is not None else None
    if found is None:
        return None
    info, result = found
    checklist = checklist_of(info.checklist)
    items = checklist.items if checklist else ()
    item = next((one for one in items if one.id == wanted.item), None)
    if checklist is None or item is None:
        return None
    kept = archive.of_unit(info.id, wanted.unit, wanted.item) if archive.exists else []
    same_list = tuple(one for one in scans if one.checklist == info.checklist)
    stood = stand(store.waivers(checklist.key, wanted.unit), result, wanted.day)
    entered = entered_urls(store, info.id, result.unit.id, item.id)
    case = _case((checklist, item), info, result, stood, same_list, kept)
    return replace(case, entered=entered)


def _case(
    about: tuple[Checklist, Item],
    info: ScanInfo,
    result: UnitResult,
    stood: Sequence[Stood],
    scans: tuple[ItemScan, ...],
    kept: Sequence[Kept],
) -> Case:
    checklist, item = about
    verdict = _of_item(result, item.id)
    texts = tuple(one for one in waiver_texts(checklist, stood) if one.item == item.id)
    told = decided(result, stood)
    excluded = {one.item for one in told.verdicts if one.verdict in EXCLUDED}
    finding = finding_of(checklist, item, _of_item(told, item.id), excluded, result.unit.type)
    finding = finding.model_copy(update={"waiver": next((one for one in texts if one.holds), None)})
    copies = tuple(one for one in kept if one.capture.kind is not CaptureKind.SCREENSHOT)
    named = {one.capture.url for one in copies} | set(verdict.urls)
    return Case(
        checklist=checklist,
        item=item,
        info=info,
        result=result,
        verdict=verdict,
        finding=finding,
        scans=scans,
        quotes=tuple(numbered(verdict, finding, copies)),
        copies=copies,
        screenshots=tuple(one for one in kept if one.capture.kind is CaptureKind.SCREENSHOT),
        waivers=texts,
        cause=_cause(finding, result, info),
        documents=tuple(one for one in result.documents if {one.url, one.final_url} & named),
    )


def _of_item(result: UnitResult, item_id: str) -> ItemVerdict:
    return next(one for one in result.verdicts if one.item == item_id)


def numbered(
    verdict: ItemVerdict, finding: ItemFinding, copies: Sequence[Kept]
) -> list[NumberedQuote]:
    """The item's quotes in the order of its elements, each with the copy of its very bytes."""
    found: list[NumberedQuote] = []
    told = {element.id: element for element in finding.elements}
    for element in verdict.elements:
        texts = told[element.id].quotes if element.id in told else ()
        # An element that nobody looked at is told without quotes, whatever is stored.
        for quote, text in zip(element.quotes, texts, strict=False):
            number = len(found) + 1
            found.append(NumberedQuote(number, element.id, quote, text, copy_of(quote, copies)))
    return found


def copy_of(quote: Quote, copies: Sequence[Kept]) -> Kept | None:
    """The copy that a quote is from: the same bytes, at best from the same address."""
    same = [one for one in copies if quote.sha256 and one.capture.payload_sha256 == quote.sha256]
    return next((one for one in same if one.capture.url == quote.url), next(iter(same), None))


def _cause(finding: ItemFinding, result: UnitResult, info: ScanInfo) -> CauseText | None:
    if finding.verdict is not Verdict.ERROR and finding.group is not Group.ERROR:
        return None
    crawl: Any = info.settings.get("crawl") or {}
    agent = str(crawl.get("user_agent") or AGENT)
    told = causes([finding], result.unit.name, moment_text(result.checked_at), agent)
    return told[0] if told else None
