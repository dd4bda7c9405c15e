"""The nightly bench: real changes to pages, costs of whole process trees, scans compared, figures told."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from bench.benchmarks import marks
from bench.nightly import __main__ as command
from bench.nightly.changing import (
    Change,
    Page,
    change,
    of_last_year,
    pages_of,
    with_paragraph,
    without_last_row,
)
from bench.nightly.measure import Nightly
from bench.nightly.reaping import Cost, cost_of
from bench.nightly.report import NAME, Run, section
from bench.nightly.scans import Scan, changed_pages, differences, untrue
from bench.nightly.serving import heaviest, servers, total
from bench.nightly.sweeping import Home, Swept
from demo.ministry import DemoUnit, Host, Ministry, write_ministry
from demo.plan import ALL_ITEMS
from demo.traffic import Count

PAGE = (
    '<html><head><meta charset="utf-8"><title>ITA 2566</title></head><body>'
    '<nav><a href="/ita-2566/">ITA 2566</a></nav><h1>แผนปี 2566</h1>'
    '<a href="/files/2566.pdf">แผน พ.ศ. ๒๕๖๖</a><table><tr><th>ที่</th></tr>'
    "<tr><td>1</td></tr><tr><td>2</td></tr>\n<tr><td>3</td></tr></table>"
    "<footer>2566</footer></body></html>"
)


def a_unit(unit_id: str = "sriphana") -> DemoUnit:
    return DemoUnit(unit_id, "จังหวัด", "province", "/", {}, unit_id, "", "", "sriphana")


def pages(folder: Path, *names: str) -> list[Page]:
    made = []
    for name in names:
        path = folder / name
        if path.suffix == ".docx":
            docx.Document().save(str(path))
        elif path.suffix == ".xlsx":
            book = Workbook()
            for row in (["a"], ["b"], ["c"]):
                book.worksheets[0].append(row)
            book.save(path)
        else:
            path.write_text(PAGE, "utf-8")
        made.append(Page(f"http://127.0.0.2/{name}", a_unit(), path))
    return made


def test_last_years_page_says_so_below_its_heading_and_keeps_its_addresses() -> None:
    page = of_last_year(PAGE)
    assert "<h1>แผนปี 2565</h1>" in page
    assert "พ.ศ. ๒๕๖๕" in page
    assert 'href="/files/2566.pdf"' in page
    assert "<title>ITA 2566</title>" in page
    assert "<footer>2566</footer>" in page


def test_the_last_row_goes_and_short_tables_stay() -> None:
    page = without_last_row(PAGE)
    assert "<td>2</td>" in page
    assert "<td>3</td>" not in page
    assert without_last_row(page) == page


def test_a_paragraph_comes_below_the_heading() -> None:
    assert "</h1>\n<p>เพิ่มเติม: " in with_paragraph(PAGE, 0)
    assert with_paragraph("<p>no heading</p>", 0) == "<p>no heading</p>"


def test_the_wanted_number_of_pages_changes_in_turns_and_no_other(tmp_path: Path) -> None:
    made = pages(tmp_path, *(f"{n}.html" for n in range(8)))
    before = {page.path: page.path.read_bytes() for page in made}
    changes = change(made, 5, None)
    assert [one.kind for one in changes] == ["year", "row", "paragraph", "year", "row"]
    touched = {path for path, body in before.items() if path.read_bytes() != body}
    assert touched == {one.page.path for one in changes}
    again = pages(tmp_path, *(f"{n}.html" for n in range(8)))
    assert [one.page.url for one in change(again, 5, None)] == [one.page.url for one in changes]


def test_word_files_get_longer_and_workbooks_shorter(tmp_path: Path) -> None:
    word, book = pages(tmp_path, "a.docx", "b.xlsx")
    assert {one.kind for one in change([word, book], 2, None)} == {"paragraph", "row"}
    assert "งบประมาณ" in docx.Document(io.BytesIO(word.path.read_bytes())).paragraphs[-1].text
    assert load_workbook(book.path).worksheets[0].max_row == 2


def test_what_cannot_be_changed_is_passed_over(tmp_path: Path) -> None:
    page, picture = pages(tmp_path, "a.html", "b.png")
    assert [one.page for one in change([picture, page], 2, None)] == [page]


def test_addresses_lead_to_files_but_not_home_pages_or_made_up_answers(tmp_path: Path) -> None:
    unit = a_unit()
    (tmp_path / unit.host / "o1").mkdir(parents=True)
    for name in ("index.html", "o1/index.html"):
        (tmp_path / unit.host / name).write_text(PAGE, "utf-8")
    ministry = Ministry(tmp_path, (unit,), (Host(unit.id, "up", "utf-8", False, {}),))
    read = [
        "http://127.0.0.2:80/",
        "http://127.0.0.2:80/o1/",
        "http://127.0.0.2:80/o2/",
        "http://x/",
    ]
    found = pages_of(ministry, {unit.host: "http://127.0.0.2:80"}, read)
    assert [page.path for page in found] == [tmp_path / unit.host / "o1/index.html"]


def test_processes_that_are_left_behind_are_counted(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < {}: pass"
    orphan = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn.format(0.6)!r}])"
    )
    code = f"{burn.format(0.1)}\n{orphan}\nsys.exit(3)"
    report, log = tmp_path / "cost.json", tmp_path / "log"
    cost = cost_of([sys.executable, "-c", code], report, dict(os.environ), Path.cwd(), log)
    assert cost.code == 3
    assert cost.cpu_s >= 0.7


def test_a_command_that_cannot_start_is_told(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(RuntimeError, match="no-such-program"):
        cost_of(["/no-such-program"], tmp_path / "c.json", dict(os.environ), Path.cwd(), log)


def scan(**verdicts: str) -> Scan:
    said = {("sriphana", item): (word, ()) for item, word in verdicts.items()}
    return Scan(said, {"/a": frozenset({"1"}), "/b": frozenset({"2"}), "/c": frozenset({"3"})})


def test_changed_pages_are_those_read_twice_that_say_something_else() -> None:
    after = Scan({}, {"/a": frozenset({"1"}), "/b": frozenset({"9"}), "/d": frozenset({"4"})})
    assert changed_pages(scan(), after) == {"/b"}


def test_verdicts_differ_in_word_or_reason_and_only_units_of_the_second_count() -> None:
    one = scan(O1="pass", O2="fail")
    assert differences(one, one) == []
    assert differences(one, scan(O1="fail", O2="fail")) == ["sriphana O1: pass -> fail"]
    reasoned = Scan({**one.verdicts, ("sriphana", "O2"): ("fail", ("outdated",))}, {})
    assert differences(one, reasoned) == ["sriphana O2: fail -> fail (outdated)"]
    assert differences(one, scan(O1="pass")) == ["sriphana O2: fail -> none"]
    more = Scan({**one.verdicts, ("other", "O1"): ("pass", ())}, {})
    assert differences(more, one) == []


def test_the_truth_of_a_copy_is_that_of_its_model() -> None:
    unit = a_unit("sriphana-2")
    whole = Scan({(unit.id, item): ("pass", ()) for item in ALL_ITEMS}, {})
    assert untrue(whole, [unit], ALL_ITEMS) == []
    assert len(untrue(Scan({}, {}), [unit], ["O1", "O2"])) == 2


def test_counts_come_from_another_process_and_subtract(tmp_path: Path) -> None:
    ministry = write_ministry(tmp_path / "sites", print_pdfs=False, count=1)
    with servers(ministry.folder, tmp_path / "units.csv") as serving:
        assert "http://127." in (tmp_path / "units.csv").read_text("utf-8-sig")
        before = serving.counts()
        assert total(before) == Count()
        assert set(serving.addresses) == {"sriphana", "drive"}
    after = {("a", "/x"): Count(2, 30), ("a", "/y"): Count(1, 50), ("b", "/"): Count(1, 0, 1)}
    assert total(after, {("a", "/x"): Count(1, 10)}) == Count(3, 70, 1)
    assert heaviest(after, {("a", "/y"): Count(1, 45)}, 2) == [("a/x", 30), ("a/y", 5)]


def swept(cpu_s: float, sent: int, found: Scan) -> Swept:
    return Swept(Cost(cpu_s, cpu_s, 1), Count(10, sent, 5, 1), found, [("a/x", sent)])


def nightly(tmp_path: Path) -> Nightly:
    done = [Change(page, "year") for page in pages(tmp_path, "a.html")]
    first, second = swept(100.0, 1000, scan(O1="pass")), swept(12.0, 40, scan(O1="pass"))
    url = done[0].page.url
    return Nightly(1, 3, first, second, second, second, done, {url}, [], [], [])


def test_the_section_holds_the_shares_against_the_aims(tmp_path: Path) -> None:
    told = nightly(tmp_path)
    text = section(Run(told, 2, "3.11", 60.0))
    assert text.startswith(marks(NAME)[0])
    assert text.endswith(f"{marks(NAME)[1]}\n")
    assert "| 4.0% | ≤ 5% | ถึง |" in text
    assert "| 12.0% | ≤ 15% | ถึง |" in text
    dear = replace(told, second=swept(16.0, 60, scan(O1="pass")))
    text = section(Run(dear, 2, "3.11", 60.0))
    assert "| 6.0% | ≤ 5% | **ไม่ถึง** |" in text
    assert "| 16.0% | ≤ 15% | **ไม่ถึง** |" in text
    assert dear.sound


@pytest.mark.parametrize("fault", ["untrue", "unlike", "unlike_fresh"])
def test_a_verdict_that_differs_is_named_and_is_no_sound_result(tmp_path: Path, fault: str) -> None:
    told = nightly(tmp_path)
    assert told.sound
    wrong = Nightly(
        **{name: getattr(told, name) for name in Nightly.__slots__}
        | {fault: ["x O1: pass -> fail"]}
    )
    assert not wrong.sound
    assert "`x O1: pass -> fail`" in section(Run(wrong, 2, "3.11", 60.0))


@pytest.mark.parametrize("found", [set(), {"http://127.0.0.2/a.html", "/more"}])
def test_a_page_missed_or_too_many_is_no_sound_result(tmp_path: Path, found: set[str]) -> None:
    assert not replace(nightly(tmp_path), found=found).sound


@pytest.mark.parametrize("found", [{"http://127.0.0.2/a.html"}, set()])
def test_the_command_writes_its_section_and_its_code_tells_whether_all_is_sound(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    found: set[str],
) -> None:
    told, out = replace(nightly(tmp_path), found=found), tmp_path / "benchmarks.md"
    monkeypatch.setattr(command, "measure", lambda *_: told)
    assert command.main(["--units", "1", "--out", str(out)]) == (0 if told.sound else 1)
    assert out.read_text("utf-8").endswith(capsys.readouterr().out.removesuffix("\n"))


def test_real_sweeps_of_two_units_find_the_page_that_changed(tmp_path: Path) -> None:
    ministry = write_ministry(tmp_path / "sites", print_pdfs=False, count=2)
    registry, items = tmp_path / "units.csv", ["O1", "O31"]
    with servers(ministry.folder, registry) as serving:
        home = Home(tmp_path / "home", registry, items)
        first = home.sweep(serving)
        changes = change(pages_of(ministry, serving.addresses, first.scan.pages), 1, None)
        second = home.sweep(serving)
    assert untrue(first.scan, ministry.units, items) == []
    assert first.traffic.requests > 10
    assert 0 < first.traffic.unmarked_bytes < first.traffic.body_bytes
    assert first.cost.cpu_s > 0.5
    assert len(changes) == 1
    assert changed_pages(first.scan, second.scan) == {one.page.url for one in changes}
