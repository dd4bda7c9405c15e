"""A reading worker that a file has taken over tries to reach the network.

Tried: sockets of every family, a name look-up, and io_uring, which opens sockets past filters.
Must: the kernel refuses each, so nothing read can leave and no inner address can be asked.
"""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("way", ["tcp", "tcp6", "udp", "unix", "netlink", "io_uring"])
def test_no_socket_can_be_made(inside: dict[str, str], way: str) -> None:
    assert inside[way] in {"PermissionError", "OSError"}


def test_no_name_can_be_looked_up(inside: dict[str, str]) -> None:
    assert inside["name"] in {"gaierror", "PermissionError"}
