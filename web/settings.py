"""How the dashboard is set up: from the environment, each value checked."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from web.openid_settings import OpenIdSettings
from web.settings_faults import SettingsError, is_loopback

__all__ = ["SettingsError", "WebSettings", "is_loopback"]

PREFIX = "OIT_WEB_"


class WebSettings(BaseModel):
    """The dashboard's settings; `OIT_WEB_` and the name in capitals sets each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = Field("", description="public address, such as https://oit.example.go.th")
    guests: Literal["", "read"] = Field("", description="read: guests see every unit")
    proxies: tuple[str, ...] = Field(
        (), description="addresses of reverse proxies whose X-Forwarded headers are believed"
    )
    idle_minutes: int = Field(120, ge=5, le=1440, description="minutes without use that sign out")
    session_hours: int = Field(12, ge=1, le=168, description="hours after login that sign out")
    openid: OpenIdSettings | None = Field(None, description="who else vouches for people")

    @field_validator("address")
    @classmethod
    def _safe_address(cls, text: str) -> str:
        bare = text.strip().rstrip("/")
        if not bare:
            return ""
        parts = urlsplit(bare)
        plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if not (parts.scheme == "https" or plain) or not parts.hostname or parts.path:
            raise ValueError(
                "ต้องเป็น https:// ตามด้วยชื่อเครื่อง ไม่มีส่วนท้าย เช่น https://oit.example.go.th"
            )
        return bare

    @field_validator("proxies", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part for one in value.split(",") if (part := one.strip()))

    @field_validator("proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                network = ipaddress.ip_network(one)
            except ValueError:
                raise ValueError(f"«{one}» ไม่ใช่ที่อยู่ IP หรือเครือข่าย เช่น 127.0.0.1") from None
            if not network.prefixlen:
                raise ValueError(f"«{one}» คือทุกเครื่อง ให้ระบุเฉพาะที่อยู่ของ reverse proxy")
        return value

    @property
    def guests_read(self) -> bool:
        """Whether guests may read."""
        return self.guests == "read"

    @property
    def idle(self) -> timedelta:
        """How long a session lives without use."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest(self) -> timedelta:
        """How long a session lives at most."""
        return timedelta(hours=self.session_hours)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The settings that the environment names; raises `SettingsError` in one clear line."""
        names = {f"{PREFIX}{name.upper()}": name for name in cls.model_fields if name != "openid"}
        values = {name: environment[key] for key, name in names.items() if environment.get(key)}
        try:
            made = cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError.of(error, PREFIX) from None
        return made.model_copy(update={"openid": OpenIdSettings.from_environment(environment)})
