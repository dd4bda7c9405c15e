"""`oit paper`: the papers of the ministry's own process."""

from __future__ import annotations

import typer

from commands.access_letter import access_letter
from commands.analysing import analysis, measures_form, scores_form
from commands.memo import memo, memo_template
from commands.monthly import monthly

app = typer.Typer(help="หนังสือและรายงานตามขั้นตอนของกระทรวง", no_args_is_help=True)
app.command("memo")(memo)
app.command("memo-template")(memo_template)
app.command("letter")(access_letter)
app.command("monthly")(monthly)
app.command("analysis")(analysis)
app.command("scores-template")(scores_form)
app.command("measures-template")(measures_form)
