"""Which region of a page an element opens: menu, footer, hidden text, or none of these.

A name repeated in a menu on every page is the commonest source of a false pass, so menus,
side bars, footers and text a visitor cannot see are set apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklist.evidence import Region
from crawler.extract.html_facts import PageFacts, attribute, classes
from crawler.extract.html_visibility import is_hidden

if TYPE_CHECKING:
    from bs4 import Tag

_NAV_NAMES = {
    "menu",
    "menus",
    "navbar",
    "navigation",
    "mainnav",
    "topnav",
    "sidenav",
    "sidebar",
    "sidemenu",
    "leftmenu",
    "rightmenu",
    "mainmenu",
    "topmenu",
    "submenu",
    "breadcrumb",
    "breadcrumbs",
    "megamenu",
    "mega",
    "offcanvas",
    "topbar",
    "navi",
    "pagination",
}
_FOOTER_NAMES = {"footer", "footers", "colophon", "copyright", "sitefooter", "pagefooter"}
_MAIN_NAMES = {"content", "article", "post", "entry", "maincontent", "body"}
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

_LISTS = ["ul", "ol", "menu"]


def region_of(tag: Tag, current: Region, facts: PageFacts, *, in_main: bool) -> Region:
    """The region that `tag` opens, or `current` when it opens none."""
    if current in {Region.NAV, Region.HIDDEN}:
        return current
    if is_hidden(tag, facts):
        return Region.NAV if _only_links(tag) and _is_menu(tag) else Region.HIDDEN
    if current is Region.FOOTER:
        return current
    if _is_footer(tag, in_main=in_main):
        return Region.FOOTER if not _reads_like_content(tag) else current
    if _is_nav(tag, facts, in_main=in_main):
        return Region.NAV if not _reads_like_content(tag) else current
    return current


def _is_menu(tag: Tag) -> bool:
    """True for a list, or a block in a menu, that opens when pointed at; no other hidden links."""
    if tag.name in _LISTS or tag.find(_LISTS) or tag.find_parent([*_LISTS, "nav", "header"]):
        return True
    return any("menu" in token or "nav" in token or "drop" in token for token in _tokens(tag))


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
