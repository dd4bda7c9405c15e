"""Which region of a page an element opens: menu, footer, hidden text, or none of these.

A name repeated in a menu on every page is the commonest source of a false pass, so menus,
side bars, footers and text a visitor cannot see are set apart. Text behind a click that the
page itself offers (accordion, tab, `<details>`) is published text and stays where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4 import Tag

from checklist.evidence import Region

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_NAV_NAMES = {
    "menu", "menus", "navbar", "navigation", "mainnav", "topnav", "sidenav", "sidebar",
    "sidemenu", "leftmenu", "rightmenu", "mainmenu", "topmenu", "submenu", "breadcrumb",
    "breadcrumbs", "megamenu", "mega", "offcanvas", "topbar", "navi", "pagination",
}
_FOOTER_NAMES = {"footer", "footers", "colophon", "copyright", "sitefooter", "pagefooter"}
_MAIN_NAMES = {"content", "article", "post", "entry", "maincontent", "body"}
_PANEL_NAMES = {
    "collapse", "collapsing", "tab-pane", "tabcontent", "tab-content", "panel-collapse",
    "accordion", "accordion-content", "accordion-collapse", "accordion-body", "accordion-panel",
    "ui-tabs-panel", "ui-accordion-content", "elementor-tab-content", "toggle-content",
    "vc_tta-panel-body", "et_pb_toggle_content", "slick-slide", "swiper-slide", "owl-item",
    "carousel-item", "wow", "aos-init", "animated", "elementor-invisible", "panel",
}
_TOGGLER = re.compile(r"accordion|collaps|toggle|tab|panel|expand", re.IGNORECASE)
_TOGGLING_TAGS = ["a", "button", "div", "span", "li", "h2", "h3", "h4", "h5"]
_HIDING_CLASSES = {"sr-only", "visually-hidden", "screen-reader-text", "d-none", "hidden", "hide"}
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|opacity\s*:\s*(?:0?\.0+|0)(?=\s*(?:;|!|$))"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?(?=\s*(?:;|!|$))"
    r"|text-indent\s*:\s*-\d{3,}"
    r"|(?<![\w-])(?:left|top|right|margin-left|margin-top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)",
    re.IGNORECASE,
)
_COLOR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)\D+(\d+)\D+(\d+)")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_AT = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_CSS_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]*)\}")
_CSS_SIMPLE = re.compile(r"[.#][\w-]+")
_CSS_LIMIT = 200_000
_SPLIT = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=[A-Z])")
# "nav" alone is also in the names of content: "nav-arrow-b", "nav-tabs".
_NAV_NAME = re.compile(
    r"(?:^|[\s_-])nav(?:[_-](?:menu|bar|list|wrapper|container|main|top))?(?:\s|$)"
)
_FOREIGN = re.compile(
    r"(?:no|has|with|without|hide|is|card|panel|modal|box|entry|post|article|table|accordion|"
    r"content)[_-]",
    re.IGNORECASE,
)
_SHELLS = {"html", "body", "main", "article"}


def attribute(tag: Tag, name: str) -> str:
    """The attribute as one string, "" when the tag lacks it."""
    value = tag.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def classes(tag: Tag) -> set[str]:
    """The class names of `tag`, lower case."""
    return set(attribute(tag, "class").lower().split())


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What must be known of the whole page before its elements can be placed.

    `controlled` maps the id of a panel to the label of the button or tab that opens it;
    `openable` holds the ids of all elements that a button opens, dialogs included;
    `hiding` holds the simple selectors that the page's own style sheet hides.
    """

    controlled: dict[str, str] = field(default_factory=dict)
    openable: frozenset[str] = frozenset()
    hiding: frozenset[str] = frozenset()
    has_main: bool = False
    styled_background: bool = False


def page_facts(soup: BeautifulSoup) -> PageFacts:
    """Read the page once for its style sheet, its togglers and its main container."""
    css = " ".join(style.get_text() for style in soup.find_all("style"))[:_CSS_LIMIT]
    has_main = soup.find(lambda tag: isinstance(tag, Tag) and is_main(tag)) is not None
    linked = soup.find("link", rel="stylesheet") is not None
    return PageFacts(
        controlled=_controlled(soup),
        openable=_openable(soup),
        hiding=hiding_selectors(css),
        has_main=has_main,
        styled_background=linked or "background" in css,
    )


