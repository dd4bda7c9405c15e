"""Files that are on the disk whole before anybody is told of them."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


def write_durably(path: Path, content: bytes, *, anew: bool = False) -> bool:
    """Write `content` so that `path` holds all of it, through a loss of power too.

    The folder is made. With `anew` a file that is there stays, and False is given. Raises
    `OSError` when it cannot be written; nothing is left then.
    """
    if anew and path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o400)
        made = _named(part, path, anew=anew)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
    settle(path.parent)
    return made


def _named(part: str, path: Path, *, anew: bool) -> bool:
    """Give the file its name; False when another has it and it is to stay."""
    if anew:
        try:
            os.link(part, path)
        except FileExistsError:
            os.unlink(part)
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # A disk without links: the last of two writers of one name wins there.
        else:
            os.unlink(part)
            return True
    os.replace(part, path)
    return True


def settle(folder: Path) -> None:
    """Put the names of a folder's files on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
