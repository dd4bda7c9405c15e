"""A sheet written as a page that can do nothing: every tag and letter of it is written here.

No attribute, script, style, picture, form or live link of the archived page comes through: names
of blocks are taken from a short list, text is escaped, addresses are shown as text alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from web.evidence.pieces import Piece, Sheet, Sort
from web.evidence.quoting import Marked, Spot

if TYPE_CHECKING:
    from web.evidence.locating import Span

QUOTE = "quote"
"""The id of the first mark, to which the address's fragment leads."""
MOST_LETTERS = 300_000
MOST_PIECES = 40_000
_DEEPEST = 60
_STYLE = Path(__file__).parent.parent / "assets" / "archived-page.css"
_DISGUISES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_VOID = ("br", "hr")
_TAGS = {
    **{name: (name, "") for name in (
        "div", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead",
        "tbody", "tfoot", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "sub", "sup",
    )},
    # What browsers would open again behind a forgotten end stands as a plain span.
    "p": ("div", "p"), "b": ("span", "b"), "i": ("span", "i"), "u": ("span", "u"),
    "s": ("span", "s"), "page": ("div", "page"),
}  # fmt: skip
_CELLS = ("td", "th")
_ASIDE_NAMES = {
    Sort.PICTURE: "ภาพ",
    Sort.FRAME: "กรอบจากที่อื่น",
    Sort.TOOLTIP: "คำอธิบายที่ขึ้นเมื่อชี้",
    Sort.HIDDEN: "ข้อความที่หน้าเว็บซ่อนไว้ ผู้เข้าชมมองไม่เห็น",
}


@cache
def style() -> str:
    """The style sheet of every such page."""
    places = "".join(f".at-{part}{{top:{part}%}}" for part in range(101))
    return _STYLE.read_text(encoding="utf-8") + places


