"""Addresses as pages write them: cleaning, comparing, and the policy of what may be opened."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from crawler import urls
from crawler.address_policy import AddressPolicy, literal_address
from crawler.hosted import direct
from tests.fuzz.frame import Target, require
from tests.fuzz.mutators import of_tokens

_MAIN = "https://www.bansuan.example.go.th/"
_WORDS = (
    "http://", "https://", "HTTP://", "//", "://", "javascript:", "data:text/html,", "file:///", "view-source:",
    "ftp://", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1%25eth0]", "[", "]", "127.0.0.1", "0x7f.1", "2130706433",
    "0177.0.0.1", "169.254.169.254", "10.0.0.1", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "8.8.8.8", "localhost",
    "a.go.th", "www.a.go.th", "กรม.ไทย", "xn--12c.th", "ａ.go.th", "①.com", "。", "user:pw@", "@", ":80", ":443",
    ":99999", ":-1", ":x", "/", "//", "/../", "/./", "?", "&", "#", "#!/x", "#/x", ";jsessionid=1", "utm_source=x",
    "PHPSESSID=1", "%", "%00", "%2e%2e", "%E0%B8%81", "%zz", "\\", "\t", "\n", "\r", " ", "\u200b", "\u202e", "\x00",
    "index.php", "/index.html", ".pdf", "ก", "drive.google.com/file/d/abc/view", "docs.google.com/document/d/x/edit",
    "onedrive.live.com/?id=", "dropbox.com/s/a?dl=0", "facebook.com/a", "google.com/maps", "sites.google.com/view/x",
    "calendar", "?month=1", "/a/a/a",
)  # fmt: skip


def _check(data: bytes) -> tuple[object, ...]:
    url = data.decode("utf-8", "replace")
    policy = AddressPolicy()
    allowed = policy.allows_url(url)
    found = [urls.key(url), urls.identity(url), urls.host_of(url), literal_address(url)]
    if policy.allows(url):
        require(ip_address(url.partition("%")[0]).is_global, "an address that is not public")
    try:
        clean = urls.clean(url)
    except ValueError:
        return allowed, *found
    _clean(clean, policy)
    require(urls.key(urls.key(url)) == urls.key(url) or "//" not in url, "no key of its own")
    return allowed, *found, clean


def _clean(clean: str, policy: AddressPolicy) -> None:
    parts = urlsplit(clean)
    require(parts.scheme in ("http", "https") and bool(parts.hostname), "not a web address")
    require(clean.isascii() and not any(c <= " " for c in clean), "signs that no request may hold")
    require(urls.clean(clean) == clean, "cleaning twice is not cleaning once")
    require(urls.key(clean) == urls.key(clean), "two keys of one address")
    host = parts.hostname or ""
    if policy.allows_url(clean) and (literal := literal_address(host)):
        require(ip_address(literal).is_global, "an address that is not public")
    for ask in (
        urls.is_social, urls.is_map, urls.is_sign_in, urls.looks_like_file, urls.is_root, urls.pattern,
        urls.trap, urls.file_name, direct,
    ):  # fmt: skip
        ask(clean)
    require(urls.same_site(clean, clean), "an address is not on its own site")
    urls.same_site(clean, _MAIN)
    if hosted := direct(clean):
        require(urlsplit(hosted).scheme in ("http", "https"), "a hosted file at no web address")


TARGET = Target(
    check=_check,
    seeds=lambda: [
        b"https://www.a.go.th/oit/index.php?id=1&utm_source=x#top", "http://กรม.ไทย/แผน 2566.pdf".encode(),
        b"https://user:pw@a.go.th:8080/a;jsessionid=1?x#!/y", b"http://[::ffff:169.254.169.254]/", b"8.8.8.8",
        b"https://drive.google.com/file/d/1AbC/view?usp=sharing", b"https://docs.google.com/document/d/1x/edit",
        b"https://www.facebook.com/page/posts/1", b"http://0x7f.1/a/../b//c?&&a=1", b"//a.go.th", b"http://[::1",
    ],
    tokens=[word.encode() for word in _WORDS],
    mutate=of_tokens(_WORDS),
    max_len=2048,
)  # fmt: skip
