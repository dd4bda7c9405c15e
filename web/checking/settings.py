"""What the administrator may choose about self-checks, and where they keep things meanwhile."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from web.settings_faults import SettingsError

MEGABYTE = 1024 * 1024
_PREFIX = "OIT_SELF_CHECK_"


class SelfCheckSettings(BaseModel):
    """Limits of self-checks; each is also an environment variable, `OIT_SELF_CHECK_MAX_MB`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_mb: int = Field(50, ge=1, le=200, description="largest file that is taken, in MB")
    at_once: int = Field(2, ge=1, le=16, description="checks that run at the same time")
    waiting: int = Field(20, ge=0, description="checks that may wait for their turn, of everybody")
    waiting_each: int = Field(3, ge=0, description="checks of one person that may wait")
    seconds: float = Field(120, gt=0, description="wall seconds that a check may take")
    memory_mb: int = Field(3072, ge=256, description="memory in MB that a check may hold")
    forget_minutes: float = Field(
        30, gt=0, description="minutes after which an answer that was shown is deleted"
    )
    keep_each: int = Field(50, ge=1, description="answers that one person may keep")

    @property
    def max_bytes(self) -> int:
        """The largest file in bytes."""
        return self.max_mb * MEGABYTE

    @property
    def memory_bytes(self) -> int:
        """The memory of a check in bytes."""
        return self.memory_mb * MEGABYTE


def settings_in(environment: Mapping[str, str]) -> SelfCheckSettings:
    """The settings that the environment gives; raises `SettingsError` for one that does not fit."""
    values: dict[str, Any] = {}
    for name in SelfCheckSettings.model_fields:
        text = environment.get(_PREFIX + name.upper(), "").strip()
        if text:
            values[name] = text
    try:
        return SelfCheckSettings.model_validate(values)
    except ValidationError as error:
        raise SettingsError.of(error, _PREFIX) from None


def settings_here() -> SelfCheckSettings:
    """The settings of this process's environment; where one does not fit, the usual ones."""
    try:
        return settings_in(os.environ)
    except SettingsError:
        return SelfCheckSettings()
