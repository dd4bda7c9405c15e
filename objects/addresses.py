"""Where objects are: a folder, or `s3://bucket/prefix` with how to reach it from the environment.

A key may stand in a file that only one account reads. It is never part of an address, and is
shown to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from objects.faults import AddressError
from objects.withheld import whole_environment

ENDPOINT, REGION = "OIT_S3_ENDPOINT", "OIT_S3_REGION"
KEY_FILE, CA_FILE = "OIT_S3_KEY_FILE", "OIT_S3_CA_FILE"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_ELSEWHERE = ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
              "AWS_CONTAINER_CREDENTIALS_FULL_URI")  # fmt: skip
"""Where a cloud says that it hands out keys by itself."""
_USUAL_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Address:
    """A bucket and the prefix of all names in it, "" for none."""

    bucket: str
    prefix: str = ""

    @property
    def shown(self) -> str:
        """The address as it is written."""
        return "/".join(("s3:/", self.bucket, *filter(None, [self.prefix])))


@dataclass(frozen=True, slots=True)
class Access:
    """How a bucket is reached; without a key the cloud is asked for one."""

    endpoint: str = ""
    region: str = _USUAL_REGION
    key_id: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    ca_file: str = ""


def address_of(url: str) -> Address:
    """The address in parts; raises `AddressError`, which repeats nothing that may be a secret."""
    try:
        parts = urlsplit(url.strip())
        named = parts.username is not None or parts.password is not None or parts.port is not None
    except ValueError:
        raise _unusable() from None
    prefix = parts.path.strip("/")
    if (
        parts.scheme != "s3"
        or named
        or parts.query
        or parts.fragment
        or not _BUCKET.fullmatch(parts.netloc)
        or (prefix and not _PREFIX.fullmatch(prefix))
    ):
        raise _unusable()
    return Address(parts.netloc, prefix)


def access_in(environment: Mapping[str, str] | None = None) -> Access:
    """How buckets are reached, by this process's environment if no other is given.

    Raises `AddressError` for settings that are of no use.
    """
    if environment is None:
        environment = whole_environment()
    endpoint = _first(environment, ENDPOINT, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
    if endpoint and not re.fullmatch(r"https?://[^\s/@?#]+/?", endpoint):
        raise AddressError(
            f"{ENDPOINT} ต้องเป็นที่อยู่เซิร์ฟเวอร์ เช่น https://s3.example.go.th:9000 ไม่มีชื่อผู้ใช้และเส้นทาง "
            f"({ENDPOINT} must look like https://s3.example.go.th:9000)"
        )
    region = _first(environment, REGION, "AWS_REGION", "AWS_DEFAULT_REGION") or _USUAL_REGION
    ca_file = _first(environment, CA_FILE, "AWS_CA_BUNDLE")
    return Access(endpoint.rstrip("/"), region, *_key(environment), ca_file=ca_file)


def _key(environment: Mapping[str, str]) -> tuple[str, str, str]:
    file = environment.get(KEY_FILE, "").strip()
    given = tuple(
        environment.get(f"AWS_{name}", "").strip()
        for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN")
    )
    if file:
        return _key_in(file)
    if (given[0] and given[1]) or any(environment.get(name) for name in _ELSEWHERE):
        return given[0], given[1], given[2]
    raise AddressError(
        f"ยังไม่ได้ตั้งกุญแจของที่เก็บวัตถุ ให้ตั้ง {KEY_FILE} เป็นแฟ้มที่มีรหัสกุญแจบรรทัดแรกและความลับบรรทัดที่สอง "
        f"หรือตั้ง AWS_ACCESS_KEY_ID และ AWS_SECRET_ACCESS_KEY (no key of the object store is set: "
        f"name a file with the key's id and its secret on two lines in {KEY_FILE})"
    )


def _key_in(file: str) -> tuple[str, str, str]:
    try:
        lines = Path(file).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a text file"
        raise AddressError(
            f"อ่านแฟ้ม «{file}» ที่ {KEY_FILE} ระบุไม่ได้ (cannot read «{file}»: {why})"
        ) from None
    if len(lines) not in (2, 3):
        raise AddressError(
            f"แฟ้ม «{file}» ที่ {KEY_FILE} ระบุ ต้องมีรหัสกุญแจบรรทัดแรกและความลับบรรทัดที่สอง "
            f"(«{file}» must hold the key's id and its secret, on two lines)"
        )
    return lines[0], lines[1], lines[2] if len(lines) == 3 else ""


def _first(environment: Mapping[str, str], *names: str) -> str:
    return next((text for name in names if (text := environment.get(name, "").strip())), "")


def _unusable() -> AddressError:
    return AddressError(
        "ที่อยู่ของที่เก็บวัตถุไม่ถูกต้อง ให้เขียนเช่น s3://oit-evidence/ministry ชื่อถังยาว 3 ถึง 63 ตัว "
        "เป็นตัวเล็ก ตัวเลข . และ - ไม่มีกุญแจในที่อยู่ (not an address of an object store that can be "
        "used; write it like s3://oit-evidence/ministry, without a key in it)"
    )
