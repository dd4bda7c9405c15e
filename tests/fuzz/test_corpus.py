"""What fuzzing once broke stays mended, and the seeds of every target keep its promises."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.fuzz.__main__ import TARGETS
from tests.fuzz.frame import Caught, load, probe
from tests.fuzz.mutators import bytes_changed

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
MOST_BYTES = 200_000


@pytest.fixture(scope="module")
def caught() -> Caught:
    return Caught()


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_a_reader_breaks_none(path: Path, caught: Caught) -> None:
    probe(load(path.parent.name), path.read_bytes())
    assert caught.take() is None, "the last net had to catch an error"


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_of_a_target_keep_its_promises(name: str, caught: Caught) -> None:
    target = load(name)
    for seed in target.seeds()[:8]:
        assert len(seed) <= target.max_len
        probe(target, seed, again=False)
    assert caught.take() is None


@pytest.mark.parametrize("name", TARGETS)
def test_changed_seeds_keep_them_too(name: str) -> None:
    target = load(name)
    began = time.process_time()
    seed = target.seeds()[0]
    for number in range(12):
        if time.process_time() - began > 0.3:
            break
        if target.mutate is None:
            seed = bytes_changed(seed, target.max_len)
        else:
            seed = target.mutate(seed, target.max_len, number)
        assert len(seed) <= target.max_len
        probe(target, seed, again=number == 0)


def test_the_corpus_is_small_and_belongs_to_targets() -> None:
    assert sum(path.stat().st_size for path in KEPT) <= MOST_BYTES
    assert {path.parent.name for path in KEPT} <= set(TARGETS)
