"""Wrong stack files, one mistake each: the error names the place, the value and the way out."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from azure_hotpatch.domain.settings import SettingsError, parse

FILES = sorted((Path(__file__).parent / "wrong_stacks").glob("*.yaml"))
NAMESPACE = "azure-hotpatch:"


def settings_of(stack: dict[str, Any]) -> dict[str, Any]:
    return {key.removeprefix(NAMESPACE): value for key, value in stack["config"].items()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_tells_what_is_wrong_with(file: Path) -> None:
    stack = yaml.safe_load(file.read_text())
    expected = stack["expected"]

    with pytest.raises(SettingsError) as caught:
        parse(settings_of(stack))

    (problem,) = caught.value.problems
    assert problem.path == expected["path"]
    assert problem.value == expected.get("value", problem.value)
    text = str(caught.value)
    assert text.startswith("1 setting is wrong")
    assert [words for words in expected["says"] if words not in text] == []
    assert expected.get("never", "Traceback") not in text


def test_there_are_forty_and_more() -> None:
    assert len(FILES) >= 40


def test_tells_all_mistakes_at_once() -> None:
    stacks = [
        yaml.safe_load(file.read_text()) for file in FILES if re.match("(admin|generation|mode|naming)_", file.stem)
    ]
    together = {key: value for stack in stacks for key, value in settings_of(stack).items()}

    with pytest.raises(SettingsError) as caught:
        parse(together)

    assert [problem.path for problem in caught.value.problems] == sorted(stack["expected"]["path"] for stack in stacks)
