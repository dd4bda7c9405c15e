"""Builds a unit's gap report from its checklist and what the scan found. Pure.

The order is the order of action: how much was seen, what the score will be, what changed, what
is missing (most points first), what a person must look at, what could not be checked, and last
what stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from checklist.standing import Measure
from results import wording
from results.causes import causes
from results.changes import changes, comparable
from results.deadlines import deadline
from results.decisions import WaiverText, waiver_texts
from results.findings import finding_of, reason_text, under_decision
from results.group import Group
from results.head_parts import (
    AddressGroup,
    CoverageText,
    DocumentLine,
    UnitText,
)
from results.itas import itas_lines
from results.report import Change, GapReport, ItemFinding, totals
from results.score import EXCLUDED, score
from results.score_text import score_text
from results.speech import BANGKOK, _, day_text, moment_text, spoken
from results.waivers import answered_items, decided, stand
from results.wording import tidy

if TYPE_CHECKING:
    from checklist.evidence import Coverage
    from checklist.schema import Checklist
    from checklist.verdict import Verdict
    from results.availability import AvailabilityText
    from results.record import LookedAt, UnitResult
    from results.waivers import Stood, Waiver

__all__ = ["GapReport", "build_report"]

AGENT = "OITChecker/1.0"
"""How the checker introduces itself when a scan does not say otherwise."""
_EXAMPLES = 3
READ_IN_PART = frozenset({"not_rendered"})
"""Codes of addresses that were read, though not in full: they are not counted as skipped."""


def build_report(
    checklist: Checklist,
    result: UnitResult,
    previous: UnitResult | None = None,
    *,
    waivers: Sequence[Waiver] = (),
    day: date | None = None,
    agent: str = AGENT,
    only: Collection[str] = (),
    availability: AvailabilityText | None = None,
) -> GapReport:
    """The gap report of `result`, compared with `previous` (same checklist) where there is one.

    `waivers` are the unit's decisions, holding on `day` (default: the day of the check). `agent`
    is the User-Agent that the check introduced itself with. `only` narrows what is listed and
    counted to these items; the score stays that of the whole checklist. `availability` is how the
    unit's addresses answered up to this scan. The texts are in the language of
    `speech.speaking`. Raises `KeyError` when a verdict names an item that the checklist does not
    have.
    """
    day = day or result.checked_at.astimezone(BANGKOK).date()
    stood = stand(waivers, result, day)
    result = decided(result, stood)
    before: tuple[Stood, ...] = ()
    if previous is not None:
        before = stand(waivers, previous, day)
        previous = decided(previous, before)
    verdicts = {verdict.item: verdict for verdict in result.verdicts}
    answers = {item_id: verdict.verdict for item_id, verdict in verdicts.items()}
    scored = score(checklist, answers)
    excluded = {item_id for item_id, answer in answers.items() if answer in EXCLUDED}
    findings = [
        finding_of(checklist, item, verdicts.get(item.id), excluded, result.unit.type)
        for item in checklist.items
    ]
    findings = [finding for finding in findings if not only or finding.item in only]
    findings.sort(key=lambda finding: (-finding.points, finding.number))

    rechecked = {v.item: v.recheck.confirmed for v in result.verdicts if v.recheck}
    decisions: dict[str, WaiverText] = {}
    for one in waiver_texts(checklist, stood):
        if one.holds:
            decisions.setdefault(one.item, one)
    findings = [under_decision(finding, decisions.get(finding.item)) for finding in findings]
    answered = (answered_items(before), answered_items(stood))
    known = {item.id for item in checklist.items}
    earlier = {v.item: v.verdict for v in previous.verdicts if v.item in known} if previous else {}

    def of(*groups: Group) -> tuple[ItemFinding, ...]:
        return tuple(f for f in findings if f.group in groups)

    unit = _unit_text(result)
    return GapReport(
        unit=unit,
        year=checklist.year,
        checklist=checklist.key,
        subject=_(checklist.subject),
        short=_(checklist.short),
        checklist_title=checklist.title,
        scan_id=result.scan_id,
        as_of=result.as_of,
        as_of_th=day_text(result.as_of),
        checked_at=result.checked_at,
        checked_at_th=moment_text(result.checked_at),
        coverage=coverage_text(result.coverage, result.documents),
        score=score_text(checklist, scored, _previous_points(checklist, answers, earlier)),
        totals=totals(findings),
        deadline=deadline(checklist, result.as_of),
        changes=_listed(changes(checklist, answers, earlier, rechecked, answered), only),
        availability=availability,
        only=tuple(finding.item for finding in sorted(findings, key=_number)) if only else (),
        compared_with_th=moment_text(previous.checked_at) if previous else "",
        compared_scan_id=previous.scan_id if previous else None,
        language=spoken(),
        waivers=waiver_texts(checklist, stood),
        causes=causes(of(Group.ERROR), unit.name, moment_text(result.checked_at), agent),
        itas=itas_lines(findings) if checklist.scoring.measure is Measure.POINTS else (),
        fails=of(Group.MISSING, Group.OUTDATED),
        reviews=of(Group.REVIEW),
        errors=of(Group.ERROR),
        passes=of(Group.PASS),
        excluded=of(Group.NOT_APPLICABLE, Group.WAIVED),
        unchecked=of(Group.UNCHECKED),
        vouched=of(Group.VOUCHED),
        documents=tuple(_document_line(document) for document in result.documents),
    )


def _number(finding: ItemFinding) -> int:
    return finding.number


def _listed(changed: Iterable[Change], only: Collection[str]) -> tuple[Change, ...]:
    return tuple(change for change in changed if not only or change.item in only)


def _unit_text(result: UnitResult) -> UnitText:
    return UnitText(
        id=tidy(result.unit.id),
        name=tidy(result.unit.name) or tidy(result.unit.id),
        type=result.unit.type,
        main_site=tidy(result.unit.main_site),
    )


def coverage_text(coverage: Coverage, documents: Sequence[LookedAt] = ()) -> CoverageText:
    """The coverage in words; addresses are counted by reason, most frequent first."""
    told = {one.url for one in coverage.skipped}
    problems = {d.url: d.problem for d in documents if d.problem and d.url not in told}
    skipped = _by_reason((one.url, one.reason) for one in coverage.skipped)
    unusable = _by_reason(problems.items())
    return CoverageText(
        found=coverage.found,
        fetched=coverage.fetched,
        rendered=coverage.rendered,
        bytes=coverage.bytes,
        seconds=coverage.seconds,
        skipped=skipped,
        unusable=unusable,
        line=_coverage_line(coverage, skipped, unusable),
        brief=_coverage_line(coverage, skipped, unusable, wording.SHOWN_REASONS),
    )


def _by_reason(addresses: Iterable[tuple[str, str]]) -> tuple[AddressGroup, ...]:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for url, code in addresses:
        by_reason[code].append(tidy(url))
    return tuple(
        AddressGroup(
            reason=code,
            th=wording.skip_reason(code),
            count=len(urls),
            examples=tuple(urls[:_EXAMPLES]),
        )
        for code, urls in sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def _coverage_line(
    coverage: Coverage,
    skipped: Sequence[AddressGroup],
    unusable: Sequence[AddressGroup],
    shown: int = 0,
) -> str:
    line = _(
        "พบ {found:,} หน้า อ่านแล้ว {fetched:,} หน้า", found=coverage.found, fetched=coverage.fetched
    )
    if coverage.rendered:
        line += " " + _("(ใช้เบราว์เซอร์แสดงผล {count:,} หน้า)", count=coverage.rendered)
    unread = Counter({g.th: g.count for g in skipped if g.reason not in READ_IN_PART})
    line += " " + wording.counted(_("ข้าม"), unread, shown)
    if unusable:
        line += " " + wording.counted(
            _("เปิดไม่ได้หรือใช้ไม่ได้"), Counter({g.th: g.count for g in unusable}), shown
        )
    in_part = sum(group.count for group in skipped if group.reason in READ_IN_PART)
    if in_part:
        line += " " + _("และอ่านได้บางส่วนเพราะไม่ได้ใช้เบราว์เซอร์ {count:,} หน้า", count=in_part)
    return line


def _document_line(document: LookedAt) -> DocumentLine:
    return DocumentLine(
        url=tidy(document.url),
        final_url=tidy(document.final_url),
        status=document.status,
        problem=reason_text(document.problem) if document.problem else None,
        problem_detail=tidy(document.problem_detail),
        sha256=document.sha256,
        size=document.size,
        fetched_at=document.fetched_at,
        origin=document.origin,
        origin_th=_(wording.ORIGINS[document.origin]),
        parent_url=tidy(document.parent_url),
        link_text=tidy(document.link_text),
        title=tidy(document.title),
    )


def _previous_points(
    checklist: Checklist, answers: Mapping[str, Verdict], earlier: Mapping[str, Verdict]
) -> float | None:
    both = comparable(checklist, answers) and comparable(checklist, earlier)
    return score(checklist, earlier).certain if both else None
