"""Addresses: cleaning, comparing, and what an address alone tells about what stands there."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

from crawler.hosted import direct, is_file_address

_NOISE = re.compile(
    r"^(utm_\w+|fbclid|gclid|yclid|msclkid|mc_[ce]id|igshid|_ga|"
    r"phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sid|cfid|cftoken)$",
    re.IGNORECASE,
)
_NO_HOST = re.compile(r"[^\x21-\x7e]")
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_FILE = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|csv|zip|rar|jpe?g|png|webp|gif)(?=$|[?#&/])", re.IGNORECASE
)
_DOWNLOAD = re.compile(
    r"(?i)(^|[/?&_.=-])(downloads?|sdc_download|getfile|dl|file_?download|viewfile|attachments?)"
    r"([/?&_.=-]|$)"
)
_SOCIAL_HOSTS = (
    "facebook.com", "fb.com", "fb.me", "fb.watch", "m.me", "line.me", "lin.ee", "twitter.com",
    "x.com", "instagram.com", "youtube.com", "youtu.be", "tiktok.com", "threads.net",
)  # fmt: skip
# How many leading path segments name the tenant of a host that many share.
_TENANT_DEPTH = {"sites.google.com": 2, "facebook.com": 1}
_CALENDAR = re.compile(
    r"(?i)/(calendar|events?/(day|week|month))(/|$)|[?&](month|caldate|cal_?month|tribe-bar-date"
    r"|day)=\d|[?&](replytocom|print|printable|tmpl=component|share|action=(edit|login))(=|&|$)"
)


def clean(url: str) -> str:
    """The address to request: trimmed, safe, without tracking, session and fragment.

    A fragment that routes a script page (`#/...`, `#!...`) stays. Raises `ValueError` for what is
    not an http(s) address.
    """
    parts = urlsplit(safe_url_string(url.strip()))
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or _NO_HOST.search(host):
        raise ValueError(f"not an http(s) address: {url[:200]!r}")
    _ = parts.port  # raises ValueError for a port that is no number
    query = "&".join(
        part for part in parts.query.split("&") if part and not _NOISE.match(part.split("=")[0])
    )
    path = _PATH_SESSION.sub("", parts.path) or "/"
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, query, fragment))


@lru_cache(maxsize=20_000)
def key(url: str) -> str:
    """What two addresses of one resource have in common (paths keep their case).

    http and https, `www.` and a trailing slash make no difference, nor does the way in which a
    hosted file was shared or the viewer that shows it. For a text that is no address the text
    itself.
    """
    try:
        parts = urlsplit(_requested(url))
    except ValueError:
        return url.strip()
    host = parts.netloc.removeprefix("www.").removesuffix(":80").removesuffix(":443")
    path = parts.path.rstrip("/")
    for index in ("/index.php", "/index.html", "/index.htm"):
        if not parts.query:
            path = path.removesuffix(index)
    tail = f"?{parts.query}" if parts.query else ""
    return f"{host}{path}{tail}{'#' + parts.fragment if parts.fragment else ''}"


def identity(url: str) -> str:
    """What makes two addresses one request; stricter than `key`, for remembering fetches.

    A hosted document is asked for at one address, however it was shared.
    """
    try:
        return _requested(url)
    except ValueError:
        return url.strip()


# A unit's pages link the same addresses again and again.
@lru_cache(maxsize=100_000)
def _requested(url: str) -> str:
    return canonicalize_url(clean(direct(url) or url), keep_fragments=True)


def host_of(url: str) -> str:
    """Host and, where stated, port; empty for what is no address."""
    try:
        return urlsplit(url.strip()).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def same_site(url: str, main: str) -> bool:
    """True when `url` stands on the host of `main`, with or without `www.`, or a name below it.

    A parent's other hosts are other sites (`b.moph.go.th` is not `a.moph.go.th`), and on hosts
    that many share only the tenant's own path counts.
    """
    host, site = (host_of(x).removeprefix("www.") for x in (url, main))
    if not site or (host != site and not host.endswith("." + site)):
        return False
    depth = _TENANT_DEPTH.get(site, 0)
    own = _segments(main)[:depth]
    return _segments(url)[: len(own)] == own


def _segments(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.split("/") if part]


def _on_host(url: str, hosts: tuple[str, ...]) -> bool:
    name = host_of(url).partition(":")[0]
    return any(name == host or name.endswith("." + host) for host in hosts)


def is_social(url: str) -> bool:
    """True for an address on a social network."""
    return _on_host(url, _SOCIAL_HOSTS)


def is_map(url: str) -> bool:
    """True for a place on a map service."""
    if _on_host(url, ("maps.app.goo.gl", "maps.google.com", "map.longdo.com", "openstreetmap.org")):
        return True
    path = urlsplit(url).path
    on_google = _on_host(url, ("google.com", "google.co.th", "goo.gl"))
    return on_google and path.startswith("/maps")


def is_sign_in(url: str) -> bool:
    """True for the sign-in pages of the common file hosts."""
    return _on_host(url, ("accounts.google.com", "login.microsoftonline.com", "login.live.com"))


def looks_like_file(url: str) -> bool:
    """True when the address alone says that a document stands there."""
    parts = urlsplit(url)
    tail = parts.path + ("?" + parts.query if parts.query else "")
    return bool(_FILE.search(tail) or _DOWNLOAD.search(tail)) or is_file_address(url)


def is_root(url: str) -> bool:
    """True for a site's front page."""
    return "/" not in key(url) and "?" not in key(url)


def pattern(url: str) -> str:
    """The address with every number blanked, for counting pages of one make."""
    return re.sub(r"\d+", "#", key(url))


def trap(url: str) -> str | None:
    """Why the address looks endless (in Thai), or `None`."""
    if len(url) > 2000:
        return "ที่อยู่ยาวผิดปกติ"
    segments = [part for part in unquote(urlsplit(url).path).split("/") if part]
    if any(segments.count(part) >= 3 for part in segments) or len(segments) > 20:
        return "ที่อยู่มีส่วนซ้ำต่อกันไปเรื่อย ๆ"
    if _CALENDAR.search(url):
        return "เป็นปฏิทิน หน้าพิมพ์ หรือหน้าที่สร้างได้ไม่รู้จบ"
    return None


def file_name(url: str) -> str:
    """The decoded last part of the path."""
    return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
