"""The OpenID provider that may vouch for people, from the environment; without it there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from accounts.roles import Role
from web.settings_faults import SettingsError, is_loopback

PREFIX = "OIT_OIDC_"


class OpenIdSettings(BaseModel):
    """How to ask the provider; `OIT_OIDC_` and the name in capitals sets each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = Field(description="the provider's address, as it names itself")
    client_id: str = Field(min_length=1, description="what the provider calls this installation")
    client_secret: str = Field("", repr=False, description="the secret shared with the provider")
    label: str = Field("บัญชีของหน่วยงาน", max_length=60, description="words on the login button")
    scope: str = Field("openid profile email", description="what is asked for")
    claim: str = Field("groups", description="the claim that names a person's groups")
    roles: dict[str, Role] = Field(
        default_factory=dict, description="group=role, the first that fits; else guest"
    )

    @field_validator("issuer")
    @classmethod
    def _guarded(cls, text: str) -> str:
        parts = urlsplit(text.strip())
        plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if not parts.hostname or not (parts.scheme == "https" or plain):
            raise ValueError("ต้องเป็นที่อยู่ https:// ของผู้ให้บริการ เช่น https://login.example.go.th")
        return text.strip()

    @field_validator("roles", mode="before")
    @classmethod
    def _parted(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [one.strip().rpartition("=") for one in value.split(",") if one.strip()]
        known = {role.value for role in Role}
        for group, _equals, role in pairs:
            if not group.strip() or role.strip() not in known:
                raise ValueError(
                    f"«{group}={role}» ต้องเขียนเป็น กลุ่ม=บทบาท บทบาทที่มี: {', '.join(sorted(known))}"
                )
        return {group.strip(): role.strip() for group, _equals, role in pairs}

    @property
    def discovery(self) -> str:
        """Where the provider describes itself."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    def role_of(self, claims: Mapping[str, object]) -> Role | None:
        """The role that the provider gives; `None` when roles are given here alone."""
        if not self.roles:
            return None
        said = claims.get(self.claim)
        groups = {said} if isinstance(said, str) else set(map(str, said or ()))  # type: ignore[call-overload]
        return next((role for group, role in self.roles.items() if group in groups), Role.GUEST)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self | None:
        """The provider, if one is named; raises `SettingsError` in one clear line."""
        names = {f"{PREFIX}{name.upper()}": name for name in cls.model_fields}
        values = {name: environment[key] for key, name in names.items() if environment.get(key)}
        if not values:
            return None
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError.of(error, PREFIX) from None
