"""Answers that a person asked to keep: a folder each, with the account as data and as a page.

No name from outside is part of a path: a person's folder goes by a digest of the user name, an
answer's by a number made here.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

from results.formats.files import write_whole
from results.parts import Part
from results.self_check import SelfCheckReport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DATA = "result.json"
PAGE = "report.html"
_ID = re.compile(r"[0-9a-f]{32}")


class KeepError(Exception):
    """An answer cannot be kept; `str` says in Thai why and what to do."""


class KeptCheck(Part):
    """A kept answer, who keeps it and since when (aware, UTC)."""

    id: str
    kept_by: str
    kept_at: datetime
    report: SelfCheckReport


class KeptChecks:
    """The kept answers below a folder of this installation."""

    def __init__(self, root: Path, most_each: int) -> None:
        """Keep below `root`, made when it is needed; `most_each` of a person."""
        self._root = root
        self._most = most_each

    def keep(
        self,
        person: str,
        report: SelfCheckReport,
        now: datetime,
        page: Callable[[KeptCheck], str],
    ) -> KeptCheck:
        """Keep an answer, with the `page` of it. Raises `KeepError`."""
        folder = self._folder(person)
        if len(self.of(person)) >= self._most:
            raise KeepError(f"ท่านเก็บผลไว้ครบ {self._most} รายการแล้ว ให้ลบผลเก่าที่ไม่ใช้ก่อน")
        kept = KeptCheck(id=secrets.token_hex(16), kept_by=person, kept_at=now, report=report)
        place = folder / kept.id
        try:
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(place / PAGE, page(kept))
            data = json.dumps(kept.model_dump(mode="json"), ensure_ascii=False, indent=1)
            write_whole(place / DATA, data)
        except OSError:
            shutil.rmtree(place, ignore_errors=True)
            raise KeepError("เก็บผลไม่ได้ เพราะเขียนลงดิสก์ของเครื่องไม่ได้ ให้แจ้งผู้ดูแลระบบ") from None
        return kept

    def of(self, person: str) -> list[KeptCheck]:
        """The person's kept answers, newest first; what cannot be read is left out."""
        folder = self._folder(person)
        places = list(folder.iterdir()) if folder.is_dir() else []
        found = (self.find(person, place.name) for place in places)
        return sorted((one for one in found if one), key=lambda one: one.kept_at, reverse=True)

    def find(self, person: str, kept_id: str) -> KeptCheck | None:
        """The person's own kept answer of this id."""
        text = self.file(person, kept_id, DATA)
        try:
            return KeptCheck.model_validate_json(text) if text is not None else None
        except ValueError:
            return None

    def file(self, person: str, kept_id: str, name: str) -> bytes | None:
        """One of the two files of a kept answer; `None` when there is none of this person."""
        if not _ID.fullmatch(kept_id) or name not in (DATA, PAGE):
            return None
        try:
            return (self._folder(person) / kept_id / name).read_bytes()
        except OSError:
            return None

    def delete(self, person: str, kept_id: str) -> bool:
        """Delete a kept answer; False when there is none of this person."""
        if self.find(person, kept_id) is None:
            return False
        shutil.rmtree(self._folder(person) / kept_id, ignore_errors=True)
        return True

    def _folder(self, person: str) -> Path:
        return self._root / hashlib.sha256(person.encode()).hexdigest()[:32]
