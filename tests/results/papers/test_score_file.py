"""Reading score files: every shape that is taken, and every mistake with its place and mend."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from results.papers.ita_scores import INDICATORS, ItaYear
from results.papers.score_columns import meaning
from results.papers.score_file import read_scores
from results.papers.score_template import scores_template
from tests.results.papers.score_samples import (
    PUBLISHED,
    Rows,
    csv_text,
    long,
    published,
    put,
    wide,
    xlsx,
)
from units.problems import UnitsError

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def refused(path: Path) -> list[str]:
    """The mistakes in Thai, without the file's name."""
    with pytest.raises(UnitsError) as error:
        read_scores(path)
    assert error.value.source == path.name
    assert error.value.text("en").startswith(path.name)
    return [problem.text() for problem in error.value.problems]


class TestTaken:
    @pytest.mark.parametrize("rows", [wide(), long()], ids=["wide", "long"])
    def test_both_shapes_of_a_workbook(self, tmp_path: Path, rows: Rows) -> None:
        assert read_scores(xlsx(tmp_path / "s.xlsx", rows)) == published(announced=False)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
    @pytest.mark.parametrize("rows", [wide(), long()], ids=["wide", "long"])
    def test_csv_in_every_encoding(self, tmp_path: Path, rows: Rows, encoding: str) -> None:
        path = tmp_path / "s.csv"
        path.write_bytes(csv_text(rows).encode(encoding))
        assert read_scores(path) == published(announced=False)

    def test_thai_digits_everywhere(self, tmp_path: Path) -> None:
        path = tmp_path / "s.csv"
        path.write_text(csv_text(wide()).translate(THAI), encoding="utf-8")
        assert read_scores(path) == published(announced=False)

    def test_the_ministrys_own_table_with_names_sums_and_columns_to_pass_over(
        self, tmp_path: Path
    ) -> None:
        head = ["เครื่องมือ", "ตัวชี้วัด", *(f"ผลคะแนน ปี {y}" for y in PUBLISHED), "เปรียบเทียบ ปี๖๔/๖๕"]
        rows: Rows = [["ผลการประเมิน ITA ของสำนักงาน ตั้งแต่ปี ๒๕๖๓"], list(head)]
        for place, (number, title) in enumerate(INDICATORS.items()):
            scores = [one[place] for one in PUBLISHED.values()]
            rows.append(["IIT", f"{number}. {title}".translate(THAI), *scores, "+๑.๐๐"])
        rows.append(["", "รวมคะแนน IIT (๓๐ คะแนน)", "24.94", "25.12", "28.74", ""])
        rows.append(["", "EIT", "26.93", "25.40", "28.17", ""])
        rows.append(["", "รวมคะแนน OIT", "22.88", "40", "40", ""])
        rows.append(["", "ผลคะแนนรวม", "74.75", "90.52", "96.91", "+๖.๓๙"])
        assert read_scores(xlsx(tmp_path / "s.xlsx", rows)) == published()

    def test_questions_and_their_parts_stand_in_the_questionnaires_order(
        self, tmp_path: Path
    ) -> None:
        rows = wide([2564, 2565])
        rows += [["e14 เปิดโอกาสให้มีส่วนร่วม", "75.50", "88.77"], ["I7 ท่านรู้แผนหรือไม่", "-", "90.53"]]
        rows += [["i1.1", "81.03", "94.67"], ["i2", None, None]]
        before, newest = read_scores(xlsx(tmp_path / "s.xlsx", rows))
        assert [one.code for one in before.questions] == ["i1.1", "e14"]
        assert [(one.code, one.text) for one in newest.questions] == [
            ("i1.1", ""),
            ("i7", "ท่านรู้แผนหรือไม่"),
            ("e14", "เปิดโอกาสให้มีส่วนร่วม"),
        ]

    def test_several_sheets_are_one_file(self, tmp_path: Path) -> None:
        path = xlsx(tmp_path / "s.xlsx", wide([2565]))
        book = load_workbook(path)
        sheet = book.create_sheet("รายข้อ")
        for row in (["รหัส", "คำถาม", "ปี 2565"], ["i7", "ท่านรู้แผนหรือไม่", 90.53]):
            sheet.append(row)
        book.create_sheet("บันทึก").append(["ไม่ใช่ตารางคะแนน"])
        book.save(path)
        (year,) = read_scores(path)
        assert [(one.code, one.text) for one in year.questions] == [("i7", "ท่านรู้แผนหรือไม่")]

    @pytest.mark.parametrize(
        ("cell", "number"),
        [
            ("ตัวชี้วัดที่ ๓ การใช้อำนาจ", 3), ("๓.การใช้อำนาจ", 3), ("3) การใช้อำนาจ", 3), ("การใช้อำนาจ", 3),
            ("ที่ 3", 3), ("8 การปรับปรุงระบบการทำงาน", 8),
        ],
    )  # fmt: skip
    def test_an_indicator_may_be_numbered_or_named(
        self, tmp_path: Path, cell: str, number: int
    ) -> None:
        rows = put(wide(), number + 1, 1, cell)
        assert read_scores(xlsx(tmp_path / "s.xlsx", rows)) == published(announced=False)

    def test_more_than_two_decimals_are_rounded_half_up(self, tmp_path: Path) -> None:
        (year,) = read_scores(xlsx(tmp_path / "s.xlsx", put(wide([2565]), 2, 2, "98.085")))
        assert year.indicators[1] == Decimal("98.09")

    def test_the_form_filled_in_reads_back(self, tmp_path: Path) -> None:
        path = tmp_path / "form.xlsx"
        path.write_bytes(scores_template([2563, 2564, 2565]))
        book = load_workbook(path)
        sheet = book["คะแนนตัวชี้วัด"]
        for column, scores in enumerate(PUBLISHED.values(), start=3):
            for row, score in enumerate(scores, start=2):
                sheet.cell(row, column, float(score))
        book.save(path)
        assert read_scores(path) == published(announced=False)


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("ผลคะแนน ปี ๒๕๖๓", 2563), ("ปีงบประมาณ พ.ศ. 2565", 2565), ("คะแนนปี 2564", 2564), ("2565", 2565),
        ("ปี", "year"), ("ปี พ.ศ.", "year"), ("ผล คะแนน", "score"), ("Indicator", "indicator"),
        ("ตัวชี้วัด/ประเด็นการประเมิน", "indicator"), ("ข้อคำถาม", "text"), ("คะแนนปี 65/64", None), ("แต้ม", None),
    ],
)  # fmt: skip
def test_titles_are_understood_in_several_wordings(title: str, what: object) -> None:
    assert meaning(title) == what


