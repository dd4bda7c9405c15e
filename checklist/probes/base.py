"""What every probe is: a small model from the checklist that looks at documents and answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from checklist.verdict import ElementState, Quote

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.fiscal import FiscalYear
    from checklist.profile import UnitProfile


@dataclass(frozen=True, slots=True)
class Context:
    """What a probe must know beside the documents: the checklist's year, the day, the unit."""

    fiscal_year: FiscalYear
    as_of: date
    unit: UnitProfile | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A probe's answer. `detail` says in Thai what is missing or what was seen."""

    state: ElementState
    quotes: tuple[Quote, ...] = ()
    reason: str | None = None
    detail: str = ""

    @property
    def present(self) -> bool:
        """True when the element was found."""
        return self.state is ElementState.PRESENT


def present(*quotes: Quote, detail: str = "") -> Finding:
    """The element stands there; at least one quote proves it."""
    return Finding(ElementState.PRESENT, quotes, detail=detail)


def absent(detail: str, *quotes: Quote, reason: str = "element_missing") -> Finding:
    """The element was looked for in readable documents and is not there."""
    return Finding(ElementState.ABSENT, quotes, reason, detail)


def unsure(detail: str, *quotes: Quote, reason: str = "weak_wording") -> Finding:
    """Something was seen that only a person can decide."""
    return Finding(ElementState.UNSURE, quotes, reason, detail)


class Probe(BaseModel, ABC):
    """A rule of the checklist; subclasses fix `kind` and their own keys (unknown keys refused)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @abstractmethod
    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Answer whether the element stands in `documents` (all readable, never empty)."""
