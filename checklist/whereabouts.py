"""Where evidence stands on the unit's site: the clicks that lead to it, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """Whether a chain of links leads from the front page of the main site to an address.

    `unknown` also when no chain was seen but not every page of the site was read.
    """

    LINKED = "linked"
    NOT_ON_MAIN_SITE = "not_on_main_site"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One click: the page that carries the link, the link's text, its row and headings above."""

    page_url: str
    page_title: str = ""
    text: str = ""
    context: str = ""
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an address stands as seen from the front page, whatever item it serves.

    `path` is the shortest chain known (empty on the front page itself), `links` are other links
    to the address on pages that visitors reach. `own_site` tells whether it stands on the main
    site's own host; `None` without a main site. `pages_read` counts the pages searched.
    """

    reach: Reach = Reach.UNKNOWN
    path: tuple[Step, ...] = ()
    links: tuple[Step, ...] = ()
    own_site: bool | None = None
    pages_read: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one piece of an item's evidence stands and how a citizen comes to it.

    `direct` says whether the address opens by itself (`None`: could not be checked). `path` is
    the shortest chain of clicks from the front page, empty unless `reach` is `linked`. `named`
    says whether a link on the way or a heading above it names the item's subject in words that
    a citizen understands (`None`: no way is known, or no click is needed); `wording` are the
    words that do, or the last ones seen that do not.
    """

    url: str
    direct: bool | None = None
    reach: Reach = Reach.UNKNOWN
    path: tuple[Step, ...] = ()
    named: bool | None = None
    wording: str = ""
    own_site: bool | None = None
    pages_read: int = 0

    @property
    def clicks(self) -> int | None:
        """Clicks from the front page; `None` when no way is known."""
        return len(self.path) if self.reach is Reach.LINKED else None
