"""Wrong stack files, one mistake each: the error names the place, the value and the way out."""

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from azure_hotpatch.domain.settings import Problem, SettingsError, parse_settings

FILES = sorted((Path(__file__).parent / "wrong_stacks").glob("*.yaml"))
SOURCES = Path(__file__).parents[2] / "domain/settings"
NAMESPACE = "azure-hotpatch:"


def settings_of(stack: dict[str, Any]) -> dict[str, Any]:
    return {key.removeprefix(NAMESPACE): value for key, value in stack["config"].items()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_reports_what_is_wrong_with(file: Path) -> None:
    stack = yaml.safe_load(file.read_text())
    expected = stack["expected"]

    with pytest.raises(SettingsError) as caught:
        parse_settings(
            settings_of(stack),
            file="Pulumi.dev.yaml",
            secrets=stack.get("secrets", ()),
            secret_names=stack.get("secretNames"),
        )

    (problem,) = caught.value.problems
    assert problem.path == expected["path"]
    assert problem.value == expected.get("value", "")
    text = str(caught.value)
    assert text.startswith("1 setting is wrong under azure-hotpatch in Pulumi.dev.yaml:")
    assert [words for words in expected["says"] if words not in text] == []
    if "never" in expected:
        assert expected["never"] not in text.lower()


def test_there_are_forty_and_more() -> None:
    assert len(FILES) >= 40


def test_reports_all_mistakes_at_once() -> None:
    stacks = [
        yaml.safe_load(file.read_text())
        for file in FILES
        if re.match("(admin|generation|mode_mistyped|naming)", file.stem)
    ]
    together = {key: value for stack in stacks for key, value in settings_of(stack).items()}

    with pytest.raises(SettingsError) as caught:
        parse_settings(together)

    assert [problem.path for problem in caught.value.problems] == sorted(stack["expected"]["path"] for stack in stacks)


def test_reports_a_contradiction_of_every_kind_of_group() -> None:
    both = {"name": "web", "count": 2, "names": ["a"]}
    with pytest.raises(SettingsError) as caught:
        parse_settings({"fleet": {"machines": [both], "azureLocal": [both]}})

    paths = {problem.path for problem in caught.value.problems}
    assert {"fleet.machines[0].names", "fleet.azureLocal[0].names", "fleet.azureLocal[0].customLocationId"} <= set(
        paths
    )


def test_reports_three_mistakes_of_one_network_at_once() -> None:
    network = {"addressSpace": "10.0.0.1/16", "subnetPrefix": "10.1.0.0/30", "networkId": "hub", "subnetId": "servers"}

    with pytest.raises(SettingsError) as caught:
        parse_settings({"network": {**network, "regions": {"northeurope": {"addressSpace": "10.1.0.0/30"}}}})

    assert [problem.path for problem in caught.value.problems] == [
        "network.addressSpace",
        "network.networkId",
        "network.regions.northeurope.addressSpace",
        "network.subnetId",
    ]


def test_reports_what_sound_values_contradict_beside_a_wrong_one() -> None:
    schedule = {"start": "2026-01-10 22:00", "expires": "2026-01-01 00:00", "recurrence": "dayly", "kb": 1}

    with pytest.raises(SettingsError) as caught:
        parse_settings({"maintenance": {"mode": "customerManagedSchedule", "schedule": schedule}})

    assert [problem.path for problem in caught.value.problems] == [
        "maintenance.schedule.expires",
        "maintenance.schedule.kb",
        "maintenance.schedule.recurrence",
    ]


def test_every_mistake_that_settings_report_has_a_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each `Problem(…)` in the sources of the settings is made for one of the wrong stacks at least."""
    reached: set[tuple[str, int]] = set()
    made = Problem.__init__

    def recorded(self: Problem, *args: Any, **options: Any) -> None:
        frame = sys._getframe(1)
        reached.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        made(self, *args, **options)

    monkeypatch.setattr(Problem, "__init__", recorded)
    for file in FILES:
        with suppress(SettingsError):
            stack = yaml.safe_load(file.read_text())
            parse_settings(settings_of(stack), secret_names=stack.get("secretNames"))
    written = {(file.name, line) for file in SOURCES.glob("*.py") for line in problems_in(file)}
    assert written
    assert sorted(written - reached) == []


def problems_in(file: Path) -> Iterator[int]:
    """The lines of a source on which a problem is made."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == Problem.__name__:
            yield node.lineno
