"""Probes joined: any of them, all of them, one unless another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from checklist.probes.base import Context, Finding, Probe, absent
from checklist.verdict import ElementState

if TYPE_CHECKING:
    from checklist.evidence import Document

    # The union is built from these classes; it is given to them when all are known.
    from checklist.probes import AnyProbe  # noqa: TC004

_BEST_FIRST = (
    ElementState.PRESENT,
    ElementState.UNSURE,
    ElementState.OUTDATED,
    ElementState.ABSENT,
)


class EitherProbe(Probe):
    """Any one of `probes`."""

    kind: Literal["any"]
    probes: Annotated[tuple[AnyProbe, ...], Field(min_length=2)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """The best answer of the probes; the first probe's words when none is found."""
        findings = [probe.look(documents, context) for probe in self.probes]
        return min(findings, key=lambda finding: _BEST_FIRST.index(finding.state))


class AllProbe(Probe):
    """Every one of `probes`."""

    kind: Literal["all"]
    probes: Annotated[tuple[AnyProbe, ...], Field(min_length=2)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """The worst answer of the probes, with the quotes and the details of all."""
        findings = [probe.look(documents, context) for probe in self.probes]
        worst = max(findings, key=lambda finding: _BEST_FIRST.index(finding.state))
        quotes = tuple(dict.fromkeys(quote for finding in findings for quote in finding.quotes))
        details = [f.detail for f in findings if f.detail and not f.present]
        return Finding(worst.state, quotes, worst.reason, "; ".join(dict.fromkeys(details)))


class UnlessProbe(Probe):
    """`probe`, unless `forbidden` is present; then `reason` says why it does not count."""

    kind: Literal["unless"]
    probe: AnyProbe
    forbidden: AnyProbe
    reason: str = "element_missing"

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer of `probe`, or absent with `reason` when the forbidden thing stands there."""
        obstacle = self.forbidden.look(documents, context)
        if obstacle.present:
            return absent("พบสิ่งที่ทำให้ไม่นับเป็นหลักฐาน", *obstacle.quotes, reason=self.reason)
        return self.probe.look(documents, context)
