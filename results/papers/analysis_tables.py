"""The tables of the yearly analysis."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from results.papers import analysis_wording as say
from results.papers.analysis_page import RULED
from results.papers.numerals import numerals, score_text
from results.speech import _
from results.word.tables import Cell, add_row, begin_table, fill, keep_whole, keep_with_next
from results.word.text import CENTRE, LEFT

if TYPE_CHECKING:
    from decimal import Decimal

    from docx.document import Document
    from docx.table import Table

    from results.papers.analysis import (
        Analysis,
        IndicatorLine,
        InstrumentBlock,
        PlanGroup,
        PlanRow,
    )
    from results.papers.open_items import OpenItem, SweepFacts
    from results.word.tables import Cell

_TOTAL_SHADE = "F2F2F2"
_SHOWN_UNITS = 5
_LANDSCAPE_MM = 257.0
_PORTRAIT_MM = 160.0


def score_table(paper: Document, analysis: Analysis) -> None:
    """Indicators and years, each instrument's cells merged, the total with its grade."""
    years = [year.year for year in analysis.years]
    pairs = list(itertools.pairwise(years))
    head = [_("เครื่องมือ"), _("ตัวชี้วัด")]
    head += [numerals(_("ผลคะแนน ปี {year}", year=year)) for year in years]
    head += [_("เปรียบเทียบ ปี {pair}", pair=say.pair(one)) for one in pairs]
    head.append(_("รวมคะแนนเครื่องมือ"))
    left = _LANDSCAPE_MM - 44 - 52 - 50
    each = left / (len(years) + len(pairs))
    widths = [44, 52, *[each] * (len(years) + len(pairs)), 50]
    made = begin_table(paper, head, widths, RULED)
    for block in analysis.blocks:
        _block(made, block, years)
    totals = [
        f"{score_text(total)} {say.level(grade.name)}"
        for total, grade in zip(analysis.totals, analysis.grades, strict=True)
    ]
    changes = [_change(analysis.totals, place) for place in range(len(pairs))]
    cells = add_row(
        made,
        [_("ผลคะแนนรวม"), "", *totals, *changes, ""],
        [CENTRE] * len(head),
        bold=True,
        shade=_TOTAL_SHADE,
    )
    fill(cells[0].merge(cells[1]), _("ผลคะแนนรวม"), CENTRE, bold=True, shade=_TOTAL_SHADE)
    keep_whole(cells[0])


def _block(made: Table, block: InstrumentBlock, years: Sequence[int]) -> None:
    rows = [add_row(made, _score_row(line), [LEFT, LEFT, *[CENTRE] * 6]) for line in block.lines]
    for cells in rows:
        keep_whole(cells[0])
    instrument = block.instrument
    name = f"{_(instrument.title)} ({instrument.id})"
    fill(rows[0][0].merge(rows[-1][0]), name)
    sums = [
        numerals(_("ปี {year} = ", year=year)) + score_text(points)
        for year, points in zip(years, block.points, strict=True)
    ]
    told = numerals(_("รวม {id} ({weight} คะแนน)", id=instrument.id, weight=instrument.weight))
    fill(rows[0][-1].merge(rows[-1][-1]), [told, *sums])


def _score_row(line: IndicatorLine) -> list[Cell]:
    scores: list[Cell] = [score_text(score) for score in line.scores]
    if line.lowest:
        scores[-1] = [score_text(line.score), say.lowest_mark()]
    changes = [_change(line.scores, place) for place in range(len(line.changes))]
    return ["", numerals(f"{line.number}. ") + _(line.title), *scores, *changes, ""]


def _change(scores: Sequence[Decimal], place: int) -> str:
    before, after = scores[place], scores[place + 1]
    return say.difference(after - before, before, after)


def weakness_table(paper: Document, analysis: Analysis) -> None:
    """The indicators below the limit, the lowest first."""
    newest = analysis.newest.year
    head = [_("ลำดับ"), _("ตัวชี้วัด"), numerals(_("คะแนน ปี {year}", year=newest))]
    widths = [18, 82, 32]
    if analysis.changes:
        before = analysis.years[-2].year
        head += [numerals(_("คะแนน ปี {year}", year=before)), _("ผลต่าง")]
        widths = [18, 62, 32, 26, 22]
    made = begin_table(paper, head, widths, RULED)
    for weakness in analysis.weaknesses:
        line = weakness.line
        score = [score_text(line.score), *([say.lowest_mark()] if line.lowest else [])]
        texts: list[Cell] = [numerals(str(weakness.rank)), say.named(line), score]
        if analysis.changes:
            texts += [score_text(line.scores[-2]), _change(line.scores, len(line.changes) - 1)]
        keep_whole(add_row(made, texts, [CENTRE, LEFT, *[CENTRE] * 3], bold=line.lowest)[0])


