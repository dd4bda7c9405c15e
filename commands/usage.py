"""The command line's own sentences: faults of a call and the frame of the help, in Thai."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer import rich_utils
from typer.core import TyperGroup

from commands.language import Exit, Lang, say, speak, words

if TYPE_CHECKING:
    from collections.abc import Sequence

# The library's sentences, and what each says in Thai; a group of the pattern fills a blank.
_FAULTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), thai)
    for pattern, thai in (
        (r"No such option: (\S+) .*?(?:Possible options:|Did you mean) ([^)?]+)",
         "ไม่รู้จักตัวเลือก {0} หมายถึง {1} หรือไม่"),
        (r"No such option: (\S+)", "ไม่รู้จักตัวเลือก {0}"),
        (r"No such command '(.+?)'.*Did you mean (.+?)\?", "ไม่มีคำสั่ง {0} หมายถึง {1} หรือไม่"),
        (r"No such command '(.+?)'", "ไม่มีคำสั่ง {0}"),
        (r"Missing command", "ยังไม่ได้ระบุคำสั่ง"),
        (r"Missing \w+ '(.+?)'", "ยังไม่ได้ระบุ {0}"),
        (r"Option '(.+?)' requires an argument", "ต้องใส่ค่าหลังตัวเลือก {0}"),
        (r"Option '(.+?)' does not take a value", "ตัวเลือก {0} ไม่ต้องใส่ค่า"),
        (r"Got unexpected extra argument\S* \((.*)\)", "มีคำเกินมา: {0}"),
        (r"Invalid value for '(.+?)'.*?: (\S+) is not one of (.*?)\.?$",
         "ค่าของ {0} ต้องเป็นอย่างใดอย่างหนึ่งใน {2} ไม่ใช่ {1}"),
        (r"Invalid value for '(.+?)'.* valid integer", "ค่าของ {0} ต้องเป็นจำนวนเต็ม"),
        (r"Invalid value for '(.+?)'", "ค่าของ {0} ใช้ไม่ได้"),
    )
)  # fmt: skip


def in_thai(fault: str) -> str:
    """The Thai sentence for the command-line library's `fault`, one for any other fault."""
    for pattern, thai in _FAULTS:
        if match := pattern.search(fault):
            return thai.format(*(part.replace("'", "") for part in match.groups()))
    return "สั่งไม่ถูกรูปแบบ"


class SpokenGroup(TyperGroup):
    """A group of commands that tells faults in one line and frames its help in Thai."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; a call that is wrong is told in one line and exits with 2."""
        try:
            code = super().main(
                args, prog_name, complete_var, False, windows_expand_args, **extra
            )  # fmt: skip
        except typer.TyperException as error:
            if not standalone_mode:
                raise
            _tell(error)
            sys.exit(Exit.BAD_INPUT)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else Exit.ALL_PASS)
        return code

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Ctrl-C is answered with a word and exit code 130."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("หยุดแล้ว", "stopped")
            raise typer.Exit(Exit.INTERRUPTED) from None

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, its help framed in the language in use; None: no such one."""
        lang = ctx.find_root().params.get("lang")
        if isinstance(lang, Lang):
            # A command is looked up, and its help named, before the options of `oit` are obeyed.
            speak(lang)
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            command.options_metavar = words("[ตัวเลือก]", "[OPTIONS]")
            if isinstance(command, TyperGroup):
                command.subcommand_metavar = words("คำสั่ง …", "COMMAND …")
            _name_help(command.get_help_option(ctx))
        return command

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help, described in the language in use."""
        return _name_help(super().get_help_option(ctx))


def _tell(error: typer.TyperException) -> None:
    fault = " ".join(error.format_message().split()).replace("Value error, ", "")
    if not fault:
        # A bare `oit` has shown its help already.
        return
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "oit"
    say(f"{in_thai(fault)} ({fault}) ดูวิธีใช้: {path} --help", f"{fault} See: {path} --help")


def _name_help(option: Any) -> Any:
    # The library reads these names when it draws the help, after the language is known.
    rich_utils.OPTIONS_PANEL_TITLE = words("ตัวเลือก", "Options")
    rich_utils.ARGUMENTS_PANEL_TITLE = words("สิ่งที่ต้องระบุ", "Arguments")
    rich_utils.COMMANDS_PANEL_TITLE = words("คำสั่ง", "Commands")
    rich_utils.DEFAULT_STRING = words("[ไม่ระบุ = {}]", "[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = words("[ต้องระบุ]", "[required]")
    rich_utils.ENVVAR_STRING = words("[ตัวแปรระบบ: {}]", "[env var: {}]")
    if option is not None:
        option.help = words("แสดงวิธีใช้นี้", "Show this message and exit.")
    return option
