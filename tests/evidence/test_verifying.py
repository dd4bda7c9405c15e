"""Whatever is done to the archive behind the program's back is found and named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evidence import chain
from evidence.findings import Flaw
from evidence.verifying import verify
from tests.databases import database_at, of_sqlite_alone, raw
from tests.evidence.archive_samples import (
    ABOUT,
    a_capture,
    bodies,
    manifest_file,
    opened,
    three,
)

if TYPE_CHECKING:
    from evidence.archive import Archive

Tamper = Callable[[list[bytes]], list[bytes]]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Three captures of a scan that ended: lines 1 to 3 and its seal, line 4."""
    with opened(tmp_path) as archive:
        three(archive)
        archive.seal(1)
        yield archive


def flaws(archive: Archive) -> list[tuple[Flaw, str]]:
    checked = verify(archive)
    assert checked.clean is all(one.is_note for one in checked.findings)
    for one in checked.findings:
        assert "\n" not in one.th + one.en
    return [(one.flaw, one.subject) for one in checked.findings]


def rewrite(archive: Archive, tamper: Tamper) -> None:
    path = manifest_file(archive)
    path.write_bytes(b"".join(tamper(path.read_bytes().splitlines(keepends=True))))


def test_an_archive_that_nobody_touched_is_clean(archive: Archive) -> None:
    checked = verify(archive)
    assert (checked.findings, checked.lines, checked.captures, checked.objects) == ([], 4, 3, 3)
    assert checked.head == archive.manifest.head()
    assert checked.head.seq == 4


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        pytest.param(lambda x: [x[0], x[1].replace(b'"status":404', b'"status":200'), *x[2:]],
                     [(Flaw.LINE_CHANGED, "2"), (Flaw.ROW_DIFFERS, "2")], id="a line changed"),
        pytest.param(lambda x: [x[0], *x[2:]],
                     [(Flaw.LINES_MISSING, "2"), (Flaw.ROW_WITHOUT_LINE, "2")], id="a line dropped"),
        pytest.param(lambda x: x[:3], [(Flaw.TAIL_CUT, "4")], id="the tail cut"),
        pytest.param(lambda x: x[:2],
                     [(Flaw.TAIL_CUT, "4"), (Flaw.ROW_WITHOUT_LINE, "3")], id="more of the tail cut"),
        pytest.param(lambda x: [x[0], x[2], x[1], x[3]],
                     [(Flaw.LINES_MISSING, "2"), (Flaw.LINES_SWAPPED, "2"), (Flaw.LINES_MISSING, "3")],
                     id="two lines swapped"),
        pytest.param(lambda x: [x[0], b"rubbish\n", *x[2:]],
                     [(Flaw.LINE_UNREADABLE, "2"), (Flaw.CHAIN_BROKEN, "3"), (Flaw.ROW_WITHOUT_LINE, "2")],
                     id="a line overwritten"),
        pytest.param(lambda _: [], [(Flaw.TAIL_CUT, "4"), *((Flaw.ROW_WITHOUT_LINE, str(n)) for n in (1, 2, 3))],
                     id="everything dropped"),
    ],
)  # fmt: skip
def test_a_change_of_the_manifest_is_named(
    archive: Archive, tamper: Tamper, found: list[tuple[Flaw, str]]
) -> None:
    rewrite(archive, tamper)
    seen = [one for one in flaws(archive) if one[0] is not Flaw.OBJECT_WITHOUT_LINE]
    assert seen == found


def test_a_manifest_written_anew_with_hashes_that_fit_differs_from_the_scans_head(
    archive: Archive,
) -> None:
    def forge(raw: list[bytes]) -> list[bytes]:
        head, lines = chain.Head(), []
        for one in raw:
            line = chain.read(one)
            assert line is not None
            says = {
                k: v for k, v in line.says.items() if k not in ("seq", "at", "previous", "hash")
            }
            if says.get("status") == 404:
                says["status"] = 200
            body, head = chain.sealed(head, str(line.says["at"]), says)
            lines.append(body)
        return lines

    rewrite(archive, forge)
    assert flaws(archive) == [(Flaw.HEAD_DIFFERS, "4"), (Flaw.ROW_DIFFERS, "2")]


def test_a_changed_byte_of_a_copy_is_named(archive: Archive) -> None:
    name = archive.of_unit(1, "suan")[0].object_sha256
    path = archive.objects.path(name)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    assert flaws(archive) == [(Flaw.OBJECT_CHANGED, name)]


