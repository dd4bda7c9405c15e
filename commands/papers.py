"""`oit paper`: the ministry's own papers; each function stands in a module of its own."""

from __future__ import annotations

import typer

from commands import analysing

app = typer.Typer(help="เอกสารของ ศปท.มท.: วิเคราะห์ผล ITA และมาตรการ", no_args_is_help=True)
app.command("analysis")(analysing.analysis)
app.command("scores-template")(analysing.scores_form)
app.command("measures-template")(analysing.measures_form)