def head(*titles: object) -> Rows:
    return [list(titles), *wide([2565])[1:]]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (head("ตัวชี้วัด", "คะแนนเต็มที่ได้"), "ไม่มีแถวหัวตาราง"),
        (head("ตัวชี้วัด", 2022), "คอลัมน์ B: ปี 2022 ใช้ไม่ได้"),
        (put(long(), 1, 3, "คะเเนน"), "คอลัมน์ C: ไม่รู้จักคอลัมน์ “คะเเนน” หมายถึง “คะแนน” หรือไม่"),
        (put(wide(), 1, 4, "แต้ม"), "แถว 1 คอลัมน์ D: ไม่รู้จักคอลัมน์ “แต้ม”"),
        (put(wide(), 1, 4, None), "แถว 1 คอลัมน์ D: คอลัมน์นี้มีข้อมูลแต่ไม่มีชื่อ"),
        (put(wide(), 1, 4, 2563), "คอลัมน์ “2563” ซ้ำกับคอลัมน์ก่อนหน้า"),
        (put(wide(), 1, 4, "คะแนน"), "มีทั้งคอลัมน์แยกปีและคอลัมน์ “ปี” หรือ “คะแนน”"),
        (head("ปี", "คะแนน"), "ไม่มีคอลัมน์ “ตัวชี้วัด”"),
        (put(wide(), 3, 1, 11), "แถว 3 คอลัมน์ A (ตัวชี้วัด): ไม่รู้จักตัวชี้วัด “11”"),
        (put(wide(), 3, 1, "9.1 ข้อมูลพื้นฐาน"), "แถว 3 คอลัมน์ A (ตัวชี้วัด): ไม่รู้จักตัวชี้วัด “9.1"),
        (put(wide(), 3, 1, "i31"), "ไม่รู้จักตัวชี้วัด “i31”"),
        (put(wide(), 3, 1, None), "แถว 3 คอลัมน์ A (ตัวชี้วัด): ไม่ได้ระบุตัวชี้วัด"),
        (put(wide(), 3, 1, "2 การใช้อำนาจ"), "“การใช้อำนาจ” คือตัวชี้วัดที่ 3 ไม่ใช่ 2"),
        (put(wide(), 3, 1, "=A2+1"), "แถว 3 คอลัมน์ A (ตัวชี้วัด): เป็นสูตร (=A2+1)"),
        (wide()[:-1], "ปี 2563 ไม่มีตัวชี้วัดที่ 10 (การป้องกันการทุจริต)"),
        (put(wide(), 3, 1, 1), "ตัวชี้วัดที่ 1 ปี 2563 ซ้ำกับแผ่นงาน “คะแนน” แถว 2 คอลัมน์ B"),
        (put(wide(), 4, 3, 100.01), "แถว 4 คอลัมน์ C (2564): คะแนน 100.01 ต้องอยู่ระหว่าง 0 ถึง 100"),
        (put(wide(), 4, 3, -1), "แถว 4 คอลัมน์ C (2564): คะแนน -1 ต้องอยู่ระหว่าง 0 ถึง 100"),
        (put(wide(), 4, 3, "เก้าสิบ"), "แถว 4 คอลัมน์ C (2564): “เก้าสิบ” ไม่ใช่ตัวเลข"),
        (put(wide(), 4, 3, "94,76"), "“94,76” ไม่ใช่ตัวเลข ใช้จุดแทนจุลภาค"),
        (put(wide(), 4, 3, "93.14 (ต่ำสุด)"), "“93.14 (ต่ำสุด)” ไม่ใช่ตัวเลข"),
        (put(wide(), 4, 3, 0.9478), "คะแนน 0.9478 น้อยผิดปกติ เซลล์นี้อาจเป็นร้อยละ"),
        (put(wide(), 4, 3, "nan"), "“nan” ไม่ใช่ตัวเลข"),
        (put(wide(), 4, 3, None), "แถว 4 คอลัมน์ C (2564): ยังไม่มีคะแนนตัวชี้วัดที่ 3"),
        (put(wide(), 4, 3, "=C3*2"), "แถว 4 คอลัมน์ C (2564): เป็นสูตร (=C3*2)"),
        ([*wide(), ["IIT", 24.94, 25.12, 31]], "แถว 12 คอลัมน์ D (2565): คะแนน 31 ต้องอยู่ระหว่าง 0 ถึง 30"),
        ([*wide(), ["รวม", 74.75, 90.52, 97.91]], "คะแนน รวม ปี 2565 (97.91) ไม่ตรงกับที่คำนวณจากตัวชี้วัด (96.92)"),
        (put(long(), 5, 1, "หกห้า"), "แถว 5 คอลัมน์ A (ปี): “หกห้า” ไม่ใช่ปี"),
        (put(long(), 5, 1, None), "แถว 5 คอลัมน์ A (ปี): ไม่ได้ระบุปี"),
        (put(long(), 5, 1, 2022), "แถว 5 คอลัมน์ A (ปี): ปี 2022 ใช้ไม่ได้ ให้ใส่ปี พ.ศ. ระหว่าง 2555 ถึง 2600 หมายถึง 2565"),
        ([["ตัวชี้วัด", "2565"]], "ไม่มีคะแนนในแฟ้มนี้"),
        ([["รายงานประจำปี"]], "ใช้แบบฟอร์มจากคำสั่ง oit paper scores-template"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(tmp_path: Path, rows: Rows, says: str) -> None:
    told = refused(xlsx(tmp_path / "s.xlsx", rows))
    assert any(says in line for line in told), told


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.xlsx", None, "ไม่พบแฟ้มนี้"),
        ("s.pdf", b"%PDF", "อ่านแฟ้มคะแนนชนิดนี้ไม่ได้ (.pdf) ให้บันทึกเป็น .xlsx หรือ .csv"),
        ("s.xlsx", b"", "แฟ้มว่างเปล่า ให้เริ่มจากแบบฟอร์มที่ได้จากคำสั่ง oit paper scores-template"),
        ("s.xlsx", b"no workbook", "ไม่ใช่แฟ้ม Excel"),
        ("s.csv", b"\xff\xff\x00", "อ่านตัวอักษรไม่ได้"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    (told,) = refused(path)
    assert says in told


def test_the_empty_form_is_told_year_by_year(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(scores_template([2564, 2565]))
    assert [line[:24] for line in refused(path)] == [
        "ปี 2564 ยังไม่มีคะแนนเลย"[:24],
        "ปี 2565 ยังไม่มีคะแนนเลย"[:24],
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    rows = put(put(wide(), 2, 2, 101), 3, 1, "i99")
    assert len(refused(xlsx(tmp_path / "s.xlsx", rows))) == 2


CELLS = st.one_of(
    st.none(), st.integers(-10, 2600), st.floats(0, 120), st.text(max_size=12),
    st.sampled_from(["ตัวชี้วัด", "ปี", "คะแนน", "2565", "i7", "IIT", "รวม", "การใช้อำนาจ", "๙๔.๗๖"]),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([["ตัวชี้วัด", "2565"], ["1"]])
@given(st.lists(st.lists(CELLS, max_size=5), max_size=12))
def test_whatever_stands_in_a_file_it_is_read_or_refused_in_lines(
    tmp_path: Path, rows: Rows
) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(csv_text(rows).encode("utf-8", "replace"))
    years: tuple[ItaYear, ...] = ()
    lines: list[str] = []
    try:
        years = read_scores(path)
    except UnitsError as error:
        lines = [problem.text() for problem in error.problems]
    assert bool(years) != bool(lines)
    assert all("\n" not in line for line in lines)
    assert all(0 <= year.total() <= 100 for year in years)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.integers(2555, 2600),
        st.lists(st.decimals(1, 100, places=2), min_size=10, max_size=10),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
    st.booleans(),
)
def test_what_is_written_reads_back(
    tmp_path: Path, scores: dict[int, list[Decimal]], is_wide: bool, thai: bool
) -> None:
    if is_wide:
        rows: Rows = [["ตัวชี้วัด", *scores]]
        rows += [[n, *(scores[year][n - 1] for year in scores)] for n in INDICATORS]
    else:
        rows = [["ปี", "ตัวชี้วัด", "คะแนน"]]
        rows += [[year, n, scores[year][n - 1]] for year in scores for n in INDICATORS]
    text = csv_text(rows)
    path = tmp_path / "s.csv"
    path.write_text(text.translate(THAI) if thai else text, encoding="utf-8")
    found = read_scores(path)
    assert [year.year for year in found] == sorted(scores)
    for year in found:
        assert list(year.indicators.values()) == scores[year.year]
