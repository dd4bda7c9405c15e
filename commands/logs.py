"""Where log lines go and in what form: text or JSON, to standard error and to a file."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.language import err, refuse, say
from commands.log_lines import json_line, safe_named, safe_value, text_line
from crawler.log_context import log_context

if TYPE_CHECKING:
    from structlog.stdlib import ProcessorFormatter

FILE_BYTES = 20_000_000
"""A log file of this size is put aside under a number and a new one begun."""
FILES_KEPT = 9
_handlers: list[logging.Handler] = []


class LogFormat(StrEnum):
    """The form of log lines."""

    TEXT = "text"
    JSON = "json"


def begin_logging(form: LogFormat, file: Path | None, *, verbose: bool) -> None:
    """Write log lines from now on, in place of an earlier call's.

    Standard error gets errors only, everything from INFO on when `verbose` or as JSON, which a
    collector of logs reads. `file` gets everything from INFO on. A file that cannot be written
    ends the command with a clear line.
    """
    end_logging()
    if not verbose:
        # An interrupted browser leaves futures behind, which asyncio would tell of in English.
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    much = verbose or form is LogFormat.JSON
    console = _Console(logging.INFO if much else logging.ERROR)
    _handlers.append(console)
    if file is not None:
        _handlers.append(_file_handler(file))
    root = logging.getLogger()
    for handler in _handlers:
        handler.setFormatter(_Structured(form))
        root.addHandler(handler)
    root.setLevel(min(logging.WARNING, *(handler.level for handler in _handlers)))


def end_logging() -> None:
    """Write no more log lines; the file is closed."""
    for handler in _handlers:
        logging.getLogger().removeHandler(handler)
        # A full disk refuses what was left to write.
        with suppress(OSError):
            handler.close()
    _handlers.clear()


def _file_handler(file: Path) -> logging.Handler:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(
            file,
            maxBytes=FILE_BYTES,
            backupCount=FILES_KEPT,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError as error:
        refuse(
            f"เขียนแฟ้มบันทึก «{file}» ไม่ได้ เลือกที่อื่นด้วย --log-file ({error.strerror})",
            f"cannot write the log «{file}»; choose another with --log-file ({error.strerror})",
        )
    handler.setLevel(logging.INFO)
    return handler


class _LogFile(RotatingFileHandler):
    """The file of log lines; one that can no longer be written is told of once, and lived without.

    The program's work is worth more than its log: a full disk must not stop it here.
    """

    _told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802
        """Tell the first time that a line could not be written."""
        if self._told:
            return
        self._told = True
        why = sys.exc_info()[1]
        say(f"เขียนแฟ้มบันทึกไม่ได้ ทำงานต่อโดยไม่บันทึก ({why})", f"the log cannot be written ({why})")


class _Console(logging.Handler):
    """Writes through the console of the progress bar, above the bar and never through it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            err.print(self.format(record), markup=False, emoji=False, soft_wrap=True)
        except Exception:
            self.handleError(record)


class _Structured(logging.Formatter):
    """Formats records with structlog, which is loaded when there is something to tell."""

    def __init__(self, form: LogFormat) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line, an exception as indented lines below it."""
        return self._formatter.format(record)

    @cached_property
    def _formatter(self) -> ProcessorFormatter:
        from structlog.processors import format_exc_info
        from structlog.stdlib import ProcessorFormatter

        render = json_line if self._form is LogFormat.JSON else text_line
        return ProcessorFormatter(
            processors=[format_exc_info, _fields, lambda _logger, _name, fields: render(fields)]
        )


def _fields(_logger: Any, _name: str, event: Any) -> dict[str, Any]:
    """The fields of a record in order: when, how grave, who, what, about what, figures."""
    record: logging.LogRecord = event["_record"]
    moment = datetime.fromtimestamp(record.created, UTC)
    fields = {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": safe_value(record.name),
        "event": safe_value(event["event"]),
    }
    more = {**log_context(), **getattr(record, "figures", {})}
    fields.update({name: safe_named(name, value) for name, value in more.items()})
    if exception := event.get("exception"):
        fields["exception"] = "\n".join(safe_value(line) for line in exception.splitlines())
    return fields
