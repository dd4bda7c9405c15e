"""Readings kept on disk by the file's content and the settings, so no page is read twice."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.ocr.model import PageReading
from crawler.whole_files import write_whole

if TYPE_CHECKING:
    from crawler.ocr.settings import OcrSettings

_log = logging.getLogger(__name__)


class ReadingCache:
    """The kept readings of one file; everything is forgotten when there is no folder."""

    def __init__(self, body: bytes, settings: OcrSettings) -> None:
        """`body` is the file; nothing is touched before it is asked for."""
        digest = hashlib.sha256(body).hexdigest()
        name = f"{digest}-{settings.fingerprint}-{_network_print()}.json"
        folder = settings.cache_folder
        self._path: Path | None = folder / digest[:2] / name if folder else None

    def load(self) -> dict[int, PageReading]:
        """Readings by page; an unreadable entry counts as none."""
        if self._path is None or not self._path.is_file():
            return {}
        try:
            stored = json.loads(self._path.read_text("utf-8"))
            return {
                int(entry["page"]): PageReading(
                    int(entry["page"]), str(entry["text"]),
                    tuple(float(sure) for sure in entry["digits"]), float(entry["confidence"]),
                    int(entry["line_height"]),
                )
                for entry in stored
            }  # fmt: skip
        except (OSError, ValueError, TypeError, KeyError) as error:
            _log.warning("cached reading %s is damaged and left aside: %s", self._path, error)
            return {}

    def save(self, readings: Iterable[PageReading]) -> None:
        """Keep `readings` in place of what was kept; a full disk costs only the saving."""
        if self._path is None:
            return
        body = json.dumps([asdict(reading) for reading in readings], ensure_ascii=False)
        try:
            write_whole(self._path, body.encode())
        except OSError as error:
            _log.warning("reading could not be kept: %s", error)


def _network_print() -> str:
    """Changes with the trained network."""
    body = files("crawler.ocr").joinpath("data", "digits.npz").read_bytes()
    return hashlib.sha256(body).hexdigest()[:8]
