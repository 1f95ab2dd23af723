"""What is of the wrong kind is refused by every component, in one way, without a traceback and without a secret."""

from typing import Any

import pulumi
import pytest

from azure_hotpatch import components
from azure_hotpatch.components import ArgumentsRefusedError, HotpatchScaleSet, HotpatchVirtualMachine
from azure_hotpatch.components.shared.argument_types import mistakes, validators
from tests.components.arguments import GOOD, machine

COMPONENTS = sorted(
    (
        exported
        for exported in map(components.__dict__.get, components.__all__)
        if isinstance(exported, type) and issubclass(exported, pulumi.ComponentResource)
    ),
    key=lambda component: component.__name__,
)
WRONG: list[Any] = [5.5, True, b"x", object(), [None], [[]], [{1: 2}], {1: 2}, {"a": {"b": None}}, {"a": object()}]
ARGUMENTS = [
    (component, argument)
    for component in COMPONENTS
    for argument in validators(getattr(components, f"{component.__name__}Args"))
]


@pytest.mark.parametrize(("component", "argument"), ARGUMENTS, ids=lambda value: getattr(value, "__name__", value))
def test_refuses_every_argument_of_the_wrong_kind_by_its_name(component: Any, argument: str) -> None:
    validator = validators(getattr(components, f"{component.__name__}Args"))[argument]
    wrong = [value for value in WRONG if any(mistakes(validator, value))]
    assert len(wrong) >= 4
    for value in wrong:
        with pytest.raises(ArgumentsRefusedError) as refused:
            component("web", {**GOOD, argument: value})
        told = [error["property_path"] for error in refused.value.errors or []]
        assert any(path.startswith(argument) for path in told), (value, told)


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("args", [None, "web", 5, []])
def test_refuses_what_is_no_set_of_arguments(component: Any, args: Any) -> None:
    with pytest.raises(ArgumentsRefusedError, match="the arguments are not an object"):
        component("web", args)


def test_a_wrong_item_of_a_list_hides_no_mistake_in_the_others() -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        machine({**GOOD, "data_disks": [{"size_gb": "64"}, 64, {"sise_gb": 64}]})
    paths = [error["property_path"] for error in refused.value.errors or []]
    assert paths == ["data_disks[1]", "data_disks[0].size_gb", "data_disks[2].sise_gb"]


@pytest.mark.parametrize(
    ("component", "argument", "value", "told"),
    [
        (HotpatchVirtualMachine, "os_disk_size_gb", "256", "os_disk_size_gb: is not an integer\n      value: '256'"),
        (HotpatchVirtualMachine, "location", " ", "location: is empty\n      value: ' '"),
        (HotpatchVirtualMachine, "tags", {"owner": 5}, "tags.owner: is not a string\n      value: 5"),
        (HotpatchVirtualMachine, "data_disks", "64", "data_disks: is not a list\n      value: '64'"),
        (HotpatchVirtualMachine, "data_disks", [64], "data_disks[0]: is not an object\n      value: 64"),
        (
            HotpatchVirtualMachine,
            "azure_hybrid_benefit",
            "no",
            "azure_hybrid_benefit: is not true or false\n      value: 'no'",
        ),
        (HotpatchVirtualMachine, "admin_password", 12345678, "admin_password: is not a string\n      value: [secret]"),
        (HotpatchScaleSet, "instances", "3", "value: '3'\n      allowed: 0 to 1000"),
        (HotpatchScaleSet, "load_balancer_backend_pool_ids", pulumi.Output.from_input([]), "must be known before"),
    ],
)
def test_says_what_kind_is_wanted(component: Any, argument: str, value: Any, told: str) -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        component("web", {**GOOD, argument: value})
    assert told in str(refused.value)


@pytest.mark.parametrize("component", [HotpatchVirtualMachine, HotpatchScaleSet])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("web server", "'web server' may hold letters"),
        ("a/b", "'a/b' may hold letters"),
        ("___", "'___' may hold letters"),
        ("", "'' may hold letters"),
        ("x" * 52, "leaves 51 at most"),
        ("123", "'123' has only digits"),
    ],
)
def test_refuses_a_name_that_no_machine_can_have(component: Any, name: str, told: str) -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        component(name, GOOD)
    assert told in str(refused.value)


def test_asks_nothing_more_of_what_is_of_the_wrong_kind() -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        HotpatchVirtualMachine("web", {**GOOD, "image": 2022, "os_disk_size_gb": "big"})  # type: ignore[typeddict-item]  # wrong on purpose
    told = [error["property_path"] for error in refused.value.errors or []]
    assert sorted(told) == ["image", "os_disk_size_gb"]


def test_refuses_a_value_of_the_wrong_kind_that_is_known_late(register: Any) -> None:
    late: Any = pulumi.Output.from_input(5)
    with pytest.raises(ArgumentsRefusedError, match="image: is not a string"):
        register(lambda: HotpatchVirtualMachine("web", {**GOOD, "image": late}))  # type: ignore[typeddict-item]  # wrong on purpose


@pytest.mark.parametrize("argument", ["image", "size", "time_zone", "admin_password"])
def test_never_shows_a_secret_that_is_known_late(register: Any, argument: str) -> None:
    hidden = pulumi.Output.secret("leaked")
    with pytest.raises(ArgumentsRefusedError) as refused:
        register(lambda: HotpatchVirtualMachine("web", {**GOOD, argument: hidden}))  # type: ignore[typeddict-item]  # wrong on purpose
    assert argument in str(refused.value)
    assert "leaked" not in str(refused.value)
