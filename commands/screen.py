"""The terminal: what is shown on it is text, whoever wrote it, and never steers it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.segment import Segment

from commands.log_lines import unsteered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import ConsoleOptions, RenderableType

_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Screen(Console):
    """A console on which only rich's own colours and movements leave as such.

    Titles of pages, names of units and lines of servers pass through it on every command.
    """

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments of `renderable`, their texts without what a terminal obeys."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(unsteered(segment.text), segment.style)


def show_json(text: str) -> None:
    """Print JSON alone on standard output; what a terminal would obey stands in it escaped."""
    typer.echo(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
