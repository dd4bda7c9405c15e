"""What each demonstration unit is and what its website shows, read from `demo/units/*.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from ruamel.yaml import YAML

HERE = Path(__file__).parent
FISCAL_YEAR = 2566

ItemId = Annotated[str, StringConstraints(pattern=r"^O([1-9]|[1-3][0-9]|4[0-3])$")]
ALL_ITEMS: tuple[str, ...] = tuple(f"O{number}" for number in range(1, 44))

LayoutName = Literal[
    "wordpress",
    "accordion",
    "static",
    "subpages",
    "sites",
    "joomla",
    "category",
    "app",
    "frames",
    "rows",
]
Destination = Literal[
    "login",
    "missing",
    "broken",
    "soft_404",
    "drive",
    "facebook",
    "home",
    "waf",
    "busy",
    "slow",
    "outside",
]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Showing(_Data):
    """What stands at one item's address.

    `year` is the fiscal year (B.E.) the text is written for, `of` the unit whose text it is,
    `text` a text of `demo/slips`, `options` switches inside the text, `goes_to` an address
    that answers something else, `given` whether ITAS holds the address.
    """

    form: Literal["html", "pdf", "docx", "xlsx"] = "html"
    year: int = FISCAL_YEAR
    of: str = ""
    text: str = ""
    options: dict[str, Any] = Field(default_factory=dict)
    goes_to: Destination | None = None
    given: bool = True
    parts: Literal["", "months"] = ""


class UnitPlan(_Data):
    """One unit: who it is, how its site is laid out and served, and its items.

    `number` is below 100 for a unit written by hand; a copy has one from 100 on and names the unit
    that it is a copy of as its `model`. `validators` says what the server tells of a file's state:
    ETag and Last-Modified, the latter alone, or nothing, as many sites do.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    number: Annotated[int, Field(ge=10, le=999)]
    name: str
    short: str
    type: Literal["central", "province", "local"]
    address: str
    handle: str
    layout: LayoutName
    host: Literal["up", "down"] = "up"
    robots: Literal["allow", "deny"] = "allow"
    charset: Literal["utf-8", "cp874"] = "utf-8"
    digits: Literal["arabic", "thai"] = "arabic"
    soft_404: bool = False
    validators: Literal["both", "date", "none"] = "both"
    model: str = ""
    about: str
    items: dict[ItemId, Showing]

    @field_validator("items", mode="before")
    @classmethod
    def _fill(cls, value: dict[str, Any]) -> dict[str, Any]:
        """Expand `complete: O1-O43` and lists of forms into one entry an item."""
        shown: dict[str, dict[str, Any]] = {}
        given = {"given": value.pop("given", True)}
        for item in span(value.pop("complete", "")):
            shown[item] = dict(given)
        for form in ("pdf", "docx", "xlsx"):
            for item in value.pop(form, ()):
                shown.setdefault(item, dict(given))["form"] = form
        for item, entry in value.items():
            shown[item] = {**shown.get(item, given), **(entry or {})}
        return {item: shown[item] for item in sorted(shown, key=lambda name: int(name[1:]))}


class SubIndicator(_Data):
    """A sub-indicator of the catalogue and the numbers of its items."""

    id: str
    title: str
    items: tuple[int, ...]


class Catalogue(_Data):
    """How websites call the items, by sub-indicator."""

    sub_indicators: tuple[SubIndicator, ...]
    titles: dict[ItemId, str]

    def sub_of(self, item: str) -> SubIndicator:
        """The sub-indicator that holds `item`."""
        return next(sub for sub in self.sub_indicators if int(item[1:]) in sub.items)


def read_yaml(path: Path) -> Any:
    """The plain data of a YAML file of this package."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


@cache
def load_catalogue() -> Catalogue:
    """The catalogue of item names."""
    return Catalogue.model_validate(read_yaml(HERE / "catalogue.yaml"))


@cache
def load_plans() -> tuple[UnitPlan, ...]:
    """Every unit of the demonstration ministry, by its number."""
    plans = [UnitPlan.model_validate(read_yaml(path)) for path in (HERE / "units").glob("*.yaml")]
    return tuple(sorted(plans, key=lambda plan: plan.number))


def span(text: str) -> list[str]:
    """The items that "O1-O3, O5" names."""
    items: list[str] = []
    for part in filter(None, (piece.strip() for piece in str(text).split(","))):
        first, _, last = part.partition("-")
        items.extend(f"O{n}" for n in range(int(first[1:]), int((last or first)[1:]) + 1))
    return items
