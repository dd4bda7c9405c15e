"""What every probe is: a small model from the checklist that looks at documents and answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict

from checklist.verdict import ElementState, Quote

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.fiscal import FiscalYear
    from checklist.profile import UnitProfile
    from checklist.reading import Reading


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Context:
    """What a probe must know beside the documents: the checklist's year, the day, the unit.

    `names` are the titles of all items, `texts` what the checklist says of their elements.
    """

    fiscal_year: FiscalYear
    as_of: date
    unit: UnitProfile | None = None
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def reached(self, day: date) -> bool:
        """True from `day` on: what ends then is over."""
        return self.as_of >= day

    def once(self, reading: Reading, key: Hashable, find: Callable[[Context], Found]) -> Found:
        """What `find` gives for this context's day, worked out once for the document and `key`."""
        return reading.once((key, self.as_of), lambda: find(self))


class WatchedContext(Context):
    """A context that notes which days its answers hold for: from `since` on, before `until`.

    `None` is no bound. Both narrow with every question about the day.
    """

    def __init__(self, of: Context) -> None:
        """Watch what is asked of `of`."""
        own = (of.fiscal_year, of.unit, of.names, of.texts, of.as_of, None, None)
        names = ("fiscal_year", "unit", "names", "texts", "_day", "since", "until")
        for name, value in zip(names, own, strict=True):
            object.__setattr__(self, name, value)

    since: date | None
    until: date | None
    _day: date
    # As a key it stands for itself: what one item found out must not hide a question of another.
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    @property
    def as_of(self) -> date:
        """The day itself: what is made of it holds for no other."""
        self.narrow(self._day, self._day + timedelta(days=1))
        return self._day

    def reached(self, day: date) -> bool:
        """True from `day` on; the answer holds on that side of it."""
        if self._day >= day:
            self.narrow(day, None)
            return True
        self.narrow(None, day)
        return False

    def once(self, reading: Reading, key: Hashable, find: Callable[[Context], Found]) -> Found:
        """What `find` gives, with the days it holds for kept beside it."""

        def watched() -> tuple[Found, date | None, date | None]:
            inner = WatchedContext(self._plain())
            return find(inner), inner.since, inner.until

        found, since, until = reading.once((WatchedContext, key, self._day), watched)
        self.narrow(since, until)
        return found

    def narrow(self, since: date | None, until: date | None) -> None:
        """Note that an answer holds only within these bounds."""
        if since is not None and (self.since is None or since > self.since):
            object.__setattr__(self, "since", since)
        if until is not None and (self.until is None or until < self.until):
            object.__setattr__(self, "until", until)

    def _plain(self) -> Context:
        return Context(self.fiscal_year, self._day, self.unit, self.names, self.texts)


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
