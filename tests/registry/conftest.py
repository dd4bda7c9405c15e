"""A registry of three units in a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

import pytest

from database.engine import connect
from registry.importing import bring_in
from registry.records import Author
from results.store import Store
from tests.databases import SQLITE, database_at, kind
from units.registry import Unit

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOON = datetime(2023, 4, 5, 5, 0, tzinfo=UTC)
SITE = "https://www.surin.test/"
SURIN = Unit.model_validate(
    {
        "id": "surin",
        "name": "จังหวัดสุรินทร์",
        "type": "province",
        "main_site": SITE,
        "owner_email": "ita@surin.test",
        "aliases": ["ศาลากลางจังหวัดสุรินทร์"],
        "urls": {"O1": [f"{SITE}o1"], "O12": [f"{SITE}o12", f"{SITE}o12.pdf"]},
        "verified": True,
    }
)
SUAN = Unit.model_validate({"id": "suan", "name": "เทศบาลตำบลบ้านสวน", "type": "local"})
KLANG = Unit.model_validate(
    {"id": "klang", "name": "สำนักงานกลาง", "type": "central", "main_site": "https://klang.test/"}
)


def by(name: str = "admin", hours: float = 0) -> Author:
    return Author(name, NOON + timedelta(hours=hours))


def with_urls(unit: Unit, **urls: list[str]) -> Unit:
    return Unit.model_validate({**unit.model_dump(), "urls": {**unit.urls, **urls}})


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """An empty database and one with three units, made once on each kind of database."""

    @cache
    def of(which: str) -> Path:
        folder = tmp_path_factory.mktemp("registry")
        with (
            Store.open(database_at(f"{folder}/empty.db")) as store,
            store.engine.connect() as connection,
        ):
            if which == SQLITE:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        copy(folder / "empty.db", folder / "filled.db")
        with Store.open(database_at(f"{folder}/filled.db")) as store:
            bring_in(store.engine, [SURIN, SUAN, KLANG], by(), "แรก.xlsx")
        return folder

    return lambda: of(kind())


@pytest.fixture
def made(seeds: Callable[[], Path]) -> Path:
    return seeds()


@pytest.fixture
def engine(made: Path, tmp_path: Path) -> Iterator[Engine]:
    yield from _opened(made / "empty.db", tmp_path)


@pytest.fixture
def filled(made: Path, tmp_path: Path) -> Iterator[Engine]:
    yield from _opened(made / "filled.db", tmp_path)


def _opened(source: Path, folder: Path) -> Iterator[Engine]:
    copy(source, folder / "oit.db")
    engine = connect(database_at(f"{folder}/oit.db"), 1.0)
    yield engine
    engine.dispose()