def test_a_deleted_copy_is_named_with_its_address(archive: Archive) -> None:
    kept = archive.of_unit(1, "suan")[2]
    archive.objects.path(kept.object_sha256).unlink()
    [finding] = verify(archive).findings
    assert (finding.flaw, finding.subject) == (Flaw.OBJECT_GONE, kept.object_sha256)
    assert kept.capture.url in finding.th


def test_rows_changed_added_or_deleted_in_the_database_are_named(
    archive: Archive, tmp_path: Path
) -> None:
    with raw(database_at(tmp_path / "oit.db")) as plain:
        plain.execute("UPDATE captures SET fetched_at = '2023-04-30 00:00:00' WHERE seq = 1")
        plain.execute("DELETE FROM captures WHERE seq = 2")
        plain.execute("UPDATE captures SET seq = 9 WHERE seq = 3")
    assert flaws(archive) == [
        (Flaw.ROW_DIFFERS, "1"),
        (Flaw.ROW_WITHOUT_LINE, "9"),
        (Flaw.LINE_WITHOUT_ROW, "2"),
        (Flaw.LINE_WITHOUT_ROW, "3"),
    ]


def test_rows_that_cannot_be_read_are_named(archive: Archive, tmp_path: Path) -> None:
    with raw(database_at(tmp_path / "oit.db")) as plain:
        plain.execute("UPDATE captures SET kind = 'rubbish' WHERE seq = 3")
    assert (Flaw.ROW_DIFFERS, "") in flaws(archive)


def test_a_second_writer_waits_for_the_first(archive: Archive, tmp_path: Path) -> None:
    def keep(scan: int) -> None:
        with opened(tmp_path) as mine:
            three(mine, scan)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(keep, range(10, 18)))
    checked = verify(archive)
    assert (checked.findings, checked.captures) == ([], 27)


def test_forgetting_something_of_the_entry_window_is_named(archive: Archive) -> None:
    inside = a_capture(hours=1, entry_window=True)
    [kept] = archive.keep(2, "suan", [inside], bodies(), ABOUT)
    with archive.manifest.writing() as writer:
        writer.append([{"what": "forgotten", "lines": [[kept.seq, kept.seq]], "objects": []}])
    assert flaws(archive) == [(Flaw.WINDOW_FORGOTTEN, str(kept.seq))]


def test_a_torn_last_line_is_taken_off_with_a_note(archive: Archive) -> None:
    with open(manifest_file(archive), "ab") as file:
        file.write(b'{"what":"capture","sc')
    assert flaws(archive) == [(Flaw.TORN, "")]
    archive.keep(2, "suan", [a_capture(hours=1)], bodies(), ABOUT)
    assert flaws(archive) == [(Flaw.MENDED, "5")]
    assert verify(archive).clean


def test_a_complete_line_that_does_not_hold_is_never_mended(archive: Archive) -> None:
    rewrite(archive, lambda x: [*x[:3], b"rubbish\n"])
    archive.keep(2, "suan", [a_capture(hours=1)], bodies(), ABOUT)
    assert (Flaw.LINE_UNREADABLE, "4") in flaws(archive)
    assert b"rubbish\n" in manifest_file(archive).read_bytes()
    assert len(archive.of_unit(2, "suan")) == 1


_KEEPS_ON = """
import sys
from pathlib import Path
from tests.evidence.archive_samples import ABOUT, a_capture, bodies, opened
with opened(Path(sys.argv[1])) as archive:
    n = 0
    while True:
        captures = [a_capture(hours=n + k, url=f"https://suan.example.go.th/{k}") for k in range(40)]
        archive.keep(n, "suan", captures, bodies(), ABOUT)
        n += 1
        print(n, flush=True)
"""


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_writer_killed_at_any_moment_leaves_an_archive_that_goes_on(
    tmp_path: Path, rounds: int
) -> None:
    of_sqlite_alone()
    process = subprocess.Popen(
        [sys.executable, "-c", _KEEPS_ON, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdout is not None
    for _ in range(rounds):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with opened(tmp_path) as archive:
        three(archive, scan=1000)
        archive.seal(1000)
        checked = verify(archive)
    # Lines whose rows had not been committed yet may be there, never the other way round.
    told = {one.flaw for one in checked.findings}
    assert told <= {Flaw.MENDED, Flaw.OBJECT_WITHOUT_LINE, Flaw.INTERRUPTED}
    assert checked.clean
