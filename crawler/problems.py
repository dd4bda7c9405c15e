"""Why a page must not be judged: errors, refusals and challenge pages told apart.

Codes are those of `checklist.reasons`; details are Thai sentences for the unit's webmaster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from scrapy.exceptions import IgnoreRequest

from checklist.evidence import Document, Region, TextSource
from checklist.thai import match_form
from crawler.address_policy import code_of
from crawler.guard import (
    REFUSED_DETAIL,
    GuardedResolver,
    LeftForSignIn,
    LeftForSocial,
    RefusedAddress,
)
from crawler.hosted import is_store
from crawler.over_limit import OverLimitError
from crawler.turns import HostRestsError, NoTurnError
from crawler.urls import host_of, is_sign_in, is_social, key

RETRIED = frozenset({"dns", "timeout", "connection", "server_error", "rate_limited"})
UNASKED = frozenset({"bad_address", "inner_address", "blocked_by_robots", "social_media_only"})
SILENT = frozenset({"dns", "timeout", "connection"})
CONTENT = (Region.TITLE, Region.HEADING, Region.MAIN, Region.TABLE)

FORBIDDEN = "ไฟล์ robots.txt ไม่อนุญาตให้ระบบตรวจอ่านหน้านี้"
_UNKNOWN = (
    "ไฟล์ robots.txt ของเว็บไซต์{why} จึงยังไม่รู้ว่าอนุญาตให้อ่านหรือไม่ ระบบไม่เปิดหน้าใดของเว็บไซต์จนกว่าจะอ่านไฟล์นี้ได้"
)
_BANGKOK = timezone(timedelta(hours=7))
_CHALLENGE = re.compile(
    rb"(?i)just a moment\.\.\.|cf-browser-verification|cf_chl_|challenge-platform/h/|"
    rb"attention required! \| cloudflare|_incapsula_resource|incapsula incident id|"
    rb"sucuri website firewall|ddos-guard|the requested url was rejected\. please consult|"
    rb"imperva|access denied.{0,200}(?:akamai|reference&#32;#)|checking your browser before"
)
_STRONG_CHALLENGE = re.compile(
    rb"(?i)<title>\s*just a moment\.\.\.|cf-browser-verification|_cf_chl_opt|"
    rb"_incapsula_resource\?(?:swjiylwa|cwudnsai)|incapsula incident id|"
    rb"sucuri website firewall|the requested url was rejected\. please consult"
)
_ACCESS_REQUEST = (
    "ขอสิทธิ์เข้าถึง", "คุณต้องมีสิทธิ์เข้าถึง", "คุณต้องได้รับสิทธิ์", "You need access",
    "Request access", "You need permission",
)  # fmt: skip
# A page that says little else is a store's gate, whichever host keeps the file.
_GATE_CHARS = 400
_VIRUS_SCAN = ("Google Drive can't scan this file", "Google ไดรฟ์สแกนไวรัสไฟล์นี้ไม่ได้")
_QUOTA = (
    "Quota exceeded", "Too many users have viewed or downloaded this file", "เกินโควต้า",
    "มีผู้ใช้ดูหรือดาวน์โหลดไฟล์นี้มากเกินไป",
)  # fmt: skip
_LOGIN_PATH = re.compile(r"(?i)(?:^|[/?&=_.-])(log-?in|sign-?in|sso|wp-login|auth)(?:[/?&=_.-]|$)")
_MISSING = re.compile(
    r"(^|\D)404(\D|$)|not ?found|ไม่พบหน้า(เว็บ|เพจ)?(ที่|นี้|ดังกล่าว)|"
    r"ไม่พบหน้า(เว็บ|เพจ)?$|ไม่พบ(เว็บ)?เพจ|ไม่พบไฟล์|ไม่พบเอกสารที่(คุณ|ท่าน)|"
    r"ไม่พบข้อมูลที่(คุณ|ท่าน)?(ต้องการ|ค้นหา|ร้องขอ)|หน้า(เว็บ)?นี้(ไม่มีอยู่|ถูกลบ)|"
    r"(คุณ|ท่าน)(กำลัง)?(ค้นหา|เรียก|ต้องการ)ไม่(พบ|มี)"
)
_ONLY_MISSING = re.compile(r"ไม่พบข้อมูล|ไม่มีข้อมูลในระบบ|no data")
_STORE_ROBOTS = (
    "ผู้ให้บริการเก็บไฟล์ ({host}) ไม่อนุญาตให้ระบบอัตโนมัติอ่านไฟล์นี้ ควรแนบไฟล์ไว้บนเว็บไซต์ของหน่วยงานเอง"
)
_LOOKED_UP = re.compile(r"hostname lookup: (\S+?)\.?$")
_MEGABYTE = 1024 * 1024
_SSL_WORDS = re.compile(r"(?i)ssl|tls|certificate|handshake")


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason code and, in Thai, what was seen."""

    code: str
    detail: str


