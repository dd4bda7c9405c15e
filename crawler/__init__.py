"""How a unit's pages are fetched and read: spiders, rendering, guard, extraction."""

import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())
