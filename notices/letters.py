"""A digest as mail, LINE text and webhook body, from templates that an office may replace.

Templates run in a sandbox; in `.html.j2` everything is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notices.digest import Digest, digest_json
from notices.inert import inert_digest
from notices.plain_text import inert, one_line
from results.formats.page import plain, points
from results.links import safe_link
from results.speech import day_text

if TYPE_CHECKING:
    from notices.news import News

LINE_LIMIT = 5000
"""Letters of a LINE text message, counted in UTF-16 units as LINE counts them."""
_SUBJECT_CHARS = 150
_LINE_SHOWN = 12
_NAMES = ("subject.txt.j2", "mail.txt.j2", "mail.html.j2", "line.txt.j2")


class LetterError(ValueError):
    """A template that cannot be used; `str()` is one line in Thai, `en` in English."""

    def __init__(self, th: str, en: str) -> None:
        """One sentence in each language."""
        super().__init__(th)
        self.en = en


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest in every form that it may leave in; `data` is the JSON for webhooks."""

    subject: str
    text: str
    html: str
    line: str
    data: str


class Letters:
    """Writes digests; `folder` holds an office's own templates, taken before the usual ones."""

    def __init__(self, folder: Path | None = None) -> None:
        """Raises `LetterError` for a folder that is not there or a template that is no Jinja2."""
        loaders: list[BaseLoader] = [PackageLoader("notices", "templates")]
        if folder is not None:
            if not folder.is_dir():
                raise LetterError(
                    f"ไม่พบโฟลเดอร์แม่แบบ «{folder}»", f"no folder of templates «{folder}»"
                )
            loaders.insert(0, FileSystemLoader(folder))
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader(loaders),
            autoescape=lambda name: bool(name) and str(name).endswith(".html.j2"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            points=points, plain=plain, day=day_text, clip=_clipped, safe_link=safe_link
        )
        for name in _NAMES:
            self._render(name, None)

    def letter(self, digest: Digest) -> Letter:
        """The digest in every form; raises `LetterError` when a template cannot be filled in."""
        shown = inert_digest(digest)
        subject = self._render("subject.txt.j2", digest) or ""
        return Letter(
            subject=one_line(subject, _SUBJECT_CHARS),
            text=_squeezed(self._render("mail.txt.j2", shown) or ""),
            html=self._render("mail.html.j2", shown) or "",
            line=self._line(shown),
            data=digest_json(digest),
        )

    def _line(self, digest: Digest) -> str:
        """As many of the dearest news as LINE takes, with the count of what is left out."""
        news = digest.news
        for shown in range(min(len(news), _LINE_SHOWN), -1, -1):
            left_out = len(news) - shown
            said = self._render("line.txt.j2", digest, news[:shown], left_out) or ""
            said = _squeezed(said)
            if utf16_units(said) <= LINE_LIMIT:
                return said
        raise LetterError(
            f"แม่แบบ line.txt.j2 ยาวเกิน {LINE_LIMIT:,} ตัวอักษรของ LINE",
            f"the template line.txt.j2 is longer than the {LINE_LIMIT:,} letters of LINE",
        )

    def _render(
        self, name: str, digest: Digest | None, shown: tuple[News, ...] = (), left_out: int = 0
    ) -> str | None:
        try:
            template = self._environment.get_template(name)
            if digest is None:
                return None
            return template.render(digest=digest, shown=shown, left_out=left_out)
        except TemplateSyntaxError as error:
            where, why = f"{name} บรรทัด {error.lineno}", one_line(error.message or "", 200)
            raise LetterError(
                f"แม่แบบ {where}: {why}", f"template {name}, line {error.lineno}: {why}"
            ) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            why = one_line(str(error), 200)
            raise LetterError(
                f"เติมข้อความลงแม่แบบ {name} ไม่ได้: {why}", f"template {name}: {why}"
            ) from None


def _clipped(text: str, limit: int = 0) -> str:
    return inert(one_line(text, limit))


def utf16_units(text: str) -> int:
    """How long a text is for LINE."""
    return len(text.encode("utf-16-le")) // 2


def _squeezed(text: str) -> str:
    """The text without trailing spaces and with at most one empty line in a row."""
    lines: list[str] = []
    for line in (one.rstrip() for one in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)
