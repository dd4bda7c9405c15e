"""What stands beside and above a link: its row, its column's title, the entry it is nested in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from checklist.link_words import tells_nothing
from crawler.extract.text import clip, collapse, number_of

CONTEXT_CHARS = 300
_CONTEXT_NODES = 300
_LABEL_CHARS = 120
_LABELS = 3
_LABEL_NODES = 12
_COLUMNS = 60
_ROWS = ("li", "tr", "p", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "td")
_YEAR = re.compile(r"(?<![0-9๐-๙])(?:25[4-9][0-9]|๒๕[๔-๙][๐-๙]|20[12][0-9])(?![0-9๐-๙])")


def context_of(tag: Tag, own: str = "") -> str:
    """The text of the row, list entry or paragraph that holds `tag`, at most 300 characters."""
    return clip(_row_text(_holder(tag)) or own, CONTEXT_CHARS)


def _holder(tag: Tag) -> Tag | None:
    holder = tag.find_parent(_ROWS)
    if holder is not None and holder.name == "td":
        holder = holder.find_parent("tr") or holder
    return holder or tag.parent


def _row_text(holder: Tag | None) -> str:
    parts: list[str] = []
    length = 0
    for node in islice(holder.descendants, _CONTEXT_NODES) if holder is not None else ():
        if type(node) is NavigableString and (text := str(node).strip()):
            parts.append(text)
            length += len(text)
            if length > CONTEXT_CHARS:
                break
    return collapse(" ".join(parts))


def row_of_link(tag: Tag, own: str) -> str:
    """The words that a link stands in, narrowed to what belongs to it.

    Where several links of one row say nothing themselves ("เปิด"), the words before each one name
    it, or those after it when the row begins with a link; a year that titles its column counts
    as a part of its row.
    """
    holder = _holder(tag)
    row = _row_text(holder)
    if holder is not None and tells_nothing(own):
        row = _own_part(tag, holder, own) or row
    year = _column_year(tag)
    if year and year not in row:
        row = f"{clip(row, CONTEXT_CHARS - 20)} {year}"
    return clip(collapse(row) or own, CONTEXT_CHARS)


def _own_part(tag: Tag, holder: Tag, own: str) -> str:
    """The part of a row of several links that is about `tag`, "" when the whole row is."""
    gaps, at = _gaps(tag, holder)
    if len(gaps) < 3 or at is None:
        return ""
    head, before, after = gaps[0], gaps[at], gaps[at + 1]
    if tells_nothing(head):
        return "" if tells_nothing(after) else f"{own} {after}"
    if at and not tells_nothing(before):
        return f"{before} {own}"
    if not at:
        # The first link shares its row's head with links that have no words of their own.
        return (
            ""
            if all(map(tells_nothing, gaps[1:])) and not _YEAR.search(gaps[1])
            else f"{head} {own}"
        )
    return f"{_YEAR.sub('', head)} {before} {own}" if _YEAR.search(before) else ""


def _gaps(tag: Tag, holder: Tag) -> tuple[list[str], int | None]:
    """The words before, between and after the links of a row, and how many links precede `tag`."""
    parts: list[list[str]] = [[]]
    at: int | None = None
    for node in islice(holder.descendants, _CONTEXT_NODES):
        if isinstance(node, Tag) and node.name == "a" and node.get("href"):
            at = len(parts) - 1 if node is tag else at
            parts.append([])
        elif type(node) is NavigableString and str(node).strip() and not _in_link(node, holder):
            parts[-1].append(str(node).strip())
    return [collapse(" ".join(part)) for part in parts], at


def _in_link(node: NavigableString, holder: Tag) -> bool:
    for parent in node.parents:
        if parent is holder:
            return False
        if parent.name == "a":
            return True
    return False


def _column_year(tag: Tag) -> str:
    """The year in the title of the table column that holds `tag`, "" without one."""
    cell = tag.find_parent(["td", "th"])
    row = cell.find_parent("tr") if cell is not None else None
    table = row.find_parent("table") if row is not None else None
    first = table.find("tr") if table is not None else None
    if cell is None or row is None or first is None or first is row:
        return ""
    before = cell.find_previous_siblings(["td", "th"], limit=_COLUMNS)
    if len(before) == _COLUMNS or any(_span(one) != 1 for one in before):
        return ""
    titles = first.find_all(["td", "th"], recursive=False, limit=_COLUMNS)
    if len(before) >= len(titles) or any(_span(one) != 1 for one in titles[: len(before) + 1]):
        return ""
    found = _YEAR.search(titles[len(before)].get_text(" "))
    return found[0] if found else ""


def _span(cell: Tag) -> int:
    return number_of(str(cell.get("colspan") or "").strip()) or 1


def entry_labels(tag: Tag) -> tuple[str, ...]:
    """The own words of the list entries that `tag` is nested in, outermost first, at most 3."""
    found: list[str] = []
    for entry in tag.find_parents("li", limit=_LABELS + 1):
        if tag.parent is entry:
            continue
        label = clip(collapse(" ".join(_own_words(entry, tag))), _LABEL_CHARS)
        if label:
            found.append(label)
    return tuple(reversed(found[:_LABELS]))


def _own_words(entry: Tag, tag: Tag) -> Iterator[str]:
    """The words of an entry before what is nested in it; none beyond the part that holds `tag`."""
    branch: Tag | None = tag
    while branch is not None and branch.parent is not entry:
        branch = branch.parent
    for child in islice(entry.children, _LABEL_NODES):
        if child is branch or (isinstance(child, Tag) and child.name in ("ul", "ol", "table")):
            return
        if isinstance(child, Tag):
            yield child.get_text(" ")
        elif type(child) is NavigableString:
            yield str(child)
