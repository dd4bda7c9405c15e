"""Copies of what was seen: real WARC, once each, with every moment told."""

from __future__ import annotations

import gzip
import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from evidence.archive import ArchiveError, folder_beside
from evidence.capture import CaptureKind
from evidence.verifying import verify
from evidence.warc import joined, object_of, payload_of
from tests.evidence.archive_samples import (
    ABOUT,
    MISSING,
    PAGE,
    PDF,
    Bodies,
    a_capture,
    bodies,
    opened,
    three,
)


def records(content: bytes) -> list[tuple[str, Any, bytes]]:
    found = []
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        found.append((record.rec_type, record, record.content_stream().read()))
    return found


def warcio_check(path: Path) -> int:
    status: int = Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all()
    return status


def test_an_answer_becomes_a_warc_that_other_tools_read(tmp_path: Path) -> None:
    (tmp_path / "one.warc.gz").write_bytes(content := object_of(a_capture(), PAGE, ABOUT))
    (info, _, tool), (kind, response, body), (note, _, told) = records(content)
    assert (info, kind, note) == ("warcinfo", "response", "metadata")
    assert b"software: oit-checker test" in tool
    assert b"http-status: 200" in told
    assert body == PAGE
    head = response.rec_headers
    assert head.protocol == "WARC/1.1"
    assert head.get_header("WARC-Target-URI") == "https://suan.example.go.th/o36"
    assert head.get_header("WARC-Date") == "2023-04-10T05:00:00.000000Z"
    assert head.get_header("WARC-Payload-Digest") == f"sha256:{a_capture().payload_sha256}"
    assert response.http_headers.get_statuscode() == "200"
    assert warcio_check(tmp_path / "one.warc.gz") == 0


def test_a_decoded_body_claims_no_encoding() -> None:
    _, (_, response, body), _ = records(object_of(a_capture(), PAGE, ABOUT))
    http = response.http_headers
    assert http.get_header("Content-Encoding") is None
    assert http.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert http.get_header("Content-Length") == str(len(body)) == str(len(PAGE))


def test_the_same_capture_gives_the_same_bytes() -> None:
    assert object_of(a_capture(), PAGE, ABOUT) == object_of(a_capture(), PAGE, ABOUT)


def test_a_rendered_page_and_a_picture_are_resources() -> None:
    rendered = a_capture(kind=CaptureKind.RENDERED)
    _, (kind, record, _), _ = records(object_of(rendered, PAGE, ABOUT))
    assert (kind, record.rec_headers.get_header("Content-Type")) == (
        "resource",
        "text/html; charset=utf-8",
    )
    picture = a_capture(kind=CaptureKind.SCREENSHOT, content_type="image/jpeg")
    _, (_, record, _), _ = records(object_of(picture, PAGE, ABOUT))
    assert record.rec_headers.get_header("WARC-Target-URI").startswith("urn:fullPage:https://")


@pytest.mark.parametrize("text", ["x\r\nWARC-Type: response", "หน้า\n\nx", "\ud800\x00"])
def test_what_a_site_sends_cannot_write_headers_of_its_own(text: str) -> None:
    hostile = a_capture(
        url=f"https://suan.example.go.th/{text}",
        final_url=f"https://suan.example.go.th/{text}",
        content_type=text,
        headers=((text, "1"), ("X-Note", text)),
    )
    for kind in CaptureKind:
        found = records(object_of(replace(hostile, kind=kind), PAGE, ABOUT))
        assert [name for name, _, _ in found][1] in ("response", "resource")
        assert found[1][2] == PAGE


def test_a_body_that_is_not_the_captures_is_refused() -> None:
    with pytest.raises(ValueError, match="not that of the capture"):
        object_of(a_capture(), PDF, ABOUT)


