"""Brings the English catalogue of the reports up to date with the Thai texts in the code.

Usage: python -m setup.messages           lists what the catalogue lacks or holds in vain
       python -m setup.messages --update  writes results/locale/en.po, new texts without English

Texts are those inside `_("…")` in Python and in templates, and the tables of words below.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from checklist.reasons import REASONS
from results import causes, decisions, itas, wording
from results.speech import CATALOGUE

ROOT = Path(__file__).parent.parent
_METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
_OPTIONS = {"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
TABLES = (
    wording.VERDICTS,
    wording.GROUPS,
    wording.STATES,
    wording.KINDS,
    wording.REGIONS,
    wording.SOURCES,
    wording.TIERS,
    wording.ORIGINS,
    wording.SKIPS,
    causes.ASK,
    decisions.KINDS,
    decisions.STANDINGS,
    itas.ANSWERS,
)
"""Words that stand in tables and are said with `_(TABLE[key])`."""


def texts() -> dict[str, list[tuple[str, int]]]:
    """Every Thai text that a report may say, with the files and lines where it stands."""
    found: dict[str, list[tuple[str, int]]] = {}
    extracted = extract_from_dir(
        ROOT / "results", _METHODS, _OPTIONS, keywords={"_": None}, comment_tags=()
    )
    for file, line, message, *_rest in extracted:
        if isinstance(message, str):
            found.setdefault(message, []).append((f"results/{file}", line))
    for text in _tabled():
        found.setdefault(text, []).append(("setup/messages.py", 0))
    return found


def _tabled() -> Iterator[str]:
    yield wording.UNSEEN
    for table in TABLES:
        yield from table.values()
    yield from (reason.remedy for reason in REASONS.values() if reason.remedy)


def updated(known: Catalog, wanted: dict[str, list[tuple[str, int]]]) -> Catalog:
    """A catalogue of the wanted texts with the English that is known, in the order of the code."""
    catalogue = Catalog(locale="en", project="oit-checker", charset="utf-8")
    for text in sorted(wanted, key=lambda text: (wanted[text][0], text)):
        old = known.get(text)
        catalogue.add(text, old.string if old else "")
    return catalogue


def main() -> int:
    """List, or with `--update` write; 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    update = parser.parse_args().update
    with CATALOGUE.open("rb") as file:
        known = read_po(file, locale="en")
    wanted = texts()
    if update:
        written = BytesIO()
        catalogue = updated(known, wanted)
        write_po(written, catalogue, width=100, ignore_obsolete=True)
        CATALOGUE.write_bytes(written.getvalue())
        known = catalogue
    lacking = [text for text in wanted if not (known.get(text) and known[text].string)]
    vain = [str(message.id) for message in known if message.id and message.id not in wanted]
    for text in lacking:
        print(f"no English: {text}")
    for text in vain:
        print(f"said nowhere: {text}")
    return 1 if lacking or vain else 0


if __name__ == "__main__":
    sys.exit(main())
