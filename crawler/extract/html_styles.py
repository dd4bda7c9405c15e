"""What the style of an element does to its text: closes it, puts it out of sight, colours it.

Reads the page's own style sheets (`<style>`) and `style` attributes, and the texts of the sheets
that it links, where somebody fetched them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag

_LIMIT = 200_000
_MAX_RULES = 3000
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_MEDIA = re.compile(
    r"@(?P<name>[\w-]+)(?P<asked>[^{};]*)\{(?P<inside>(?:[^{}]*\{[^{}]*\})*[^{}]*)\}"
)
_OTHER_MEDIA = re.compile(r"print|speech|prefers|orientation|hover|max-(?:device-)?width")
_RULE = re.compile(r"([^{};]{1,2000})\{([^{}]*)\}")
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_LAST = re.compile(r"(?:^|[\s>+~])([^\s>+~]+)$")
_NAMED = re.compile(r"[.#][\w-]+|^[a-z][\w-]*")
_STATE = re.compile(
    r":(?:hover|focus|target|checked|active|before|after|not|nth|first|last|empty|is|where|has)|::"
)
_END = r"(?=\s*(?:;|!|$))"
_CLOSED = re.compile(
    r"(?<![\w-])display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    rf"|(?<![\w-])opacity\s*:\s*(?:0?\.0\d*|0+|0%){_END}",
    re.IGNORECASE,
)
_FLAT = re.compile(rf"(?<![\w-])(?:max-)?height\s*:\s*[01](?:px|em|%)?{_END}", re.IGNORECASE)
_NARROW = re.compile(rf"(?<![\w-])(?:max-)?width\s*:\s*[01](?:px)?{_END}", re.IGNORECASE)
_CUT = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_UNSEEN = re.compile(
    rf"font-size\s*:\s*(?:0(?:\.0+)?(?:px|pt|em|rem|%)?|[0-3](?:\.\d+)?(?:px|pt)|0?\.[01]\d*r?em|\d%){_END}"
    r"|(?<![\w-])font\s*:[^;]*?(?<![\w.])0(?:px)?\s*/"
    r"|text-indent\s*:\s*(?:-\d{3,}|-\d{2,}r?em|[1-9]\d\d+%)"
    r"|(?<![\w-])(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-(?:\d{4,}|\d{3}r?em|[2-9]\d\dv[wh])"
    r"|(?<![\w-])clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0(?:px)?\s+0(?:px)?\s*(?:,\s*0(?:px)?\s+0(?:px)?\s*)*\))"
    r"|transform\s*:[^;]*(?:scale[xy]?\(\s*0(?:\.0+)?\s*[,)]|translate[xy3d]*\([^;]*-\d{4,}px)"
    r"|filter\s*:[^;]*opacity\(\s*0",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"(?<![\w-])display\s*:\s*(?!none)\w", re.IGNORECASE)


class Sight(Flag):
    """What keeps a visitor from a text: it is closed, which a page may open, or out of sight."""

    SEEN = 0
    CLOSED = auto()
    UNSEEN = auto()


def sight_of(style: str) -> Sight:
    """What the declarations `style` do to the text of their element."""
    found = Sight.SEEN
    if _CLOSED.search(style) or (_FLAT.search(style) and _CUT.search(style)):
        found |= Sight.CLOSED
    flat = _FLAT.search(style) and _NARROW.search(style) and _CUT.search(style)
    if flat or _UNSEEN.search(style):
        found |= Sight.UNSEEN
    return found


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector of a style sheet with its declarations; `simple` when it is `.name` or `#id`."""

    selector: str
    style: str
    simple: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's own style sheets: their rules by the last name of the selector, in order."""

    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    def of(self, tag: Tag, names: Iterable[str]) -> str:
        """The declarations that the sheets make for `tag`, whose selectors' names are `names`."""
        found = [
            rule.style for name in names for rule in self.rules.get(name, ()) if _fits(rule, tag)
        ]
        return ";".join(found)

    def plain(self, style: str) -> str:
        """A `style` attribute without comments and escapes, its variables filled in."""
        if "/*" in style or "\\" in style:
            style = _unescaped(_COMMENT.sub("", style))
        return _filled(style, self.variables) if "var(" in style else style


# A site's pages link the same sheets.
@lru_cache(maxsize=4)
def linked_sheet(styles: tuple[str, ...]) -> Sheet:
    """The texts of linked sheets as one."""
    return sheet_of("", *styles)


def sheet_of(css: str, *linked: str) -> Sheet:
    """Read `css`, the text of a page's `<style>` elements, and those of `linked` sheets.

    At most the first 200,000 characters and 3,000 rules of each.
    """
    texts = [_plain_css(text) for text in (css, *linked) if "{" in text]
    variables = {name: value.strip() for text in texts for name, value in _VARIABLE.findall(text)}
    rules: dict[str, list[Rule]] = {}
    for text in texts:
        _add_rules(text, variables, rules)
    return Sheet({name: tuple(found) for name, found in rules.items()}, variables)


def _plain_css(css: str) -> str:
    """The rules that count on a screen, without comments and escapes."""
    text = _unescaped(_COMMENT.sub("", css[:_LIMIT]))
    return _MEDIA.sub(lambda at: at["inside"] if _is_for_screens(at) else " ", text)


def _add_rules(text: str, variables: Mapping[str, str], rules: dict[str, list[Rule]]) -> None:
    for selectors, body in _RULE.findall(text)[:_MAX_RULES]:
        style = _filled(body, variables)
        if not _tells(style):
            continue
        for selector in map(str.strip, selectors.split(",")):
            last = _LAST.search(selector)
            names = _NAMED.findall(last[1]) if last else []
            if names and not _STATE.search(selector):
                rule = Rule(selector, style, selector == names[-1] and selector[0] in ".#")
                rules.setdefault(names[-1], []).append(rule)


def _tells(style: str) -> bool:
    """True when a rule speaks of what this room asks for."""
    hides = sight_of(style) is not Sight.SEEN
    return hides or "color" in style or "background" in style or bool(_SHOWN.search(style))


def shows(style: str) -> bool:
    """True when the declarations display their element."""
    return _SHOWN.search(style) is not None


def _is_for_screens(at: re.Match[str]) -> bool:
    if at["name"].lower() in {"supports", "layer", "container"}:
        return True
    return at["name"].lower() == "media" and not _OTHER_MEDIA.search(at["asked"].lower())


def _fits(rule: Rule, tag: Tag) -> bool:
    if rule.simple:
        return True
    css = tag.css
    try:
        return bool(css.match(rule.selector))
    except (css.api.SelectorSyntaxError, ValueError, NotImplementedError):
        return False


def _filled(style: str, variables: Mapping[str, str]) -> str:
    for _ in range(3):
        if "var(" not in style:
            break
        style = _USED.sub(lambda used: variables.get(used[1], used[2] or ""), style)
    return style


def _unescaped(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        return chr(min(int(found[1], 16), 0x10FFFF)) if found[1] else found[2]

    return _ESCAPED.sub(letter, text)
