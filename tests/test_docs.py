"""The documents keep up with the code: every key, probe kind, reason and licence is in them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from pydantic import BaseModel, TypeAdapter
from ruamel.yaml import YAML

from checklist import schema
from checklist.probes import AnyProbe
from checklist.reasons import REASONS
from checklist.schema import Item, Role, YearRule
from checklist.verdict import ElementState, Kind, Verdict
from crawler.settings import CrawlSettings

if TYPE_CHECKING:
    from checklist.probes.base import Probe

ROOT = Path(__file__).parent.parent
MODELS = [
    model
    for model in vars(schema).values()
    if isinstance(model, type) and issubclass(model, schema.Strict) and model is not schema.Strict
]
PROBES: dict[str, type[Probe]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(AnyProbe)[0])
}


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """The text below `### heading` (or `## ...`) up to the next heading of any level."""
    match = re.search(
        rf"^#+ {re.escape(heading)}[^\n]*\n(.*?)(?=^#|\Z)", text_of(name), re.DOTALL | re.MULTILINE
    )
    assert match, f"{name} has no section {heading}"
    return match[1]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_of_the_checklist_language_is_explained(model: type[BaseModel]) -> None:
    below = section("docs/checklist-language.md", model.__name__)
    assert [key for key in model.model_fields if f"`{key}`" not in below] == []


@pytest.mark.parametrize("kind", PROBES)
def test_every_probe_kind_is_explained_with_an_example_that_works(kind: str) -> None:
    below = section("docs/checklist-language.md", f"`{kind}`")
    block = re.search(r"```yaml\n(.*?)```", below, re.DOTALL)
    assert block, f"{kind} has no example"
    example = YAML(typ="safe").load(block[1])
    assert example["kind"] == kind
    TypeAdapter(AnyProbe).validate_python(example)
    words = below.replace(":", " ").replace("`", " ").replace("{", " ").split()
    assert [key for key in PROBES[kind].model_fields if key not in words] == []


def test_the_item_of_the_documents_is_a_valid_item() -> None:
    block = re.search(
        r"```yaml\n# item\n(.*?)```", text_of("docs/checklist-language.md"), re.DOTALL
    )
    assert block
    Item.model_validate(YAML(typ="safe").load(block[1]))


@pytest.mark.parametrize("word", [*Role, *YearRule], ids=str)
def test_every_role_and_year_rule_is_explained(word: Role | YearRule) -> None:
    assert f"`{word.value}`" in text_of("docs/checklist-language.md")


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_is_explained_under_its_verdict(code: str) -> None:
    verdict = REASONS[code].verdict.value
    headings = {
        "fail": "เหตุผลที่ไม่ผ่าน",
        "review": "เหตุผลที่ต้องให้เจ้าหน้าที่ตรวจ",
        "error": "เหตุผลที่ตรวจไม่ได้",
    }
    assert f"| `{code}` |" in section("docs/verdicts.md", headings[verdict])


def test_no_reason_is_explained_that_does_not_exist() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", text_of("docs/verdicts.md"), re.MULTILINE))
    words = {word.value for enum in (Verdict, ElementState) for word in enum}
    assert explained == set(REASONS) | words


@pytest.mark.parametrize("kind", [*Kind], ids=str)
def test_every_kind_is_explained(kind: Kind) -> None:
    assert f"`{kind.value}`" in text_of("docs/verdicts.md")


@pytest.mark.parametrize("name", CrawlSettings.model_fields)
def test_every_setting_is_in_the_documents(name: str) -> None:
    assert f"`OIT_{name.upper()}`" in text_of("docs/settings.md")


def test_the_licences_are_those_of_the_lock() -> None:
    locked = re.findall(r"^([\w.-]+)==(\S+)", text_of("requirements.lock"), re.MULTILINE)
    listed = re.findall(
        r"^\| ([\w.-]+) \| (\S+) \| (.+) \|$", text_of("docs/licences.md"), re.MULTILINE
    )
    assert [(name, version) for name, version, _ in listed] == locked
    assert not [name for name, _, licence in listed if "AGPL" in licence or "Affero" in licence]


@pytest.mark.parametrize(
    "name", ["README.md", "docs/architecture.md", "docs/checklist-language.md"]
)
def test_files_named_in_the_documents_exist(name: str) -> None:
    paths = re.findall(r"`((?:[\w-]+/)+[\w.-]+\.(?:py|yaml|md|sh))`", text_of(name))
    assert [path for path in paths if not (ROOT / path).exists()] == []