@cache
def policy() -> str:
    """The Content-Security-Policy of such a page: its own style sheet and picture, sandboxed."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; sandbox"
    )


def safe_page(sheet: Sheet, marked: Marked, said: Sequence[str] = ()) -> str:
    """The whole page, `said` above it; round the mark alone where it is too long for the whole."""
    low, high = _window(sheet.pieces, marked.first)
    cut = sheet.cut or low > 0 or high < len(sheet.pieces)
    body = "".join(_Writer(marked).written(sheet.pieces, low, high))
    return _framed([*said, *_notes(sheet, cut, body)], _title(sheet, marked) + body)


def picture_page(media: str, picture: bytes, down: int, said: Sequence[str], words: str) -> str:
    """A page that shows one picture (`media` is its type), the mark `down` percent from its top.

    `words` say in Thai what the picture shows.
    """
    data = base64.b64encode(picture).decode("ascii")
    anchor = f'<span id="{QUOTE}" class="at at-{max(0, min(100, down))}"></span>'
    return _framed(
        said,
        f'<div class="drawn">{anchor}<img alt="{escape(words)}" '
        f'src="data:{escape(media)};base64,{data}"></div>',
    )


def _framed(notes: Sequence[str], body: str) -> str:
    told = "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
    return (
        '<!doctype html><html lang="th"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>สำเนาในคลังหลักฐาน</title><style>{style()}</style></head>"
        f"<body>{told}<main>{body}</main></body></html>"
    )


def message_page(said: str) -> str:
    """A page that says why nothing is shown."""
    return _framed([said], "")


def _title(sheet: Sheet, marked: Marked) -> str:
    if not sheet.title:
        return ""
    said = shown(sheet.title)
    if marked.spot is Spot.TITLE:
        said = f'<mark id="{QUOTE}">{said}</mark>'
    return f'<p class="title"><span class="label">{sheet.title_word}</span> {said}</p>'


def _notes(sheet: Sheet, cut: bool, body: str) -> Iterator[str]:
    if cut:
        yield "หน้านี้ยาวมาก แสดงเฉพาะบางส่วน ดูทั้งหมดได้จากไฟล์ต้นฉบับ"
    if sheet.hidden:
        yield f"ไม่แสดงข้อความที่หน้าเว็บซ่อนไว้ {sheet.hidden:,} แห่ง"
    if not body.strip():
        yield "หน้านี้ไม่มีข้อความที่แสดงได้"


def _window(pieces: Sequence[Piece], first: int) -> tuple[int, int]:
    """The pieces to write, from and to before: from the top, else round piece `first`."""
    high = _reach(pieces, 0)
    if first < high:
        return 0, high
    low, letters = first, 0
    while low > 0 and first - low < MOST_PIECES // 4 and letters < MOST_LETTERS // 4:
        low -= 1
        letters += len(pieces[low].value)
    return low, _reach(pieces, low)


def _reach(pieces: Sequence[Piece], low: int) -> int:
    high, letters = low, 0
    while high < len(pieces) and high - low < MOST_PIECES and letters < MOST_LETTERS:
        letters += len(pieces[high].value) if pieces[high].sort is Sort.TEXT else 0
        high += 1
    return high


def shown(text: str) -> str:
    """`text` escaped, without characters that would disguise it."""
    return escape(_DISGUISES.sub("", text), quote=True)


class _Writer:
    """Writes pieces; a block is opened when something stands in it, and always closed."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked
        self._open: list[tuple[Piece, bool]] = []
        self._named = marked.spot is Spot.TITLE

    def written(self, pieces: Sequence[Piece], low: int, high: int) -> Iterator[str]:
        """The pieces from `low` to before `high` as markup, inside the blocks they stand in."""
        for number, piece in enumerate(pieces[:high]):
            if piece.sort is Sort.OPEN and piece.value not in _VOID:
                self._open.append((piece, False))
                if number >= low and piece.value in _CELLS:
                    yield from self._opened()
            elif piece.sort is Sort.CLOSE:
                yield self._closed()
            elif number >= low and (said := self._said(number, piece)):
                yield from self._opened()
                yield said
        while self._open:
            yield self._closed()

    def _opened(self) -> Iterator[str]:
        for depth, (piece, is_open) in enumerate(self._open):
            if not is_open and depth < _DEEPEST:
                self._open[depth] = (piece, True)
                yield _opening(piece)

    def _closed(self) -> str:
        if not self._open:
            return ""
        piece, is_open = self._open.pop()
        return f"</{_TAGS[piece.value][0]}>" if is_open else ""

    def _said(self, number: int, piece: Piece) -> str:
        if piece.sort is Sort.OPEN:
            return f"<{piece.value}>"
        if piece.sort is Sort.TEXT:
            return self._text(number, piece)
        return self._aside(number, piece)

    def _text(self, number: int, piece: Piece) -> str:
        whole = number in self._marked.whole
        stretches = [(0, len(piece.value))] if whole else self._marked.stretches.get(number, [])
        said = "".join(self._parts(piece.value, sorted(stretches)))
        if not piece.url or not said.strip():
            return said
        return f'<span class="link" title="{shown(piece.url)}">{said}</span>'

    def _parts(self, text: str, stretches: Sequence[Span]) -> Iterator[str]:
        at = 0
        for first, last in stretches:
            first = max(first, at)
            if first >= last:
                continue
            yield shown(text[at:first])
            yield self._mark(shown(text[first:last]))
            at = last
        yield shown(text[at:])

    def _mark(self, said: str) -> str:
        name = "" if self._named else f' id="{QUOTE}"'
        self._named = True
        return f"<mark{name}>{said}</mark>"

    def _aside(self, number: int, piece: Piece) -> str:
        meant = number in self._marked.whole
        if not meant and (piece.sort in (Sort.HIDDEN, Sort.TOOLTIP) or not piece.value):
            return ""
        words = shown(piece.value or piece.url)
        said = self._mark(words) if meant else words
        kind = _ASIDE_NAMES[piece.sort]
        return (
            f'<span class="aside {piece.sort.value}"><span class="label">{kind}</span> '
            f"{said}</span>"
        )


def _opening(piece: Piece) -> str:
    name, kind = _TAGS[piece.value]
    said = f' class="{kind}"' if kind else ""
    if piece.value in _CELLS:
        said += f' colspan="{piece.columns}"' if piece.columns > 1 else ""
        said += f' rowspan="{piece.rows}"' if piece.rows > 1 else ""
    return f"<{name}{said}>"
