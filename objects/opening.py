"""Opening a place of objects by its path or address; a bucket's library loads with the first."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from objects.folder import Folder

if TYPE_CHECKING:
    from objects.addresses import Access, Address
    from objects.port import Objects

Place = Path | str
"""A folder, or the address of a bucket as text."""


def objects_at(place: Place) -> Objects:
    """The objects of that place; one client for each bucket, for the life of the program.

    Raises `StoreError` for an address or settings of no use; nothing is asked of a store yet.
    """
    if isinstance(place, Path):
        return Folder(place)
    from objects.addresses import access_in, address_of

    return _bucket(address_of(place), access_in())


@lru_cache(maxsize=8)
def _bucket(address: Address, access: Access) -> Objects:
    from objects.bucket import Bucket

    return Bucket(address, access)
