"""The quick reader of YAML: what it vouches for is what the reader with lines says, to the type."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from checklist.loader import SHIPPED
from checklist.yaml_quick import UnsureError, quick_values
from checklist.yaml_source import plain, read_yaml

FILES = sorted(SHIPPED.glob("*/*.yaml"))
SIGNS = "0123456789abxnoyesNOfTruel.:+-_~=<>[]{}&*!|#,'\"%@`? \tกา\n"


def slow_values(text: str) -> Any:
    return plain(YAML(typ="rt", pure=True).load(text))


def typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [typed(one) for one in value]
    kinds = (bool, str, float, int, type(value))
    return next(kind for kind in kinds if isinstance(value, kind)), value


def agree(text: str) -> None:
    try:
        quick = plain(quick_values(text))
    except UnsureError:
        return
    assert typed(quick) == typed(slow_values(text))


def test_shipped_files_are_read_the_same_and_nearly_all_quickly() -> None:
    unsure = 0
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        try:
            assert typed(plain(quick_values(text))) == typed(slow_values(text)), path
        except UnsureError:
            unsure += 1
    assert unsure <= len(FILES) * 0.05


@pytest.mark.parametrize(
    "text",
    ["a: yes", "a: 0o17", "a: 017", "a: 1_000", "a: 12:30:00", "a: 1e3", "a: .inf", "a: 2566-1-2",
     "a: 2566-01-02 10:00", "a: ~x", "a: =", "<<: {a: 1}", "a: !!str 1", "a: *b", "a: 1\na: 2",
     "a: 1\n---\nb: 2", "%YAML 1.1\n---\na: 1", "a: [1", "? [1]\n: 2", "a: +1", "a: 0x1f", ""],
)  # fmt: skip
def test_what_readers_may_understand_differently_is_left_to_the_other(text: str) -> None:
    with pytest.raises(UnsureError):
        quick_values(text)


@given(st.text(SIGNS, max_size=12))
def test_a_value_that_is_vouched_for_is_the_same(value: str) -> None:
    for text in (f"a: {value}", f"- {value}", f"a: [{value}]"):
        try:
            agree(text)
        except YAMLError as error:
            pytest.fail(f"{text!r} is vouched for and is not YAML: {error}")


def test_an_anchor_is_read_where_it_is_named() -> None:
    assert quick_values("a: &x [ก, ข]\nb: *x\n") == {"a": ["ก", "ข"], "b": ["ก", "ข"]}


def test_a_file_that_is_read_quickly_still_knows_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "O1.yaml"
    path.write_text("id: O1\nelements:\n  - id: a\n", encoding="utf-8")
    assert read_yaml(path).line(["elements", 0, "id"]) == 3
