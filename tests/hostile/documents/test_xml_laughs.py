"""XML of a few lines whose entities unfold to gigabytes (the "billion laughs").

Tried: ten entities, each ten times the one before, and one long entity named 100,000 times.
Must: it is refused or left folded within the limits; the next document is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.documents.test_xml_reads_files import FORMATS

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

STEPS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 11))
LAUGHS = f'<!DOCTYPE d [<!ENTITY e0 "ha">{STEPS}]>'
LONG = f'<!DOCTYPE d [<!ENTITY e "{"ha" * 50_000}">]>'


@pytest.mark.parametrize("name", FORMATS)
def test_it_does_not_unfold(reader: Reader, name: str) -> None:
    document = reader.read(FORMATS[name](LAUGHS, "&e10;"), f"plan.{name}")
    assert sum(len(p.text) for p in document.passages) < 10_000


@pytest.mark.parametrize("name", ["docx", "xlsx", "odt"])
def test_a_long_entity_named_often_does_not_unfold(reader: Reader, name: str) -> None:
    document = reader.read(FORMATS[name](LONG, "&e;" * 100_000), f"plan.{name}")
    assert sum(len(p.text) for p in document.passages) < 10_000_000
