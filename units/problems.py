"""What is wrong with a units file: where, what, and how to mend it, in Thai and in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 20
"""How many problems one message lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands, in words of both languages; empty for the whole file."""

    th: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: its place and a sentence that says what is wrong and how to mend it."""

    th: str
    en: str
    place: Place = Place()

    def text(self, lang: str = "th") -> str:
        """Place and sentence in `lang` (`th` or `en`)."""
        place, sentence = (self.place.en, self.en) if lang == "en" else (self.place.th, self.th)
        return f"{place}: {sentence}" if place else sentence


class UnitsError(ValueError):
    """A units file that cannot be used; `str()` is the whole message in Thai."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        """`source` is the file's name; `problems` are all that were found, at least one."""
        self.source = source
        self.problems = tuple(problems)
        super().__init__(self.text())

    def text(self, lang: str = "th") -> str:
        """One line for one problem, otherwise a heading and a line for each of the first 20."""
        if len(self.problems) == 1:
            return f"{self.source}: {self.problems[0].text(lang)}"
        count = len(self.problems)
        if lang == "en":
            head = f"{self.source}: {count} problems; nothing was read"
            rest = f"... and {count - SHOWN} more"
        else:
            head = f"{self.source}: พบข้อผิดพลาด {count} แห่ง จึงยังไม่นำเข้าข้อมูลใด"
            rest = f"... และอีก {count - SHOWN} แห่ง"
        lines = [f"  - {problem.text(lang)}" for problem in self.problems[:SHOWN]]
        return "\n".join([head, *lines, *([rest] if count > SHOWN else [])])