class NotAsked(IgnoreRequest):
    """A request that was not sent, for a `problem` of its host."""

    def __init__(self, problem: Problem) -> None:
        """Keep the reason."""
        super().__init__(problem.detail)
        self.problem = problem


def of_exception(error: BaseException, url: str, timeout_s: float, most_bytes: int = 0) -> Problem:
    """The problem behind an exception of Scrapy's downloader or of a rendering.

    `timeout_s` and `most_bytes` are the limits that the download had.
    """
    name = type(error).__name__
    if isinstance(error, NotAsked):
        return error.problem
    if isinstance(error, NoTurnError):
        return of_no_turn(error)
    if (over := _over_limit(error)) is not None:
        return Problem(over.code, over.detail)
    if isinstance(error, RefusedAddress):
        return Problem(code_of(str(error)), str(error))
    if isinstance(error, LeftForSocial):
        return Problem("social_media_only", f"ลิงก์ส่งต่อไปยังสื่อสังคมออนไลน์ ({error})")
    if isinstance(error, LeftForSignIn):
        return Problem("access_request", "ลิงก์ส่งต่อไปยังหน้าลงชื่อเข้าใช้ของที่เก็บไฟล์ ยังไม่เปิดสาธารณะ")
    if name == "IgnoreRequest":
        if "redirec" in str(error):
            return Problem("redirect_loop", "หน้าเว็บส่งต่อวนไปมาเกินจำนวนครั้งที่กำหนด")
        if is_store(url):
            return Problem("blocked_by_robots", _STORE_ROBOTS.format(host=host_of(url)))
        return Problem("blocked_by_robots", FORBIDDEN)
    if name == "CannotResolveHostError":
        # After a redirect it is another host than the one of `url`.
        asked = _LOOKED_UP.search(str(error))
        host = asked[1] if asked else host_of(url).partition(":")[0]
        if GuardedResolver.refused and host in GuardedResolver.refused:
            return Problem("inner_address", REFUSED_DETAIL)
        return Problem("dns", f"ไม่พบชื่อเว็บไซต์ {host} ในระบบชื่อโดเมน")
    if name in ("DownloadTimeoutError", "TimeoutError"):
        return Problem("timeout", f"เว็บไซต์ไม่ตอบภายใน {timeout_s:g} วินาที")
    if name == "DownloadCancelledError":
        limit = f" ({most_bytes / _MEGABYTE:,.0f} MB)" if most_bytes else ""
        return Problem("too_large", f"ไฟล์ใหญ่เกินขนาดที่ระบบตรวจจะเปิด{limit}")
    if _is_tls(error):
        return Problem(
            "tls", "ใบรับรองความปลอดภัย (HTTPS) ใช้ไม่ได้ เช่น หมดอายุ ชื่อไม่ตรง หรือขาดใบรับรองกลาง"
        )
    if name == "DownloadConnectionRefusedError":
        return Problem("connection", "เครื่องแม่ข่ายปฏิเสธการเชื่อมต่อ")
    return Problem("connection", "การเชื่อมต่อกับเว็บไซต์ขาดตอน")


def of_no_turn(error: NoTurnError) -> Problem:
    """The problem of a host that was not asked, because it rests or others kept it busy."""
    if isinstance(error, HostRestsError):
        return Problem("rate_limited", resting(error.seconds))
    return Problem(
        "not_checked",
        "การตรวจอื่นในเครื่องนี้กำลังอ่านเว็บไซต์เดียวกันนานเกินเวลารอ ระบบส่งคำขอทีละหนึ่งคำขอ จึงยังไม่ได้เปิดหน้านี้",
    )


