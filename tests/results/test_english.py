"""Reports in English: a full catalogue, no Thai of the report's own, headings that stay apart."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from checklist.verdict import Verdict
from results import wording
from results.formats.csv import unit_csv
from results.formats.docx import unit_docx
from results.formats.html import unit_html, unit_page
from results.formats.json import overview_json, unit_json
from results.formats.junit import junit
from results.formats.overview import overview_html
from results.formats.overview.workbook import overview_xlsx
from results.formats.pdf import running_head
from results.formats.sarif import sarif
from results.formats.xlsx import unit_xlsx
from results.overview_draft import build_overview
from results.papers import analysis_wording, memo, monthly_words
from results.speech import Language, day_text, english, speaking
from setup.messages import texts
from tests.results.english_samples import THAI, narrow_report, points, report

if TYPE_CHECKING:
    from results.overview import Overview
    from results.report import GapReport

CATALOGUE = english()


def places(text: str) -> Counter[tuple[str, str]]:
    """The `{name:format}` places of a text."""
    parsed = Formatter().parse(text)
    return Counter((name, form or "") for _text, name, form, _turned in parsed if name is not None)


class TestCatalogue:
    def test_every_text_of_the_reports_has_its_english(self) -> None:
        assert [text for text in texts() if text not in CATALOGUE] == []

    def test_it_holds_nothing_that_is_said_nowhere(self) -> None:
        assert set(CATALOGUE) - set(texts()) == set()

    def test_the_places_for_values_are_those_of_the_thai(self) -> None:
        assert {thai for thai, said in CATALOGUE.items() if places(said) != places(thai)} == set()

    def test_the_english_holds_no_thai(self) -> None:
        assert {said for said in CATALOGUE.values() if THAI.search(said)} == set()

    def test_no_count_stands_before_a_plural(self) -> None:
        """`{count} items` would read wrongly for one."""
        plural = re.compile(r"\{[a-z]+(?::,)?\} (?:items|units|pages|days|rows|decisions)\b")
        least_two = {"All items count alike: {count} items, {each:.2f} each, out of {whole:g}"}
        assert {said for said in CATALOGUE.values() if plural.search(said)} <= least_two

    @pytest.mark.parametrize("module", [memo, monthly_words, analysis_wording])
    def test_papers_of_the_thai_government_stay_thai(self, module: Any) -> None:
        name = f"results/papers/{module.__name__.rpartition('.')[2]}.py"
        assert not any(file == name for said_at in texts().values() for file, _line in said_at)


def unzipped(content: bytes) -> str:
    """Every text part of a DOCX or XLSX."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = [file.read(name) for name in file.namelist() if name.endswith((".xml", ".rels"))]
    return "\n".join(part.decode("utf-8") for part in parts)


def rules_in_one_language(content: str) -> str:
    """SARIF without the bilingual description of its rules, Thai beside English on purpose."""
    log = json.loads(content)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        rule.pop("fullDescription", None)
        rule.get("properties", {}).pop("th", None)
    return json.dumps(log, ensure_ascii=False)


FACES: dict[str, Callable[[GapReport], str]] = {
    "html": unit_html,
    "pdf": lambda one: unit_page(one, paper=True) + running_head(one),
    "xlsx": lambda one: unzipped(unit_xlsx(one)),
    "docx": lambda one: unzipped(unit_docx(one)),
    "csv": lambda one: unit_csv(one).decode("utf-8-sig"),
    "json": unit_json,
    "junit": lambda one: junit([one]),
    "sarif": lambda one: rules_in_one_language(sarif([one])),
}
OVERVIEW_FACES: dict[str, Callable[[Overview], str]] = {
    "html": overview_html,
    "paper": lambda one: overview_html(one, paper=True),
    "xlsx": lambda one: unzipped(overview_xlsx(one)),
    "json": overview_json,
}
KEYS = ("oit-2566", "oit-2565", "moi-2566")


def thai_in(text: str) -> list[str]:
    """Each Thai word of `text` with what stands around it."""
    return [text[max(0, m.start() - 40) : m.end() + 40] for m in THAI.finditer(text)]


def reports(key: str) -> Iterator[GapReport]:
    yield report(key)
    for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.ERROR, None):
        yield narrow_report(verdict, key)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("face", FACES)
def test_what_the_report_says_itself_is_english(face: str, key: str) -> None:
    """The unit's names, quotations and questions are in Latin letters here, so none is Thai."""
    with speaking(Language.EN):
        for one in reports(key):
            assert thai_in(FACES[face](one)) == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("face", OVERVIEW_FACES)
