"""Lays the yearly analysis out as DOCX, ready to edit: the paper that OIT item O42 asks for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from results.papers import analysis_wording as say
from results.papers.analysis_chart import scores_chart
from results.papers.analysis_page import (
    LYING,
    UPRIGHT,
    begin,
    finished,
    heading,
    number_at_head,
    paragraph,
)
from results.papers.analysis_tables import (
    open_items_table,
    plan_table,
    question_table,
    score_table,
    weakness_table,
)
from results.papers.numerals import numerals, score_text
from results.speech import _, day_text
from results.word.paper import new_section
from results.word.pictures import add_picture
from results.word.styles import TABLE_TEXT
from results.word.text import CENTRE, Bold, add, add_list
from results.wording import tidy

if TYPE_CHECKING:
    from docx.document import Document

    from results.papers.analysis import Analysis
    from results.papers.open_items import SweepFacts


def analysis_docx(analysis: Analysis, agency: str, made: date, sweep: SweepFacts | None) -> bytes:
    """The paper as the bytes of a DOCX file.

    `made` is its date (C.E.); without `sweep` section 6 says that the websites were not checked.
    """
    paper = begin(say.title(analysis), made, UPRIGHT)
    _title_page(paper, analysis, agency or _(say.AGENCY), made)
    number_at_head(new_section(paper, UPRIGHT))
    _principle(paper, analysis)
    new_section(paper, LYING, landscape=True)
    _scores(paper, analysis, agency or _(say.AGENCY))
    new_section(paper, UPRIGHT)
    _strengths(paper, analysis)
    _weaknesses(paper, analysis)
    new_section(paper, LYING, landscape=True)
    _measures(paper, analysis)
    _open_items(paper, sweep)
    return finished(paper)


def _title_page(paper: Document, analysis: Analysis, agency: str, made: date) -> None:
    for _line in range(5):
        paper.add_paragraph()
    heading(paper, say.title(analysis), 0)
    for text in (say.subtitle(analysis), agency):
        add(paper, Bold(tidy(text)), align=CENTRE)
    add(paper, numerals(_("จัดทำเมื่อ {day}", day=day_text(made))), align=CENTRE)


def _principle(paper: Document, analysis: Analysis) -> None:
    heading(paper, numerals("1. ") + _("หลักการ"), 1)
    for text in say.principle(analysis):
        paragraph(paper, text)
    paragraph(paper, say.overall(analysis))


def _scores(paper: Document, analysis: Analysis, agency: str) -> None:
    first, last = analysis.years[0].year, analysis.newest.year
    span = str(last) if first == last else f"{first} - {last}"
    told = _("ผลการประเมิน ITA ปี {span} ของ{agency}", span=span, agency=tidy(agency))
    heading(paper, numerals(f"2. {told}"), 1)
    score_table(paper, analysis)
    for note in say.notes(analysis):
        add(paper, note, TABLE_TEXT)
    chart = heading(paper, numerals(_("แผนภูมิคะแนนรายตัวชี้วัด ปี {span}", span=span)), 2)
    chart.paragraph_format.page_break_before = True
    words = numerals(_("แผนภูมิแท่งคะแนน 10 ตัวชี้วัด ตัวเลขเดียวกับตารางก่อนหน้า"))
    add_picture(paper, scores_chart(analysis), words, 230, align=CENTRE)


def _strengths(paper: Document, analysis: Analysis) -> None:
    heading(paper, numerals("3. " + _("จุดแข็ง (ตัวชี้วัดที่ได้ 100 คะแนน)")), 1)
    if analysis.strengths:
        add_list(paper, list(map(say.strength, analysis.strengths)))
    else:
        best = max(analysis.lines, key=lambda line: line.score)
        told = _("ไม่มีตัวชี้วัดที่ได้คะแนนเต็ม คะแนนสูงสุดคือ")
        paragraph(paper, f"{numerals(told)} {say.strength(best)}")
    if analysis.risen:
        heading(paper, _("ตัวชี้วัดที่คะแนนเพิ่มขึ้นจากปีก่อน"), 2)
        add_list(paper, list(map(say.risen, analysis.risen)))
    if analysis.fallen:
        heading(paper, _("ตัวชี้วัดที่คะแนนลดลงจากปีก่อน"), 2)
        add_list(paper, list(map(say.risen, analysis.fallen)))


def _weaknesses(paper: Document, analysis: Analysis) -> None:
    limit = score_text(analysis.limit)
    heading(paper, numerals("4. ") + _("การวิเคราะห์ข้อบกพร่องหรือจุดอ่อน"), 1)
    heading(paper, numerals("4.1 ") + _("ข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน"), 2)
    if analysis.weaknesses:
        count = len(analysis.weaknesses)
        told = _("ตัวชี้วัดที่คะแนนต่ำกว่า {limit} คะแนน มี {count} ตัว เรียงจากคะแนนต่ำสุด",
                 limit=limit, count=count)  # fmt: skip
        paragraph(paper, numerals(told))
        weakness_table(paper, analysis)
    else:
        paragraph(paper, numerals(_("ไม่มีตัวชี้วัดที่คะแนนต่ำกว่า {limit} คะแนน", limit=limit)))
    if analysis.weak_questions:
        count = len(analysis.weak_questions)
        told = _("ข้อคำถามที่คะแนนต่ำกว่า {limit} คะแนน มี {count} ข้อ", limit=limit, count=count)
        paragraph(paper, numerals(told))
        question_table(paper, analysis)
    heading(paper, numerals("4.2 ") + _("ประเด็นที่ต้องพัฒนาให้ดีขึ้น"), 2)
    if analysis.to_improve:
        told = _("ตัวชี้วัดที่คะแนนถึง {limit} คะแนนแล้ว แต่ยังไม่เต็ม 100 คะแนน", limit=limit)
        paragraph(paper, numerals(told))
        add_list(paper, list(map(say.strength, analysis.to_improve)))
    paragraph(
        paper,
        _("ตัวชี้วัดที่ได้คะแนนเต็มต้องรักษามาตรฐานไว้ โดยปรับข้อมูลให้ถูกต้องและเป็นปัจจุบันอย่างต่อเนื่อง"),
    )


def _measures(paper: Document, analysis: Analysis) -> None:
    year = analysis.action_year
    told = _("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ปีงบประมาณ พ.ศ. {year}", year=year)
    heading(paper, numerals(f"5. {told}"), 1)
    urgent = [group for group in analysis.plan if group.urgent]
    keep = [group for group in analysis.plan if not group.urgent]
    if urgent:
        told = _("มาตรการแก้ไขข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน")
        heading(paper, numerals(f"5.1 {told}"), 2)
        plan_table(paper, analysis, urgent)
    if keep:
        number = "5.2" if urgent else "5.1"
        heading(paper, numerals(f"{number} ") + _("มาตรการสำหรับประเด็นที่ต้องพัฒนาให้ดีขึ้น"), 2)
        plan_table(paper, analysis, keep)


def _open_items(paper: Document, sweep: SweepFacts | None) -> None:
    heading(paper, numerals("6. ") + _("ข้อ OIT บนเว็บไซต์ที่ยังต้องแก้ไข แยกตามผู้รับผิดชอบ"), 1)
    if sweep is None:
        paragraph(paper, _("ยังไม่มีผลการตรวจเว็บไซต์ของหน่วยงานในระบบ"))
        return
    paragraph(paper, say.sweep_sentence(sweep))
    if sweep.items:
        open_items_table(paper, sweep)
    else:
        paragraph(paper, _("ไม่มีข้อที่ต้องแก้ไขหรือต้องให้เจ้าหน้าที่ตรวจ"))
