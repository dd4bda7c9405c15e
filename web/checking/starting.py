"""A self-check started from what was sent: fields and at most one file, none of them trusted."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.datastructures import FormData, UploadFile

from sweep.self_check.request import SelfCheckRequest
from web.checking.asking import AskedWrong, asked_of, shown_name
from web.checking.desk import FullError
from web.checking.opening import around_of, desk_of
from web.faults import BadInput, TooMuch, TooSoon, Unavailable
from web.viewer import record, site_of

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import Request

    from web.checking.asking import Asked
    from web.checking.desk import Desk
    from web.checking.job import Job
    from web.viewer import Viewer

FILE = "file"
_UPLOAD = "upload"
_ROOM_BESIDE = 512 * 1024 * 1024
"""So much room in bytes must stay free on the disk beside what is taken."""
_LONGEST_FIELD = 4096


@dataclass(frozen=True)
class Sent:
    """What a form or a program sent: fields by name, and the file, if one was chosen."""

    fields: Mapping[str, list[str]]
    files: tuple[UploadFile, ...] = ()

    def close(self) -> None:
        """Let go of the file, which is nowhere but in a nameless temporary one."""
        for one in self.files:
            one.file.close()


def sent_in(form: FormData) -> Sent:
    """What a form holds; a file field that was left empty is no file."""
    fields: dict[str, list[str]] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename or value.size:
                files.append(value)
        else:
            fields.setdefault(name, []).append(value[:_LONGEST_FIELD])
    return Sent(fields, tuple(files))


def sent_as_json(body: Any) -> Sent:
    """What a program's JSON object holds. Raises `BadInput` for another form of it."""
    if not isinstance(body, dict):
        raise BadInput('ให้ส่งเป็นวัตถุ JSON เช่น {"url": "https://www.example.go.th/"}')
    fields: dict[str, list[str]] = {}
    for name, value in body.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) for one in values):
            raise BadInput(f"ค่าของ «{str(name)[:40]}» ต้องเป็นข้อความ หรือรายการของข้อความ")
        fields[str(name)] = [one[:_LONGEST_FIELD] for one in values]
    return Sent(fields)


def started(request: Request, viewer: Viewer, sent: Sent) -> Job:
    """Start what was sent. Raises `BadInput`, `TooMuch`, `TooSoon` or `Unavailable`, in Thai."""
    site = site_of(request)
    desk = desk_of(request.app.state, site)
    around = around_of(request.app.state, site, viewer)
    if len(sent.files) > 1:
        raise BadInput("ส่งได้ครั้งละหนึ่งไฟล์ หากมีหลายไฟล์ให้รวมเป็น ZIP ไฟล์เดียว")
    try:
        asked = asked_of(sent.fields, bool(sent.files), around)
        desk.refuse_when_full(viewer.name)
    except AskedWrong as wrong:
        raise BadInput(str(wrong)) from None
    except FullError as full:
        raise TooSoon(str(full), Retry_After="30") from None
    folder = _folder(desk)
    try:
        name = _taken(sent, folder, desk.settings.max_mb) if sent.files else ""
        wanted = SelfCheckRequest(
            url=asked.url,
            file=folder / _UPLOAD if sent.files else None,
            name=name,
            checklist=asked.checklist.key,
            items=asked.items,
            as_of=asked.as_of,
            unit=asked.unit,
            folder=folder,
            settings=around.crawl,
            memory_bytes=desk.settings.memory_bytes,
        )
        record(request, viewer, "self_check.started", f"unit:{asked.unit.id}", _noted(asked))
        return desk.start(viewer.name, wanted, asked.host)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, FullError):
            raise TooSoon(str(error), Retry_After="30") from None
        raise


def _noted(asked: Asked) -> dict[str, str]:
    """What the log of use tells of a check: never a file's name, of an address only the host."""
    return {"kind": "url", "host": asked.host} if asked.url else {"kind": "file"}


def _folder(desk: Desk) -> Path:
    try:
        if desk.folders.free_bytes() < desk.settings.max_bytes + _ROOM_BESIDE:
            raise Unavailable("เนื้อที่ดิสก์ของเครื่องเหลือน้อย จึงยังรับตรวจไม่ได้ ให้แจ้งผู้ดูแลระบบ")
        return desk.folders.new()
    except OSError:
        raise Unavailable("เขียนลงดิสก์ของเครื่องไม่ได้ จึงยังรับตรวจไม่ได้ ให้แจ้งผู้ดูแลระบบ") from None


def _taken(sent: Sent, folder: Path, max_mb: int) -> str:
    """Put the file into the job's folder under a name of ours; the name it came with is given."""
    [upload] = sent.files
    name = shown_name(upload.filename or "")
    size = upload.size or 0
    if not size:
        raise BadInput(f"ไฟล์ «{name}» ว่างเปล่า (0 ไบต์) ให้เปิดดูว่าไฟล์มีเนื้อหา แล้วเลือกใหม่")
    if size > max_mb * 1024 * 1024:
        raise TooMuch(f"ไฟล์ «{name}» ใหญ่เกิน {max_mb} MB ให้แบ่งไฟล์หรือลดความละเอียดของภาพก่อน")
    try:
        upload.file.seek(0)
        with (folder / _UPLOAD).open("xb") as kept:
            shutil.copyfileobj(upload.file, kept, 1024 * 1024)
    except OSError:
        raise Unavailable("เขียนไฟล์ลงดิสก์ของเครื่องไม่ได้ จึงยังรับตรวจไม่ได้ ให้แจ้งผู้ดูแลระบบ") from None
    return name
