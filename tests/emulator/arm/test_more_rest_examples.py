"""Requests of the shapes that Azure's REST specifications show, of every provider; rest_examples/ has them.

Of each example there are its name, the method and path, what is sent, and the statuses that Azure's clients take.
`shows` are members of Azure's answer that were not sent and that the emulator's has too; `lacks` are those that it has
not, by the reason, which reasons.yaml explains. `answers` is the status where the emulator's is another, and
`different` why. `stored` types are kept as they are sent.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.emulator.arm.conftest import Arm
from tests.emulator.arm.presumed import GROUP, Presumed
from tests.emulator.arm.test_rest_examples import missing

FOLDER = Path(__file__).with_name("rest_examples")
FILES = ("compute", "hybrid", "network", "stored")
EXAMPLES = {
    one["name"]: one for file in FILES for one in yaml.safe_load((FOLDER / f"{file}.yaml").read_text(encoding="utf-8"))
}
REASONS = yaml.safe_load((FOLDER / "reasons.yaml").read_text(encoding="utf-8"))


def placed(value: Any) -> Any:
    """The value with the group and the subscription in place."""
    if isinstance(value, dict):
        return {placed(name): placed(item) for name, item in value.items()}
    if isinstance(value, list):
        return [placed(item) for item in value]
    if isinstance(value, str):
        return value.replace("{group}", GROUP).replace("{subscription}", Arm.subscription)
    return value


def members(value: Any, path: str = "") -> Iterator[str]:
    """The paths of an answer's members, and of what they lie in; a list's without their place."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, item in value.items():
            yield from members(item, f"{path}.{name}".strip("."))
    elif isinstance(value, list):
        for item in value:
            yield from members(item, f"{path}[]")


@pytest.mark.parametrize("name", EXAMPLES)
def test_answers_as_the_specification_shows(name: str) -> None:
    example = EXAMPLES[name]
    arm, body = Arm(":memory:"), placed(example.get("body"))
    method, path = placed(example["at"]).split(" ", 1)
    Presumed(arm).of(method, path, body)
    answer = arm.ask(method, path, body, version=example["version"])
    assert answer.status_code in ([example["answers"]] if "different" in example else example["statuses"]), answer.text
    if answer.status_code >= 300:
        return
    ended = arm.wait(answer) if answer.headers.get("Azure-AsyncOperation") else {}
    assert ended.get("status", "Succeeded") == "Succeeded"
    shown = answer.json() if answer.content else {}
    if method == "POST" and ended:
        shown = ended.get("properties", {}).get("output") or {}
    if method in {"PUT", "PATCH"}:
        shown = arm.get(path, version=example["version"]).json()
        assert list(unkept(body, shown)) == []
    found = set(members(shown))
    assert [one for one in example.get("shows", ()) if one not in found] == []
    lacked = [one for paths in example.get("lacks", {}).values() for one in paths]
    assert [one for one in lacked if one in found] == [], "take what is there now out of the example's `lacks`"


def unkept(sent: Any, shown: Any) -> Iterator[str]:
    """The paths of what was sent in `properties` and is not shown as it was, but for Azure's own spelling."""
    for path in missing((sent or {}).get("properties") or {}, shown.get("properties") or {}):
        if not path.split("[")[0].endswith(SECRET) and not spelled_otherwise(sent, shown, path):
            yield path


SECRET = ("protectedSettings", "adminPassword", "value", "storageAccount.key", "keyValue")


def spelled_otherwise(sent: Any, shown: Any, path: str) -> bool:
    one, other = (at(value.get("properties"), path) for value in (sent, shown))
    return str(one).lower().replace(" ", "") == str(other).lower().replace(" ", "")


def at(value: Any, path: str) -> Any:
    for step in path.replace("[", ".[").split("."):
        if value is None:
            return None
        value = value[int(step[1:-1])] if step.startswith("[") else value.get(step)
    return value


def test_every_difference_has_a_reason_and_every_reason_a_difference() -> None:
    different = {one["different"] for one in EXAMPLES.values() if "different" in one}
    lacking = {reason for one in EXAMPLES.values() for reason in one.get("lacks", {})}
    assert different | lacking == set(REASONS)


def test_there_are_as_many_as_were_promised() -> None:
    lines = sum(len((FOLDER / f"{file}.yaml").read_text(encoding="utf-8").splitlines()) - 1 for file in FILES)
    assert len(EXAMPLES) == lines, "two examples have one name"
    assert len(EXAMPLES) >= 250
