"""Where an item's evidence stands: its own address, the clicks that lead to it, their wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.link_words import tells_nothing, without_files
from checklist.reasons import REASONS
from checklist.thai import contains, match_form
from checklist.verdict import Verdict
from checklist.whereabouts import Placement, Reach, Step, Whereabouts

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.schema import Item
    from checklist.verdict import ItemVerdict

_ROW_CHARS = 200
_HEADING_CHARS = 160


def with_placements(item: Item, verdict: ItemVerdict, documents: Sequence[Document]) -> ItemVerdict:
    """`verdict` with the placement of every document that it rests on.

    `documents` are all that were found for the item. A verdict on local files stays as it is, and
    so does one without evidence, for which the front page was looked at in vain.
    """
    if "no_url" in verdict.reasons:
        return verdict
    by_url: dict[str, Document] = {}
    for document in documents:
        if document.trail.whereabouts is not None:
            by_url.setdefault(document.fetch.final_url, document)
    placements = tuple(placement_of(item, by_url[url]) for url in verdict.urls if url in by_url)
    return replace(verdict, placements=placements)


def placement_of(item: Item, document: Document) -> Placement:
    """Where a fetched document stands, judged for the item that it serves."""
    where = document.trail.whereabouts or Whereabouts()
    named, wording = _naming(item, where)
    return Placement(
        url=document.fetch.final_url,
        direct=_opens(document),
        reach=where.reach,
        path=where.path,
        named=named,
        wording=wording,
        own_site=where.own_site,
        pages_read=where.pages_read,
    )


def _opens(document: Document) -> bool | None:
    problem = document.fetch.problem
    known = REASONS[problem].verdict if problem in REASONS else None
    if problem is None or (known is Verdict.REVIEW and document.fetch.status == 200):
        return True
    return False if known is Verdict.FAIL else None


def _naming(item: Item, where: Whereabouts) -> tuple[bool | None, str]:
    """Whether a citizen finds the item by the words on the way, and the words."""
    if where.reach is not Reach.LINKED or not where.path:
        return None, ""
    shown = ""
    # The last link leads to the evidence itself; what leads to its page is as good.
    for step in (*reversed(where.path), *where.links):
        wordings = list(_wordings(step))
        for wording in wordings:
            if names_subject(item, wording):
                return True, wording
        shown = shown or next((w for w in wordings if not tells_nothing(w)), "")
    return False, shown


def _wordings(step: Step) -> Iterator[str]:
    """What a visitor reads where the link stands: its text, its row, the headings above."""
    yield step.text
    if tells_nothing(step.text) and len(step.context) <= _ROW_CHARS:
        yield step.context
    above = [h for h in step.heading_path if len(h) <= _HEADING_CHARS and not tells_nothing(h)]
    if above:
        yield above[-1]
        if step.text:
            # "รายงานผลการดำเนินงาน" above "รอบ 6 เดือน": together they name the item.
            yield f"{above[-1]} {step.text}"


def names_subject(item: Item, wording: str) -> bool:
    """True when `wording` names the item's subject in words that a citizen understands.

    It holds a name of the item as pages write it, or the words that the item's document must be
    called by: of three or more groups of them all but one. File names do not count.
    """
    form = match_form(without_files(wording))
    if any(contains(form, name) for name in (item.title, *item.aliases, *item.find)):
        return True
    groups = item.about.all_of
    if (
        not groups
        or tells_nothing(wording)
        or any(contains(form, term) for term in item.about.none_of)
    ):
        return False
    met = sum(any(contains(form, term) for term in group) for group in groups)
    return met >= (len(groups) - 1 if len(groups) >= 3 else len(groups))
