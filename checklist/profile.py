"""Who is judged, as far as judging needs to know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UnitType(StrEnum):
    """Kinds of agency whose checklists differ."""

    CENTRAL = "central"
    PROVINCE = "province"
    LOCAL = "local"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """A unit's identity: Thai name, other names it signs with, type, main site's address."""

    id: str
    name: str
    type: UnitType | None = None
    aliases: tuple[str, ...] = ()
    main_site: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which the unit's own documents may speak of it."""
        return (self.name, *self.aliases) if self.name else self.aliases
