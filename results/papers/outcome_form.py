"""The form on which the offices report what they did of the measures, as DOCX.

Filled in and published it is the paper that OIT item O43 asks for. Until then every result says
that nothing was done yet: rows with an empty result could be taken for deeds, by a reader or by
the judge, because the steps themselves name deeds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from results.papers import analysis_wording as say
from results.papers.analysis_page import LYING, RULED, begin, finished, heading, number_at_head
from results.papers.numerals import numerals
from results.speech import _
from results.word.tables import add_row, begin_table, keep_whole
from results.word.text import CENTRE, add
from results.wording import tidy

if TYPE_CHECKING:
    from results.papers.analysis import Analysis

NOT_DONE = "ยังไม่ได้ดำเนินการ"
"""What stands as each result until the office writes what it did."""
_WIDTHS = (12, 64, 42, 66, 32, 41)
"""In mm."""


def outcome_form(analysis: Analysis, agency: str, made: date) -> bytes:
    """The form as the bytes of a DOCX file: a row a step of each measure, results left open.

    `made` is its date (C.E.). Steps that several questions share stand once.
    """
    title = numerals(
        _(
            "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n"
            "ประจำปีงบประมาณ พ.ศ. {year}",
            year=analysis.action_year,
        )
    )
    paper = begin(title, made, LYING, landscape=True)
    number_at_head(paper.sections[0])
    heading(paper, title, 0)
    add(paper, tidy(agency) or _(say.AGENCY), align=CENTRE)
    head = [
        _("ที่"),
        _("มาตรการ"),
        _("ผู้รับผิดชอบ"),
        _("ผลการดำเนินการ"),
        _("วันที่ดำเนินการ"),
        _("หลักฐาน"),
    ]
    rows = begin_table(paper, head, _WIDTHS, RULED)
    for number, (step, owner) in enumerate(_steps(analysis), start=1):
        texts = [numerals(str(number)), numerals(step), numerals(owner), _(NOT_DONE), "", ""]
        keep_whole(add_row(rows, texts, [CENTRE])[0])
    return finished(paper)


def _steps(analysis: Analysis) -> list[tuple[str, str]]:
    told = (
        (step, row.owner) for group in analysis.plan for row in group.rows for step in row.steps
    )
    return list(dict.fromkeys(told))
