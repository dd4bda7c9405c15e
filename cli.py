"""The command `oit`: joins the commands and turns interruptions into exit codes."""

from __future__ import annotations

from commands import early

# isort: split
import logging
import sys
from typing import Annotated

import typer

from commands import checklists, papers, registry, waiving
from commands.checking import check
from commands.demonstration import demo
from commands.discovering import discover
from commands.evaluating import evaluate
from commands.language import Exit, Lang, say, speak
from commands.reporting import report
from commands.sweeping import sweep, tool_version
from commands.usage import SpokenGroup

app = typer.Typer(
    cls=SpokenGroup,
    options_metavar="[ตัวเลือก]",
    subcommand_metavar="คำสั่ง …",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=(
        "รหัสจบ: 0 ทุกข้อที่ตรวจผ่าน · 1 พบช่องว่าง · 2 คำสั่งหรือไฟล์นำเข้าผิด · "
        "3 ตรวจได้น้อยเกินไป · 130 ถูกหยุดกลางคัน (ผลบางส่วนบันทึกแล้ว)"
    ),
)
app.command()(sweep)
app.command()(check)
app.command()(discover)
app.command()(report)
app.command("eval")(evaluate)
app.command()(demo)
app.add_typer(checklists.app, name="checklist", cls=SpokenGroup)
app.add_typer(registry.app, name="units", cls=SpokenGroup)
app.add_typer(waiving.app, name="waive", cls=SpokenGroup)
app.add_typer(papers.app, name="paper", cls=SpokenGroup)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"oit {tool_version()}")
        raise typer.Exit


@app.callback()
def options(
    lang: Annotated[
        Lang, typer.Option("--lang", envvar="OIT_LANG", help="ภาษาของข้อความ: th หรือ en")
    ] = Lang.TH,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="บันทึกการทำงานละเอียดออก stderr")
    ] = False,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="แสดงรุ่น")
    ] = False,
) -> None:
    """ตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) ของหน่วยงานภาครัฐ ก่อนส่งเข้าระบบ ITAS

    ตรวจว่าข้อมูล 43 ข้อ (O1-O43) อยู่บนเว็บไซต์ของหน่วยงาน ครบองค์ประกอบ และเป็นปีปัจจุบัน
    """
    speak(lang)
    level = logging.INFO if verbose else logging.ERROR
    if not verbose:
        # An interrupted browser leaves futures behind, which asyncio would tell of in English.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")


def main() -> None:
    """Run `oit`; Ctrl-C and SIGTERM end it with exit code 130."""
    early.loaded()
    try:
        app()
    except KeyboardInterrupt:
        say("หยุดแล้ว", "stopped")
        sys.exit(Exit.INTERRUPTED)


if __name__ == "__main__":
    main()
