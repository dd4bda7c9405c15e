"""The queue of jobs: procrastinate's tables in the database that holds the results."""

from __future__ import annotations

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from psycopg.conninfo import make_conninfo

from database.addresses import address_of
from database.engine import StoreError

SCHEMA = "oit_queue"
"""Where the tables of the queue stand, apart from those of the results."""
UNITS, READINGS = "units", "readings"
"""The queues: units to sweep, and scanned documents to read by OCR."""
QUEUES = (UNITS, READINGS)
UNIT, READING = "unit", "reading"
"""The jobs in them."""
_CONNECT_S = 10


class NotSharedError(StoreError):
    """The database is of one machine alone."""


def conninfo_of(url: str) -> str:
    """How libpq reaches the database at `url`, its search path set to the queue.

    Raises `NotSharedError` for a database that several machines cannot share.
    """
    address = address_of(url)
    if address.get_backend_name() != "postgresql":
        raise NotSharedError(
            "การตรวจหลายเครื่องต้องใช้ฐานข้อมูล PostgreSQL ที่ทุกเครื่องเข้าถึงได้ ให้ตั้ง OIT_DATABASE_URL "
            "(several machines need one PostgreSQL database that all reach; set OIT_DATABASE_URL)"
        )
    given = {name: str(value) for name, value in address.query.items() if name != "options"}
    options = f"{address.query.get('options', '')} -c search_path={SCHEMA}".strip()
    return make_conninfo(
        host=address.host,
        port=address.port,
        user=address.username,
        password=address.password,
        dbname=address.database,
        **{"connect_timeout": str(_CONNECT_S), "application_name": "oit-queue", **given},
        options=options,
    )


def for_worker(url: str, connections: int) -> App:
    """The queue for a worker, used inside its event loop."""
    connector = PsycopgConnector(
        conninfo=conninfo_of(url), min_size=1, max_size=connections, timeout=30.0
    )
    return App(connector=connector)


def for_asking(url: str) -> App:
    """The queue for who puts jobs into it."""
    return App(connector=SyncPsycopgConnector(conninfo=conninfo_of(url), min_size=1, max_size=1))