def question_table(paper: Document, analysis: Analysis) -> None:
    """The questions below the limit, under their indicators."""
    made = begin_table(paper, [_("ข้อคำถาม"), _score_head(analysis)], [_PORTRAIT_MM - 36, 36], RULED)
    for line in analysis.lines:
        mine = [one for one in analysis.weak_questions if one.question.indicator == line.number]
        if mine:
            texts = [say.named(line), score_text(line.score)]
            keep_with_next(add_row(made, texts, [LEFT, CENTRE], bold=True, shade=_TOTAL_SHADE)[0])
        for one in mine:
            texts = [say.question_text(one), say.with_previous(one.question.score, one.previous)]
            keep_whole(add_row(made, texts, [LEFT, CENTRE], bold=one.lowest)[0])


def _score_head(analysis: Analysis) -> str:
    years = analysis.years
    if len(years) == 1:
        return numerals(_("คะแนน ปี {year}", year=years[0].year))
    return _("คะแนน ปี {pair}", pair=say.pair((years[-1].year, years[-2].year)))


def plan_table(paper: Document, analysis: Analysis, groups: Sequence[PlanGroup]) -> None:
    """The measures with owner, follow-up and reporting, a band of its own for each indicator."""
    head = [
        _("ตัวชี้วัด/ประเด็น"),
        _score_head(analysis),
        _("แนวทาง/มาตรการ (ขั้นตอนหรือวิธีปฏิบัติ)"),
        _("หน่วยงานรับผิดชอบ"),
        _("การกำกับติดตาม"),
        _("การรายงานผล"),
    ]
    made = begin_table(paper, head, [52, 26, 67, 42, 36, 34], RULED)
    for group in groups:
        for row in group.rows:
            cells = add_row(made, ["", "", _steps(row), *_duties(row)])
            topics, scores = _topics(group, row)
            fill(cells[0], topics)
            fill(cells[1], scores, CENTRE)
            keep_whole(cells[0])


def _topics(group: PlanGroup, row: PlanRow) -> tuple[list[str], list[str]]:
    line = group.line
    before = line.scores[-2] if len(line.scores) > 1 else None
    topics = [say.named(line)]
    if not row.questions:
        return topics, [say.with_previous(line.score, before)]
    topics += [say.question_text(one) for one in row.questions]
    told = [
        f"{one.question.code}: {say.with_previous(one.question.score, one.previous)}"
        for one in row.questions
    ]
    return topics, [score_text(line.score), *told]


def _steps(row: PlanRow) -> list[str]:
    if len(row.steps) < 2:
        return [numerals(step) for step in row.steps]
    return [numerals(f"{number}. {step}") for number, step in enumerate(row.steps, start=1)]


def _duties(row: PlanRow) -> list[str]:
    return [numerals(text) for text in (row.owner, row.follow_up, row.reporting)]


def open_items_table(paper: Document, sweep: SweepFacts) -> None:
    """The open items of a sweep, below a band for each owner.

    Of one unit the table says what was found and what to do, of several which units are meant.
    """
    if len(sweep.units) == 1:
        head = [_("ข้อ"), _("ผล"), _("สิ่งที่พบ"), _("สิ่งที่ต้องทำ")]
        made = begin_table(paper, head, [57, 26, 84, 90], RULED)
    else:
        made = begin_table(paper, [_("ข้อ"), _("หน่วยงานที่ยังไม่ผ่าน")], [92, 165], RULED)
    owner = ""
    for item in sweep.items:
        if item.owner != owner:
            owner = item.owner
            _band(made, _("หน่วยงานรับผิดชอบ: {owner}", owner=owner))
        texts: list[Cell] = [f"{item.item} {item.title}"]
        if len(sweep.units) == 1:
            state = _("ต้องแก้ไข") if item.failing else _("ต้องให้เจ้าหน้าที่ตรวจ")
            texts += [state, item.finding, item.remedy]
        else:
            texts.append(_units(item))
        keep_whole(add_row(made, texts)[0])


def _band(made: Table, text: str) -> None:
    cells = add_row(made, [""] * len(made.columns), shade=_TOTAL_SHADE)
    fill(cells[0].merge(cells[-1]), text, bold=True, shade=_TOTAL_SHADE)
    keep_with_next(cells[0])


def _units(item: OpenItem) -> list[str]:
    told = ((_("ต้องแก้ไข"), item.failing), (_("ต้องให้เจ้าหน้าที่ตรวจ"), item.review))
    return [_counted(name, units) for name, units in told if units]


def _counted(name: str, units: Sequence[str]) -> str:
    said = numerals(_("{name} {count} หน่วยงาน", name=name, count=len(units)))
    more = len(units) - _SHOWN_UNITS
    rest = " " + numerals(_("และอีก {count} หน่วยงาน", count=more)) if more > 0 else ""
    return f"{said}: {', '.join(units[:_SHOWN_UNITS])}{rest}"
