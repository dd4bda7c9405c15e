"""Names of the files that we write, made from ids and names that others choose.

Tried: Unit ids are `../../etc/x`, `con`, `NUL`, `C:\\x`, end in dots, differ in case alone, or have 60
Thai letters; files of a site are called so too and go into the ZIP of evidence.
Must: Every file lies in the report's folder under a name that Windows takes; two ids never share
one; names in our ZIP are plain letters below `originals/`.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidence.pack import safe_name, zipped
from results.formats import Format, write_unit_report
from results.formats.files import report_stem
from tests.results.sheets import report_saying

IDS = ("../../etc/passwd", "/etc/passwd", "con", "NUL", "COM1.txt", "C:\\x", "a.", "A", "a", "a b",
       "ก" * 60, "..", "", "a\x00b", "a\nb", "รายงาน\u202efdp", "<b>", "a" * 300)  # fmt: skip
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def test_no_two_units_share_a_name_and_none_leads_elsewhere() -> None:
    stems = [report_stem(one) for one in IDS]
    assert len({stem.casefold() for stem in stems}) == len(IDS)
    assert all(PLAIN.fullmatch(stem) and not stem.endswith(".") for stem in stems)


@pytest.mark.parametrize("unit_id", IDS[:2])
def test_a_report_stays_in_its_folder(tmp_path: Path, unit_id: str) -> None:
    report = report_saying("ก")
    named = report.model_copy(update={"unit": report.unit.model_copy(update={"id": unit_id})})
    written = write_unit_report(named, tmp_path / "reports", {Format.CSV})
    assert [path.parent for path in written] == [tmp_path / "reports"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == written


@pytest.mark.parametrize("name", IDS)
def test_a_sites_file_gets_a_plain_name_in_our_zip(name: str) -> None:
    stored = safe_name(f"{name}.pdf", 7, ".pdf")
    assert stored.startswith("07-")
    assert PLAIN.fullmatch(stored)
    pack = zipped({f"originals/{stored}": b"x"}, datetime(2026, 1, 1, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(pack)) as package:
        assert package.namelist() == ["hashes.txt", f"originals/{stored}"]
