"""What the API of the registry takes and gives, as its documentation shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from checklist.profile import UnitType
from registry.reading import ApprovalState
from registry.records import How
from units.contacts import Contact
from units.registry import UnitStatus


class Changed(BaseModel):
    """One column before and after."""

    field: str
    before: list[str]
    after: list[str]


class ApprovedOut(BaseModel):
    """Who approved the addresses, and as of which revision."""

    revision: int
    at: datetime
    by: str
    name: str
    note: str


class Summary(BaseModel):
    """A unit in the list."""

    id: str
    name: str
    type: UnitType
    status: UnitStatus
    main_site: str
    revision: int
    items_with_urls: int
    remarks: int
    approval: ApprovalState
    changed_since_approval: int
    checked_at: datetime | None


class Units(BaseModel):
    """A page of the list."""

    total: int
    page: int
    units: list[Summary]


class UnitIn(BaseModel):
    """What a unit is to become; `revision` is the one it was read at, 0 for a new unit."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=0, le=10**9)
    name: str = Field(max_length=2000)
    type: UnitType
    main_site: str = Field("", max_length=4000)
    owner_email: str = Field("", max_length=400)
    aliases: list[str] = Field([], max_length=100)
    urls: dict[str, list[str]] = {}
    explanation: str = Field("", max_length=4000)
    verified: bool = False
    status: UnitStatus = UnitStatus.ACTIVE
    contacts: list[dict[str, Any]] = Field([], max_length=100)
    note: str = Field("", max_length=4000)


class UnitOut(BaseModel):
    """A unit as it stands."""

    id: str
    revision: int
    name: str
    type: UnitType
    main_site: str
    owner_email: str
    aliases: list[str]
    urls: dict[str, list[str]]
    explanation: str
    verified: bool
    status: UnitStatus
    contacts: list[Contact]
    note: str
    remarks: list[str]
    approval: ApprovalState
    approvals: list[ApprovedOut]
    changes_since_approval: list[Changed]


class RevisionOut(BaseModel):
    """What one revision made of the unit; without `unit` it was taken out."""

    revision: int
    at: datetime
    by: str
    how: How
    note: str
    unit: dict[str, Any] | None
    changes: list[Changed]


class ApprovalIn(BaseModel):
    """The revision whose addresses are approved, and a note."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=1, le=10**9)
    note: str = Field("", max_length=2000)


class Seen(BaseModel):
    """The newest revision that the one who asks has seen."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(ge=1, le=10**9)