def hiding_selectors(css: str) -> frozenset[str]:
    """The `.class` and `#id` selectors that `css` hides on every medium."""
    plain = _CSS_AT.sub(" ", _CSS_COMMENT.sub(" ", css[:_CSS_LIMIT]))
    found: set[str] = set()
    for selectors, body in _CSS_RULE.findall(plain):
        if _HIDING_STYLE.search(body):
            parts = (part.strip() for part in selectors.split(","))
            found.update(part for part in parts if _CSS_SIMPLE.fullmatch(part))
    return frozenset(found)


def toggle_target(tag: Tag) -> str:
    """The id of the panel that a tab or accordion button opens, "" for other elements."""
    toggles = attribute(tag, "data-toggle") or attribute(tag, "data-bs-toggle")
    if toggles in {"modal", "dropdown", "tooltip", "popover", "offcanvas"}:
        return ""
    for name in ("aria-controls", "data-target", "data-bs-target"):
        if target := attribute(tag, name):
            return target.lstrip("#")
    is_tab = attribute(tag, "role") == "tab" or _TOGGLER.search(attribute(tag, "class"))
    href = attribute(tag, "href")
    return href[1:] if (toggles or is_tab) and href.startswith("#") else ""


def _openable(soup: BeautifulSoup) -> frozenset[str]:
    names = ("aria-controls", "data-target", "data-bs-target", "href")
    buttons = [tag for tag in soup.find_all(_TOGGLING_TAGS) if _is_button(tag)]
    targets = {attribute(tag, name).lstrip("#") for tag in buttons for name in names}
    return frozenset(targets - {""})


def _is_button(tag: Tag) -> bool:
    return bool(tag.get("data-toggle") or tag.get("data-bs-toggle") or toggle_target(tag))


def _controlled(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all(_TOGGLING_TAGS):
        if target := toggle_target(tag):
            label = " ".join(tag.get_text(" ").split())
            if 0 < len(label) <= 200:
                found.setdefault(target, label)
    return found


def is_main(tag: Tag) -> bool:
    """True for the element that holds the page's own content."""
    if tag.name in {"main", "article"} or attribute(tag, "role") == "main":
        return True
    if tag.name not in {"div", "section", "td"}:
        return False
    own = {attribute(tag, "id").lower(), *classes(tag)}
    return bool(own & {"content", "main", "main-content", "entry-content", "maincontent",
                       "page-content", "post-content", "article-content", "item-page"})


def region_of(tag: Tag, current: Region, facts: PageFacts, *, in_main: bool) -> Region:
    """The region that `tag` opens, or `current` when it opens none."""
    if current in {Region.NAV, Region.HIDDEN}:
        return current
    if is_hidden(tag, facts):
        return Region.NAV if _only_links(tag) else Region.HIDDEN
    if current is Region.FOOTER:
        return current
    if _is_footer(tag, in_main=in_main):
        return Region.FOOTER if not _reads_like_content(tag) else current
    if _is_nav(tag, facts, in_main=in_main):
        return Region.NAV if not _reads_like_content(tag) else current
    return current


def _tokens(tag: Tag) -> set[str]:
    names = f"{attribute(tag, 'id')} {attribute(tag, 'class')}"
    kept = " ".join(name for name in names.split() if not _FOREIGN.match(name))
    flat = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kept)
    return {token for token in _SPLIT.split(flat.lower()) if token}


def _is_footer(tag: Tag, *, in_main: bool) -> bool:
    if tag.name in _SHELLS:
        return False
    if tag.name == "footer" or attribute(tag, "role") == "contentinfo":
        return not in_main or tag.name != "footer"
    return tag.name in {"div", "section", "table", "td"} and bool(_tokens(tag) & _FOOTER_NAMES)


def _is_nav(tag: Tag, facts: PageFacts, *, in_main: bool) -> bool:
    role = attribute(tag, "role")
    if tag.name in _SHELLS or role in {"tablist", "tab", "tabpanel", "main"}:
        return False
    if _is_tab_strip(tag):
        return False
    if tag.name in {"nav", "aside"}:
        return True
    if role in {"navigation", "menu", "menubar", "complementary", "banner"}:
        return True
    if tag.name == "header":
        return not in_main
    if tag.name in {"div", "ul", "ol", "section", "td", "table", "span", "li"}:
        tokens = _tokens(tag)
        names = f"{attribute(tag, 'id')} {attribute(tag, 'class')}".lower()
        named = tokens & _NAV_NAMES or _NAV_NAME.search(names)
        if named and not tokens & _MAIN_NAMES:
            return True
    return tag.name in {"ul", "ol"} and not in_main and _is_link_list(tag, facts)


