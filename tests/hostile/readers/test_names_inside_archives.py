"""Names inside the ZIP files of a site that point out of the archive.

Tried: Members are called `../../etc/cron.d/x`, `/etc/passwd`, `C:\\Windows\\x.dll`, `CON`, `NUL.txt`,
names of 5,000 Thai letters, with trailing dots, control characters and turns of direction.
Must: Reading the archive writes no file anywhere; the texts are read, and the names are short words
without folders' way out and without disguise in everything that people see.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from checklist.evidence import Fetch
from crawler.extract import extract
from results.wording import tidy

FETCH = Fetch("https://a.go.th/months.zip", "https://a.go.th/months.zip")
NAMES = (
    "../../../../tmp/oit-traversed.txt",
    "/tmp/oit-absolute.txt",
    "C:\\Windows\\oit.txt",
    "..\\..\\oit.txt",
    "CON",
    "NUL.txt",
    "aux.txt . . .",
    "รายงาน" * 900 + ".txt",
    "รายงาน\u202efdp.txt",
    "a\x1b]0;x\x07b.txt",
    "<script>alert(1)</script>.txt",
)


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "จัดซื้อวัสดุสำนักงาน เดือนมกราคม 2566")
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_member_is_read_and_never_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written: list[object] = []
    monkeypatch.setattr(Path, "write_bytes", lambda *found: written.append(found))
    monkeypatch.setattr(zipfile.ZipFile, "extract", lambda *found: written.append(found))
    monkeypatch.setattr(zipfile.ZipFile, "extractall", lambda *found: written.append(found))
    document = extract(packed(name, "ปกติ.txt"), FETCH)
    assert not written
    assert list(tmp_path.rglob("*")) == []
    assert not Path("/tmp/oit-traversed.txt").exists()
    assert not Path("/tmp/oit-absolute.txt").exists()
    heads = {path for passage in document.passages for path in passage.heading_path}
    assert "ปกติ.txt" in heads
    for head in heads:
        assert len(head) <= 300
        assert "\u202e" not in tidy(head)