def test_what_the_overview_says_itself_is_english(face: str, key: str) -> None:
    with speaking(Language.EN):
        for trend in ([], points()):
            assert thai_in(OVERVIEW_FACES[face](build_overview(list(reports(key)), trend))) == []
        dark = build_overview([narrow_report(Verdict.ERROR, key)])
        assert thai_in(OVERVIEW_FACES[face](dark)) == []


@pytest.mark.parametrize(
    ("key", "as_of", "said"),
    [
        ("oit-2566", date(2023, 4, 5), "Days left until ITAS closes: 25 (30 April 2566 B.E.)."),
        ("oit-2566", date(2023, 4, 30), "the last day for entries in ITAS (30 April 2566 B.E.)."),
        ("oit-2566", date(2023, 5, 1), "ITAS closed for entries on 30 April 2566 B.E."),
        ("oit-2566", date(2023, 1, 1), "ITAS takes entries from "),
        ("moi-2566", date(2023, 4, 9), "next due on 10 April 2566 B.E. (days left: 1)."),
        ("moi-2566", date(2023, 4, 10), "due on the day of the assessment (10 April 2566 B.E.)."),
        ("moi-2566", date(2023, 10, 1), "the last one was due on 10 September 2566 B.E."),
    ],
)
def test_deadlines_in_english(key: str, as_of: date, said: str) -> None:
    made = report(key, as_of)
    assert said in made.deadline.th
    assert said in " ".join(unit_html(made).split())
    assert thai_in(unit_html(made)) == []


def rows(content: bytes) -> Iterator[tuple[str, list[str]]]:
    """Every row of texts of a workbook, with its sheet's name."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            yield sheet.title, [str(value) for value in row if isinstance(value, str)]


@pytest.mark.parametrize("first", ["No.", "Item", "Cause"])
def test_columns_of_a_units_sheet_have_names_of_their_own(first: str) -> None:
    with speaking(Language.EN):
        content = unit_xlsx(report())
    heads = [row for _sheet, row in rows(content) if row[:1] == [first]]
    assert heads
    for head in heads:
        assert len(set(head)) == len(head)


def test_columns_of_an_overviews_sheet_have_names_of_their_own() -> None:
    with speaking(Language.EN):
        content = overview_xlsx(build_overview(list(reports("oit-2566")), points()))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) >= 7
    for sheet in book.worksheets[1:]:
        head = [cell.value for cell in sheet[1] if cell.value]
        assert len(set(head)) == len(head) > 3, sheet.title


def test_columns_of_the_csv_have_names_of_their_own() -> None:
    with speaking(Language.EN):
        head = unit_csv(report()).decode("utf-8-sig").split("\r\n")[0].split(",")
    assert head[:5] == ["Unit ID", "Unit", "Fiscal year (B.E.)", "As of", "No."]
    assert len(set(head)) == len(head) == 19


def test_the_counts_of_one_line_have_names_of_their_own() -> None:
    with speaking(Language.EN):
        groups = [CATALOGUE[word] for word in wording.GROUPS.values()]
    assert len(set(groups)) == len(groups)


def test_an_english_report_tells_what_stays_thai() -> None:
    told = "are given in Thai, as they were found"
    with speaking(Language.EN):
        overview = build_overview([report()])
        pages = [unit_html(report()), overview_html(overview), unzipped(unit_docx(report()))]
        pages += [unzipped(unit_xlsx(report())), unzipped(overview_xlsx(overview))]
    assert all(page.count(told) == 1 for page in pages)


def test_a_thai_report_has_no_such_line() -> None:
    assert wording.kept_in_thai() == ""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(125, "2 min 5 s"), (3600, "1 h"), (3725, "1 h 2 min 5 s"), (0.2, "less than 1 s")],
)
def test_durations(seconds: float, said: str) -> None:
    with speaking(Language.EN):
        assert wording.duration_text(seconds) == said


def test_days_and_pages_counted() -> None:
    with speaking(Language.EN):
        assert day_text(date(2023, 4, 30)) == "30 April 2566 B.E."
        told = wording.counted("Skipped", {"page limit reached": 2, "deeper": 1}, shown=1)
    assert told == "– Skipped: 3 (page limit reached: 2, other reasons: 1)"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("budget_pages", "page limit reached"),
        ("not_found", "The address answers that the page or file does not exist (HTTP 404 or 410)"),
        ("unheard_of", "other reason (unheard_of)"),
    ],
)
def test_a_reason_in_a_list_ends_without_a_full_stop(code: str, said: str) -> None:
    with speaking(Language.EN):
        assert wording.skip_reason(code) == said
