"""A stack's settings are validated once: each object of the file, and the name of each image."""

from collections import Counter
from typing import Any

import pytest

from azure_hotpatch.domain.azure.image_names import NamedImage, read_image
from azure_hotpatch.domain.settings import MachineGroup, SettingsError, StackSettings, images, parse_settings
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.model import Settings

MACHINES = [{"name": name, "image": "2022-core", "count": 10, "osDisk": {"sizeGB": 256}} for name in ("a", "b", "c")]
STACK: dict[str, Any] = {
    "images": {"default": "2022-hotpatch", "version": "20348.2966.241205"},
    "tags": {"cost": 1},
    "network": {},
    "maintenance": {},
    "naming": {"prefix": "x-"},
    "fleet": {"machines": MACHINES, "scaleSets": [{"name": "front", "image": "2022-hotpatch-smalldisk"}]},
}


def models(settings: Settings) -> list[type[Settings]]:
    """The model of every object in settings, those that have nothing but defaults aside."""
    found = [type(settings)]
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        for each in value if isinstance(value, tuple) else (value,):
            found += models(each) if isinstance(each, Settings) else []
    return found


@pytest.fixture
def validated(monkeypatch: pytest.MonkeyPatch) -> Counter[type[Settings]]:
    """How often an object of each model was validated: each model has a check more, which finds nothing."""
    count: Counter[type[Settings]] = Counter()
    for model in {StackSettings, *models(parse_settings(STACK))}:
        monkeypatch.setattr(
            model, "checks", (*model.checks, Check((), lambda model=model: count.update([model]) or ()))
        )
    return count


def test_each_object_is_validated_once(validated: Counter[type[Settings]]) -> None:
    settings = parse_settings(STACK)
    assert validated == Counter(models(settings))
    assert validated[MachineGroup] == 3


def test_what_is_right_beside_a_mistake_is_validated_once(validated: Counter[type[Settings]]) -> None:
    wrong = {"name": "d", "image": "2019-core"}
    with pytest.raises(SettingsError, match="2019-core"):
        parse_settings({**STACK, "fleet": {**STACK["fleet"], "machines": [*MACHINES, wrong]}})
    assert validated[MachineGroup] == 3 + 1


def test_each_name_of_an_image_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []

    def counted(name: str) -> NamedImage:
        names.append(name)
        return read_image(name)

    monkeypatch.setattr(images, "read_image", counted)
    parse_settings(STACK)
    assert sorted(names) == ["2022-core"] * 3 + ["2022-hotpatch", "2022-hotpatch-smalldisk"]


def test_an_image_is_written_back_as_it_was_named() -> None:
    named = "microsoftwindowsserver:WindowsServer:2022-datacenter-azure-edition-core:20348.2966.241205"
    settings = parse_settings(
        {"images": {"default": named}, "fleet": {"machines": [{"name": "web", "image": "2022-CORE"}]}}
    )
    dumped = settings.model_dump(mode="json")
    assert (dumped["images"]["default"], dumped["fleet"]["machines"][0]["image"]) == (named, "2022-CORE")


def test_tags_that_are_numbers_are_compared_as_azure_has_them() -> None:
    scope = {"start": "2027-01-16 02:00", "recurrence": "Week Saturday", "dynamicScope": {"tags": {"cost": ["1"]}}}
    groups = [{"name": "erp", "patchingMode": "customerManagedSchedule"}, {"name": "web"}]
    stack = {"tags": {"cost": 1}, "maintenance": {"schedule": scope}, "fleet": {"machines": groups}}
    with pytest.raises(SettingsError, match=r"it takes in fleet.machines\[1\], whose mode is hotpatch"):
        parse_settings(stack)
