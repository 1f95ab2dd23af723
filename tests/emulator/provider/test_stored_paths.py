"""The paths of stored resources against the SDK: which inputs name a part, and which name can be made up."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from azure_hotpatch.emulator.provider import catalogue, stored

_ARGUMENTS = re.compile(
    r"^class (\w+?)(?:Init)?Args:\n    def __init__\(__self__(?:, \*)?,?(.*?)\):\n", re.DOTALL | re.MULTILINE
)
_GETTER = re.compile(r'@pulumi\.getter\(name="(\w+)"\)\n    def (\w+)\(')
_FIXED = frozenset({"ruleName"})  # the rules of a Palo Alto stack have their priority for a name, which is required


def test_all_but_the_last_part_is_required_and_the_last_can_be_made_up() -> None:
    wrong, seen = [], 0
    for module in stored.modules():
        signatures = dict(_signatures(module))
        for name in stored.names(module):
            seen += 1
            wrong += [f"{module}:{name}: {reason}" for reason in _problems(module, name, signatures[name])]
    assert seen > 2100
    assert wrong == []


def _problems(module: str, name: str, required: dict[str, bool]) -> Iterator[str]:
    resource = catalogue.resource(f"azure-native:{module}:{name}")
    for part in resource.path_parameters:
        if "." in part or part == "roleEligibilityScheduleRequestName":  # named by the provider itself
            continue
        last = resource.path.endswith(f"{{{part}}}")
        if part not in required:
            yield f"{part} is no input"
        elif last and required[part] and part not in _FIXED:
            yield f"{part} is required, and the last part of {resource.path}"
        elif not last and not required[part]:
            yield f"{part} is optional, and not the last part of {resource.path}"


def _signatures(module: str) -> Iterator[tuple[str, dict[str, bool]]]:
    """Each resource's inputs: whether they are required. Read from the text: to import all modules takes minutes."""
    spec = find_spec("pulumi_azure_native")
    assert spec
    assert spec.origin
    for file in (Path(spec.origin).parent / module).glob("*.py"):
        if file.name.startswith(("_", "get_", "list_", "outputs")):
            continue
        text = file.read_text(encoding="utf-8")
        wire = {python: pulumi for pulumi, python in _GETTER.findall(text)}
        for name, signature in _ARGUMENTS.findall(text):
            inputs = re.findall(r"^\s*(\w+): (.*?),?$", signature, re.MULTILINE)
            yield name, {wire.get(python, python): not hint.endswith("= None") for python, hint in inputs}
