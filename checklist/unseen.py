"""What passes by words that no visitor sees is asked of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.verdict import Verdict

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.verdict import ItemVerdict


def as_seen(documents: Sequence[Document]) -> list[Document] | None:
    """The documents without what their visitors do not see; `None` where they see all of it.

    A page whose second reading failed is a failed one here.
    """
    if all(document.seen is None for document in documents):
        return None
    return [_as_seen(document) for document in documents]


def _as_seen(document: Document) -> Document:
    if document.seen is None:
        return document
    fetch = document.fetch if document.seen.readable else document.seen.fetch
    return replace(document.seen, fetch=fetch, trail=document.trail, read_on=document.read_on)


def held_to_what_is_seen(
    verdict: ItemVerdict,
    documents: Sequence[Document],
    judged: Callable[[Sequence[Document]], ItemVerdict],
) -> ItemVerdict:
    """The verdict, or a question to a person where it passes by hidden words alone.

    `judged` judges documents for the same item.
    """
    if verdict.verdict is not Verdict.PASS or (seen := as_seen(documents)) is None:
        return verdict
    if judged(seen).verdict is Verdict.PASS:
        return verdict
    pages = [document.fetch.final_url for document in documents if document.seen is not None]
    question = (
        f"ข้อความที่ทำให้ข้อนี้ผ่านอยู่ในโค้ดของหน้า {', '.join(pages[:2])} แต่สไตล์ชีต (CSS) หรือสคริปต์ของหน้าซ่อนไว้ "
        "โปรดเปิดหน้าดูด้วยตาว่าผู้เข้าชมเห็นข้อความนั้นหรือไม่"
    )
    return replace(verdict, verdict=Verdict.REVIEW, reasons=("hidden_by_style",), question=question)
