"""What the commands say: Thai by default, English with `--lang en`."""

from __future__ import annotations

import os
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NoReturn

import typer

from commands.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lang(StrEnum):
    """Languages of messages."""

    TH = "th"
    EN = "en"


class Exit(IntEnum):
    """What a command's exit code means."""

    ALL_PASS = 0
    GAPS = 1
    BAD_INPUT = 2
    TOO_LITTLE_CHECKED = 3
    INTERRUPTED = 130


out = Screen(highlight=False, emoji=False)
err = Screen(stderr=True, highlight=False, emoji=False)

_spoken: list[Lang] = [Lang.TH]


def speak(lang: Lang) -> None:
    """Choose the language of everything said from now on."""
    _spoken[0] = lang


def spoken() -> Lang:
    """The language in use."""
    return _spoken[0]


def words(th: str, en: str) -> str:
    """`th` or `en`, by the language in use."""
    return th if spoken() is Lang.TH else en


def say(th: str, en: str) -> None:
    """Print a line of progress or result on standard error, plain text without markup."""
    err.print(words(th, en), markup=False, soft_wrap=True)


def refuse(th: str, en: str | None = None) -> NoReturn:
    """Say in one line what is wrong with the call or its input, and exit with 2."""
    err.print(words(th, en or th), markup=False, soft_wrap=True)
    raise typer.Exit(Exit.BAD_INPUT)


@contextmanager
def refusing(*errors: type[Exception]) -> Iterator[None]:
    """Turn the named errors into one clear line and exit code 2."""
    try:
        yield
    except errors as error:
        refuse(str(error), _in_english(error))


def _in_english(error: Exception) -> str:
    """The error's English words where it carries them, else what it says of itself."""
    text = getattr(error, "text", None)
    return text("en") if callable(text) else str(getattr(error, "en", error))


def home() -> str:
    """The folder of this installation's own data: `OIT_HOME`, or `var` in the current folder."""
    return os.environ.get("OIT_HOME") or "var"
