"""What the yearly analysis says in sentences. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from results.papers.ita_scores import FULL, INSTRUMENTS, TOTAL
from results.papers.numerals import change_text, numerals, score_text, short_year
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from decimal import Decimal

    from results.papers.analysis import Analysis, IndicatorLine, WeakQuestion
    from results.papers.ita_scores import ItaYear
    from results.papers.open_items import SweepFacts

AGENCY = "[ใส่ชื่อหน่วยงาน]"
"""What stands for the agency's name until somebody fills it in."""
LETTERS = frozenset("ABCDEF")


def title(analysis: Analysis) -> str:
    """The paper's name, in the lines of its first page."""
    return numerals(
        _(
            "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส\n"
            "ในการดำเนินงานของหน่วยงานภาครัฐ (ITA)\n"
            "ประจำปีงบประมาณ พ.ศ. {year}",
            year=analysis.newest.year,
        )
    )


def subtitle(analysis: Analysis) -> str:
    """The second line of the title: what the measures are."""
    return numerals(
        _(
            "และมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ปีงบประมาณ พ.ศ. {year}",
            year=analysis.action_year,
        )
    )


def principle(analysis: Analysis) -> tuple[str, ...]:
    """Section 1: what is assessed, with which instruments, and what this paper does with it."""
    return (
        numerals(
            _(
                "การประเมินคุณธรรมและความโปร่งใส (ITA) ของสำนักงาน ป.ป.ช. "
                "วัดการดำเนินงานของหน่วยงานภาครัฐทุกปี เพื่อให้หน่วยงานรู้จุดที่ทำได้ดีและจุดที่ต้องปรับปรุง "
                "คะแนนเต็ม 100 คะแนน มาจาก 10 ตัวชี้วัด เก็บด้วย 3 เครื่องมือ "
                "ได้แก่ แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) 30 คะแนน "
                "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) 30 คะแนน "
                "และแบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) 40 คะแนน "
                "คะแนนของแต่ละเครื่องมือคือค่าเฉลี่ยของตัวชี้วัดในเครื่องมือนั้นตามน้ำหนัก"
            )
        ),
        numerals(
            _(
                "รายงานนี้วิเคราะห์ผลการประเมินประจำปีงบประมาณ พ.ศ. {year} เทียบกับปีก่อน "
                "แสดงจุดแข็ง ข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน และประเด็นที่ต้องพัฒนาให้ดีขึ้น "
                "แล้วกำหนดมาตรการพร้อมผู้รับผิดชอบ ขั้นตอนหรือวิธีปฏิบัติ การกำกับติดตาม และการรายงานผล "
                "สำหรับดำเนินการในปีงบประมาณ พ.ศ. {next}",
                year=analysis.newest.year,
                next=analysis.action_year,
            )
        ),
    )


def level(name: str) -> str:
    """A grade in words: `ระดับ AA`, `ระดับ “ผ่านดีเยี่ยม”`."""
    if not name:
        return _("ต่ำกว่าทุกระดับ")
    return _("ระดับ {name}", name=name if set(name) <= LETTERS else f"“{_(name)}”")


def overall(analysis: Analysis) -> str:
    """The result of the newest year in one sentence, with the change since the year before."""
    said = _(
        "ผลการประเมินประจำปีงบประมาณ พ.ศ. {year} ได้คะแนนรวม {total} คะแนน {level}",
        year=analysis.newest.year,
        total=score_text(analysis.totals[-1]),
        level=level(analysis.grades[-1].name),
    )
    if analysis.changes:
        change = analysis.changes[-1]
        direction = _("เพิ่มขึ้น") if change > 0 else _("ลดลง") if change < 0 else _("เท่าเดิม")
        said += " " + _(
            "{direction}จากปี {before}", direction=direction, before=analysis.years[-2].year
        )
        said += " " + _("{points} คะแนน", points=score_text(abs(change))) if change else ""
    return numerals(said)


def difference(change: Decimal, before: Decimal, after: Decimal) -> str:
    """A difference as the table shows it; full score twice is called so."""
    return _("คะแนนเต็ม") if before == after == FULL else change_text(change)


def pair(years: tuple[int, int]) -> str:
    """The head of a column of differences: `๖๔/๖๕`."""
    return f"{short_year(years[0])}/{short_year(years[1])}"


