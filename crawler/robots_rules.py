"""What a robots.txt says to us, by RFC 9309 and as Google reads it. Pure.

Which lines are meant for us is told here; what their paths match, by Protego. Of its own accord a
file may also ask for pauses (`Crawl-delay`, `Request-rate`); `Visit-time` is not obeyed, and
`noindex` speaks of search engines' lists, not of reading.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from protego import Protego

ROBOTS_NAME = "CRAWL_ROBOTS_NAME"
"""The crawl's setting that holds the name by which robots.txt files speak of it."""
MOST_BYTES = 500 * 1024
"""So much of a robots.txt is read; what stands after it is not there."""
MOST_HOPS = 5
_LINE = re.compile(r"\r\n?|\n")
_ODD_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FIELD = re.compile(r"(?i)^(user[ -]?agent|[a-z]+(?:[ -]?[a-z]+)?)\s*(?::|\s)\s*(.*)$", re.DOTALL)
_TOKEN = re.compile(r"[A-Za-z_-]+")
_ALL = re.compile(r"\*(?:\s|$)")
_AGENT = frozenset({"user-agent", "useragent", "user agent"})
# Misspelt as Google's own parser takes them too.
_PATHS = frozenset(
    {"allow", "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}
)
_PACE = frozenset({"crawl-delay", "crawl delay", "request-rate", "request rate"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows; `pause_s` is the pause in seconds that it asks for, 0 for none."""

    pause_s: float = 0.0
    paths: Protego | None = None

    def allows(self, url: str) -> bool:
        """Whether the page at `url`, an address of this host, may be read."""
        if self.paths is None:
            return True
        try:
            return self.paths.can_fetch(url, "*")
        except ValueError:
            return False


EVERYTHING = Rules()
"""The rules of a host that has none."""


def rules_of_answer(status: int, body: bytes, name: str) -> Rules | None:
    """The rules behind an answer for /robots.txt; `None` while the host cannot say.

    A host that has no such file (4xx, 401 and 403 too) allows everything; one that is overloaded
    or broken (429, 5xx) allows nothing until it answers.
    """
    if status == 429 or status >= 500:
        return None
    return read_rules(body, name) if 200 <= status < 300 else EVERYTHING


def read_rules(body: bytes, name: str) -> Rules:
    """The rules for the crawler called `name` (letters, `-`, `_`; its case does not matter)."""
    lines = list(_ours(_text(body[:MOST_BYTES]), name.lower()))
    if not lines:
        return EVERYTHING
    paths = Protego.parse("\n".join(["User-agent: *", *lines]))
    rate = paths.request_rate("*")
    by_rate = min(rate.seconds, 10**9) / rate.requests if rate else 0.0
    return Rules(max(paths.crawl_delay("*") or 0.0, by_rate), paths)


def _text(body: bytes) -> str:
    """The file's text: UTF-8, the UTF-16 of an old editor, or the Thai of an older one."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return body[: error.start].decode("utf-8-sig", "replace")
    return body.decode("cp874", "replace").removeprefix("\ufeff")


def _ours(text: str, name: str) -> Iterator[str]:
    """The lines of all groups that name us; of those for everybody (`*`) when none does."""
    mine: list[str] = []
    everybody: list[str] = []
    named = False
    agents: set[str] = set()
    naming = False
    for field, value, line in _fields(text):
        if field in _AGENT:
            agents = agents if naming else set()
            agents.add(_agent(value))
            naming = True
            named = named or name in agents
        elif field in _PATHS or field in _PACE:
            naming = False
            if name in agents:
                mine.append(line)
            if "*" in agents:
                everybody.append(line)
    yield from mine if named else everybody


def _fields(text: str) -> Iterator[tuple[str, str, str]]:
    for raw in _LINE.split(text):
        line = raw.partition("#")[0].strip(" \t\ufeff\0")
        line = _ODD_BREAKS.sub(lambda one: quote(one[0]), line)
        if found := _FIELD.match(line):
            yield found[1].lower(), found[2].strip(), line


def _agent(value: str) -> str:
    """The crawler that a line names, without its version; "" for what names nobody."""
    if _ALL.match(value):
        return "*"
    found = _TOKEN.match(value)
    return found[0].lower() if found else ""


def origin_of(url: str) -> str:
    """Scheme, host and port of `url`: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
