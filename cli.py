"""The command `oit`: joins the commands and turns interruptions into exit codes."""

from __future__ import annotations

from commands import early

# isort: split
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.language import Exit, Lang, say, speak
from commands.later import Commands
from commands.logs import LogFormat, begin_logging

app = typer.Typer(
    cls=Commands,
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


def _show_version(wanted: bool) -> None:
    if wanted:
        from commands.sweeping import tool_version

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
    log_format: Annotated[
        LogFormat,
        typer.Option(
            "--log-format",
            envvar="OIT_LOG_FORMAT",
            help="รูปแบบของบันทึกการทำงาน: text สำหรับคนอ่าน หรือ json บรรทัดละหนึ่งรายการ",
        ),
    ] = LogFormat.TEXT,
    log_file: Annotated[
        Path | None,
        typer.Option(
            "--log-file",
            envvar="OIT_LOG_FILE",
            metavar="ไฟล์",
            help="เก็บบันทึกการทำงานไว้ในแฟ้มนี้ด้วย ขึ้นแฟ้มใหม่เมื่อครบ 20 MB",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="แสดงรุ่น")
    ] = False,
) -> None:
    """ตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) ของหน่วยงานภาครัฐ ก่อนส่งเข้าระบบ ITAS

    ตรวจว่าข้อมูล 43 ข้อ (O1-O43) อยู่บนเว็บไซต์ของหน่วยงาน ครบองค์ประกอบ และเป็นปีปัจจุบัน
    """
    speak(lang)
    begin_logging(log_format, log_file, verbose=verbose)


def main() -> None:
    """Run `oit`; Ctrl-C and SIGTERM end it with exit code 130."""
    if not early.is_program():
        early.loaded()
    try:
        app()
    except KeyboardInterrupt:
        say("หยุดแล้ว", "stopped")
        sys.exit(Exit.INTERRUPTED)


if __name__ == "__main__":
    main()
