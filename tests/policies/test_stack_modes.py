"""The patching modes that a stack declares, as the engine sends its configuration, and those of the pack."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto import analyzer_pb2

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.policies.config import ConfigError, parse_config
from azure_hotpatch.policies.stack_modes import declared_modes
from tests.policies.machines import NATIVE
from tests.policies.routes import VM
from tests.policies.variations import put

FLEET = {"machines": [{"name": "web", "count": 2}, {"name": "erp", "patchingMode": "paused"}]}
STACK = {"azure-hotpatch:fleet": json.dumps(FLEET), "azure-hotpatch:naming": '{"prefix": "dev-"}'}
WINDOWS = ("osProfile", "windowsConfiguration")


def machine(mode: PatchingMode) -> dict[str, Any]:
    return put(NATIVE, WINDOWS, lambda _: windows_configuration(mode))


def mode_of(config: dict[str, str], name: str, project: str = "") -> PatchingMode:
    record = Record(Kind.VIRTUAL_MACHINE, name, VM, {}, urn=f"urn:pulumi:dev::project::{VM}::{name}")
    return declared_modes(config, project).mode_of(record)


def test_a_group_s_mode_is_that_of_its_machines_alone() -> None:
    assert mode_of(STACK, "dev-erp-vm") is PatchingMode.PAUSED
    assert {mode_of(STACK, f"dev-web-0{n}-vm") for n in (1, 2)} == {PatchingMode.HOTPATCH}
    assert mode_of(STACK, "other") is PatchingMode.HOTPATCH


def test_the_mode_of_the_stack_is_that_of_every_other_machine() -> None:
    stack = {**STACK, "azure-hotpatch:maintenance": '{"mode": "azureManaged"}'}
    assert mode_of(stack, "dev-erp-vm") is PatchingMode.PAUSED
    assert mode_of(stack, "dev-web-01-vm") is PatchingMode.AZURE_MANAGED
    assert mode_of(stack, "beside-the-fleet") is PatchingMode.AZURE_MANAGED


def test_a_project_of_another_name_has_its_own_keys() -> None:
    stack = {key.replace("azure-hotpatch", "shop"): value for key, value in STACK.items()}
    assert mode_of(stack, "dev-erp-vm", "shop") is PatchingMode.PAUSED
    assert mode_of(stack, "dev-erp-vm", "other") is PatchingMode.HOTPATCH


def test_what_a_project_says_of_itself_hides_no_declaration() -> None:
    stack = {**STACK, "shop:databaseName": "orders", "shop:naming": '{"prefix": 5}'}
    assert mode_of(stack, "dev-erp-vm", "shop") is PatchingMode.PAUSED


@pytest.mark.parametrize(
    "stack",
    [
        {},
        {"azure-hotpatch:maintenance": '{"mode": "pausd"}'},
        {"azure-hotpatch:maintenance": "{"},
        {"azure-hotpatch:fleet": "[" * 100_000},
        {"other:maintenance": '{"mode": "paused"}'},
    ],
)
def test_wrong_settings_declare_nothing(stack: dict[str, str]) -> None:
    assert mode_of(stack, "web-vm") is PatchingMode.HOTPATCH


def test_the_password_is_no_setting() -> None:
    assert mode_of({**STACK, "azure-hotpatch:adminPassword": "[secret]"}, "dev-erp-vm") is PatchingMode.PAUSED


def test_the_pack_judges_by_the_mode_of_the_stack(engine_of: Callable[..., Any]) -> None:
    engine = engine_of()
    paused, hot = machine(PatchingMode.PAUSED), machine(PatchingMode.HOTPATCH)
    assert [each.policyName for each in engine.analyze(VM, paused, name="dev-erp-vm")] == ["HP004"]
    engine.stub.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(config=STACK, project="azure-hotpatch"))
    engine.configure({})
    assert engine.analyze(VM, paused, name="dev-erp-vm") == []
    assert engine.analyze(VM, hot, name="dev-web-01-vm") == []
    assert {each.policyName for each in engine.analyze(VM, hot, name="dev-erp-vm")} == {"HP043"}
    assert {each.policyName for each in engine.analyze(VM, paused, name="dev-web-01-vm")} == {"HP004"}
    assert engine.analyze_stack((VM, paused, "dev-erp-vm")) == []


def test_the_pack_s_own_modes_count_before_those_of_the_stack(engine_of: Callable[..., Any]) -> None:
    engine = engine_of()
    engine.stub.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(config=STACK, project="azure-hotpatch"))
    engine.configure({"hotpatch": {"modes": {"*::dev-erp-*": "azureManaged"}}})
    assert engine.analyze(VM, machine(PatchingMode.AZURE_MANAGED), name="dev-erp-vm") == []


def test_a_remedy_sets_what_the_mode_needs(engine_of: Callable[..., Any]) -> None:
    modes = {"hotpatch": {"modes": {"*": "paused"}}}
    engine = engine_of({"HP009": "remediate", "HP043": "remediate", **modes})
    changed = [each for each in engine.remediate(VM, machine(PatchingMode.HOTPATCH)) if each.HasField("properties")]
    settings = changed[-1].properties["osProfile"]["windowsConfiguration"]["patchSettings"]
    platform = settings["automaticByPlatformSettings"]
    assert settings["enableHotpatching"] is False
    assert platform["bypassPlatformSafetyChecksOnUserSchedule"] is True


def test_every_mistake_in_the_modes_is_reported() -> None:
    with pytest.raises(ConfigError) as wrong:
        parse_config({"hotpatch": {"modes": {"*::a": "pausd", "*::b": 3}}})
    assert "hotpatch.modes.*::a" in str(wrong.value)
    assert "did you mean: paused" in str(wrong.value)
    assert len(wrong.value.problems) == 2
    with pytest.raises(ConfigError, match=r"hotpatch\.modes"):
        parse_config({"hotpatch": {"modes": ["paused"]}})
