"""An address of the office's own network is about to be saved in the registry.

Tried: by the web form and by a file (uploaded, or given to `oit units import`): private numbers, this machine, numbers in other spellings, and a name that looks like an inner one.
Must: numbers are refused with one clear Thai line and nothing is saved; the name is saved and a
remark warns of it; in a network that the operator lists the same address is saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.address_policy import AddressPolicy
from crawler.registered import inner_addresses, without_inner
from registry.remarks import remarks
from units.importing import examine
from units.registry import Unit
from web.registry_forms import outside_only, texts_of, typed

if TYPE_CHECKING:
    from pathlib import Path

INNER = (
    "http://10.1.2.3/plan.pdf", "http://192.168.1.10/", "http://172.16.0.9:8080/x",
    "http://127.0.0.1/o1", "http://localhost/o1", "http://2130706433/", "http://0x7f.1/",
    "http://[::1]/", "http://[fd00::1]/plan", "http://169.254.169.254/",
)  # fmt: skip
PUBLIC = ("https://www.suan.go.th/o1", "http://203.113.0.1/plan", "https://8.8.8.8/")
SAID = "ประชาชนเปิดไม่ได้"


def unit_with(url: str) -> Unit:
    given = {"id": "suan", "name": "บ้านสวน", "type": "local", "urls": {"O1": [url]}}
    return Unit.model_validate(given)


@pytest.mark.parametrize("url", INNER)
def test_the_form_refuses_a_number_inside(url: str) -> None:
    unit = unit_with(url)
    given = outside_only(typed(texts_of(unit), unit, all_fields=True), ())
    assert given.unit is None
    (line,) = given.wrong["O1"]
    assert SAID in line
    assert url in line


@pytest.mark.parametrize("url", PUBLIC)
def test_an_address_of_the_internet_is_taken(url: str) -> None:
    assert list(inner_addresses(unit_with(url), AddressPolicy())) == []


def test_what_the_operator_lists_may_be_saved() -> None:
    policy = AddressPolicy(("10.0.0.0/8", "127.0.0.0/8"))
    for url in ("http://10.1.2.3/plan.pdf", "http://127.0.0.1/o1", "http://localhost/o1"):
        assert list(inner_addresses(unit_with(url), policy)) == []
    assert list(inner_addresses(unit_with("http://192.168.1.10/"), policy))


@pytest.mark.parametrize("host", ["intranet", "nas.local", "hr.corp"])
def test_a_name_that_looks_inner_is_saved_with_a_warning(host: str) -> None:
    unit = unit_with(f"http://{host}/plan")
    assert list(inner_addresses(unit, AddressPolicy())) == []
    assert any(host in line and "ชื่อเครื่องภายใน" in line for line in remarks(unit))


def test_a_file_with_one_is_refused_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(
        "รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก\nsuan,บ้านสวน,อปท.,http://10.1.2.3/\n", "utf-8-sig"
    )
    (problem,) = without_inner(examine(file), AddressPolicy()).problems
    assert SAID in problem.th
    assert "suan" in problem.place.th
