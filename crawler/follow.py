"""Which links of a page can be an item's evidence. Pure: a page in, ranked links out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checklist.evidence import Document, EmbedKind, Link, Region
from checklist.probes.combined import AllProbe, EitherProbe, UnlessProbe
from checklist.probes.series import SeriesProbe
from checklist.schema import EvidenceShape, Item
from crawler.hosted import unwrapped
from crawler.urls import file_name, is_map, is_social, key, looks_like_file
from crawler.wording import (
    NAMED,
    Catalogue,
    Naming,
    catalogue,
    link_names,
    link_numbers,
    naming,
    times,
    wanted_year,
    wants_months,
)

INDEX_NUMBERS = 4
_ASIDE = (Region.NAV, Region.FOOTER, Region.HIDDEN, Region.METADATA)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link that may lead to an item's evidence; `is_file` when its address names a document."""

    link: Link
    parent_url: str
    is_file: bool
    score: float


def needs_series(item: Item) -> bool:
    """True when the item asks for a report of every month."""
    return holds_probe(item, SeriesProbe)


def holds_probe(item: Item, kind: type) -> bool:
    """True when a probe of the class `kind` is among the item's, alone or in a combination."""
    return any(_holds(element.probe, kind) for element in item.elements)


def _holds(probe: object, kind: type) -> bool:
    if isinstance(probe, kind):
        return True
    if isinstance(probe, AllProbe | EitherProbe | UnlessProbe):
        parts = [value for name in type(probe).model_fields for value in _parts(probe, name)]
        return any(_holds(part, kind) for part in parts)
    return False


def _parts(probe: object, name: str) -> Sequence[object]:
    value = getattr(probe, name)
    return list(value) if isinstance(value, tuple | list) else [value]


def is_index(page: Document) -> bool:
    """True for a page that lists several items, each with links of its own."""
    numbers: set[int] = set()
    for link in page.links:
        if link.region not in _ASIDE:
            numbers |= link_numbers(link)
    return len(numbers) >= INDEX_NUMBERS


def page_links(page: Document) -> Iterator[Link]:
    """The http(s) links of a page's content, embedded documents first, each address once."""
    seen = {key(page.fetch.final_url), key(page.fetch.url)}
    embedded = (
        Link(embed.url, embed.title, Region.MAIN, embed.heading_path)
        for embed in page.embeds
        if embed.kind in (EmbedKind.DOCUMENT, EmbedKind.OTHER)
    )
    for shown in (*embedded, *page.links):
        link = replace(shown, url=unwrapped(shown.url))
        if link.region in _ASIDE or not link.url.startswith(("http://", "https://")):
            continue
        if key(link.url) not in seen and not is_social(link.url) and not is_map(link.url):
            seen.add(key(link.url))
            yield link


def candidates(
    page: Document,
    item: Item,
    rivals: Sequence[Item] = (),
    fiscal_year: int | None = None,
    *,
    shared: bool = False,
    files_only: bool = False,
) -> list[Candidate]:
    """Links of `page` that can be evidence for `item`, best first.

    `rivals` are the year's other items: a link that clearly belongs to one of them is left out.
    On a page that lists several items (seen from its rows, or `shared` by many and not called
    by this item's name) only links that name this item qualify; on a page of the item's own all
    documents of its content do.
    """
    listing = is_index(page) or (shared and not _is_about(page, item))
    items = catalogue(rivals if any(rival.id == item.id for rival in rivals) else (item, *rivals))
    embeds = {key(embed.url) for embed in page.embeds if embed.kind is EmbedKind.DOCUMENT}
    found = []
    for link in page_links(page):
        is_file = looks_like_file(link.url) or key(link.url) in embeds
        if files_only and not is_file:
            continue
        score = _score(link, item, items, fiscal_year, listing=listing, is_file=is_file)
        if score is not None:
            found.append(Candidate(link, page.fetch.final_url, is_file, score))
    return sorted(found, key=lambda candidate: -candidate.score)


def _is_about(page: Document, item: Item) -> bool:
    """True when the page's own title or a top heading names the item."""
    headings = [p.text for p in page.passages if p.region is Region.HEADING][:2]
    [(_, names)] = catalogue([item])
    return any(naming(text, names).score >= NAMED for text in (page.title, *headings))


def _score(
    link: Link,
    item: Item,
    items: Catalogue,
    fiscal_year: int | None,
    *,
    listing: bool,
    is_file: bool,
) -> float | None:
    numbers = link_numbers(link)
    names = link_names(link, items)
    named = names.get(item.id, Naming())
    mine = item.number in numbers
    if not mine and _belongs_elsewhere(item, names, numbers):
        return None
    if listing and not mine and named.score < NAMED:
        return None
    time_score, in_time = _in_time(link, item, fiscal_year)
    dated = in_time and item.evidence is not EvidenceShape.PAGE
    if not is_file and not mine and named.score < NAMED and not dated:
        return None
    score = 0.4 * named.score + 0.3 * mine + 0.2 * is_file + time_score
    return round(score, 3)


def _belongs_elsewhere(item: Item, names: Mapping[str, Naming], numbers: frozenset[int]) -> bool:
    own = names.get(item.id, Naming()).score
    if numbers and own < 0.9:
        return True
    return any(name.score >= NAMED and name.score > own + 0.1 for name in names.values())


def _in_time(link: Link, item: Item, fiscal_year: int | None) -> tuple[float, bool]:
    year = wanted_year(item, fiscal_year)
    months = wants_months(item, fiscal_year)
    for text in (link.text, link.context, file_name(link.url), *reversed(link.heading_path)):
        said = times(text)
        if not said.years and not said.months:
            continue
        if said.months & months:
            return 0.3, True
        if year is not None and said.years:
            return (0.2, True) if year in said.years else (-0.2, False)
        return 0.0, year is None or bool(said.months)
    return 0.0, False
