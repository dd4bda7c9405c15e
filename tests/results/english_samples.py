"""Reports in English of units whose own words are in Latin letters: any Thai is the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from checklist.english import translated
from checklist.evidence import Coverage, Origin, Region, Skipped, TextSource
from checklist.loader import load
from checklist.reasons import REASONS
from checklist.verdict import ElementState, ItemVerdict, Kind, Quote, Recheck, Tier, Verdict
from checklist.whereabouts import Placement, Reach, Step
from results.causes import ASK
from results.gap import build_report
from results.pictures import PageToShow, Picture, with_pictures
from results.record import LookedAt, UnitResult
from results.speech import Language, day_text, speaking
from results.trend import TrendPoint
from results.waivers import EvidenceMark, Waiver, WaiverKind
from results.wording import SKIPS
from tests.results.samples import (
    AS_OF,
    CHECKED,
    SITE,
    UNIT,
    element,
    excused,
    in_review,
    missing,
    outdated,
    passing,
    quote,
    result_of,
    unreachable,
)

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.report import GapReport

THAI = re.compile("[\u0e00-\u0e7f]+")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
T = TypeVar("T")


def in_latin(value: T) -> T:
    """`value` with every Thai word of its texts replaced, dataclasses and tuples included."""
    found: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        found = THAI.sub("x", value)
    elif isinstance(value, tuple):
        found = tuple(map(in_latin, value))
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(
            value, **{one.name: in_latin(getattr(value, one.name)) for one in fields(value)}
        )
    return cast("T", found)


def verdicts(letter: str, count: int) -> tuple[ItemVerdict, ...]:
    """A verdict of every sort, with every reason, state, place of a quote, way and recheck."""
    codes = list(REASONS)
    told = [
        replace(passing("O1"), placements=tuple(placements())),
        replace(missing("O2"), reasons=tuple(codes[:18]), recheck=recheck(Verdict.FAIL, True)),
        excused("O3"),
        outdated("O4"),
        unreachable("O5"),
        in_review("O6"),
        replace(in_review("O7"), reasons=tuple(codes[18:36]), question="", placements=()),
        ItemVerdict("O8", Verdict.FAIL, reasons=("no_url",), urls=(f"{SITE}/gone",)),
        ItemVerdict("O9", Verdict.FAIL, Kind.PARTIAL, ("not_found",), urls=(f"{SITE}/gone",)),
        replace(missing("O10"), recheck=recheck(Verdict.ERROR, False)),
        replace(missing("O11"), elements=tuple(seen("O11"))),
        excused("O12", Verdict.NOT_APPLICABLE),
        replace(unreachable("O13", "unheard_of"), recheck=recheck(Verdict.REVIEW, False)),
        replace(unreachable("O14", ""), reasons=()),
        replace(outdated("O15"), recheck=recheck(Verdict.FAIL, False)),
        ItemVerdict("O16", Verdict.FAIL, Kind.MATCH, ("outdated",), urls=(f"{SITE}/old",)),
    ]
    last = len(told) + 1
    told += [unreachable(f"O{last + n}", code) for n, code in enumerate(ASK)]
    renamed = (replace(one, item=one.item.replace("O", letter)) for one in told)
    kept = [_of_letter(one, letter) for one in renamed]
    return in_latin(tuple(kept[:count]))


def _of_letter(verdict: ItemVerdict, letter: str) -> ItemVerdict:
    renamed = (replace(one, id=one.id.replace("O", letter)) for one in verdict.elements)
    return replace(verdict, elements=tuple(renamed))


def seen(item: str) -> Iterator[Any]:
    """An element of each state, quoted from every place, source and strength of wording."""
    quotes: list[Quote] = [replace(quote("x"), region=one) for one in Region]
    quotes += [replace(quote("x", page=None), source=one) for one in TextSource]
    quotes += [replace(quote("x"), tier=one) for one in Tier]
    for number, state in enumerate(ElementState, 1):
        yield element(f"{item}.{number}", state, "", "weak_wording", quotes)
    yield replace(element(f"{item}.5", ElementState.UNSURE), required=False)


def recheck(second: Verdict, confirmed: bool) -> Recheck:
    """A second fetch an hour after the first."""
    again = CHECKED + timedelta(hours=1)
    return Recheck(Verdict.PASS, Verdict.FAIL, second, CHECKED, again, confirmed)


def placements() -> Iterator[Placement]:
    """Every way to come to a page, and every name it may have."""
    click = Step(SITE, text="Plans")
    linked: dict[str, Any] = {"reach": Reach.LINKED, "direct": True, "own_site": True}
    yield Placement(f"{SITE}/1", **linked)
    yield Placement(f"{SITE}/2", path=(click,), named=True, wording="Plans", **linked)
    yield Placement(f"{SITE}/3", path=(Step(SITE),), named=True, wording="Heading", **linked)
    yield Placement(f"{SITE}/4", path=(click,), named=False, wording="Click", **linked)
    yield Placement(f"{SITE}/5", path=(click,), named=False, **linked)
    yield Placement(f"{SITE}/6", False, Reach.NOT_ON_MAIN_SITE, own_site=False, pages_read=9)
    yield Placement(f"{SITE}/7", None, Reach.UNKNOWN)
    yield Placement(f"{SITE}/8", None, Reach.UNKNOWN, pages_read=1)


def waivers(checklist: str, letter: str) -> list[Waiver]:
    """A decision of every kind and standing."""

    def made(number: int, kind: WaiverKind, **rest: Any) -> Waiver:
        return Waiver(
            UNIT.id, checklist, f"{letter}{number}", kind, "An officer", "A reason",
            CHECKED - timedelta(days=60), **rest,
        )  # fmt: skip

    accepted, wrong = WaiverKind.ACCEPTED, WaiverKind.WRONGLY_JUDGED
    return [
        made(1, accepted),
        made(2, accepted, until=date(2023, 9, 30)),
        made(4, wrong, until=date(2023, 3, 31)),
        made(6, accepted, evidence=(EvidenceMark(f"{SITE}/plan.pdf", "old"),)),
        made(9, WaiverKind.NOT_APPLICABLE),
        made(10, wrong, ended_at=CHECKED, ended_by="A chief", ended_why="It was mended"),
    ]


def result(key: str, count: int, as_of: date = AS_OF) -> UnitResult:
    """What a scan found for the unit: documents from everywhere, addresses skipped for all causes."""
    letter = "M" if key.startswith("moi") else "O"
    codes = [*SKIPS, *REASONS, "unheard_of"]
    skipped = tuple(Skipped(f"{SITE}/{code}", code) for code in codes)
    coverage = Coverage(
        found=99, fetched=30, rendered=1, bytes=1_000, seconds=3725, skipped=skipped
    )
    looked = [LookedAt(f"{SITE}/{one}", f"{SITE}/{one}", origin=one) for one in Origin]
    looked += [LookedAt(f"{SITE}/p{code}", f"{SITE}/p{code}", 500, code) for code in codes]
    plan = LookedAt(f"{SITE}/plan.pdf", f"{SITE}/plan.pdf", content_sha256="new")
    made = result_of(verdicts(letter, count), as_of=as_of, coverage=coverage)
    return in_latin(replace(made, documents=(*looked, plan)))


@cache
def english(key: str) -> Checklist:
    """A shipped checklist in English."""
    return translated(load(key))


def report(key: str = "oit-2566", as_of: date = AS_OF) -> GapReport:
    """A unit's report in English with everything that a report may hold."""
    checklist = english(key)
    letter = checklist.items[0].id[0]
    now = result(key, len(checklist.items), as_of)
    before = replace(
        result_of([replace(one, item=one.item) for one in _before(letter)], scan_id=3),
        unit=now.unit,
        checked_at=CHECKED - timedelta(days=31),
    )
    with speaking(Language.EN):
        made = build_report(checklist, now, before, waivers=waivers(key, letter))
        places = [
            PageToShow(f"{letter}7", f"{SITE}/scan.pdf", page=2),
            PageToShow(f"{letter}7", SITE),
        ]
        return with_pictures(made, [Picture(place, PNG) for place in places])


