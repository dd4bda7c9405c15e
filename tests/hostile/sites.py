"""What a case serves: a site as a table of paths, on a loopback address of its own.

In text that is served (bodies, header values, what an exchange sends) these words are filled in:

- `@HERE@`: the site itself, `http://127.x.y.z:port`;
- `@INSIDE@`: a server on another loopback address that no list of networks allows; whoever
  connects to it is counted against the site (`After.inside`);
- `@PORT@` and `@ME@`: the port that every server of the suite has, `localhost` and `::1` too
  (these are forbidden as well), and the site's own name, to be put into a path there so that the
  count finds its site;
- `@HOST@` and `@INSIDE_HOST@`: the two addresses without scheme and port;
- `@NAME@` for each `name` of the site's `more` hosts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crawler.loopback_site import PROSE as PROSE
from tests.crawler.loopback_site import Answer as Reply
from tests.crawler.loopback_site import page as page
from tests.crawler.loopback_site import redirect as redirect

if TYPE_CHECKING:
    from tests.hostile.serving import Exchange

__all__ = ["GOOD_O1", "MUNICIPALITY", "PROSE", "Pages", "Reply", "Site", "page", "redirect"]

MUNICIPALITY = "เทศบาลตำบลบ้านสวนมะลิ"
_CASES = Path(__file__).parents[1] / "checklist" / "oit-2566"
GOOD_O1 = (_CASES / "O1" / "pass" / "chart-page.html").read_text(encoding="utf-8")
"""A page that passes O1 for `MUNICIPALITY`: what an attack is hidden in, or what it covers."""

Handler = Callable[["Exchange"], Awaitable[Reply | None]]
Pages = Mapping[str, Reply | Handler]


@dataclass(frozen=True, eq=False)
class Site:
    """A unit with one item whose addresses are `item_url` (paths, or whole addresses).

    `pages` is asked for path and query, then for the path alone, then for `*`; what is not there
    is 404. A value is a `Reply`, or an async function of the exchange that returns one or sends
    bytes by itself. Without `/` a front page is served that links the item's. `more` are further
    hosts. Without a `main` no main site is entered for the unit.
    """

    pages: Pages
    item: str = "O1"
    item_url: str | tuple[str, ...] = "/o1"
    name: str = MUNICIPALITY
    main: str | None = "/"
    more: Mapping[str, Pages] = field(default_factory=dict)

    @property
    def item_urls(self) -> tuple[str, ...]:
        """The item's addresses, as they are written in the case."""
        return (self.item_url,) if isinstance(self.item_url, str) else self.item_url

    def all_pages(self) -> Pages:
        """The pages of the main host, with a front page."""
        if "/" in self.pages:
            return self.pages
        links = "".join(f'<li><a href="{url}">โครงสร้างหน่วยงาน</a></li>' for url in self.item_urls)
        return {"/": page(self.name, f"{PROSE}<ul>{links}</ul>"), **self.pages}
