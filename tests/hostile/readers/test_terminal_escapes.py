"""Words that take over the terminal of whoever runs the program.

Tried: Unit names, page titles and messages of servers hold escape sequences: window titles, moves
and colours, links (OSC 8), the clipboard (OSC 52), C1 controls, returns, backspaces, bidi turns.
Must: Lines, tables, refusals, progress and JSON carry none of them; the words around them stay.
"""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
import typer
from rich.progress import Progress, TextColumn
from typer.testing import CliRunner

from cli import app
from commands.language import refuse
from commands.screen import Screen, show_json
from commands.tables import show_line, show_table
from results.store import Store
from tests.hostile.readers.attacks import STEERING
from tests.results.samples import missing, passing
from tests.results.scans import Night, page, scan

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("text", STEERING)
def test_nothing_obeyed_is_printed(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    show_line(f"ก่อน {text} หลัง")
    show_table(["หน่วยงาน"], [[f"ก่อน {text} หลัง"]])
    show_json(json.dumps({"หน่วยงาน": f"ก่อน {text} หลัง"}, ensure_ascii=False))
    with pytest.raises(typer.Exit):
        refuse(f"ก่อน {text} หลัง")
    said = capsys.readouterr()
    assert not OBEYED.search(said.out + said.err)
    assert said.out.count("ก่อน") == said.out.count("หลัง") == 3


@pytest.mark.parametrize("text", STEERING)
def test_progress_moves_only_by_itself(text: str) -> None:
    told = io.StringIO()
    screen = Screen(file=told, force_terminal=True, width=80)
    with Progress(TextColumn("{task.fields[host]}", markup=False), console=screen) as bar:
        bar.add_task("", total=1, host=f"ก่อน {text} หลัง")
    own = re.sub(r"\x1b\[\?25[lh]|\x1b\[\d*[AK]|\x1b\[2K|[\r\n]", "", told.getvalue())
    assert not OBEYED.search(own)


def test_history_of_a_unit_named_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").mkdir()
    with Store.open("sqlite:///var/oit.db") as store:
        text = "".join(STEERING)
        scan(
            store,
            Night(date(2023, 4, 1), {"a": [passing("O1"), missing("O2", text)]}, [page(text)]),
        )
    for words in (["scan", "list"], ["history", "--unit", "a"], ["history", "--unit", STEERING[0]]):
        result = CliRunner().invoke(app, words)
        assert not OBEYED.search(result.output), words
