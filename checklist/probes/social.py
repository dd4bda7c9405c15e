"""Links from the site to the unit's own social network pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from checklist.evidence import Document, Image, Passage, Region
from checklist.probes.base import Context, Finding, Probe, absent, present, unsure
from checklist.reading import HTML_SOURCES, reading_of
from checklist.thai import match_form, normalise
from checklist.verdict import Quote

Network = Literal["facebook", "x", "instagram", "youtube", "line", "tiktok"]

_HOSTS: dict[str, Network] = {
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "fb.me": "facebook",
    "twitter.com": "x",
    "x.com": "x",
    "instagram.com": "instagram",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "line.me": "line",
    "lin.ee": "line",
    "tiktok.com": "tiktok",
}
_NOT_ACCOUNTS = frozenset(
    {
        "sharer", "share", "intent", "plugins", "dialog", "hashtag", "embed", "login", "policies",
        "lineit", "home", "messages", "wordpress", "wix", "joomla", "search", "explore", "help",
        "legal", "privacy", "terms", "settings", "about",
    }
)  # fmt: skip
# Pages of these names are of makers of templates and of web systems.
_MAKERS = re.compile(
    r"^(?:tooplate|templatemo|colorlib|html5up|bootstrapmade|bootstrap|getbootstrap|themeforest"
    r"|themeisle|envato|elementor|styleshout|freehtml5|w3schools|w3layouts|w3newbie|wordpress\w*"
    r"|wix\w*|joomla\w*|drupal|google\w*|facebook\w*|twitter|youtube|line|youtubethailand)$"
)
# One thing that an account once published: it does not lead to the account.
_SINGLE = re.compile(
    r"^(?:photo|photos|posts?|permalink|story|media|events?|reels?|p|watch|videos?|shorts|playlist"
    r"|status|groups?|notes)$"
)
_BY_NUMBER = re.compile(r"^(?:profile|pages|people|\d{8,})$")
_CREDIT = re.compile(
    r"(?:design(?:ed)?|develop(?:ed)?|power(?:ed)?|template|theme|website|made)\s*(?:by|:)"
    r"|(?:พัฒนา|ออกแบบ|จัดทำ|ดูแล)(?:และ\S{0,12})?(?:เว็บไซต์|เว็บ|ระบบ|โปรแกรม)?โดย|ผู้พัฒนา(?:เว็บ|ระบบ)|ผู้ออกแบบ|รับทำเว็บ",
    re.I,
)
_CREDIT_REACH = 60
_COMPANY = re.compile(r"บริษัท|ห้างหุ้นส่วน|หจก\.|co\.,?\s?ltd|เว็บมาสเตอร์|web\s?master", re.I)
_BODY = re.compile(
    r"(?:กระทรวง|กรม(?!การ)|สำนักนายก|สำนักงานคณะกรรมการ|สำนักงานตำรวจ|สำนักงานตรวจเงิน"
    r"|องค์การบริหารส่วน|เทศบาล|อบต\.|อบจ\.|โรงเรียน|มหาวิทยาลัย|วิทยาลัย|โรงพยาบาล|จังหวัด)"
    r"[ก-ฮเแโใไ][ก-๙]*"
)
_HIGHER = re.compile(r"รัฐบาล|ไทยคู่ฟ้า|ศูนย์ดำรงธรรม|สายด่วน|ป\.ป\.ช\.|ป\.ป\.ท\.|สตง\.|ก\.พ\.ร\.|ทำเนียบ")
# The same in the names of accounts.
_BODY_HANDLE = re.compile(
    r"ministry|^(?:pr)?moi(?:th|thai|news|pr)?$|^(?:pr)?dopa|^(?:pr)?dla(?:th|thai|org|news|pr)?$|thaigov|thaikhufa"
    r"|^(?:pr)?nacc|^pacc|thaipolice|prdthai|dlathailand|opdc|ocsc|webstudio|websoft|webdesign|webthai"
)
_NETWORK_WORDS = re.compile(
    r"facebook|fan\s?page|fb|twitter|instagram|\big\b|youtube|tik\s?tok|line(?:\s?(?:id|oa|official))?"
    r"|official|channel|เฟ[ซส]บุ๊?[กค]|แฟนเพจ|เพจ|ไลน์|ยูทูบ|ยูทูป|ช่อง|ติดตาม|อินสตาแกรม|ทวิตเตอร์|ติ๊กต็?อก|[→|:@/()\s.-]",
    re.I,
)
_QR = re.compile(r"qr|คิวอาร์|สแกน|scan|add-?friend", re.I)
_SHORTEST_NAME = 4
_LONGEST_COMMON = 5
_ALIKE = 0.6


class _Owner(Enum):
    OWN = 0
    UNCLEAR = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class _Account:
    """An account, or something published by one; `words` name it on the page."""

    url: str
    words: str
    around: str
    quote: Quote


def network_of(url: str) -> Network | None:
    """The social network whose account page `url` is, or None (share buttons are none)."""
    parts = urlsplit(_unwrapped(url))
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("th-th.")
    network = next(
        (name for known, name in _HOSTS.items() if host == known or host.endswith("." + known)),
        None,
    )
    path = parts.path.strip("/").lower()
    first = path.split("/")[0].removesuffix(".php")
    if network is None or (not path and not parts.query):
        return None
    if first in _NOT_ACCOUNTS:
        return None
    return network


class SocialProbe(Probe):
    """Links from the site to the unit's own social network pages, of any of `networks`.

    A share button, the front page of a network, an account of another body or of the template's
    maker does not count. A single post, or a profile known only by its number, leaves doubt.
    """

    kind: Literal["social"]
    networks: tuple[Network, ...] = ()

    def look(self, documents: Sequence[Document], context: Context) -> Finding:
        """Present with a quote for every account that is the unit's own."""
        own: dict[Network, Quote] = {}
        unclear: list[Quote] = []
        others: list[Quote] = []
        for document in filter(_is_page, documents):
            names = _own_names(document, context)
            for account in _accounts(document):
                network = network_of(account.url)
                if not network or (self.networks and network not in self.networks):
                    continue
                owner = _owner(account, document, names)
                if owner is _Owner.OWN:
                    own.setdefault(network, account.quote)
                else:
                    (unclear if owner is _Owner.UNCLEAR else others).append(account.quote)
        if own:
            return present(*own.values())
        if unclear:
            return unsure("พบลิงก์ที่ไม่แน่ว่าเป็นบัญชีของหน่วยงาน โปรดลองเปิด", *unclear[:2])
        if others:
            detail = "พบเพียงบัญชีของหน่วยงานอื่นหรือของผู้จัดทำเว็บไซต์"
            return absent(detail, *others[:2], reason="wrong_unit")
        code = next((q for d in documents if _is_page(d) for q in _codes(d)), None)
        if code:
            return unsure("พบภาพ QR code ที่ระบบอ่านไม่ได้ โปรดลองสแกน", code, reason="image_only")
        return absent("ไม่พบลิงก์ไปยังบัญชีเครือข่ายสังคมออนไลน์ของหน่วยงาน")


