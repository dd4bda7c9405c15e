"""A page that repeats the checklist's own sentences beside something real, or instead of it.

Tried: an item's own sentences pasted below a good page; only these sentences, as the front page of
a site that is searched; a checklist whose sentences were reworded between two nights.
Must: the first is asked of a person, never failed for it; the second is not proposed for items of
whole documents, and whoever judges a searched front page knows the sentences; verdicts of the
old sentences are not taken over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sweep.proposing
from checklist.evidence import Coverage
from checklist.judge import judge
from checklist.schema import EvidenceShape
from checklist.verdict import Verdict
from crawler.harvest import UnitHarvest
from sweep.basis import shared_digest
from sweep.judging import context_for
from sweep.proposing import plan_to_search, suggestions_of
from tests.hostile.sites import GOOD_O1
from tests.hostile.text.reading import UNIT, checklist_of, page, read, verdict

if TYPE_CHECKING:
    import pytest

    from checklist.evidence import Document
    from checklist.probes.base import Context
    from checklist.schema import Item
    from checklist.verdict import ItemVerdict

YEAR = checklist_of(2566)
ITEM = YEAR.item("O1")
TEXTS = "".join(f"<p>{element.text}</p>" for element in ITEM.elements)
CONTEXT = context_for(YEAR, YEAR.calendar.closes, UNIT)


def test_a_good_page_with_pasted_sentences_is_asked_of_a_person() -> None:
    assert verdict(ITEM, read(GOOD_O1)).verdict is Verdict.PASS
    found = verdict(ITEM, read(GOOD_O1.replace("</body>", f"{TEXTS}</body>")))
    assert found.verdict is Verdict.REVIEW
    assert found.reasons == ("weak_wording",)
    assert "คัดข้อความขององค์ประกอบ" in found.question


def test_reworded_sentences_are_other_grounds() -> None:
    digest = shared_digest(CONTEXT)
    assert digest == shared_digest(context_for(YEAR, YEAR.calendar.closes, UNIT))
    assert shared_digest(replace(CONTEXT, texts=(*CONTEXT.texts[:-1], "ถ้อยคำใหม่"))) != digest
    assert shared_digest(replace(CONTEXT, texts=())) != digest
    # What is a title must not be taken for a sentence.
    moved = replace(CONTEXT, names=CONTEXT.names[:-1], texts=(CONTEXT.names[-1], *CONTEXT.texts))
    assert shared_digest(moved) != digest


def test_the_judge_of_a_searched_front_page_knows_the_sentences(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known: list[tuple[str, ...]] = []

    def spying(item: Item, documents: Any, context: Context) -> ItemVerdict:
        known.append(context.texts)
        return judge(item, documents, context)

    monkeypatch.setattr(sweep.proposing, "judge", spying)
    searched(page(TEXTS, title=UNIT.name))
    assert set(known) == {CONTEXT.texts}


def test_a_front_page_of_sentences_is_proposed_for_no_document() -> None:
    of_all = "".join(f"<p>{e.text}</p>" for item in YEAR.items for e in item.elements)
    proposed = searched(page(of_all, title=UNIT.name))
    pages = {item.id for item in YEAR.items if item.evidence is EvidenceShape.PAGE}
    assert proposed <= pages


def searched(front: Document) -> set[str]:
    """The items for which something is proposed on a site that has only this front page."""
    plan = plan_to_search(UNIT.main_site, YEAR.items, YEAR)
    harvest = UnitHarvest("discovered", {}, Coverage(), searched=(front,))
    return {one.item for one in suggestions_of(harvest, plan, YEAR).items if one.urls}
