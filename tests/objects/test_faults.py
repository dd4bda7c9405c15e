"""What is said when a bucket cannot be used: what is wrong, how to mend it, and never the key."""

from __future__ import annotations

import logging
import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import obstore
import pytest

from database.faults import StoreError
from objects import bucket as bucket_module
from objects.addresses import Access, Address, access_in, address_of
from objects.bucket import Bucket
from objects.opening import objects_at
from tests.objects import s3_server
from tests.objects.s3_server import KEY_ID, SECRET

DEEDS: dict[str, Callable[[Bucket], object]] = {
    "get": lambda place: place.get("a/b"),
    "put": lambda place: place.put("a/b", b"x"),
    "size": lambda place: place.size("a/b"),
    "remove": lambda place: place.remove("a/b"),
    "list": lambda place: list(place.entries("a")),
}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_module, "_AGAIN_S", (0.01,))
    monkeypatch.setattr(bucket_module, "_RETRIES", 1)


def said(deed: str, place: Bucket, caplog: pytest.LogCaptureFixture) -> str:
    """What a deed says that fails; no key in it, in its causes or in the log."""
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError) as caught:
        DEEDS[deed](place)
    assert isinstance(caught.value, OSError)
    text = str(caught.value)
    logged = [one.getMessage() for one in caplog.records if one.name.startswith("objects")]
    whole = f"{text} {caught.value.__cause__} {logged} {place!r} {vars(place)}"
    assert SECRET not in whole
    assert KEY_ID not in whole
    assert "\n" not in text
    return text


@pytest.mark.parametrize("deed", DEEDS)
def test_a_missing_bucket(deed: str, caplog: pytest.LogCaptureFixture) -> None:
    told = said(deed, s3_server.bucket("no-such-bucket"), caplog)
    assert "ไม่มีถัง" in told
    assert "s3://no-such-bucket/oit" in told


@pytest.mark.parametrize("deed", DEEDS)
def test_a_server_that_is_away(deed: str, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        at = f"http://127.0.0.1:{closed.getsockname()[1]}"
    told = said(deed, s3_server.bucket("bucket", at=at), caplog)
    assert "ติดต่อที่เก็บวัตถุไม่ได้" in told
    assert "OIT_S3_ENDPOINT" in told


@pytest.mark.parametrize("deed", DEEDS)
def test_a_key_that_is_refused(deed: str, caplog: pytest.LogCaptureFixture) -> None:
    place = s3_server.bucket()
    with s3_server.keys_are_checked():
        told = said(deed, place, caplog)
    assert "OIT_S3_KEY_FILE" in told


def test_a_store_that_writes_over_what_is_there_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put = obstore.put

    def careless(*given: Any, **named: Any) -> Any:
        return put(*given, **{**named, "mode": "overwrite"})

    monkeypatch.setattr(obstore, "put", careless)
    with pytest.raises(StoreError, match="writes over"):
        s3_server.bucket().put("a/b", b"x")


def test_a_private_certificate_is_trusted_when_its_issuer_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key, issuer = tmp_path / "key.pem", tmp_path / "issuer.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-keyout", key, "-out", issuer, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issuer, key)
    name = s3_server.fresh_bucket()
    with s3_server.wire(context) as wire:
        at = wire.at.replace("http://127.0.0.1", "https://localhost")
        known = Access(at, key_id=KEY_ID, secret=SECRET, ca_file=str(issuer))
        place = Bucket(Address(name, "oit"), known)
        assert place.put("a/b", b"x")
        assert place.get("a/b") == b"x"
        told = said("get", s3_server.bucket(name, at=at), caplog)
    assert "OIT_S3_CA_FILE" in told


@pytest.mark.parametrize(
    ("url", "bucket", "prefix"),
    [
        ("s3://oit-evidence", "oit-evidence", ""),
        ("s3://oit-evidence/", "oit-evidence", ""),
        ("s3://oit.evidence/moi/2569/", "oit.evidence", "moi/2569"),
    ],
)
def test_addresses(url: str, bucket: str, prefix: str) -> None:
    assert address_of(url) == Address(bucket, prefix)
    assert address_of(url).shown == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "", "oit", "/var/evidence", "s3:", "s3://", "s3://ab", "s3://A-Bucket", "http://bucket/x",
        f"s3://{KEY_ID}:{SECRET}@bucket/x", "s3://bucket/a/../b", "s3://bucket/x?y=1", "s3://bucket/ก",
        "s3://bucket:9000/x", "s3://[bucket/x", "s3://bucket/.hidden",
    ],
)  # fmt: skip
def test_an_address_of_no_use_is_told_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreError, match="s3://oit-evidence/ministry") as caught:
        address_of(url)
    assert SECRET not in str(caught.value)


KEY = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}


@pytest.mark.parametrize(
    ("environment", "access"),
    [
        (KEY, Access("", "us-east-1", KEY_ID, SECRET)),
        (
            {**KEY, "OIT_S3_ENDPOINT": "https://s3.example.go.th/", "OIT_S3_REGION": "ap-southeast-7",
             "AWS_SESSION_TOKEN": "token"},
            Access("https://s3.example.go.th", "ap-southeast-7", KEY_ID, SECRET, "token"),
        ),
        (
            {**KEY, "AWS_ENDPOINT_URL": "http://127.0.0.1:9000", "AWS_DEFAULT_REGION": "x"},
            Access("http://127.0.0.1:9000", "x", KEY_ID, SECRET),
        ),
        ({"AWS_WEB_IDENTITY_TOKEN_FILE": "/token"}, Access()),
    ],
)  # fmt: skip
def test_how_a_bucket_is_reached(environment: dict[str, str], access: Access) -> None:
    assert access_in(environment) == access
    assert SECRET not in repr(access)


def test_a_key_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY_ID}\n{SECRET}\n", "utf-8")
    assert access_in({"OIT_S3_KEY_FILE": str(file)}) == Access(key_id=KEY_ID, secret=SECRET)


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "cannot read"), (b"one\n", "two lines"), (b"\xff\xfe", "not a text")],
)
def test_a_key_file_of_no_use(tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreError, match=told):
        access_in({"OIT_S3_KEY_FILE": str(file)})


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "OIT_S3_KEY_FILE"),
        ({**KEY, "OIT_S3_ENDPOINT": f"http://u:{SECRET}@h"}, "must look like"),
    ],
)
def test_settings_of_no_use(environment: dict[str, str], told: str) -> None:
    with pytest.raises(StoreError, match=told) as caught:
        access_in(environment)
    assert SECRET not in str(caught.value)


def test_a_bucket_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    address = s3_server.reached(monkeypatch)
    assert objects_at(address) is objects_at(f"{address}/")