def _is_page(document: Document) -> bool:
    """A page of the site, or the account itself; a link inside a PDF is no place on the site."""
    return document.source in HTML_SOURCES or not document.readable


def _accounts(document: Document) -> Iterator[_Account]:
    address = document.fetch.final_url
    yield _Account(
        address, document.title, "", Quote.of(document, Passage(document.title or address))
    )
    for link in document.links:
        if link.region is not Region.HIDDEN:
            text = f"{link.text} → {link.url}".strip()
            quote = Quote.of(document, Passage(text, link.region, link.heading_path))
            yield _Account(_unwrapped(link.url), link.text, link.context, quote)
    for embed in document.embeds:
        text = f"{embed.title} → {embed.url}".strip()
        quote = Quote.of(document, Passage(text, Region.MAIN, embed.heading_path))
        yield _Account(_unwrapped(embed.url), embed.title, "", quote)


def _unwrapped(url: str) -> str:
    """The page that a page plug-in shows, or that a network's own redirect leads to."""
    parts = urlsplit(url)
    if (parts.hostname or "").endswith("facebook.com") and parts.path.startswith(
        ("/plugins/page", "/plugins/like", "/plugins/follow", "/l.php")
    ):
        values = parse_qs(parts.query)
        return next((values[key][0] for key in ("href", "u") if key in values), url)
    return url


def _owner(account: _Account, document: Document, names: Sequence[str]) -> _Owner:
    """Whose account it is, by what the page calls it, then by its own name."""
    handle, single, numbered = _parts(account.url)
    words = account.words
    named = _names_own(words, names) or _names_own(_row(account), names)
    if _CREDIT.search(words) or _credited(account):
        return _Owner.OTHER
    resembles = _resembles(handle, document)
    if not named and not resembles and _names_other(words, handle):
        return _Owner.OTHER
    if not named and not resembles and not _own_words(words) and _names_other(_row(account), ""):
        return _Owner.OTHER
    if single:
        return _Owner.UNCLEAR
    if numbered and not named and not _own_words(words):
        return _Owner.UNCLEAR
    return _Owner.OWN


