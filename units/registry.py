"""The registry of units: who is checked and which addresses answer which item."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

from checklist.profile import UnitProfile, UnitType
from units.addresses import AddressError, check_email, check_url, split_urls
from units.contacts import Contact
from units.items import ITEM_IDS, KnownItem
from units.texts import Line, Text

TYPE_NAMES: dict[UnitType, str] = {
    UnitType.CENTRAL: "ส่วนกลาง",
    UnitType.PROVINCE: "จังหวัด",
    UnitType.LOCAL: "อปท.",
    UnitType.OTHER: "อื่น ๆ",
}
"""How a units file calls the types in Thai."""

TYPE_ALIASES: dict[UnitType, tuple[str, ...]] = {
    UnitType.CENTRAL: (
        "ส่วนกลาง", "ราชการส่วนกลาง", "ราชการบริหารส่วนกลาง", "ส่วนราชการ", "กระทรวง", "ทบวง", "กรม",
        "สำนักงาน", "สำนักงานปลัดกระทรวง", "หน่วยงานส่วนกลาง",
    ),
    UnitType.PROVINCE: (
        "จังหวัด", "ส่วนภูมิภาค", "ราชการส่วนภูมิภาค", "ราชการบริหารส่วนภูมิภาค", "สำนักงานจังหวัด",
        "ศาลากลาง", "ศาลากลางจังหวัด", "อำเภอ", "ที่ว่าการอำเภอ", "ที่ทำการปกครองจังหวัด",
        "หน่วยงานส่วนภูมิภาค",
    ),
    UnitType.LOCAL: (
        "อปท", "ท้องถิ่น", "ส่วนท้องถิ่น", "ราชการส่วนท้องถิ่น", "ราชการบริหารส่วนท้องถิ่น",
        "องค์กรปกครองส่วนท้องถิ่น", "องค์การปกครองส่วนท้องถิ่น", "หน่วยงานส่วนท้องถิ่น",
        "เทศบาล", "เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร", "ทต", "ทม", "ทน",
        "อบต", "อบจ", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด",
        "องค์กรบริหารส่วนตำบล", "องค์กรบริหารส่วนจังหวัด", "เมืองพัทยา", "กรุงเทพมหานคร", "กทม",
    ),
    UnitType.OTHER: (
        "อื่นๆ", "อื่น", "หน่วยงานอื่น", "โรงเรียน", "วิทยาลัย", "มหาวิทยาลัย", "สถานศึกษา",
        "สถาบันอุดมศึกษา", "สำนักงานเขตพื้นที่การศึกษา", "โรงพยาบาล", "รพ", "รพสต",
        "โรงพยาบาลส่งเสริมสุขภาพตำบล", "รัฐวิสาหกิจ", "องค์การมหาชน", "องค์กรอิสระ", "กองทุน",
        "สถานีตำรวจ", "สภ",
    ),
}  # fmt: skip
"""What people write for the types, without spaces and full stops."""

UnitId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9ก-๙][A-Za-z0-9ก-๙._-]*$", max_length=64)
]
MOST_URL_LETTERS = 30_000
"""How many letters the addresses of one item may have together: a cell of a workbook holds them."""
_MOST_LISTED = 100


def _one_address(text: str) -> str:
    url = check_url(text)
    if split_urls(url) != (url,):
        raise AddressError(
            f"“{url}” เมื่อบันทึกเป็นตารางจะอ่านเป็นหลาย URL ให้เขียน , เป็น %2C และ ; เป็น %3B",
            f'"{url}" reads as several addresses in a table; write %2C for "," and %3B for ";"',
        )
    return url


_Url = Annotated[str, AfterValidator(_one_address)]
Listed = Field(max_length=_MOST_LISTED)


class UnknownUnitError(KeyError):
    """A unit id that the registry does not have; `str()` names the nearest one, in Thai."""

    def __init__(self, unit_id: str, known: Iterable[str]) -> None:
        """`known` are the ids of the registry."""
        self.unit_id = unit_id
        near = difflib.get_close_matches(unit_id, list(known), n=1)
        self.nearest = near[0] if near else None
        super().__init__(unit_id)

    def __str__(self) -> str:
        """One sentence in Thai."""
        hint = f" หมายถึง “{self.nearest}” หรือไม่" if self.nearest else ""
        return f"ไม่มีหน่วยงานรหัส “{self.unit_id}” ในทะเบียน{hint}"

    @property
    def en(self) -> str:
        """The same sentence in English."""
        hint = f'; did you mean "{self.nearest}"?' if self.nearest else ""
        return f'there is no unit "{self.unit_id}" in the registry{hint}'


class UnitStatus(StrEnum):
    """Whether a sweep of the registry takes the unit."""

    ACTIVE = "active"
    PAUSED = "paused"


STATUS_NAMES = {UnitStatus.ACTIVE: "ตรวจ", UnitStatus.PAUSED: "พักไว้"}
"""How a units file calls them in Thai."""


class Unit(BaseModel):
    """One agency: who it is, where its site stands, and its own addresses for each item.

    `urls` maps an item id (O1 to O43, or M1 ... of another checklist) to the addresses that the
    unit enters into ITAS, first the main one. `owner_email` answers for the unit, `contacts` for
    single items. A paused unit is swept only when it is named. `verified` says that a person has
    opened `main_site` and found the unit there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UnitId
    name: Line
    type: UnitType
    main_site: str = ""
    owner_email: str = ""
    aliases: Annotated[tuple[Line, ...], Listed] = ()
    urls: dict[KnownItem, tuple[_Url, ...]] = Field(default_factory=dict)
    explanation: Text = ""
    verified: bool = False
    status: UnitStatus = UnitStatus.ACTIVE
    contacts: Annotated[tuple[Contact, ...], Listed] = ()
    note: Text = ""

    @field_validator("main_site")
    @classmethod
    def _site_can_be_visited(cls, value: str) -> str:
        return check_url(value) if value.strip() else ""

    @field_validator("owner_email")
    @classmethod
    def _email_has_its_form(cls, value: str) -> str:
        return check_email(value) if value.strip() else ""

    @field_validator("urls")
    @classmethod
    def _in_the_order_of_the_items(
        cls, value: dict[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        given = {item: tuple(dict.fromkeys(value[item])) for item in ITEM_IDS if value.get(item)}
        for item, urls in given.items():
            if len("\n".join(urls)) > MOST_URL_LETTERS:
                raise AddressError(
                    f"URL ของข้อ {item} ยาวรวมกันเกิน {MOST_URL_LETTERS:,} ตัวอักษร ให้ลดจำนวนลง",
                    f"the URLs of {item} have more than {MOST_URL_LETTERS:,} letters together",
                )
        return given

    @property
    def profile(self) -> UnitProfile:
        """What the judge needs to know of the unit."""
        return UnitProfile(
            id=self.id,
            name=self.name,
            type=self.type,
            aliases=self.aliases,
            main_site=self.main_site,
        )


class Registry:
    """The units of one run, in order, each id once."""

    __slots__ = ("_by_id",)

    def __init__(self, units: Iterable[Unit] = ()) -> None:
        """Raise `ValueError`, naming the ids, when two units share one (case is no difference)."""
        listed = tuple(units)
        counts = Counter(unit.id.casefold() for unit in listed)
        twice = [key for key, count in counts.items() if count > 1]
        if twice:
            raise ValueError(f"รหัสหน่วยงานซ้ำ: {', '.join(twice)}")
        self._by_id = {unit.id: unit for unit in listed}

    def __len__(self) -> int:
        """How many units there are."""
        return len(self._by_id)

    def __iter__(self) -> Iterator[Unit]:
        """The units in order."""
        return iter(self._by_id.values())

    def __contains__(self, unit_id: object) -> bool:
        """True when a unit has this id."""
        return unit_id in self._by_id

    def __eq__(self, other: object) -> bool:
        """Equal when both hold the same units in the same order."""
        return isinstance(other, Registry) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in order."""
        return tuple(self._by_id)

    def get(self, unit_id: str) -> Unit:
        """The unit with this id; raises `UnknownUnitError`, which names the nearest id."""
        try:
            return self._by_id[unit_id]
        except KeyError:
            raise UnknownUnitError(unit_id, self._by_id) from None

    def active(self) -> Registry:
        """The units that are not paused."""
        return Registry(unit for unit in self if unit.status is UnitStatus.ACTIVE)

    def select(self, unit_ids: Iterable[str]) -> Registry:
        """The named units in the registry's order; raises `UnknownUnitError`."""
        wanted = {self.get(unit_id).id for unit_id in unit_ids}
        return Registry(unit for unit in self if unit.id in wanted)
