"""Verdicts of the scan before, taken over where nothing that they rest on has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checklist.judge import judge
from checklist.probes.base import WatchedContext
from checklist.verdict import ItemVerdict, Quote, Verdict
from crawler.tally import Counted, Tally
from sweep.basis import Basis, Digests, Grounds, shared_digest

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.probes.base import Context
    from checklist.schema import Item


@dataclass(frozen=True, slots=True)
class Before:
    """An item's verdict in an earlier scan and what it rested on."""

    verdict: ItemVerdict
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Decision:
    """What an item's documents come to; `whole` is missing where only the answer is known."""

    answer: Verdict
    basis: Basis
    whole: ItemVerdict | None
    judged: bool


class Deciding:
    """Decides the items of one unit: by the verdict before where it holds, else by judging."""

    def __init__(self, context: Context, before: Mapping[str, Before]) -> None:
        """Judge with `context`; `before` are the verdicts that may be taken over, by item."""
        self._context = context
        self._before = before
        self._digests = Digests(shared_digest(context))

    def first(self, item: Item, documents: Sequence[Document]) -> Decision:
        """The look before scans are read."""
        before = self._before.get(item.id)
        grounds = before.grounds if before is not None else None
        if before is not None and grounds is not None:
            if grounds.first is None:
                if (taken := self._taken(before, item, documents)) is not None:
                    return taken
            elif grounds.answer is not None:
                basis = self._still(grounds.first, item, documents)
                if basis is not None and basis.exact == grounds.first.exact:
                    return Decision(grounds.answer, basis, None, judged=False)
        return self._judged(item, documents)

    def again(self, item: Item, documents: Sequence[Document]) -> Decision:
        """The look at documents whose scans were read."""
        before = self._before.get(item.id)
        if before is not None and before.grounds.first is not None:
            taken = self._taken(before, item, documents)
            if taken is not None:
                return taken
        return self._judged(item, documents)

    def whole(self, item: Item, documents: Sequence[Document], decision: Decision) -> Decision:
        """The decision with its verdict: judged where only the answer was known."""
        return decision if decision.whole is not None else self._judged(item, documents)

    def _judged(self, item: Item, documents: Sequence[Document]) -> Decision:
        watched = WatchedContext(self._context)
        verdict = judge(item, documents, watched)
        alike, month = self._digests.alike(item, documents)
        exact = self._digests.exact(item, documents)
        basis = Basis(exact, alike, month, watched.since, watched.until)
        return Decision(verdict.verdict, basis, verdict, judged=True)

    def _taken(self, before: Before, item: Item, documents: Sequence[Document]) -> Decision | None:
        basis = self._still(before.grounds.basis, item, documents)
        if basis is None:
            return None
        same = basis.exact == before.grounds.basis.exact
        verdict = brought_up_to_date(before.verdict, documents, same_text=same)
        if verdict is None:
            return None
        return Decision(verdict.verdict, basis, verdict, judged=False)

    def _still(self, basis: Basis, item: Item, documents: Sequence[Document]) -> Basis | None:
        """The basis as it is now, where it comes to the same; `None` where it does not."""
        if not basis.holds_on(self._context.as_of):
            return None
        exact = self._digests.exact(item, documents)
        if exact == basis.exact:
            return basis
        if self._digests.alike(item, documents) != (basis.alike, basis.month):
            return None
        return replace(basis, exact=exact)


def brought_up_to_date(
    verdict: ItemVerdict, documents: Sequence[Document], *, same_text: bool
) -> ItemVerdict | None:
    """The verdict with its quotes as of now; `None` when one of them no longer stands anywhere.

    With `same_text` the documents are known to say the same to the letter.
    """
    elements = []
    for element in verdict.elements:
        quotes = [_now(quote, documents, same_text=same_text) for quote in element.quotes]
        if any(quote is None for quote in quotes):
            return None
        elements.append(replace(element, quotes=tuple(q for q in quotes if q is not None)))
    return replace(verdict, elements=tuple(elements), placements=(), recheck=None)


def _now(quote: Quote, documents: Sequence[Document], *, same_text: bool) -> Quote | None:
    for document in documents:
        fetch = document.fetch
        here = (fetch.url, fetch.final_url) == (quote.url, quote.final_url)
        if here and (same_text or any(quote.text in text for text in _texts(document))):
            return replace(
                quote, status=fetch.status, sha256=fetch.sha256, fetched_at=fetch.fetched_at
            )
    return None


def _texts(document: Document) -> Iterator[str]:
    yield document.title
    yield from (passage.text for passage in document.passages)
    for link in document.links:
        yield from (link.text, link.context, link.url)
    yield from (image.alt for image in document.images)
    yield from (form.text for form in document.forms)
    for embed in document.embeds:
        yield from (embed.title, embed.url)


def grounds_of(first: Decision, last: Decision) -> Grounds | None:
    """What to store beside a verdict; `None` for one that may not be taken over."""
    if last.answer is Verdict.ERROR:
        return None
    if last is first:
        return Grounds(last.basis)
    return Grounds(last.basis, first.basis, first.answer)


def tally_of(decisions: Iterable[Decision]) -> Tally:
    """How many items were judged, and how many verdicts taken over."""
    return Counter(
        Counted.JUDGED if decision.judged else Counted.JUDGED_BEFORE for decision in decisions
    )
