"""Web and e-mail addresses as people type them into a units file."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

MAX_LENGTH = 2048

# A comma or semicolon ends an address only where another begins or the cell ends: both are
# allowed inside an address.
_SEPARATOR = re.compile(r"[\s,;]+(?=[A-Za-z]{2,10}:|www\.)|[,;]*\s[\s,;]*|[,;]+$")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_HOST_LIKE = re.compile(r"^[^\s/@:]+\.[^\W\d_][^\s/@:.]+(:\d+)?([/?#].*)?$")
_SLIPPED_SCHEME = re.compile(r"^(h?t{1,3}p{1,3}s?|htpps?|hhtps?)[:;]?/*", re.IGNORECASE)
_NOTHING = frozenset({"-", "--", "–", "—", "ไม่มี", "n/a", "N/A"})
_LINE_ID = re.compile(r"[UCR][0-9a-f]{32}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@([A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")

_INNER_NAMES = (
    "localhost", "localdomain", "local", "internal", "intranet", "private", "lan", "home", "corp",
    "home.arpa",
)  # fmt: skip


class AddressError(ValueError):
    """An address that cannot be visited; says why and what to write instead."""

    def __init__(self, th: str, en: str) -> None:
        """One sentence in each language."""
        self.th, self.en = th, en
        super().__init__(th)


def check_url(text: str) -> str:
    """Return `text`, trimmed, if it is an absolute http(s) address; raise `AddressError`.

    Thai host names are accepted. Whether the address may be visited is the crawler's question.
    """
    url = text.translate(_INVISIBLE).strip()
    if re.search(r"\s", url):
        raise AddressError(
            f"“{url}” มีช่องว่าง ให้แทนช่องว่างด้วย %20 หรือคัดลอก URL จากช่องที่อยู่ของเบราว์เซอร์",
            f'"{url}" has a space; write %20 for it or copy the URL from the browser',
        )
    if _UNSEEN.search(url):
        raise AddressError(
            f"“{_UNSEEN.sub('', url)}” มีอักขระควบคุมที่มองไม่เห็น ให้คัดลอก URL จากช่องที่อยู่ของเบราว์เซอร์",
            f'"{_UNSEEN.sub("", url)}" holds a control character; copy it from the browser',
        )
    if len(url) > MAX_LENGTH:
        raise AddressError(
            f"URL ยาวเกิน {MAX_LENGTH} ตัวอักษร ({url[:60]}...)",
            f"the URL is longer than {MAX_LENGTH} characters ({url[:60]}...)",
        )
    if not re.match(r"https?://", url, re.IGNORECASE):
        raise _without_scheme(url)
    _check_host(url)
    return url


def _without_scheme(url: str) -> AddressError:
    rest = _SLIPPED_SCHEME.sub("", url)
    if _HOST_LIKE.match(rest):
        return AddressError(
            f"“{url}” ต้องขึ้นต้นด้วย http:// หรือ https:// ให้เขียนเป็น “https://{rest}”",
            f'"{url}" must begin with http:// or https://; write "https://{rest}"',
        )
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
        return AddressError(
            f"“{url}” ไม่ใช่หน้าเว็บ ใช้ได้เฉพาะ URL ที่ขึ้นต้นด้วย http:// หรือ https://",
            f'"{url}" is no web page; only http:// and https:// addresses can be checked',
        )
    return AddressError(
        f"“{url}” ไม่ใช่ URL หากเป็นส่วนท้ายของ URL ก่อนหน้า ให้แทนช่องว่างด้วย %20",
        f'"{url}" is not a URL; if it belongs to the URL before it, write %20 for the space',
    )


def _check_host(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        if host and ":" not in host:
            host.encode("idna")
    except (ValueError, UnicodeError):
        host = None
    if not host or parts.netloc.startswith(".") or "%" in host or "\\" in parts.netloc:
        raise AddressError(
            f"“{url}” ไม่มีชื่อเว็บไซต์ที่ถูกต้อง ตัวอย่างที่ถูกต้อง “https://www.example.go.th/”",
            f'"{url}" has no valid host name; right would be "https://www.example.go.th/"',
        )
    if "@" in parts.netloc:
        raise AddressError(
            f"URL ของ {host} มีชื่อผู้ใช้หรือรหัสผ่าน ให้ลบส่วนที่อยู่หน้า “@” ออก",
            f'the URL of {host} holds a user name or password; remove what stands before "@"',
        )


def is_inner_name(host: str) -> bool:
    """True for names that mean something only within a network: `intranet`, `nas.local`."""
    name = host.rstrip(".").lower()
    return "." not in name or any(name.endswith(f".{inner}") for inner in _INNER_NAMES)


def split_urls(cell: str) -> tuple[str, ...]:
    """The addresses in a cell, unchecked, in order, each once.

    They stand on lines of their own or are parted by spaces, commas or semicolons. A dash or
    ไม่มี means none.
    """
    text = cell.translate(_INVISIBLE).strip()
    if text in _NOTHING:
        return ()
    pieces = (piece.strip() for piece in _SEPARATOR.split(text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def same_address(one: str, other: str) -> bool:
    """True when two spellings differ only as a spreadsheet rewrites an address."""
    return _plain(one) == _plain(other)


def _plain(url: str) -> str:
    return unquote(url.translate(_INVISIBLE).strip()).rstrip("/").casefold()


def check_email(text: str) -> str:
    """Return `text`, trimmed, if it has the form of an e-mail address; raise `AddressError`."""
    email = text.translate(_INVISIBLE).strip().removeprefix("mailto:")
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise AddressError(
            f"“{email[:80]}” ไม่ใช่อีเมล ให้ใส่อีเมลเดียว เช่น ita@example.go.th หรือเว้นว่าง",
            f'"{email[:80]}" is not an e-mail address; give one, such as ita@example.go.th',
        )
    return email


def is_line_id(text: str) -> bool:
    """True for the id by which LINE's Messaging API knows a person, group or room."""
    return bool(_LINE_ID.fullmatch(text))


def check_line_id(text: str) -> str:
    """Return `text`, trimmed, if it is an id of LINE's Messaging API; raise `AddressError`."""
    line_id = text.translate(_INVISIBLE).strip()
    if not is_line_id(line_id):
        raise AddressError(
            "ต้องเป็นรหัสของ LINE: ขึ้นต้นด้วย U (บุคคล) หรือ C (กลุ่ม) ตามด้วยเลขฐานสิบหก 32 ตัว "
            f"ไม่ใช่ “{line_id[:80]}”",
            f'"{line_id[:80]}" is no LINE id: U (person) or C (group), then 32 hex digits',
        )
    return line_id
