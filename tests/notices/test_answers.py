"""What a person answered is no news of the website."""

from __future__ import annotations

from checklist.verdict import Verdict
from notices.episodes import Episode
from notices.news import Reported, good_again_news, item_news
from notices.told import Event, Key, Told
from notices.weekly import weekly_of
from tests.results.sheets import answered_report

REPORT = answered_report()
"""O2 was answered with yes, O3 with no, O4 is still asked."""


def test_the_week_counts_no_answer_as_a_step_of_the_website() -> None:
    asked = {REPORT.unit.id: {f"O{n}": Verdict.REVIEW for n in (2, 3, 4)}}
    week = weekly_of([REPORT], lambda report: report.unit.id, asked, REPORT.as_of)
    assert (week.better, week.worse) == (0, 0)


def test_an_item_that_a_person_let_pass_is_neither_worse_nor_good_again() -> None:
    fell = Episode(7, Verdict.PASS, Verdict.REVIEW)
    unit = Reported(REPORT, "gap.html", {"O2": fell, "O4": fell})
    assert [one.key.item for one in item_news(unit)] == ["O4"]
    key = Key(Event.WORSE, "5", REPORT.checklist, REPORT.unit.id, "O2")
    told = Told("web", key, "1", Verdict.PASS, Verdict.REVIEW)
    assert good_again_news(unit, [told]) == []
