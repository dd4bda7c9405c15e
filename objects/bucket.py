"""Objects in a bucket of an S3-compatible store. Loads the library; imported when one is used."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from objects.faults import AWAY, MISSING, AddressError, BucketError, kind_of
from objects.port import MOST_BYTES, Entry, checked, too_large

if TYPE_CHECKING:
    from obstore.store import ClientConfig

    from objects.addresses import Access, Address

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_CONNECT_S, _STALL_S, _REQUEST_S = 5, 20, 300
_RETRIES, _RETRY_S = 3, 30
_AGAIN_S = (0.3, 1.5)
"""Pauses before what the library does not do again by itself is done again."""
_PIECE = 1024 * 1024
_AT_ONCE = 1000
_TRIAL = "conditional-put.txt"
_FAULTS = (BaseError, OSError, ValueError)


class Bucket:
    """A prefix of a bucket; may be used from any thread."""

    def __init__(self, address: Address, access: Access) -> None:
        """Nothing is asked of the store before the first call."""
        self._address = address
        self._store = _store(address, access)
        self._lock = threading.Lock()
        self._there = False
        self._keeps = False

    @property
    def shown(self) -> str:
        """The address, which holds no key."""
        return self._address.shown

    def put(self, name: str, content: bytes) -> bool:
        """Write an object that is not there yet, told by the store itself.

        A put whose answer was lost counts as made when what stands there is `content`.
        """
        checked(name)
        self._prove_conditional()
        return self._create(name, content)

    def _create(self, name: str, content: bytes) -> bool:
        again = False

        def put() -> bool:
            nonlocal again
            first, again = not again, True
            try:
                obstore.put(self._store, name, content, mode="create", use_multipart=False)
            except AlreadyExistsError:
                return not first and self._read(name, len(content) + 1) == content
            return True

        return self._asked(put)

    def get(self, name: str, most: int = MOST_BYTES) -> bytes | None:
        """The object's bytes, whole as the store announces them; `None` when there is none."""
        checked(name)
        self._be_there()
        return self._asked(lambda: self._read(name, most))

    def _read(self, name: str, most: int) -> bytes | None:
        try:
            answer = obstore.get(self._store, name)
        except FileNotFoundError as error:
            _raise_if_no_bucket(error)
            return None
        size = answer.meta["size"]
        if size > most:
            raise _TooLargeError(name, most)
        content = bytearray()
        for piece in answer.stream(_PIECE):
            content += piece
            if len(content) > most:
                raise _TooLargeError(name, most)
        if len(content) != size:
            raise _CutError(name)
        return bytes(content)

    def size(self, name: str) -> int | None:
        """The object's bytes counted; `None` when there is none."""
        checked(name)
        self._be_there()

        def head() -> int | None:
            try:
                return int(obstore.head(self._store, name)["size"])
            except FileNotFoundError as error:
                _raise_if_no_bucket(error)
                return None

        return self._asked(head)

    def remove(self, name: str) -> int:
        """Delete an object; the bytes freed."""
        size = self.size(name)
        if size is not None:
            self._asked(lambda: obstore.delete(self._store, name))
        return size or 0

    def entries(self, below: str, after: str = "") -> Iterator[Entry]:
        """The objects below, in the order of their names, a page of the list at a time."""
        while True:
            page = self._asked(lambda last=after: self._page(below, last))  # type: ignore[misc]
            for one in page:
                yield Entry(one["path"], int(one["size"]), one["last_modified"])
            if len(page) < _AT_ONCE:
                return
            after = page[-1]["path"]

    def _page(self, below: str, after: str) -> list[Any]:
        pages = obstore.list(
            self._store, below.rstrip("/"), offset=after or None, chunk_size=_AT_ONCE
        )
        return list(next(iter(pages), []))

    def _be_there(self) -> None:
        """Tell a bucket that is missing from an object that is, once: a HEAD does not say."""
        if not self._there:
            self._asked(lambda: self._page("", "~"))
            self._there = True

    def _prove_conditional(self) -> None:
        """See once that the store refuses a second put of a name: what is kept rests on it."""
        with self._lock:
            if self._keeps:
                return
            if self._create(_TRIAL, b"1\n") and self._create(_TRIAL, b"2\n"):
                raise AddressError(
                    "ที่เก็บวัตถุนี้เขียนทับของเดิมแม้สั่งว่าห้าม (If-None-Match) จึงใช้เก็บหลักฐานไม่ได้: "
                    f"{self.shown} "
                    "(this object store writes over what is there although told not to: it cannot "
                    "keep evidence)"
                )
            self._keeps = self._there = True

    def _asked(self, work: Callable[[], _T]) -> _T:
        """What `work` gives, tried again where a connection failed; raises `BucketError`."""
        for pause in (*_AGAIN_S, None):
            try:
                return work()
            except _TooLargeError as error:
                raise too_large(error.args[0], error.args[1]) from None
            except _FAULTS as error:
                if isinstance(error, BucketError | AddressError):
                    raise
                kind = AWAY if isinstance(error, _CutError) else kind_of(error)
            if kind != AWAY or pause is None:
                raise BucketError(kind, self.shown)
            _log.info("the object store did not answer; once more in %.1f s", pause)
            time.sleep(pause)
        raise AssertionError("unreachable")


class _CutError(OSError):
    """A body that ended early."""


class _TooLargeError(OSError):
    """An object beyond what may be read."""


def _raise_if_no_bucket(error: FileNotFoundError) -> None:
    """The error again when it is the bucket that is not there, not only the object."""
    if kind_of(error) == MISSING:
        raise error


def _store(address: Address, access: Access) -> S3Store:
    key: dict[str, Any] = {}
    if access.key_id:
        key = {"access_key_id": access.key_id, "secret_access_key": access.secret}
        if access.token:
            key["session_token"] = access.token
    where: dict[str, Any] = {"endpoint": access.endpoint} if access.endpoint else {}
    trusted: ClientConfig = {}
    try:
        if access.ca_file:
            trusted = {"root_certificate": Path(access.ca_file).read_bytes()}
        return S3Store(
            address.bucket,
            prefix=address.prefix or None,
            region=access.region,
            virtual_hosted_style_request=not access.endpoint,
            # Not every store knows the order to delete many at once.
            disable_bulk_delete=True,
            client_options={
                "allow_http": access.endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=_CONNECT_S),
                "read_timeout": timedelta(seconds=_STALL_S),
                "timeout": timedelta(seconds=_REQUEST_S),
                **trusted,
            },
            retry_config={
                "max_retries": _RETRIES,
                "retry_timeout": timedelta(seconds=_RETRY_S),
            },
            **where,
            **key,
        )
    except _FAULTS as error:
        raise BucketError(kind_of(error), address.shown) from None
