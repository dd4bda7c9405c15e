"""What is said about a document's period, in Thai: the wording of findings."""

from __future__ import annotations

from checklist.fiscal import BE_OFFSET, FiscalYear
from checklist.mentions import Basis, Precision
from checklist.probes.base import Finding, unsure
from checklist.statements import Rank, Statement
from checklist.verdict import ElementState

WHERE = {
    Rank.TITLE: "หัวเอกสาร", Rank.HEADING: "หัวข้อ", Rank.TABLE: "หัวตาราง",
    Rank.LINK: "ชื่อลิงก์", Rank.FILE: "ชื่อไฟล์", Rank.BODY: "เนื้อหา", Rank.URL: "ที่อยู่เว็บ",
    Rank.ENTRY: "รายการข่าว",
}  # fmt: skip


def said_year(statement: Statement) -> str:
    """The period of a statement as a person would name it: a year, or days."""
    mention = statement.mention
    if mention.precision is Precision.YEAR:
        if mention.basis is Basis.ACADEMIC:
            return f"ปีการศึกษา {mention.period.start.year + BE_OFFSET}"
        return f"ปี {mention.period.end.year + BE_OFFSET}"
    if mention.precision is Precision.DAY:
        return f"วันที่ {mention.period}"
    if mention.period.open_ended:
        return str(mention.period)
    first, last = FiscalYear.of(mention.period.start), FiscalYear.of(mention.period.end)
    if (first.start, last.end) == (mention.period.start, mention.period.end):
        return f"ปี {first}" if first == last else f"ปี {first}-{last}"
    return f"ปี {first}" if first == last else f"ช่วง {mention.period}"


def outdated(statement: Statement, wanted: str) -> Finding:
    """The document is of another period; its own words show it."""
    verb = "ลง" if statement.mention.precision is Precision.DAY else "เป็น"
    detail = f"เอกสาร{verb}{said_year(statement)} ต้องเป็น{wanted}"
    return Finding(ElementState.OUTDATED, (statement.quote(),), "outdated", detail)


def conflict(first: Statement, second: Statement) -> Finding:
    """Two sources name different years: a person must look at both."""
    detail = (
        f"{WHERE[first.rank]}บอก{said_year(first)} แต่{WHERE[second.rank]}บอก{said_year(second)} "
        "โปรดเปิดดูว่าเอกสารเป็นของปีใด"
    )
    return unsure(detail, first.quote(), second.quote(), reason="conflicting_years")
