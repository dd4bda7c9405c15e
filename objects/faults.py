"""What can be wrong with a bucket, said in one clear line that never holds a key."""

from __future__ import annotations

import re
from typing import Final

from database.faults import StoreError

AWAY: Final = "away"
MISSING: Final = "missing"
REFUSED: Final = "refused"
_TOLD: Final = {
    AWAY: (
        "ติดต่อที่เก็บวัตถุไม่ได้ ให้ตรวจว่าเซิร์ฟเวอร์เปิดอยู่ และค่า OIT_S3_ENDPOINT ถูกต้อง "
        "สิ่งที่เก็บแล้วยังอยู่ครบ สั่งใหม่ได้",
        "the object store does not answer: check that it runs, and OIT_S3_ENDPOINT",
    ),
    MISSING: (
        "ไม่มีถัง (bucket) ชื่อนี้ ให้ผู้ดูแลสร้างถัง หรือแก้ชื่อในที่อยู่ s3://ถัง/คำนำหน้า",
        "there is no such bucket: make it, or mend its name in s3://bucket/prefix",
    ),
    REFUSED: (
        "ที่เก็บวัตถุไม่รับกุญแจ หรือกุญแจไม่มีสิทธิ์ในถังนี้ ให้ตรวจแฟ้มที่ OIT_S3_KEY_FILE ระบุ "
        "และสิทธิ์อ่าน เขียน ลบ และแสดงรายการ",
        "the object store refuses the key, or the key may not use this bucket: check "
        "OIT_S3_KEY_FILE and the rights to get, put, delete and list",
    ),
    "region": (
        "ภูมิภาคของถังไม่ตรงกับ OIT_S3_REGION ให้ตั้งให้ตรงกับที่สร้างถังไว้",
        "the bucket is of another region: set OIT_S3_REGION to the one it was made in",
    ),
    "certificate": (
        "ไม่เชื่อถือใบรับรอง TLS ของที่เก็บวัตถุ ให้ระบุใบรับรองของผู้ออกด้วย OIT_S3_CA_FILE",
        "the object store's certificate is not trusted: name its issuer's in OIT_S3_CA_FILE",
    ),
    "full": (
        "ที่เก็บวัตถุไม่รับเพิ่ม เนื้อที่หรือโควตาเต็ม ให้ผู้ดูแลเพิ่มเนื้อที่",
        "the object store takes no more: its room or quota is used up",
    ),
    "other": ("ใช้ที่เก็บวัตถุไม่ได้", "the object store cannot be used"),
}  # fmt: skip
_WORDS: Final = (
    (MISSING, re.compile(r"NoSuchBucket")),
    ("region", re.compile(r"AuthorizationHeaderMalformed|PermanentRedirect|BARE_REDIRECT")),
    ("full", re.compile(r"QuotaExceeded|XMinioStorageFull|InsufficientStorage|status code: 507")),
    (
        REFUSED,
        re.compile(
            r"AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken"
            r"|status code: 40[13]|Unauthenticated|PermissionDenied|credential"
        ),
    ),
    ("certificate", re.compile(r"certificate|UnknownIssuer|CertNotValid", re.I)),
    (
        AWAY,
        re.compile(
            r"error sending request|error decoding|kind: (Connect|Timeout|Request|Interrupted|"
            r"Decode|Unknown)|timed? ?out|status code: (429|5\d\d)|dns error|Connect|connection",
            re.I,
        ),
    ),
)


class BucketError(StoreError, OSError):
    """A bucket that cannot be used; one clear line. `kind` says what is wrong with it."""

    def __init__(self, kind: str, place: str) -> None:
        """Say what is wrong (one of the kinds above) with the place of that name."""
        th, en = _TOLD[kind]
        super().__init__(f"{th}: {place} ({en})")
        self.kind = kind

    @property
    def passing(self) -> bool:
        """True for what may be better in a moment."""
        return self.kind == AWAY


class AddressError(StoreError):
    """A setting of the object store that is of no use; one clear line without what it holds."""


def kind_of(error: BaseException) -> str:
    """What is wrong, by the library's words, which are not repeated to anybody."""
    text = f"{type(error).__name__} {error}"
    return next((kind for kind, words in _WORDS if words.search(text)), "other")