def notes(analysis: Analysis) -> tuple[str, ...]:
    """What the reader must know of the table: announced figures, rounding, borrowed grades."""
    told = [_("หมายเหตุ: ผลต่างคิดจากคะแนนที่แสดงในตาราง")]
    for year in analysis.years:
        told += [_announced(year, code) for code in year.announced]
    codes = {one.id for one in INSTRUMENTS} | {TOTAL}
    computed = [str(year.year) for year in analysis.years if codes - year.announced.keys()]
    if computed:
        told.append(
            _(
                "ผลรวมของปี {years} ที่ไม่ได้ให้ค่าที่ประกาศไว้ คำนวณจากคะแนนตัวชี้วัดทศนิยมสองตำแหน่ง "
                "อาจต่างจากค่าที่ประกาศ 0.01 ถึง 0.02 คะแนน",
                years=", ".join(computed),
            )
        )
    told += [
        _("ระดับของปี {year} ใช้เกณฑ์ของปี {bands}", year=year.year, bands=grade.bands_year)
        for year, grade in zip(analysis.years, analysis.grades, strict=True)
        if grade.bands_year != year.year
    ]
    return tuple(numerals(line) for line in told if line)


def _announced(year: ItaYear, code: str) -> str:
    """Why an announced figure is not the computed one; empty where they agree."""
    told, computed = year.announced[code], year.computed(code)
    if told == computed:
        return ""
    return _(
        "{name} ปี {year} ใช้ค่าที่ประกาศ ({told}) "
        "ซึ่งต่างจากค่าที่คำนวณจากคะแนนตัวชี้วัดทศนิยมสองตำแหน่ง ({computed}) เพราะการปัดเศษ",
        name=_("คะแนนรวม") if code == TOTAL else _("คะแนน {id}", id=code),
        year=year.year,
        told=score_text(told),
        computed=score_text(computed),
    )


def named(line: IndicatorLine) -> str:
    """An indicator with its number: `ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน`."""
    return numerals(_("ตัวชี้วัดที่ {number}", number=line.number)) + " " + _(line.title)


def strength(line: IndicatorLine) -> str:
    """A strength in one line, with what it was the year before."""
    said = _("{indicator} ได้ {score} คะแนน", indicator=named(line), score=score_text(line.score))
    if line.change:
        said += " " + _("(ปีก่อน {score})", score=score_text(line.scores[-2]))
    return said


def risen(line: IndicatorLine) -> str:
    """An indicator's rise or fall in one line."""
    return (
        f"{named(line)} {change_text(line.change or FULL)} "
        f"({score_text(line.scores[-2])} → {score_text(line.score)})"
    )


def question_text(one: WeakQuestion) -> str:
    """A question with its code and, on the lowest of all, the mark."""
    told = tidy(f"{one.question.code} {one.question.text}")
    return f"{told} {lowest_mark()}" if one.lowest else told


def lowest_mark() -> str:
    """The mark of the lowest score."""
    return _("(ต่ำสุด)")


def with_previous(score: Decimal, previous: Decimal | None) -> str:
    """A score and, in brackets, the year before's: `๙๐.๕๓ (๖๓.๔๔)`."""
    return score_text(score) + (f" ({score_text(previous)})" if previous is not None else "")


def sweep_sentence(facts: SweepFacts) -> str:
    """When the websites were checked, how many, and how many items stand where."""
    counted = facts.totals
    return numerals(
        _(
            "ผลการตรวจเว็บไซต์ครั้งที่ {scan} เมื่อ{checked} ตามรายการตรวจ OIT ปีงบประมาณ พ.ศ. {year} "
            "จำนวน {units} หน่วยงาน รวม {items:,} ข้อ: ผ่าน {passed:,} ข้อ ต้องแก้ไข {failed:,} ข้อ "
            "ต้องให้เจ้าหน้าที่ตรวจ {review:,} ข้อ ตรวจไม่ได้ {error:,} ข้อ "
            "ไม่นับเพราะได้รับยกเว้นหรือไม่เกี่ยวข้อง {excused:,} ข้อ ไม่ได้สั่งตรวจ {unchecked:,} ข้อ",
            scan=facts.scan_id,
            checked=facts.checked,
            year=facts.year,
            units=len(facts.units),
            items=counted.items,
            passed=counted.passed,
            failed=counted.missing + counted.outdated,
            review=counted.review,
            error=counted.error,
            excused=counted.waived + counted.not_applicable,
            unchecked=counted.unchecked,
        )
        + _vouched(counted.vouched)
    )


def _vouched(count: int) -> str:
    return _(" ผ่านโดยการพิจารณาของเจ้าหน้าที่ {count:,} ข้อ", count=count) if count else ""
