"""Probes joined: any of them, all of them, one unless another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from checklist.evidence import Document
from checklist.probes.base import Context, Finding, Probe, absent

if TYPE_CHECKING:
    from checklist.probes import AnyProbe


class EitherProbe(Probe):
    """Any one of `probes`."""

    kind: Literal["any"]
    probes: Annotated[tuple[AnyProbe, ...], Field(min_length=2)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """The best answer of the probes."""
        return absent("")


class AllProbe(Probe):
    """Every one of `probes`."""

    kind: Literal["all"]
    probes: Annotated[tuple[AnyProbe, ...], Field(min_length=2)]

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """The worst answer of the probes, with the quotes of all."""
        return absent("")


class UnlessProbe(Probe):
    """`probe`, unless `forbidden` is present; then `reason` says why it does not count."""

    kind: Literal["unless"]
    probe: AnyProbe
    forbidden: AnyProbe
    reason: str = "element_missing"

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer of `probe`, or absent with `reason` when the forbidden thing stands there."""
        return absent("")
