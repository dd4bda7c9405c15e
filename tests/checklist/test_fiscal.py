"""Fiscal years, months and periods as Thai agencies count them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.fiscal import FiscalYear, Month, Period, shared_days, thai_date

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
YEAR = FiscalYear(2566)


def test_a_fiscal_year_runs_from_october_to_september() -> None:
    assert (YEAR.start, YEAR.end) == (date(2022, 10, 1), date(2023, 9, 30))
    assert YEAR.period.days == 365
    assert FiscalYear(2567).period.days == 366
    assert str(YEAR) == "2566"
    assert YEAR.previous == FiscalYear(2565)
    assert FiscalYear(2565) < YEAR
    assert len({YEAR, FiscalYear(2566)}) == 1


def test_halves_and_quarters() -> None:
    assert str(YEAR.first_half) == "1 ต.ค. 2565 - 31 มี.ค. 2566"
    assert str(YEAR.second_half) == "1 เม.ย. 2566 - 30 ก.ย. 2566"
    assert YEAR.quarters(1, 2) == YEAR.first_half
    assert str(YEAR.quarters(2, 2)) == "1 ม.ค. 2566 - 31 มี.ค. 2566"
    with pytest.raises(ValueError, match="no such quarters"):
        YEAR.quarters(0, 5)


def test_months_start_in_october() -> None:
    labels = [str(month) for month in YEAR.months]
    assert labels[:3] == ["ต.ค. 65", "พ.ย. 65", "ธ.ค. 65"]
    assert labels[-1] == "ก.ย. 66"
    assert YEAR.month(10) == Month(2565, 10)
    assert YEAR.month(3) == Month(2566, 3)
    with pytest.raises(ValueError, match="no such month"):
        Month(2566, 13)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2022, 9, 30), 2565),
        (date(2022, 10, 1), 2566),
        (date(2022, 12, 26), 2566),
        (date(2023, 9, 30), 2566),
        (date(2023, 11, 30), 2567),
    ],
)
def test_the_year_of_a_day(day: date, year: int) -> None:
    assert FiscalYear.of(day) == FiscalYear(year)


@given(DAYS)
def test_every_day_lies_in_exactly_its_year_and_month(day: date) -> None:
    year = FiscalYear.of(day)
    here = Period(day, day)
    assert year.period.covers(here)
    assert not year.previous.period.overlaps(here)
    assert [m for m in year.months if m.period.covers(here)] == [Month.of(day)]


@given(DAYS, st.integers(0, 900), DAYS, st.integers(0, 900))
def test_shared_days_agree_with_overlap(a: date, m: int, b: date, n: int) -> None:
    one, other = Period(a, a + timedelta(m)), Period(b, b + timedelta(n))
    assert (shared_days(one, other) > 0) is one.overlaps(other)
    assert (shared_days(one, other) == other.days) is one.covers(other)


def test_printing_and_refusing() -> None:
    assert thai_date(date(2023, 3, 31)) == "31 มี.ค. 2566"
    assert str(Period(date(2023, 3, 31), date(2023, 3, 31))) == "31 มี.ค. 2566"
    assert str(Period(date(2022, 10, 1), date.max)) == "ตั้งแต่ 1 ต.ค. 2565 เป็นต้นไป"
    with pytest.raises(ValueError, match="ends before it starts"):
        Period(date(2023, 1, 2), date(2023, 1, 1))