def _before(letter: str) -> Sequence[ItemVerdict]:
    better = [passing(f"{letter}{number}") for number in range(2, 9)]
    return [missing(f"{letter}1"), *better, excused(f"{letter}13"), unreachable(f"{letter}15")]


def narrow_report(verdict: Verdict | None, key: str = "oit-2566") -> GapReport:
    """A report on a unit of which every item got `verdict`, or of which none was asked for."""
    checklist = english(key)
    sorts = {
        Verdict.PASS: passing,
        Verdict.ERROR: unreachable,
        Verdict.FAIL: missing,
    }
    found = [sorts[verdict](item.id) for item in checklist.items] if verdict else []
    unit = replace(UNIT, id=f"unit-{verdict}", name=f"Unit {verdict}")
    with speaking(Language.EN):
        return build_report(checklist, in_latin(result_of(found, unit)))


def points() -> list[TrendPoint]:
    """Three scans, one of them incomplete, one of another checklist, the last being this one."""

    def point(scan: int, *, current: bool) -> TrendPoint:
        day = datetime(2023, scan, 5, tzinfo=UTC).date()
        return TrendPoint(
            scan_id=scan, day=day, day_th=day_text(day), as_of=AS_OF, finished=scan != 2,
            current=current, same_criteria=scan != 1, units=4, shared=4, compared=3, certain=10.0,
            possible=12.0, now_certain=20.0, now_possible=22.0, passed=1, failed=2, review=3,
            error=4, excluded=5, unchecked=6,
        )  # fmt: skip

    with speaking(Language.EN):
        return [point(1, current=False), point(2, current=False), point(3, current=True)]