def _is_tab_strip(tag: Tag) -> bool:
    own = classes(tag)
    if own & {"nav-tabs", "nav-pills", "nav-item", "nav-link", "tab-content"}:
        return True
    return tag.name == "nav" and tag.find(role="tablist") is not None


def _is_link_list(tag: Tag, facts: PageFacts) -> bool:
    """A long list of short links: a menu when the page's content stands elsewhere."""
    links = tag.find_all("a", limit=200)
    if len(links) < 8:
        return False
    total, linked = text_shares(tag)
    return facts.has_main and linked > 0.9 * max(total, 1) and total / len(links) < 45


def _only_links(tag: Tag) -> bool:
    """True for a hidden list of links: a drop-down menu that opens under the pointer."""
    total, linked = text_shares(tag)
    return linked > 0.8 * max(total, 1)


def text_shares(tag: Tag) -> tuple[int, int]:
    """Lengths of all text inside `tag` and of that part which is link text."""
    total = sum(len(text) for text in tag.stripped_strings)
    linked = sum(len(text) for link in tag.find_all("a") for text in link.stripped_strings)
    return total, linked


def _reads_like_content(tag: Tag) -> bool:
    """True for much running text under a menu's name: an unclosed tag swallowed the page."""
    total, linked = text_shares(tag)
    plain = total - linked
    return plain > 1500 and linked < 0.4 * total


def is_hidden(tag: Tag, facts: PageFacts) -> bool:
    """True when a visitor cannot see the element and the page offers no way to open it."""
    if not tag.attrs:
        return tag.name == "dialog"
    style = attribute(tag, "style")
    own = classes(tag)
    hides = (
        (tag.get("hidden") is not None and attribute(tag, "hidden") != "until-found")
        or (bool(style) and _HIDING_STYLE.search(style) is not None)
        or _hidden_by_name(own)
        or attribute(tag, "aria-hidden") == "true"
        or (tag.name == "dialog" and tag.get("open") is None)
        or _hidden_by_sheet(tag, facts)
    )
    if hides:
        return not _can_be_opened(tag, own, facts)
    return bool(style or tag.get("color")) and _melts_into_background(tag, facts)


def _hidden_by_name(own: set[str]) -> bool:
    """Hidden by a framework's class, unless another class shows it on wider screens."""
    shown_wider = any(":" in name or re.fullmatch(r"d-(sm|md|lg|xl|xxl)-\w+", name) for name in own)
    return bool(own & _HIDING_CLASSES) and not shown_wider


def _hidden_by_sheet(tag: Tag, facts: PageFacts) -> bool:
    if not facts.hiding:
        return False
    names = {f".{name}" for name in attribute(tag, "class").split()}
    return bool(names & facts.hiding) or f"#{attribute(tag, 'id')}" in facts.hiding


def _can_be_opened(tag: Tag, own: set[str], facts: PageFacts) -> bool:
    if own & _PANEL_NAMES or attribute(tag, "role") == "tabpanel":
        return True
    if attribute(tag, "id") in facts.openable:
        return True
    before = tag.find_previous_sibling()
    if not isinstance(before, Tag):
        return False
    return before.name in {"summary", "button"} or bool(
        _TOGGLER.search(attribute(before, "class")) or before.get("onclick")
    )


def _melts_into_background(tag: Tag, facts: PageFacts) -> bool:
    """Text in the colour of its background, as far as the page's own attributes tell."""
    ink = _COLOR.search(attribute(tag, "style"))
    color = _rgb(ink.group(1) if ink else attribute(tag, "color"))
    if color is None:
        return False
    holder: Tag | None = tag
    while holder is not None:
        found = _BACKGROUND.search(attribute(holder, "style"))
        paper = found.group(1) if found else attribute(holder, "bgcolor")
        if paper:
            return _rgb(paper) == color
        if holder.get("background") or (holder.get("class") and facts.styled_background):
            return False
        holder = holder.parent
    return color == (255, 255, 255) and not facts.styled_background


def _rgb(value: str) -> tuple[int, int, int] | None:
    plain = value.strip().lower()
    if plain in {"white", "black"}:
        return (255, 255, 255) if plain == "white" else (0, 0, 0)
    if found := _RGB.match(plain):
        return int(found[1]), int(found[2]), int(found[3])
    digits = plain.split()[0].lstrip("#") if plain else ""
    if re.fullmatch(r"[0-9a-f]{3}", digits):
        digits = "".join(char * 2 for char in digits)
    if not re.fullmatch(r"[0-9a-f]{6}", digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