def test_what_was_kept_is_found_again_byte_for_byte(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        kept = three(archive)
        assert [archive.body(one) for one in kept] == [PAGE, MISSING, PDF]
        assert archive.of_unit(1, "suan") == [
            replace(one, capture=replace(one.capture, headers=())) for one in kept
        ]
        assert [one.capture.status for one in archive.of_unit(1, "suan", "O12")] == [404]
        assert archive.of_unit(1, "other") == []
        for one in kept:
            path = archive.objects.path(one.object_sha256)
            assert (
                path
                == tmp_path
                / f"evidence/objects/{one.object_sha256[:2]}/{one.object_sha256}.warc.gz"
            )
            assert warcio_check(path) == 0


def test_an_unchanged_page_costs_a_line_and_no_reading(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        [first] = archive.keep(1, "suan", [a_capture()], bodies(), ABOUT)
        second = Bodies()
        [again] = archive.keep(2, "suan", [a_capture(hours=24)], second, ABOUT)
        assert second.read == 0
        assert again.object_sha256 == first.object_sha256
        assert again.capture.fetched_at - first.capture.fetched_at == timedelta(hours=24)
        assert len(list(archive.objects.names())) == 1
        assert [one.scan_id for one in archive.moments_of([again])] == [1, 2]


def test_the_same_bytes_with_another_answer_are_another_copy(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        archive.keep(1, "suan", [a_capture(), a_capture(status=404)], bodies(), ABOUT)
        assert len(list(archive.objects.names())) == 2


def test_keeping_twice_after_a_crash_doubles_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        kept, again = three(archive), three(archive)
        assert [one.seq for one in kept] == [one.seq for one in again] == [1, 2, 3]
        assert verify(archive).lines == 3


def test_a_body_that_is_gone_is_left_out(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        assert archive.keep(1, "suan", [a_capture()], Bodies(), ABOUT) == []
        assert verify(archive).findings == []


def test_later_moments_become_revisits_in_the_file_handed_out(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        [first] = archive.keep(1, "suan", [a_capture()], bodies(), ABOUT)
        [again] = archive.keep(2, "suan", [a_capture(hours=24)], bodies(), ABOUT)
        content = archive.objects.get(first.object_sha256)
        assert content is not None
        whole = joined([(again, content), (first, content)])
    kinds = [name for name, _, _ in records(whole)]
    assert kinds == ["warcinfo", "response", "metadata", "revisit"]
    revisit = records(whole)[-1][1].rec_headers
    assert revisit.get_header("WARC-Date") == "2023-04-11T05:00:00.000000Z"
    assert revisit.get_header("WARC-Refers-To-Date") == "2023-04-10T05:00:00.000000Z"
    assert revisit.get_header("WARC-Profile").endswith("1.1/revisit/identical-payload-digest")
    (tmp_path / "all.warc.gz").write_bytes(whole)
    assert warcio_check(tmp_path / "all.warc.gz") == 0


def test_retention_forgets_what_is_old_and_never_the_entry_window(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        old = a_capture(MISSING, hours=-24)
        inside = a_capture(PDF, entry_window=True)
        archive.keep(1, "suan", [old, inside, a_capture()], bodies(), ABOUT)
        archive.keep(2, "suan", [a_capture(hours=24)], bodies(), ABOUT)
        assert archive.protected() == {1}
        gone = archive.forget([1])
        assert (gone.captures, gone.objects) == (2, 1)
        assert gone.bytes > 0
        assert [one.capture.payload_sha256 for one in archive.of_unit(1, "suan")] == [
            inside.payload_sha256
        ]
        assert archive.body(archive.of_unit(2, "suan")[0]) == PAGE
        checked = verify(archive)
        assert (checked.findings, checked.forgotten) == ([], 2)
        assert archive.forget([1, 99]).captures == 0


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with opened(tmp_path) as archive:
        three(archive)
        with monkeypatch.context() as patch:
            patch.setattr("evidence.manifest.os.fsync", refuse)
            with pytest.raises(ArchiveError, match="No space left") as caught:
                archive.keep(2, "suan", [a_capture(hours=1)], bodies(), ABOUT)
        assert "\n" not in str(caught.value)
        assert archive.of_unit(2, "suan") == []
        assert verify(archive).findings == []


def test_a_damaged_copy_gives_no_body(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        [kept] = archive.keep(1, "suan", [a_capture()], bodies(), ABOUT)
        path = archive.objects.path(kept.object_sha256)
        path.chmod(0o644)
        path.write_bytes(gzip.compress(b"nothing"))
        assert archive.body(kept) is None
        with pytest.raises(ValueError, match="no copy"):
            payload_of(b"")


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite:///var/oit.db", Path("var/oit-evidence")),
        ("sqlite:///:memory:", None),
        ("postgresql://db/oit", None),
    ],
)
def test_the_archive_lies_beside_its_database(url: str, folder: Path | None) -> None:
    assert folder_beside(url) == folder


def test_an_archive_that_never_kept_anything_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        assert archive.seal(1).seq == 0
        assert archive.forget([1]).captures == 0
        assert not archive.exists
        assert verify(archive).clean
    assert not (tmp_path / "evidence").exists()
