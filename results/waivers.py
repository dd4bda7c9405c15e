"""A person's decision about an item of a unit, how long it holds, and what it does to a verdict.

A waived item leaves the score's means and never becomes a pass. An answer to the question of a
`review` (`ANSWERS`) makes the item stand by that person's word (`vouched`) or fail, in a scan that
asks the same of the same pages. A decision is kept for ever; it ends on its last day, when a page
it rests on says something else, or by a person. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from checklist.verdict import ItemVerdict, Verdict
from results.answers import asked_of, same_pages

if TYPE_CHECKING:
    from results.record import LookedAt, UnitResult


class WaiverKind(StrEnum):
    """What the person decided."""

    ACCEPTED = "accepted"
    WRONGLY_JUDGED = "wrongly_judged"
    NOT_APPLICABLE = "not_applicable"
    VOUCHED = "vouched"
    """The person looked and answered that it is complete."""
    JUDGED_LACKING = "judged_lacking"
    """The person looked and answered that it is not."""


ANSWERS = frozenset({WaiverKind.VOUCHED, WaiverKind.JUDGED_LACKING})
"""Answers to the question of a `review`, and to nothing else."""


class Standing(StrEnum):
    """Whether a decision holds."""

    ACTIVE = "active"
    NOT_NEEDED = "not_needed"
    EXPIRED = "expired"
    EVIDENCE_CHANGED = "evidence_changed"
    ENDED = "ended"
    SUSPENDED = "suspended"
    """An answer in a scan that does not ask the same, or could not read the same pages."""


LOUD = frozenset({Standing.EXPIRED, Standing.EVIDENCE_CHANGED})
"""Standings that the unit must be told of: the item counts again and nobody decided that."""


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """A page that a decision rests on, and the digest of what it said then."""

    url: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A decision: by whom, why, until which day (the last it holds; `None`: until ended).

    `checklist` is the checklist's key, `scan_id` the scan whose result was decided about and
    `verdict` what it said; scans before it are told as they were. `changed_scan` is the scan that
    found its evidence changed. `id` is 0 before it is stored. `asked` marks the question that an
    answer answers (`results.answers`), `account` is who decided in the dashboard ("" elsewhere),
    `held_scan` the last scan that the decision was seen to hold in.
    """

    unit_id: str
    checklist: str
    item: str
    kind: WaiverKind
    made_by: str
    reason: str
    made_at: datetime
    until: date | None = None
    verdict: Verdict = Verdict.FAIL
    evidence: tuple[EvidenceMark, ...] = ()
    changed_scan: int | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    ended_why: str = ""
    scan_id: int = 0
    id: int = 0
    asked: str = ""
    account: str = ""
    held_scan: int | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """A decision and how it stands in a scan; `changed` are the addresses that say otherwise."""

    waiver: Waiver
    standing: Standing
    changed: tuple[str, ...] = ()


def evidence_of(verdict: ItemVerdict, documents: Sequence[LookedAt]) -> tuple[EvidenceMark, ...]:
    """The pages that a verdict rests on, as they are now: those it names and those it quotes."""
    quoted = (quote.url for element in verdict.elements for quote in element.quotes)
    urls = dict.fromkeys((*verdict.urls, *quoted))
    known = {document.url: document.content_sha256 for document in documents}
    known |= {d.final_url: d.content_sha256 for d in documents if d.final_url not in known}
    return tuple(EvidenceMark(url, known[url]) for url in urls if known.get(url))


def changed_pages(waiver: Waiver, documents: Sequence[LookedAt]) -> tuple[str, ...]:
    """The addresses of the decision's evidence that were read and say something else now.

    A page that could not be read tells nothing, so it ends no decision.
    """
    now: dict[str, set[str]] = {}
    for document in documents:
        for url in {document.url, document.final_url}:
            if document.content_sha256:
                now.setdefault(url, set()).add(document.content_sha256)
    return tuple(
        mark.url
        for mark in waiver.evidence
        if mark.url in now and mark.content_sha256 not in now[mark.url]
    )


def standing(waiver: Waiver, result: UnitResult, day: date) -> Stood:
    """How `waiver` stands in `result` on `day` (the day the report is made)."""
    if waiver.ended_at is not None:
        return Stood(waiver, Standing.ENDED)
    changed = changed_pages(waiver, result.documents)
    noted = waiver.changed_scan is not None and result.scan_id >= waiver.changed_scan
    if changed or noted:
        return Stood(waiver, Standing.EVIDENCE_CHANGED, changed)
    if waiver.until is not None and waiver.until < day:
        return Stood(waiver, Standing.EXPIRED)
    verdict = next((one for one in result.verdicts if one.item == waiver.item), None)
    if verdict is not None and verdict.verdict is Verdict.PASS:
        return Stood(waiver, Standing.NOT_NEEDED)
    if waiver.kind in ANSWERS and not _asks_the_same(waiver, verdict, result):
        return Stood(waiver, Standing.SUSPENDED)
    return Stood(waiver, Standing.ACTIVE)


def _asks_the_same(waiver: Waiver, verdict: ItemVerdict | None, result: UnitResult) -> bool:
    if verdict is None or verdict.verdict is not Verdict.REVIEW:
        return False
    question = result.asked.get(verdict.item) or asked_of(verdict, result.grounds.get(verdict.item))
    now = evidence_of(verdict, result.documents)
    return question == waiver.asked and same_pages(waiver.evidence, now, result.documents)


def stand(waivers: Iterable[Waiver], result: UnitResult, day: date) -> tuple[Stood, ...]:
    """How each of the unit's decisions stands, newest first; those on later scans are left out."""
    known = (waiver for waiver in waivers if waiver.scan_id <= result.scan_id)
    newest = sorted(known, key=lambda waiver: (waiver.made_at, waiver.id), reverse=True)
    return tuple(standing(waiver, result, day) for waiver in newest)


def decided(result: UnitResult, stood: Iterable[Stood]) -> UnitResult:
    """`result` with the verdicts that active decisions give; what was found stays beside them."""
    active = _active(stood)
    verdicts = tuple(
        _decided(verdict, active[verdict.item]) if verdict.item in active else verdict
        for verdict in result.verdicts
    )
    return replace(result, verdicts=verdicts)


def answered_items(stood: Iterable[Stood]) -> frozenset[str]:
    """The items whose open question an active decision answers."""
    return frozenset(item for item, one in _active(stood).items() if one.kind in ANSWERS)


def _active(stood: Iterable[Stood]) -> dict[str, Waiver]:
    active: dict[str, Waiver] = {}
    for one in stood:
        if one.standing is Standing.ACTIVE:
            active.setdefault(one.waiver.item, one.waiver)
    return active


_GIVEN = {
    WaiverKind.NOT_APPLICABLE: Verdict.NOT_APPLICABLE,
    WaiverKind.VOUCHED: Verdict.VOUCHED,
    WaiverKind.JUDGED_LACKING: Verdict.FAIL,
}


def _decided(verdict: ItemVerdict, waiver: Waiver) -> ItemVerdict:
    given = replace(verdict, verdict=_GIVEN.get(waiver.kind, Verdict.WAIVED))
    if waiver.kind is not WaiverKind.JUDGED_LACKING:
        return given
    return replace(given, reasons=(_LACKING, *verdict.reasons))


_LACKING = "judged_lacking"