def robots_unknown(status: int, wait_s: float | None = None) -> Problem:
    """The problem of a host whose robots.txt was answered with 429 or 5xx.

    `wait_s` are the seconds for which it asked to be left alone, where it did.
    """
    code = "rate_limited" if status == 429 else "server_error"
    why = f"ตอบรหัส HTTP {status}" + (f" และ{_asks_to_rest(wait_s)}" if wait_s else "")
    return Problem(code, _UNKNOWN.format(why=why))


def robots_unread(code: str, timeout_s: float) -> Problem:
    """The problem of a host whose robots.txt came too slowly (`timeout`) or was `too_large`."""
    slow = f"ไม่ตอบภายใน {timeout_s:g} วินาที"
    return Problem(code, _UNKNOWN.format(why=slow if code == "timeout" else "ใหญ่เกินกว่าจะอ่าน"))


def resting(seconds: float) -> str:
    """Until when a host asked to be left alone, in Thai; `seconds` from now."""
    return f"เว็บไซต์{_asks_to_rest(seconds)} จึงไม่ได้เปิดหน้านี้"


def _asks_to_rest(seconds: float) -> str:
    until = datetime.now(_BANGKOK) + timedelta(seconds=seconds)
    when = f"{until:%H.%M} น. ของวันที่ {until.day}/{until.month}/{until.year + 543}"
    return f"ขอให้หยุดส่งคำขออีก {seconds:,.0f} วินาที (ถึง {when})"


def _is_tls(error: BaseException) -> bool:
    """True when TLS broke anywhere in the chain of causes."""
    for cause in _causes(error):
        if type(cause).__module__.startswith(("OpenSSL", "ssl", "service_identity")):
            return True
        if isinstance(cause, BaseException) and re.search("ERR_CERT|ERR_SSL", str(cause)):
            return True
    return bool(_SSL_WORDS.search(type(error).__name__))


def _over_limit(error: BaseException) -> OverLimitError | None:
    found = (cause for cause in _causes(error) if isinstance(cause, OverLimitError))
    return next(found, None)


def _causes(error: BaseException) -> Iterator[object]:
    """The exception and what led to it, nearest first, twenty at most."""
    waiting: list[object] = [error]
    for _ in range(20):
        if not waiting:
            return
        cause = waiting.pop()
        yield cause
        if isinstance(cause, BaseException):
            waiting.extend(x for x in (cause.__cause__, cause.__context__) if x is not None)
            reasons = getattr(cause, "reasons", None) or ()
            waiting.extend(getattr(reason, "value", reason) for reason in reasons)


def of_status(status: int, body: bytes) -> Problem | None:
    """The problem that an HTTP status (and the body beside it) tells; `None` for a usable page."""
    head = body[:100_000]
    if status == 200:
        if _STRONG_CHALLENGE.search(head):
            return Problem("blocked_by_waf", "เว็บไซต์แสดงหน้ายืนยันตัวตนของระบบป้องกันแทนเนื้อหา")
        return None if body.strip() else Problem("empty_page", "เว็บไซต์ตอบว่าเปิดได้แต่ไม่ส่งเนื้อหาใดมา")
    if 200 < status < 300:
        return Problem("http_error", f"เว็บไซต์ตอบรหัส HTTP {status} ซึ่งไม่มีเนื้อหา") if not body else None
    if status in (404, 410):
        return Problem("not_found", f"เว็บไซต์ตอบว่าไม่พบหน้า (HTTP {status})")
    if status in (401, 407):
        return Problem("login_required", f"เว็บไซต์ขอรหัสผ่านก่อนเปิดหน้า (HTTP {status})")
    if status == 429:
        return Problem("rate_limited", "เว็บไซต์จำกัดจำนวนคำขอ (HTTP 429)")
    if status in (403, 503) and _CHALLENGE.search(head):
        return Problem("blocked_by_waf", f"ระบบป้องกันของเว็บไซต์ปิดกั้นการตรวจ (HTTP {status})")
    if status == 403:
        return Problem("blocked_by_waf", "เว็บไซต์ไม่อนุญาตให้ระบบตรวจเปิดหน้านี้ (HTTP 403)")
    if status == 408:
        return Problem("timeout", "เว็บไซต์แจ้งว่าหมดเวลา (HTTP 408)")
    if status >= 500:
        return Problem("server_error", f"เครื่องแม่ข่ายขัดข้อง (HTTP {status})")
    return Problem("http_error", f"เว็บไซต์ตอบรหัส HTTP {status}")


