"""Readings kept on disk by the file's content and the settings, so no page is read twice."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.ocr.model import PageReading
from crawler.whole_files import write_whole

if TYPE_CHECKING:
    from crawler.ocr.settings import OcrSettings
    from objects.shared import Shared

_log = logging.getLogger(__name__)

OCR = "ocr"
"""The part of what machines share that holds what OCR read."""


class ReadingCache:
    """The kept readings of one file; everything is forgotten when there is no folder."""

    def __init__(self, body: bytes, settings: OcrSettings) -> None:
        """`body` is the file; nothing is touched before it is asked for."""
        digest = hashlib.sha256(body).hexdigest()
        stem = f"{digest}-{settings.fingerprint}-{_network_print()}"
        folder = settings.cache_folder
        self._path: Path | None = folder / digest[:2] / f"{stem}.json" if folder else None
        self._shared_url = settings.shared_url
        self._below = f"{OCR}/{digest[:2]}/{stem}"

    def load(self) -> dict[int, PageReading]:
        """Readings by page, those of other machines where none is kept here.

        An unreadable entry counts as none.
        """
        own = self._own()
        if own:
            return own
        found: dict[int, PageReading] = {}
        for body in self._shared_bodies():
            found |= self._read(body)
        if found and self._path is not None:
            self._write(_dumped(found.values()))
        return found

    def _own(self) -> dict[int, PageReading]:
        if self._path is None or not self._path.is_file():
            return {}
        try:
            return self._read(self._path.read_bytes())
        except OSError as error:
            _log.warning("a kept reading cannot be read: %s", error)
            return {}

    def _read(self, body: bytes) -> dict[int, PageReading]:
        try:
            return {
                int(entry["page"]): PageReading(
                    int(entry["page"]), str(entry["text"]),
                    tuple(float(sure) for sure in entry["digits"]), float(entry["confidence"]),
                    int(entry["line_height"]),
                )
                for entry in json.loads(body)
            }  # fmt: skip
        except (ValueError, TypeError, KeyError) as error:
            _log.warning("cached reading %s is damaged and left aside: %s", self._below, error)
            return {}

    def _shared_bodies(self) -> Iterator[bytes]:
        shared = self._shared()
        return shared.all_below(self._below) if shared is not None else iter(())

    def _shared(self) -> Shared | None:
        if not self._shared_url:
            return None
        from objects.shared import shared_at

        return shared_at(self._shared_url)

    def save(self, readings: Iterable[PageReading]) -> None:
        """Keep `readings` in place of what was kept; a full disk costs only the saving."""
        body = _dumped(readings)
        if self._path is not None:
            self._write(body)
        shared = self._shared()
        if shared is not None:
            shared.bring(self._below, body)

    def _write(self, body: bytes) -> None:
        try:
            if self._path is not None:
                write_whole(self._path, body)
        except OSError as error:
            _log.warning("reading could not be kept: %s", error)


def _dumped(readings: Iterable[PageReading]) -> bytes:
    told = [asdict(reading) for reading in sorted(readings, key=lambda one: one.page)]
    return json.dumps(told, ensure_ascii=False).encode()


def _network_print() -> str:
    """Changes with the trained network."""
    body = files("crawler.ocr").joinpath("data", "digits.npz").read_bytes()
    return hashlib.sha256(body).hexdigest()[:8]
