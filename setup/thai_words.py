"""Builds checklist/thai_words.txt and checklist/thai_signs.txt from PyThaiNLP's word lists.

Usage: .venv/bin/python setup/thai_words.py

The words are PyThaiNLP's `words_th.txt` with the counts of `tnc_freq.txt` (Thai National Corpus)
and `phupha_word_freqs.txt` (Common Crawl), and the provinces of `thailand_provinces_th.csv`, all
released under CC0 1.0; beside them the wording of this project's own checklists. The signs tell,
without the dictionary, that a text may have lost or gained the ring of a sara am (see
`checklist.thai_signs`).
"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "checklist" / "thai_words.txt"
SIGNS = ROOT / "checklist" / "thai_signs.txt"

AM, AA = "\u0e33", "\u0e32"
LONGEST = 20
_WORD = re.compile("[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]+")
_TERM = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+")
_TONE = re.compile("[่-๋]")

# Web counts are of strings, not of words: fair for long words only.
_WEB_LENGTH = 6
_WEB_SHARE = 200
_OFFICIAL = 300
_BUDGET = 4_000
_BUDGET_WORDS = [
    "ค่าตอบแทน", "ค่าเป้าหมาย", "ค่าใช้จ่าย", "ค่าจ้าง", "ค่าธรรมเนียม", "ค่าปรับ", "ค่าใช้สอย",
    "ค่าวัสดุ", "ค่าที่ดิน", "ค่าครุภัณฑ์", "ค่าบำรุง", "ค่าเช่า", "ค่าคะแนน", "ค่าเฉลี่ย",
    "ค่าสาธารณูปโภค", "ค่าน้ำ", "ค่าไฟฟ้า", "ค่าเดินทาง",
]  # fmt: skip
_PROVINCE = 2_000

# A sign must be this much likelier in a faulty text than in a sound one, and this rare in the
# latter (of all its sara aa or sara am).
_LIKELIER = 5.0
_RARE = 3e-4
_COMMON = 20
_LEAST_SHARE = 0.01


def corpus(name: str) -> list[list[str]]:
    """The lines of one of PyThaiNLP's corpus files, split at tabs."""
    spec = importlib.util.find_spec("pythainlp")
    if spec is None or spec.origin is None:
        raise SystemExit("pythainlp is not installed; run setup/install.sh")
    text = (Path(spec.origin).parent / "corpus" / name).read_text("utf-8-sig")
    return [line.split("\t") for line in text.splitlines()]


def official() -> set[str]:
    """Unbroken Thai terms of the checklists' own YAML files."""
    found: set[str] = set()

    def gather(node: object) -> None:
        if isinstance(node, dict):
            for value in node.values():
                gather(value)
        elif isinstance(node, list):
            for value in node:
                gather(value)
        elif isinstance(node, str) and _TERM.fullmatch(node):
            found.add(node)

    for path in sorted((ROOT / "checklist").glob("oit-*/*.yaml")):
        gather(YAML(typ="safe").load(path))
    return found


def words() -> dict[str, int]:
    """Every word with its count, comparable to the counts of the Thai National Corpus."""
    known = {fields[0].strip() for fields in corpus("words_th.txt")}
    spoken = {fields[0]: int(fields[1]) for fields in corpus("tnc_freq.txt") if len(fields) == 2}
    web = {
        fields[0]: int(fields[1])
        for fields in corpus("phupha_word_freqs.txt")
        if len(fields) == 2 and fields[1].isdigit()
    }
    counts = {}
    for word in known:
        if _WORD.fullmatch(word) and len(word) <= LONGEST:
            seen = web.get(word, 0) // _WEB_SHARE if len(word) >= _WEB_LENGTH else 0
            counts[word] = max(1, spoken.get(word, 0), seen)
    for term in official():
        if _WORD.fullmatch(term) and len(term) <= LONGEST:
            counts[term] = max(_OFFICIAL, counts.get(term, 0))
    for word in _BUDGET_WORDS:
        counts[word] = max(_BUDGET, counts.get(word, 0))
    for fields in corpus("thailand_provinces_th.csv"):
        name = fields[0].split(",")[0]
        if _WORD.fullmatch(name):
            counts[name] = max(_PROVINCE, counts.get(name, 0))
    return counts


