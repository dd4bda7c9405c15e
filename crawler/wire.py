"""Messages between the crawling process and the one that started it: length, then a pickle.

Both ends are the same program; nothing fetched is ever unpickled.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class Alive:
    """Sent now and then by a working crawler."""


@dataclass(frozen=True)
class Finished:
    """The crawler's last message."""


@dataclass(frozen=True)
class LogLine:
    """A log record of the crawling process; `context` is what it is about (its unit)."""

    logger: str
    level: int
    text: str
    context: Mapping[str, str | int] = field(default_factory=dict)


def write_message(stream: BinaryIO, message: object) -> None:
    """Write one message and flush."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def read_message(stream: BinaryIO) -> Any:
    """Read one message; raises `EOFError` when the other end is gone."""
    head = _exactly(stream, _LENGTH.size)
    return pickle.loads(_exactly(stream, _LENGTH.unpack(head)[0]))  # nosec B301  # from the process that we started


def _exactly(stream: BinaryIO, size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = stream.read(size)
        if not part:
            raise EOFError("the other process is gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
