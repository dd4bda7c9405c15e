"""The charts: none without figures, no script in their markup, the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from results.formats.overview.chart_files import Chart, png, svg
from results.formats.overview.charts import overview_charts
from results.formats.overview.trend_chart import short_day, trend_chart
from results.gap import build_report
from results.overview_draft import build_overview
from results.speech import Language, speaking
from results.trend import TrendPoint
from tests.results.samples import (
    UNIT,
    missing,
    mixed,
    passing,
    result_of,
    small_checklist,
    unreachable,
)

if TYPE_CHECKING:
    from results.overview import Overview

CHECKLIST = small_checklist()
HOSTILE = '"><script>alert(1)</script> $x^2_{y}$ &amp; url(http://x)'


def point(
    scan_id: int, certain: float | None, finished: bool = True, current: bool = False
) -> TrendPoint:
    return TrendPoint(
        scan_id=scan_id, day=date(2023, scan_id, 5), day_th=f"5 เดือน {scan_id}", as_of=date(2023, 4, 30),
        finished=finished, current=current, same_criteria=True, units=3, shared=3, compared=2,
        certain=certain, possible=None if certain is None else certain + 2,
        now_certain=20, now_possible=22, passed=1, failed=1, review=1, error=1, excluded=1, unchecked=1,
    )  # fmt: skip


def overview(*trend: TrendPoint, name: str = "จังหวัดภูสวน") -> Overview:
    unit = replace(UNIT, id="b", name=name)
    return build_overview(
        [
            build_report(CHECKLIST, result_of(mixed())),
            build_report(CHECKLIST, result_of([missing(f"O{n}") for n in range(1, 7)], unit)),
        ],
        trend,
    )


WHOLE = overview(point(1, 10.0), point(2, 12.5, finished=False), point(3, 20.0, current=True))


def hostile_charts() -> dict[str, Chart]:
    checklist = CHECKLIST.model_copy(
        update={
            "items": tuple(
                item.model_copy(update={"title": HOSTILE, "owner": HOSTILE})
                for item in CHECKLIST.items
            ),
            "bands": tuple(band.model_copy(update={"name": HOSTILE}) for band in CHECKLIST.bands),
        }
    )
    report = build_report(checklist, result_of(mixed()))
    return overview_charts(build_overview([report], WHOLE.trend))


def test_every_chart_is_drawn_where_there_are_figures() -> None:
    assert sorted(overview_charts(WHOLE)) == ["bands", "items", "owners", "steps", "trend"]


def test_no_chart_where_there_is_nothing_to_draw() -> None:
    dark = build_report(CHECKLIST, result_of([unreachable(f"O{n}") for n in range(1, 7)]))
    assert sorted(overview_charts(build_overview([dark]))) == ["items"]
    whole = build_report(CHECKLIST, result_of([passing(f"O{n}") for n in range(1, 7)]))
    assert sorted(overview_charts(build_overview([whole]))) == ["bands", "steps"]


@pytest.mark.parametrize(
    "trend",
    [(), (point(3, 20.0, current=True),), (point(1, None), point(3, 20.0, current=True))],
)
def test_one_comparable_scan_is_no_trend(trend: tuple[TrendPoint, ...]) -> None:
    assert trend_chart(overview(*trend)) is None


def test_the_alternative_text_tells_the_figures() -> None:
    charts = overview_charts(WHOLE)
    assert charts["bands"].alt.endswith("F (0 ถึงต่ำกว่า 50) 2")
    assert "O6 20.00, O4 10.00, O2 8.33" in charts["items"].alt
    assert "กองการเจ้าหน้าที่ 3/4" in charts["owners"].alt
    assert "5 เดือน 2 12.50–14.50" in charts["trend"].alt


@pytest.mark.parametrize(
    "charts", [overview_charts(WHOLE), hostile_charts()], ids=["plain", "hostile"]
)
def test_the_markup_only_draws(charts: dict[str, Chart]) -> None:
    seen: list[str] = []
    for chart in charts.values():
        root = etree.fromstring(str(svg(chart)))
        assert root.get("role") == "img"
        assert root.get("aria-label") == root.findtext("title") == chart.alt
        for element in root.iter():
            assert element.tag in {
                "svg",
                "title",
                "g",
                "defs",
                "path",
                "use",
                "rect",
                "clipPath",
                "pattern",
            }
            assert not [key for key in element.attrib if str(key).startswith("on")]
            for value in element.attrib.values():
                if value != chart.alt:
                    assert not re.search(r"url\((?!#)|script|http", str(value))
        ids = [str(element.get("id")) for element in root.iter() if element.get("id")]
        seen += ids
        for used in re.findall(r'(?:href="#|url\(#)([\w.-]+)', str(svg(chart))):
            assert used in ids
    assert len(seen) == len(set(seen))


def test_the_same_figures_give_the_same_bytes_whatever_was_written_before() -> None:
    first, second = overview_charts(WHOLE), overview_charts(WHOLE)
    for name in ("items", "trend"):
        chart = first[name]
        picture = png(chart)
        assert picture.startswith(b"\x89PNG")
        drawn = svg(chart)
        assert drawn == svg(second[name]) == svg(chart)
        assert picture == png(second[name])
        assert len(drawn.encode()) < 150_000


def test_days_are_short_under_a_mark() -> None:
    assert short_day(date(2023, 4, 5)) == "5 เม.ย. 66"
    with speaking(Language.EN):
        assert short_day(date(2023, 4, 5)) == "5 Apr 66"
