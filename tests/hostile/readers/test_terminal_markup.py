"""Markup of the library that colours the terminal.

Tried: Titles and names read `[link=http://evil.example]`, `[red]`, `[/]`, `:skull:` and a style that
does not exist, which would be coloured, linked, swallowed, or end the command with an error.
Must: They are printed letter by letter, on lines, in tables and in refusals.
"""

from __future__ import annotations

import pytest
import typer

from commands.language import refuse, say
from commands.tables import show_line, show_table

WORDS = (
    "[link=http://evil.example]คลิก[/link]",
    "[red]ผ่าน[/red]",
    "[/]",
    "[blink not-a-style]ก",
    ":skull: :warning:",
    "\\[bold]ก",
    "[@click=app.bell]ก[/]",
)


@pytest.mark.parametrize("text", WORDS)
def test_it_is_printed_as_it_stands(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    show_line(text)
    show_table(["ก"], [[text]])
    say(text, text)
    with pytest.raises(typer.Exit):
        refuse(text)
    said = capsys.readouterr()
    assert said.out.count(text) == said.err.count(text) == 2
