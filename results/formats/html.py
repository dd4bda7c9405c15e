"""A unit's gap report as one self-contained HTML file, for the screen and for A4 paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.first_steps import dearest, nothing_there
from results.formats.page import INLINE_BYTES, templates
from results.speech import _, speaking
from results.waivers import Standing

if TYPE_CHECKING:
    from results.report import Change, GapReport

_DOCUMENTS_SHOWN = 200
_PAST = frozenset({Standing.ENDED, Standing.NOT_NEEDED})


@dataclass(frozen=True, slots=True)
class Moved:
    """The changes since the scan before, by what they ask of the reader.

    `excused` changed in standing though both scans could judge them; of the items that only one
    scan could check, `unseen_before` and `unseen_now`, `now_seen` counts what came of the former.
    """

    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    other: tuple[Change, ...]
    excused: tuple[Change, ...]
    unseen_before: tuple[Change, ...]
    unseen_now: tuple[Change, ...]
    now_seen: str


def unit_html(report: GapReport) -> str:
    """The report as a page that needs no other file, no network and no script."""
    return unit_page(report)


def unit_page(report: GapReport, *, paper: bool = False, inline_bytes: int = INLINE_BYTES) -> str:
    """The report's page; for `paper` everything is unfolded and the sheets carry no number.

    Pictures of more than `inline_bytes` are named, not shown. Raises `KeyError` when a cause or
    a list names an item that the report does not have.
    """
    bare = [finding for finding in report.fails if nothing_there(finding)]
    carded = [finding for finding in report.fails if finding not in bare]
    most = max((finding.points for finding in carded), default=0.0)
    template = templates().get_template("unit.html.j2")
    with speaking(report.language):
        return template.render(
            report=report,
            title=page_title(report),
            paper=paper,
            inline_bytes=inline_bytes,
            days_left=report.deadline.brief,
            first=dearest(report.fails or report.reviews),
            moved=moved(report.changes),
            carded=carded,
            bare=bare,
            bare_first=bool(bare) and bare[0].points > most,
            bare_reasons=tuple(dict.fromkeys(finding.reasons[0] for finding in bare)),
            shown={f.item: f for f in report.findings() if f not in report.unchecked},
            history=[one for one in report.waivers if one.standing in _PAST],
            documents=report.documents[:_DOCUMENTS_SHOWN],
            documents_left_out=max(0, len(report.documents) - _DOCUMENTS_SHOWN),
        )


def page_title(report: GapReport) -> str:
    """The document's title: what it is, of which year and of whom."""
    return _(
        "ช่องว่าง {short} {year} {unit}",
        short=report.short,
        year=report.year,
        unit=report.unit.name,
    )


def moved(changes: tuple[Change, ...]) -> Moved:
    """The changes grouped for the reader."""
    other = tuple(change for change in changes if change.direction == "other")
    unseen_before = tuple(change for change in other if change.before == "error")
    unseen_now = tuple(change for change in other if change.after == "error")
    now = Counter(change.after_th for change in unseen_before)
    counted = (_("{verdict} {count} ข้อ", verdict=name, count=count) for name, count in now.items())
    return Moved(
        worse=tuple(change for change in changes if change.direction == "worse"),
        better=tuple(change for change in changes if change.direction == "better"),
        other=other,
        excused=tuple(c for c in other if c not in unseen_before and c not in unseen_now),
        unseen_before=unseen_before,
        unseen_now=unseen_now,
        now_seen=", ".join(counted),
    )
