"""A unit's gap report as one self-contained HTML file, for the screen and for A4 paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from results.first_steps import dearest, nothing_there
from results.formats.page import templates

if TYPE_CHECKING:
    from results.parts import ReasonText
    from results.report import GapReport, ItemFinding

_DOCUMENTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why items could not be checked, and all the items it stopped."""

    reason: ReasonText | None
    findings: tuple[ItemFinding, ...]

    @property
    def points(self) -> float:
        """Points of 100 that hang on these items."""
        return sum(finding.points for finding in self.findings)


def unit_html(report: GapReport) -> str:
    """The report as a page that needs no other file, no network and no script."""
    bare = [finding for finding in report.fails if nothing_there(finding)]
    return (
        templates()
        .get_template("unit.html.j2")
        .render(
            report=report,
            first=dearest(report.fails or report.reviews),
            carded=[finding for finding in report.fails if finding not in bare],
            bare=bare,
            bare_reasons=tuple(dict.fromkeys(finding.reasons[0] for finding in bare)),
            causes=causes(report.errors),
            documents=report.documents[:_DOCUMENTS_SHOWN],
            documents_left_out=max(0, len(report.documents) - _DOCUMENTS_SHOWN),
        )
    )


def causes(errors: tuple[ItemFinding, ...]) -> tuple[Cause, ...]:
    """The items that could not be checked, by their first reason, most points first."""
    by_code: dict[str, list[ItemFinding]] = {}
    for finding in errors:
        code = finding.reasons[0].code if finding.reasons else ""
        by_code.setdefault(code, []).append(finding)
    found = [
        Cause(items[0].reasons[0] if code else None, tuple(items))
        for code, items in by_code.items()
    ]
    return tuple(sorted(found, key=lambda cause: -cause.points))