def _parts(url: str) -> tuple[str, bool, bool]:
    """The account's name in its address; whether it is one thing of it; whether a number."""
    parts = urlsplit(url)
    path = [p for p in unquote(parts.path).strip("/").split("/") if p]
    if path and path[0].lower() == "pg":
        path = path[1:]
    first = path[0].lower().removesuffix(".php") if path else ""
    if (parts.hostname or "").endswith("youtu.be"):
        return "", True, False
    single = any(_SINGLE.match(p.lower().removesuffix(".php")) for p in path[:2])
    if first in ("channel", "c", "user", "r", "ti", "pages", "people") and len(path) > 1:
        named = [p for p in path[1:] if not p.isdigit() and p not in ("ti", "p")]
        return (named[-1] if named else "").lstrip("@").lower(), single, not named
    if single and _SINGLE.match(first):
        return "", True, False
    return first.lstrip("@"), single, bool(_BY_NUMBER.match(first))


def _row(account: _Account) -> str:
    """The row or list entry round the link, where it is short enough to speak of it alone."""
    return account.around if len(account.around) <= 160 else ""


def _credited(account: _Account) -> bool:
    around, words = normalise(account.around), normalise(account.words)
    at = around.find(words) if words else len(around)
    return bool(_CREDIT.search(around[max(at - _CREDIT_REACH, 0) : at])) if at >= 0 else False


def _own_words(words: str) -> str:
    """What the link's text says beside the network's name."""
    return _NETWORK_WORDS.sub("", words)


def _own_names(document: Document, context: Context) -> list[str]:
    """What the page calls the unit, in match form: its known names and those of its title."""
    names = [*context.unit.names] if context.unit else []
    reading = reading_of(document)
    headings = [x for x in reading.evidence if x.passage.region is Region.HEADING]
    footer = [x for x in reading.furniture if x.passage.region is Region.FOOTER]
    shown = [*reading.furniture[:3], *footer[:4], *reading.opening[:3], *headings[:2]]
    for text in (document.title, *(line.text for line in shown)):
        names += [match.group() for match in _BODY.finditer(normalise(text))]
    return [form for name in names if len(form := match_form(name)) >= _SHORTEST_NAME]


def _names_own(words: str, names: Sequence[str]) -> bool:
    form = match_form(words)
    cores = [re.sub(f"^{_KIND}", "", name) for name in names]
    return any(n in form for n in (*names, *cores) if len(n) >= _SHORTEST_NAME)


_KIND = (
    r"(?:องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เทศบาล(?:ตำบล|เมือง|นคร)"
    r"|อบต\.|อบจ\.|โรงเรียน|โรงพยาบาล|จังหวัด|กรม)"
)


def _names_other(words: str, handle: str) -> bool:
    if _COMPANY.search(words) or _HIGHER.search(words) or _BODY.search(normalise(words)):
        return True
    return bool(_MAKERS.match(handle) or _BODY_HANDLE.search(handle))


def _resembles(handle: str, document: Document) -> bool:
    """True when the account bears the name of the site: its host's, or the Latin one it shows."""
    own = re.sub(r"[^a-z]", "", handle)
    if len(own) < _SHORTEST_NAME:
        return False
    host = (urlsplit(document.fetch.final_url).hostname or "").removeprefix("www.")
    labels = [part for part in re.split(r"[.-]", host) if len(part) >= _SHORTEST_NAME]
    title = [w.lower() for w in re.findall(r"[A-Za-z]{4,}", document.title)]
    return any(_alike(own, name) for name in (*labels, *title, "".join(title)) if name)


def _alike(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    common = SequenceMatcher(None, one, other).find_longest_match()
    return common.size >= max(_LONGEST_COMMON, _ALIKE * min(len(one), len(other)))


def _codes(document: Document) -> Iterator[Quote]:
    """Pictures of codes to scan, by their names and wording."""
    for image in document.images:
        if image.region not in (Region.NAV, Region.HIDDEN) and _QR.search(_image_words(image)):
            text = f"[ภาพ] {image.alt} {image.url}"
            yield Quote.of(document, Passage(text, Region.ATTRIBUTE, image.heading_path))


def _image_words(image: Image) -> str:
    return f"{image.url.rsplit('/', 1)[-1]} {image.alt} {image.context[-80:]}"
