"""The texts of elements in a report: those of the verdict's day in Thai, the checklist's in English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from results.gap import build_report
from results.speech import Language, speaking
from tests.results.samples import missing, passing, result_of, small_checklist

STORED = "มีข้อมูลตามที่กำหนด"


def in_english() -> dict[str, str]:
    return {f"O{number}": f"Element of item {number}" for number in range(1, 7)}


@pytest.mark.parametrize(
    ("language", "expected"),
    [(Language.TH, STORED), (Language.EN, "Element of item 2")],
)
def test_elements_speak_the_reports_language(language: Language, expected: str) -> None:
    checklist = small_checklist()
    checklist = checklist.model_copy(
        update={
            "items": tuple(
                item.model_copy(
                    update={
                        "elements": tuple(
                            one.model_copy(update={"text": in_english()[item.id]})
                            for one in item.elements
                        )
                    }
                )
                for item in checklist.items
            )
        }
    )
    with speaking(language):
        report = build_report(checklist, result_of([passing("O1"), missing("O2", "")]))
    assert report.fails[0].elements[0].text == expected
    assert expected in report.fails[0].summary


def test_an_element_that_the_checklist_no_longer_has_keeps_its_text() -> None:
    checklist = small_checklist()
    gone = missing("O2").elements[0]
    verdict = missing("O2")
    verdict = replace(verdict, elements=(replace(gone, id="O2.9"),))
    with speaking(Language.EN):
        report = build_report(checklist, result_of([verdict]))
    assert report.fails[0].elements[0].text == STORED