def content(document: Document) -> str:
    """The page's own words without menus and footers, a passage a line."""
    return "\n".join(p.text for p in document.passages if p.region in CONTENT)


def of_page(document: Document, asked: str) -> Problem | None:
    """The problem that a page of status 200 shows: a sign-in, a refusal, nothing at all."""
    if document.source not in (TextSource.HTML, TextSource.RENDERED):
        return None
    final = document.fetch.final_url
    if is_social(final):
        return Problem("social_media_only", "URL เปิดไปที่สื่อสังคมออนไลน์")
    words = content(document)
    form = match_form(words[:4000])
    gate = _is_google(final) or len(words) < _GATE_CHARS
    if is_sign_in(final) or (gate and _any_in(form, _ACCESS_REQUEST)):
        return Problem("access_request", "ที่เก็บไฟล์ขึ้นหน้าขอสิทธิ์เข้าถึง ยังไม่เปิดให้ทุกคนดู")
    if _is_google(final) and _any_in(form, _VIRUS_SCAN):
        return Problem("too_large", "ไฟล์ใหญ่เกินกว่าที่ Google ไดรฟ์จะให้ดาวน์โหลดโดยตรง")
    if _is_google(final) and len(words) < 2 * _GATE_CHARS and _any_in(form, _QUOTA):
        return Problem("rate_limited", "Google ไดรฟ์จำกัดจำนวนการดาวน์โหลดไฟล์นี้ไว้ชั่วคราว")
    if _asks_to_sign_in(document, words, asked):
        return Problem("login_required", "หน้านี้ให้ลงชื่อเข้าใช้ก่อนจึงจะเห็นข้อมูล")
    if _says_missing(document, words):
        return Problem("soft_404", "เว็บไซต์ตอบรหัส 200 แต่หน้าแจ้งว่าไม่พบหน้าหรือข้อมูล")
    if _is_empty(document, words):
        return Problem("empty_page", "เปิดหน้าได้ แต่ไม่มีข้อความ รูป ลิงก์ หรือแบบฟอร์มในส่วนเนื้อหา")
    return None


def _any_in(form: str, phrases: tuple[str, ...]) -> bool:
    return any(match_form(phrase) in form for phrase in phrases)


def _is_google(url: str) -> bool:
    host = host_of(url)
    return host.endswith((".google.com", ".googleusercontent.com"))


def _asks_to_sign_in(document: Document, words: str, asked: str) -> bool:
    """A password field alone is no proof: many sites keep a sign-in box beside every page."""
    password = any(field.kind == "password" for form in document.forms for field in form.fields)
    if not password or len(words) > 1500:
        return False
    final = document.fetch.final_url
    moved = key(final) != key(asked)
    return (bool(_LOGIN_PATH.search(final)) and (moved or len(words) < 600)) or len(words) < 200


def _says_missing(document: Document, words: str) -> bool:
    if len(words) > 700:
        return False
    headings = [p.text for p in document.passages if p.region is Region.HEADING][:3]
    named = [match_form(text) for text in (document.title, *headings)]
    if any(_MISSING.search(text) for text in named):
        return True
    own = match_form("\n".join(p.text for p in document.passages if p.region is Region.MAIN))
    if len(own) < 300 and _MISSING.search(own):
        return True
    return len(own) < 40 and bool(_ONLY_MISSING.search(own)) and not document.links


def _is_empty(document: Document, words: str) -> bool:
    own = [p.text for p in document.passages if p.region in CONTENT[1:]]
    if any(text.strip() for text in own) or document.images or document.forms or document.embeds:
        return False
    inside = [x for x in document.links if x.region not in (Region.NAV, Region.FOOTER)]
    return not inside and len(words) < 200
