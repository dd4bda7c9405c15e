"""Probes joined: any of them or several, all of them, one unless another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
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
    """Any one of `probes`, or `at_least` so many of them: signs that prove only together."""

    kind: Literal["any"]
    probes: Annotated[tuple[AnyProbe, ...], Field(min_length=2)]
    at_least: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _not_more_than_all(self) -> Self:
        if self.at_least > len(self.probes):
            raise ValueError("at_least asks for more probes than there are")
        return self

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """The best answers of the probes; the first probe's words when none is found."""
        findings = [probe.look(documents, context) for probe in self.probes]
        ranked = sorted(findings, key=lambda finding: _BEST_FIRST.index(finding.state))
        if self.at_least == 1:
            return ranked[0]
        quotes = dict.fromkeys(q for f in ranked if f.present for q in f.quotes)
        deciding = ranked[self.at_least - 1]
        if deciding.present:
            return present(*quotes)
        return Finding(deciding.state, tuple(quotes), deciding.reason, deciding.detail)


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
    """`probe`, unless `forbidden` is present; then `reason` says why it does not count.

    What only casts doubt on the evidence is marked `doubtful`: then a person is asked.
    """

    kind: Literal["unless"]
    probe: AnyProbe
    forbidden: AnyProbe
    reason: str = "element_missing"
    doubtful: bool = False

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer of `probe`; absent with `reason`, or unsure, when the forbidden stands there."""
        obstacle = self.forbidden.look(documents, context)
        if not obstacle.present:
            return self.probe.look(documents, context)
        if not self.doubtful:
            return absent("พบสิ่งที่ทำให้ไม่นับเป็นหลักฐาน", *obstacle.quotes, reason=self.reason)
        found = self.probe.look(documents, context)
        return unsure("พบข้อความที่ทำให้ไม่แน่ใจ", *obstacle.quotes) if found.present else found
