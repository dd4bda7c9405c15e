"""Brings the English catalogue of the reports up to date with the Thai texts in the code.

Usage: python -m setup.messages           lists what the catalogue lacks or holds in vain
       python -m setup.messages --update  writes results/locale/en.po, new texts without English

Texts are those inside `_("…")` in Python and in templates, and the tables of words below. The
texts of a checklist are no part of it: `checklist/english` holds them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from checklist.reasons import REASONS
from results import causes, decisions, diff, itas, retention, scan_list, statistics, wording
from results.formats import csv, element_rows
from results.formats.xlsx import changes, summary
from results.speech import CATALOGUE

ROOT = Path(__file__).parent.parent
_METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
_OPTIONS = {"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
_HEADER = """\
# English of the reports' Thai texts.
msgid ""
msgstr ""
"Project-Id-Version: oit-checker\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"

"""
# The memorandum, the monthly report and the yearly analysis are letters and papers of the Thai
# government. Their commands write them in Thai whatever language is spoken, so they need no
# English.
_THAI_ONLY = ("papers/", "formats/templates/paper.html.j2")
TABLES: tuple[Mapping[Any, str], ...] = (
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
    statistics.COUNTS,
    statistics.STATUSES,
    diff.STEPS,
    retention.WORDS,
    scan_list.STATUSES,
    element_rows.HEADINGS,
    changes.TWICE,
    summary.SEEN,
    {group: meaning for group, (_, meaning) in summary.COUNTED.items()},
    {direction: words for direction, (words, _) in changes.DIRECTIONS.items()},
)
"""Words that stand in tables and are said with `_(TABLE[key])`."""


def texts() -> dict[str, list[tuple[str, int]]]:
    """Every Thai text that a report may say, with the files and lines where it stands."""
    found: dict[str, list[tuple[str, int]]] = {}
    extracted = extract_from_dir(
        ROOT / "results", _METHODS, _OPTIONS, keywords={"_": None}, comment_tags=()
    )
    for file, line, message, *_rest in extracted:
        if isinstance(message, str) and not file.startswith(_THAI_ONLY):
            found.setdefault(message, []).append((f"results/{file}", line))
    for text in _tabled():
        found.setdefault(text, []).append(("setup/messages.py", 0))
    return found


def _tabled() -> Iterator[str]:
    yield wording.UNSEEN
    yield from csv.UNIT_HEADINGS
    yield csv.SCOPE_HEADING
    for table in TABLES:
        yield from table.values()
    yield from (reason.remedy for reason in REASONS.values() if reason.remedy)


def updated(known: Catalog, wanted: dict[str, list[tuple[str, int]]]) -> Catalog:
    """A catalogue of the wanted texts with the English that is known, in the order of the code."""
    catalogue = Catalog(locale="en")
    for text in sorted(wanted, key=lambda text: (wanted[text][0], text)):
        old = known.get(text)
        catalogue.add(text, old.string if old else "")
    return catalogue


def content(catalogue: Catalog) -> bytes:
    """The catalogue's file; without a date, so that the same texts give the same bytes."""
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=True, ignore_obsolete=True)
    return _HEADER.encode() + written.getvalue()


def main() -> int:
    """List, or with `--update` write; 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    update = parser.parse_args().update
    with CATALOGUE.open("rb") as file:
        known = read_po(file, locale="en")
    wanted = texts()
    if update:
        known = updated(known, wanted)
        CATALOGUE.write_bytes(content(known))
    lacking = [text for text in wanted if not (known.get(text) and known[text].string)]
    vain = [str(message.id) for message in known if message.id and message.id not in wanted]
    for text in lacking:
        print(f"no English: {text}")
    for text in vain:
        print(f"said nowhere: {text}")
    return 1 if lacking or vain else 0


if __name__ == "__main__":
    sys.exit(main())
