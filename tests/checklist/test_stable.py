"""The same bytes give the same verdict: in any order, any process, whatever was judged before."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.document_order import in_order
from checklist.judge import judge
from checklist.loader import load_year
from checklist.probes.base import Context
from checklist.profile import UnitProfile
from checklist.reading import Reading
from tests.checklist.pages import CONTEXT, UNIT, page, text, unread
from tests.checklist.test_cases import all_cases, documents_of

if TYPE_CHECKING:
    from checklist.evidence import Document
    from checklist.schema import Checklist

ROOT = Path(__file__).parents[2]
YEAR = 2566
SITE = "https://www.bansuanmali.go.th"
REPORT = "รายงานผลการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2566 รอบ 6 เดือน"
ROWS = """
<table><tr><th>โครงการ</th><th>งบประมาณ</th><th>ใช้จ่าย</th><th>ความก้าวหน้า</th></tr>
<tr><td>โครงการซ่อมถนน</td><td>100,000</td><td>60,000</td><td>ร้อยละ 60</td></tr></table>
"""


@cache
def checklist() -> Checklist:
    return load_year(YEAR)


@cache
def context() -> Context:
    names = tuple(item.title for item in checklist().items)
    return Context(CONTEXT.fiscal_year, CONTEXT.as_of, UNIT, names)


@cache
def twins() -> tuple[Document, ...]:
    """Documents that answer O12 equally well, others that nearly do, and some that cannot."""
    head = f"<h1>{REPORT} {UNIT.name}</h1>"
    return (
        page(head + ROWS, title=REPORT, url=f"{SITE}/b"),
        page(head + ROWS, title=REPORT, url=f"{SITE}/a"),
        page(head + ROWS + "<p>กองช่าง</p>", title=REPORT, url=f"{SITE}/a"),
        page(head + ROWS, title=REPORT, url=f"{SITE}/c", link_text=REPORT),
        page(head + "<p>จะรายงานให้ทราบต่อไป</p>", title=REPORT, url=f"{SITE}/d"),
        page(f'{head}<a href="/x">{REPORT}</a> <a href="/y">{REPORT} ฉบับเต็ม</a>', url=f"{SITE}/e"),
        text(f"{REPORT}\nโครงการ งบประมาณ ใช้จ่าย\nซ่อมถนน 100,000 60,000", link_text=REPORT),
        text("รายงานการประชุมสภา สมัยสามัญ ประจำปี 2565\nเรื่องอื่น", file_name="minutes.txt"),
        unread("timeout"),
        unread("image_only"),
    )


@cache
def shipped(share: int = 3) -> tuple[Document, ...]:
    """The documents of every `share`-th case kept beside the tests, read at no particular time."""
    cases = [case for case in all_cases() if case.key == f"oit-{YEAR}"][::share]
    return tuple(
        replace(document, fetch=replace(document.fetch, fetched_at=None))
        for case in cases
        for document in documents_of(case)
    )


def verdicts(documents: tuple[Document, ...] | list[Document]) -> list[str]:
    """What the judge says of the documents for every item, to the last quote."""
    return [repr(judge(item, documents, context())) for item in checklist().items]


def fresh(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Equal documents that the judge has never seen."""
    copies: tuple[Document, ...] = pickle.loads(pickle.dumps(documents))
    return copies


def digest() -> str:
    """One number for every verdict on all documents here, alone and together."""
    found = [said for document in shipped(7) for said in verdicts([document])]
    return hashlib.sha256("\n".join(found + verdicts(twins())).encode()).hexdigest()


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(10)), size=st.integers(2, 10))
def test_the_order_of_documents_changes_nothing(order: list[int], size: int) -> None:
    chosen = order[:size]
    documents = twins()
    item = checklist().item("O12")
    shuffled = judge(item, [documents[i] for i in chosen], context())
    assert shuffled == judge(item, [documents[i] for i in sorted(chosen)], context())


@settings(max_examples=6, deadline=None)
@given(st.integers())
def test_the_order_of_documents_changes_no_item(seed: int) -> None:
    chance = random.Random(seed)
    some = chance.sample(shipped(), 4)
    first = verdicts(some)
    chance.shuffle(some)
    assert verdicts(some) == first


def test_the_units_own_addresses_come_first() -> None:
    ordered = in_order(twins()[::-1])
    assert [d.trail.origin.value for d in ordered] == ["given"] * 8 + ["followed"] * 2
    assert [d.fetch.final_url.removeprefix(SITE) for d in ordered] == [
        "/a", "/a", "/b", "/d", "/e", "/files/minutes.txt", "/lost", "/lost",
        "/c", "/files/doc.txt",
    ]  # fmt: skip


@settings(max_examples=6, deadline=None)
@given(st.integers())
def test_judging_again_changes_nothing(seed: int) -> None:
    some = tuple(random.Random(seed).sample(shipped(), 2))
    first = verdicts(some)
    assert verdicts(some) == first
    assert verdicts(fresh(some)) == first


@settings(max_examples=4, deadline=None)
@given(st.integers())
def test_what_was_judged_before_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    document, *others = fresh(tuple(chance.sample(shipped(), 4)))
    first = verdicts([document])
    for other in others:
        verdicts([other])
    assert verdicts([document]) == first
    assert verdicts(list(fresh((document,)))) == first


def test_another_unit_and_another_year_in_between_change_nothing() -> None:
    documents = twins()
    first = verdicts(documents)
    other = UnitProfile("other", "เทศบาลเมืองธารทอง")
    elsewhere = Context(context().fiscal_year.previous, CONTEXT.as_of, other)
    for item in load_year(YEAR - 1).items:
        judge(item, documents, elsewhere)
    assert verdicts(documents) == first


def test_a_link_text_that_holds_another_is_taken_out_first() -> None:
    links = "".join(
        f'<a href="/{number}">{words}</a> '
        for number, words in enumerate(("รายงาน", "รายงานผล", "รายงานผลการดำเนินงาน ปี 2566", "ผล"))
    )
    reading = Reading(page(f"<div>{links}</div>"))
    assert [line.form for line in reading.evidence] == []


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_fresh_process_says_the_same(seed: str) -> None:
    code = "from tests.checklist.test_stable import digest; print(digest())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == digest()