class Contexts:
    """How often each neighbourhood stands round `vowel`, inside words and across their borders."""

    def __init__(self, counts: dict[str, int], vowel: str) -> None:
        """Count the neighbourhoods of `vowel` in words that occur `counts` times."""
        self.total = 0
        self.inside: Counter[str] = Counter()
        self.seen: dict[str, float] = defaultdict(float)
        self._everything = sum(counts.values())
        ends: Counter[str] = Counter()
        starts: Counter[str] = Counter()
        tails: Counter[str] = Counter()
        heads: Counter[str] = Counter()
        for word, count in counts.items():
            collapsed = word.replace(AM, AA)
            starts.update(dict.fromkeys(starts_of(collapsed), count))
            tails.update({collapsed[-size:]: count for size in (1, 2, 3)})
            for place in (at for at, letter in enumerate(word) if letter == vowel):
                self.total += count
                left, right = collapsed[:place], collapsed[place + 1 :]
                self.inside.update(dict.fromkeys(keys(left, right), count))
                if not right:
                    ends[left[-2:]] += count
                if AA not in left:
                    heads[left] += count
        self.seen.update(self.inside)
        self._join(ends, starts, lambda left, start: own_letters(left) + "_" + start)
        for size in (1, 2, 3):
            before = Counter({tail: n for tail, n in tails.items() if len(tail) == size})
            after = Counter({head: n for head, n in heads.items() if len(head) == 4 - size})
            self._join(before, after, lambda tail, head: tail + head + "_")

    def _join(
        self, left: Counter[str], right: Counter[str], key: Callable[[str, str], str]
    ) -> None:
        """Count what stands at the border of two words that follow each other by chance."""
        for one, count in left.items():
            for other, begun in right.items():
                share = count * begun / self._everything
                if share >= _LEAST_SHARE:
                    self.seen[key(one, other)] += share


def starts_of(word: str) -> list[str]:
    """The first one to three letters of a word, up to its first sara aa."""
    return [word[:size] for size in (1, 2, 3) if AA not in word[: size - 1] and len(word) >= size]


def own_letters(left: str) -> str:
    """The consonant before a vowel, with its tone mark."""
    return left[-2:] if _TONE.match(left[-1:]) else left[-1:]


def keys(left: str, right: str) -> list[str]:
    """The neighbourhoods of a vowel between `left` and `right`, as `checklist.thai_signs` reads."""
    before = (AA + left.rpartition(AA)[2])[-4:]
    found = [f"{before}_"] if len(before) == 4 else []
    return found + [f"{own_letters(left)}_{start}" for start in starts_of(right)]


def signs(counts: dict[str, int]) -> dict[str, list[str]]:
    """The neighbourhoods that betray a lost ring ("lost") and a false one ("false")."""
    aa, am = Contexts(counts, AA), Contexts(counts, AM)
    return {"lost": _suspicious(am, aa, (2, 3)), "false": _suspicious(aa, am, (1, 2))}


def _suspicious(faulty: Contexts, sound: Contexts, sizes: tuple[int, int]) -> list[str]:
    found: set[str] = set()
    for key, count in sorted(faulty.inside.items(), key=lambda entry: len(entry[0])):
        own, _, right = key.partition("_")
        usual = sound.seen.get(key, 0.0)
        rare = usual < _RARE * sound.total and count > _LIKELIER * usual
        wanted = not right or len(right) in sizes
        known = bool(right) and f"{own}_{right[: sizes[0]]}" in found
        if wanted and rare and not known and count >= _COMMON:
            found.add(key)
    return sorted(found)


HEADER = """\
# Built by setup/thai_words.py; do not edit.
# {what}
# Source: PyThaiNLP word lists words_th, tnc_freq, phupha_word_freqs,
# thailand_provinces_th (CC0 1.0) and this checklist.
"""


def main() -> None:
    """Write both files."""
    counts = words()
    lines = [f"{word}\t{count}\n" for word, count in sorted(counts.items())]
    WORDS.write_text(HEADER.format(what="Thai words and their counts.") + "".join(lines), "utf-8")
    found = signs(counts)
    lines = [f"{kind}\t{key}\n" for kind, keys in found.items() for key in keys]
    SIGNS.write_text(
        HEADER.format(what="Letters round a sara am that lost its ring, or gained one.")
        + "".join(lines),
        "utf-8",
    )
    print(f"{len(counts)} words; " + ", ".join(f"{len(v)} {k}" for k, v in found.items()))


if __name__ == "__main__":
    main()
