"""What is wrong with a setting, in one line; and which addresses are this machine's own."""

from __future__ import annotations

import ipaddress
from typing import Self

from pydantic import ValidationError


class SettingsError(ValueError):
    """A setting that cannot be used: in Thai, and in English as `en`."""

    def __init__(self, th: str, en: str) -> None:
        """Say it in both languages."""
        super().__init__(th)
        self.en = en

    @classmethod
    def of(cls, error: ValidationError, prefix: str) -> Self:
        """The first thing that a model of settings found wrong."""
        first = error.errors()[0]
        key = f"{prefix}{'_'.join(map(str, first['loc'][:1])).upper()}"
        if first["type"] == "missing":
            return cls(f"ต้องตั้ง {key} ด้วย", f"{key} must be set too")
        why = first["msg"].removeprefix("Value error, ")
        return cls(f"ค่าตั้ง {key} ใช้ไม่ได้: {why}", f"setting {key}: {why}")


def is_loopback(host: str) -> bool:
    """True for an address that only this machine can reach."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
