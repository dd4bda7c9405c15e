"""The judge's bench: documents that are always the same, terms of every probe, figures that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.benchmarks import marks, write_into
from bench.judge.generator import documents, text_bytes
from bench.judge.measure import measure, slope
from bench.judge.report import NAME, Run, section
from bench.judge.terms import all_forms, terms_of
from bench.judge.wording import sentences
from checklist.evidence import TextSource
from checklist.loader import load_year
from checklist.thai import contains, match_form

if TYPE_CHECKING:
    from pathlib import Path

    from checklist.schema import Checklist


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load_year(2566)


def test_documents_are_the_same_every_time_and_differ_from_each_other(checklist: Checklist) -> None:
    made = list(documents(checklist, 12, 4_000))
    assert made == list(documents(checklist, 12, 4_000))
    assert len({"".join(p.text for p in document.passages) for document in made}) == len(made)
    assert {document.source for document in made} == {TextSource.HTML, TextSource.PDF}


def test_documents_have_about_the_wanted_length(checklist: Checklist) -> None:
    sizes = [text_bytes(document) for document in documents(checklist, 20, 20_000)]
    assert min(sizes) > 18_000
    assert max(sizes) < 28_000


def test_every_item_has_documents_of_its_kind(checklist: Checklist) -> None:
    titles = [document.title for document in documents(checklist, 215, 500)]
    unnamed = [
        item.id
        for item in checklist.items
        if not any(title.startswith(item.find) for title in titles)
    ]
    assert unnamed == []


def test_terms_are_those_of_every_sort_of_probe(checklist: Checklist) -> None:
    for item in checklist.items:
        wanted = {term for group in item.about.all_of for term in group}
        assert wanted <= set(terms_of(item))
    forms = all_forms(checklist)
    assert len(forms) > 1000
    assert "" not in forms


def test_sentences_are_written_as_thai_is() -> None:
    assert len(set(sentences())) == len(sentences())
    assert all(contains(match_form(text), text) for text in sentences() if "{" not in text)


def test_slope_of_a_line() -> None:
    assert slope([(0, 1), (1, 3), (2, 5)]) == pytest.approx(2)


def test_a_small_run_fills_the_section_and_leaves_the_others(
    checklist: Checklist, tmp_path: Path
) -> None:
    measured = measure(checklist, count=10, size=1_000, rounds=1)
    text = section(Run(measured, 2, "3.11", 1.0))
    assert measured.judged.bytes >= 10_000
    assert len(measured.hot) == 3
    path = tmp_path / "benchmarks.md"
    start, end = marks("bench-read")
    path.write_text(f"# หัวเรื่อง\n\n{start}\nการอ่าน\n{end}\n", encoding="utf-8")
    for _ in range(2):
        write_into(path, NAME, text)
    assert path.read_text(encoding="utf-8") == f"# หัวเรื่อง\n\n{start}\nการอ่าน\n{end}\n\n{text}"
