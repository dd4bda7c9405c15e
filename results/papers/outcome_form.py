"""The form on which the offices report what they did of the measures, as DOCX.

Filled in and published it is the paper that OIT item O43 asks for. Until then every result says
that nothing was done yet: rows with an empty result could be taken for deeds, by a reader or by
the judge, because the steps themselves name deeds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from results.papers import analysis_wording as say
from results.papers.analysis_docx_blocks import (
    CENTRE,
    add_row,
    content_of,
    heading,
    keep_whole,
    new_paper,
    number_pages,
    paragraph,
    table,
)
from results.papers.numerals import numerals
from results.speech import _

if TYPE_CHECKING:
    from results.papers.analysis import Analysis

NOT_DONE = "ยังไม่ได้ดำเนินการ"
"""What stands as each result until the office writes what it did."""
_WIDTHS = (1.2, 6.4, 4.2, 6.6, 3.2, 4.1)


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
    paper = new_paper(title, made, landscape=True)
    number_pages(paper.sections[0])
    heading(paper, title, 0)
    paragraph(paper, agency or _(say.AGENCY), indented=False).alignment = CENTRE
    head = [
        _("ที่"),
        _("มาตรการ"),
        _("ผู้รับผิดชอบ"),
        _("ผลการดำเนินการ"),
        _("วันที่ดำเนินการ"),
        _("หลักฐาน"),
    ]
    rows = table(paper, head, _WIDTHS)
    for number, (step, owner) in enumerate(_steps(analysis), start=1):
        texts = [numerals(str(number)), numerals(step), numerals(owner), _(NOT_DONE), "", ""]
        keep_whole(add_row(rows, texts, [CENTRE])[0])
    return content_of(paper)


def _steps(analysis: Analysis) -> list[tuple[str, str]]:
    told = (
        (step, row.owner) for group in analysis.plan for row in group.rows for step in row.steps
    )
    return list(dict.fromkeys(told))
