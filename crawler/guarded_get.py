"""One address fetched at once, outside a crawl: under the same address policy, within limits.

Every hop of a redirect is checked, and the connection goes to the very address that was checked.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from crawler.address_policy import AddressPolicy, code_of, literal_address
from crawler.guard import REFUSED_DETAIL
from crawler.manners import Manners, host_name, rest_as_asked
from crawler.problems import Problem, of_no_turn
from crawler.turns import NoTurnError, Queued, turn_now
from crawler.urls import clean, host_of, is_social

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.settings import CrawlSettings

MOST_BYTES = 3 * 1024 * 1024
_STEP_S = 8.0
_PIECE = 64 * 1024
_PACKING = "เว็บไซต์ส่งเนื้อหาที่บีบอัดมาไม่ถูกต้อง (Content-Encoding) จึงคลายออกอ่านไม่ได้"
_PORTS = {"http": 80, "https": 443}


class GetError(Exception):
    """Nothing usable came; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the reason."""
        super().__init__(problem.detail)
        self.problem = problem


@dataclass(frozen=True)
class Got:
    """An answer: where it came from in the end, and at most `MOST_BYTES` of its body.

    `whole` is False where the body was cut off; `hops` are the addresses passed before `url`.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool
    hops: tuple[str, ...]


class GuardedGet:
    """Fetches addresses one after the other until its time is over."""

    def __init__(self, settings: CrawlSettings, within_s: float) -> None:
        """Obey the policy of `settings`; everything together may take `within_s` seconds."""
        self._settings = settings
        self.manners = Manners(settings)
        self._policy = AddressPolicy(settings.allow_networks)
        self._until = time.monotonic() + within_s
        self._within_s = within_s
        self._client = httpx.Client(trust_env=False, follow_redirects=False, cookies=None)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, url: str, most_hops: int | None = None) -> Got:
        """The answer at the end of all redirects, `most_hops` at most; raises `GetError`.

        Each is asked for in its host's turn, as in a crawl.
        """
        hops: list[str] = []
        most = self._settings.max_redirects if most_hops is None else most_hops
        while True:
            with self._turn(url) as turn:
                answer = self._one(url)
                if answer.status_code in (429, 503):
                    rest_as_asked(turn, answer.headers.get("retry-after", ""))
                target = _redirect(answer)
                if target is None:
                    body, whole = self._body(answer)
                    return Got(url, answer.status_code, answer.headers, body, whole, tuple(hops))
                answer.close()
            hops.append(url)
            if len(hops) > most or target in hops:
                raise GetError(Problem("redirect_loop", "หน้าเว็บส่งต่อวนไปมาเกินจำนวนครั้งที่กำหนด"))
            url = _cleaned(urljoin(url, target))
            if is_social(url):
                raise GetError(
                    Problem("social_media_only", f"URL ส่งต่อไปยังสื่อสังคมออนไลน์ ({host_of(url)})")
                )

    @contextmanager
    def _turn(self, url: str) -> Iterator[Queued]:
        pause_s = self.manners.pause(url)
        try:
            with turn_now(self.manners.turns, host_name(url), pause_s, self._left()) as turn:
                yield turn
        except NoTurnError as none:
            raise GetError(of_no_turn(none)) from None

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise GetError(Problem("timeout", f"เว็บไซต์ไม่ตอบภายใน {self._within_s:g} วินาที"))
        return left

    def _one(self, url: str) -> httpx.Response:
        """Send one request to the address that was checked; the body is not read yet."""
        parts = urlsplit(url)
        address = self._address(url)
        host = f"[{address}]" if ":" in address else address
        netloc = f"{host}:{parts.port}" if parts.port else host
        try:
            request = self._client.build_request(
                "GET",
                urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, "")),
                headers={
                    "Host": parts.netloc.rpartition("@")[2],
                    "User-Agent": self._settings.full_user_agent,
                    "Accept-Language": self._settings.accept_language,
                    "Accept-Encoding": "gzip, deflate",
                    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
                },
                extensions={"sni_hostname": parts.hostname},
                timeout=min(_STEP_S, self._left()),
            )
            return self._client.send(request, stream=True)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
            raise GetError(self._problem(error)) from error

    def _address(self, url: str) -> str:
        """The IP address to connect to; raises `GetError` for one that must not be opened."""
        if refusal := self._policy.refusal(url):
            raise GetError(Problem(code_of(refusal), refusal))
        parts = urlsplit(url)
        host = parts.hostname or ""
        if (literal := literal_address(host)) is not None:
            return literal
        try:
            port = parts.port or _PORTS[parts.scheme]
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise GetError(Problem("dns", f"ไม่พบชื่อเว็บไซต์ {host} ในระบบชื่อโดเมน")) from None
        self._left()
        addresses = [str(one[4][0]) for one in found]
        allowed = [one for one in addresses if self._policy.allows(one)]
        if not allowed:
            raise GetError(Problem("inner_address", REFUSED_DETAIL))
        return allowed[0]

    def _body(self, answer: httpx.Response) -> tuple[bytes, bool]:
        """At most `MOST_BYTES` of the body, and whether that is all of it."""
        body = bytearray()
        try:
            for piece in _unpacked(answer):
                body += piece
                self._left()
                if len(body) > MOST_BYTES:
                    return bytes(body[:MOST_BYTES]), False
        except zlib.error as error:
            raise GetError(Problem("extract_failed", _PACKING)) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise GetError(self._problem(error)) from error
        finally:
            answer.close()
        return bytes(body), True

    def _problem(self, error: Exception) -> Problem:
        if isinstance(error, httpx.TimeoutException):
            return Problem("timeout", f"เว็บไซต์ไม่ตอบภายใน {min(_STEP_S, self._within_s):g} วินาที")
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError) or "CERTIFICATE" in str(cause):
                return Problem(
                    "tls", "ใบรับรองความปลอดภัย (HTTPS) ใช้ไม่ได้ เช่น หมดอายุ ชื่อไม่ตรง หรือขาดใบรับรองกลาง"
                )
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, httpx.ConnectError):
            return Problem("connection", "เครื่องแม่ข่ายปฏิเสธการเชื่อมต่อ")
        return Problem("connection", "การเชื่อมต่อกับเว็บไซต์ขาดตอน")


def _unpacked(answer: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size, whatever it is packed in.

    Raises `GetError` for a packing that was not asked for and `zlib.error` for a broken one.
    """
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity"):
        yield from answer.iter_raw(_PIECE)
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise GetError(Problem("extract_failed", _PACKING))
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    for piece in answer.iter_raw(_PIECE):
        left = piece
        while left and not unpacking.eof:
            yield unpacking.decompress(left, _PIECE)
            left = unpacking.unconsumed_tail


def _redirect(answer: httpx.Response) -> str | None:
    if answer.status_code not in (301, 302, 303, 307, 308):
        return None
    return answer.headers.get("location") or None


def _cleaned(url: str) -> str:
    try:
        return clean(url)
    except ValueError:
        raise GetError(Problem("bad_address", "หน้าเว็บส่งต่อไปยังที่อยู่ที่เปิดไม่ได้")) from None
