"""Styles and scripts, shipped with the program and named by their content."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from web.faults import NotFound

FOLDER = Path(__file__).parent / "assets"
_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

router = APIRouter()


@cache
def contents() -> dict[str, bytes]:
    """Every asset by its name."""
    found = (path for path in FOLDER.rglob("*") if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(found)}


@cache
def digest() -> str:
    """A name for all contents together: it changes when any of them does."""
    whole = hashlib.sha256()
    for name, content in contents().items():
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:16]


def asset(name: str) -> str:
    """The address of an asset; raises `KeyError` for one that is not shipped."""
    if name not in contents():
        raise KeyError(name)
    return f"/assets/{digest()}/{name}"


@router.get("/assets/{digest}/{name:path}")
def serve(digest: str, name: str) -> Response:
    """An asset, to be kept for ever under this address."""
    content = contents().get(name)
    if content is None or digest != _current():
        raise NotFound
    ending = Path(name).suffix
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers={"Cache-Control": _FOR_EVER})


def _current() -> str:
    return digest()
