"""What every model of the checklist language shares: no unknown keys, Thai text, confidence."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Thai = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Strict(BaseModel):
    """Base of every model of the language: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Confidence(StrEnum):
    """How well a fact of the checklist is proven."""

    TWO_SOURCES = "two_sources"
    ONE_SOURCE = "one_source"
    FROM_MEMORY = "from_memory"
