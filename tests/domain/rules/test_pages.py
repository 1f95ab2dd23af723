"""A rule's page says what the rule says, and its examples are judged as it claims."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from azure_hotpatch.domain.azure.images import WHOLE_CATALOGUE
from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.judge import judge, judge_links
from azure_hotpatch.domain.judging.modes import DeclaredModes
from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.domain.rules.index import heading, index
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.stack_modes import declared_modes

PAGES = Path(__file__).parents[3] / "docs" / "rules"
SECTIONS = ("Why", "What Azure answers", "What to do", "Accepted", "Refused", "Waiving it", "Read on")
REFERENCE = re.compile(r"\$\{(\w+)\.[\w.]+\}")
TODAY = date(2026, 3, 2)


def _page(rule: Rule) -> str:
    return (PAGES / f"{rule.id}.md").read_text(encoding="utf-8")


def _section(text: str, name: str) -> str:
    return text.partition(f"\n## {name}\n")[2].partition("\n## ")[0].strip()


def _examples(rule: Rule, section: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", _section(_page(rule), section), re.DOTALL)


def _records(example: str) -> list[Record]:
    """The records of the resources of a Pulumi YAML program; a reference is a value that is not known yet."""
    resources = yaml.safe_load(example)["resources"]
    return [record for name, resource in resources.items() for record in records(_source(name, resource))]


def _source(name: str, resource: Any) -> Source:
    props = resource["properties"]
    return Source(
        token=resource["type"],
        name=name,
        urn=f"urn:{name}",
        props=_unreferenced(props),
        ignore_changes=resource.get("options", {}).get("ignoreChanges", ()),
        depends_on={key: [f"urn:{found}" for found in REFERENCE.findall(str(value))] for key, value in props.items()},
    )


def _unreferenced(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unreferenced(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_unreferenced(child) for child in value]
    return Unknown() if isinstance(value, str) and REFERENCE.fullmatch(value) else value


def _modes(example: str) -> DeclaredModes:
    """What the example's `config` declares, as the engine sends it: a string for each key."""
    config = yaml.safe_load(example).get("config", {})
    return declared_modes({key: json.dumps(given["value"]) for key, given in config.items()})


def _found(rule: Rule, example: str) -> list[Verdict]:
    context = Context(today=TODAY, catalogue=WHOLE_CATALOGUE, modes=_modes(example))
    read = _records(example)
    assert read or rule.id == "HP038"
    findings = [finding for record in read for finding in judge(record, [rule], context)]
    findings += [finding for _, finding in judge_links(read, [rule], context)]
    return [finding.verdict for finding in findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_opens_with_what_the_rule_says_of_itself(rule: Rule) -> None:
    assert _page(rule).startswith(heading(rule))
    assert " ".join(_section(_page(rule), "What to do").split()).startswith(rule.remedy)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_has_every_section_in_order(rule: Rule) -> None:
    assert tuple(re.findall(r"^## (.+)$", _page(rule), re.MULTILINE)) == SECTIONS
    assert [name for name in SECTIONS if not _section(_page(rule), name)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_accepted_examples_are_accepted(rule: Rule) -> None:
    examples = _examples(rule, "Accepted")
    assert examples
    assert [_found(rule, example) for example in examples] == [[]] * len(examples)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_refused_examples_are_refused(rule: Rule) -> None:
    examples = _examples(rule, "Refused")
    assert examples
    wanted = Verdict.UNVERIFIABLE if rule.id == "HP038" else Verdict.VIOLATION
    assert [example for example in examples if set(_found(rule, example)) != {wanted}] == []


def test_there_is_a_page_for_each_rule_and_no_other() -> None:
    assert {path.stem for path in PAGES.glob("HP*.md")} == {rule.id for rule in RULES}


def test_the_index_is_current() -> None:
    current = (PAGES / "README.md").read_text(encoding="utf-8")
    assert current == index(), "regenerate docs/rules/README.md: azure_hotpatch.domain.rules.index.index()"
