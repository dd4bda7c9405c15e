"""What was made harmless for a spreadsheet is read back as it was typed.

Tried: Names, notes and explanations of a unit begin like formulas; the registry is exported, and
imported again, as people do every year.
Must: Each text comes back letter by letter from XLSX, CSV and YAML: no apostrophe is added to the
registry, none that a person typed is lost.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.readers.attacks import FORMULAS
from units.exporting import write_units
from units.importing import read_units
from units.registry import Registry, Unit


@pytest.mark.parametrize("kind", [".xlsx", ".csv", ".yaml"])
def test_export_and_import_are_each_others_opposite(tmp_path: Path, kind: str) -> None:
    units = Registry(
        Unit.model_validate(
            {"id": f"u{n}", "name": t, "type": "other", "note": t, "explanation": t}
        )
        for n, t in enumerate([*FORMULAS, "''=1", "'สมชาย'", "'-"])
    )
    write_units(units, tmp_path / f"units{kind}")
    assert read_units(tmp_path / f"units{kind}") == units
