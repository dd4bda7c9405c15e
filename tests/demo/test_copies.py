"""Copies of units: as many as wanted, each somebody of its own, with the slips of its model."""

from __future__ import annotations

import hashlib
import http.client
from collections import defaultdict
from urllib.parse import urlsplit

import pytest

from demo.agency import agency_of
from demo.copies import combined, most_units, plan_called, plans_of
from demo.ministry import Ministry, truth, write_ministry
from demo.pictures import portrait, rolled
from demo.plan import load_plans
from demo.server import serve
from demo.texts import write_text

MANY = plans_of(100)
COPIES = [plan for plan in MANY if plan.model]


def test_the_hand_written_units_come_first_and_are_themselves() -> None:
    assert plans_of(14) == load_plans() == MANY[:14]
    assert plans_of(2) == load_plans()[:2]
    assert len(MANY) == 100


@pytest.mark.parametrize("count", [0, most_units() + 1])
def test_there_are_no_more_units_than_names(count: int) -> None:
    with pytest.raises(ValueError, match=f"1 to {most_units()}"):
        plans_of(count)


def test_names_numbers_addresses_and_telephones_are_each_units_own() -> None:
    most = plans_of(most_units())
    for own in ("id", "number", "name", "handle", "address"):
        assert len({getattr(plan, own) for plan in most}) == len(most), own
    agencies = [agency_of(plan) for plan in most]
    assert len({agency.phone for agency in agencies}) == len(most)
    assert len({agency.head.email for agency in agencies}) == len(most)


def test_no_unit_is_called_like_a_part_of_another() -> None:
    names = [plan.name for plan in MANY]
    assert not [name for name in names if any(name in other for other in names if other != name)]


def test_nobody_works_for_two_copies() -> None:
    people = [person.name for plan in COPIES for person in agency_of(plan).people]
    assert len(set(people)) == len(people)


def test_telephone_numbers_have_nine_digits() -> None:
    for plan in MANY:
        agency = agency_of(plan)
        for number in (agency.phone, agency.fax, *(person.phone for person in agency.people)):
            assert len(number.replace(" ", "")) == 9, (plan.id, number)


def test_a_copy_shows_what_its_model_shows() -> None:
    for copy in COPIES:
        model = plan_called(copy.model)
        assert (copy.layout, copy.host, copy.robots, copy.validators) == (
            model.layout, model.host, model.robots, model.validators,
        )  # fmt: skip
        assert copy.items.keys() == model.items.keys()
        for item, showing in copy.items.items():
            assert showing.model_copy(update={"of": ""}) == model.items[item].model_copy(
                update={"of": ""}
            )


def test_a_text_of_another_unit_is_one_of_the_same_round() -> None:
    assert plan_called("akhan-3").items["O34"].of == "sriphana-3"
    assert plan_called("thungruang-2").items["O34"].of == "banmai-2"


def test_a_copy_speaks_of_itself_alone() -> None:
    copy, model = plan_called("bangkaeo-2"), plan_called("bangkaeo")
    for item, showing in copy.items.items():
        body = write_text(item, showing, agency_of(copy)).body
        assert body != write_text(item, showing, agency_of(model)).body, item
        assert model.short not in body, item


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        plan_called("nowhere")


@pytest.mark.parametrize("turn", [0, 5, 11])
def test_each_pair_of_halves_makes_one_name(turn: int) -> None:
    heads, tails = ("ก", "ข", "ค"), ("1", "2", "3", "4")
    made = [combined(heads, tails, number) for number in range(12)]
    assert len(set(made)) == 12
    assert combined(heads, tails, turn + 12) == made[turn]


def test_a_rolled_picture_is_another_picture_of_the_same_size() -> None:
    assert rolled(portrait(1), 0) == portrait(1)
    assert len({rolled(portrait(1), by) for by in range(100, 182)}) == 82
    assert rolled(rolled(portrait(1), 100), 60 * 75 - 100) == portrait(1)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Ministry:
    return write_ministry(tmp_path_factory.mktemp("many"), print_pdfs=False, count=29)


def test_a_copy_has_the_truth_of_its_model(many: Ministry) -> None:
    assert [unit.model for unit in many.units[13:16]] == ["phuetphon", "sriphana", "bangkaeo"]
    assert all(len(truth(unit.model)) == 43 for unit in many.units)


def test_no_page_or_file_is_the_same_in_two_copies(many: Ministry) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for unit in many.units[14:]:
        for path in (many.folder / unit.id).rglob("*"):
            if path.is_file():
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                owners[digest].add(unit.id)
                names[digest] = path.name
    shared = {names[digest] for digest, units in owners.items() if len(units) > 1}
    assert shared == {"style.css", "robots.txt"}


def test_every_copy_is_served_at_an_address_of_its_own(many: Ministry) -> None:
    with serve(many, port=0) as running:
        assert len(set(running.addresses.values())) == len(many.hosts) == 30
        parts = urlsplit(running.addresses["sriphana-3"])
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
        connection.request("GET", "/")
        assert plan_called("sriphana-3").name in connection.getresponse().read().decode()
        connection.close()
