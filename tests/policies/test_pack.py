"""What the pack tells the engine: levels, waivers, secrets, crashes, remedies, and the words of a finding."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import analyzer_pb2

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.rules import RULES
from azure_hotpatch.policies import analyzer
from azure_hotpatch.policies.config import DEFAULT_LEVELS, SETTINGS
from azure_hotpatch.policies.pack import information
from tests.policies.machines import BAD_SKU, NATIVE, PATCH, with_sku
from tests.policies.routes import VM
from tests.policies.variations import UNKNOWN, put, secret

BAD = with_sku(NATIVE, BAD_SKU)
SKU = ("storageProfile", "imageReference", "sku")
ENABLED = ("osProfile", "windowsConfiguration", "patchSettings", "enableHotpatching")
OFF = put(NATIVE, ENABLED, lambda _: False)
CLASSIC = "azure:compute/windowsVirtualMachine:WindowsVirtualMachine"
WAIVER = {"urn": "*::vm", "rule": "HP001", "owner": "Ada", "reason": "leaving", "expires": "2026-12-31"}


def levels(found: list[Any]) -> dict[str, int]:
    return {one.policyName: one.enforcementLevel for one in found}


def test_each_rule_is_a_policy_by_its_id() -> None:
    told = {policy.name: policy for policy in information().policies}
    assert told.keys() == {SETTINGS, *(rule.id for rule in RULES)}
    for rule in RULES:
        assert told[rule.id].description == rule.summary
        assert (told[rule.id].enforcementLevel == analyzer_pb2.MANDATORY) == (
            DEFAULT_LEVELS[rule.severity] == "mandatory"
        )


def test_a_finding_says_all_that_a_person_needs(pack: Any) -> None:
    (found,) = pack.analyze(VM, BAD)
    assert found.message.splitlines()[0].startswith(f"image-is-hotpatchable: SKU '{BAD_SKU}' looks hotpatchable")
    for words in (
        "property properties.storageProfile.imageReference.sku (in the program: storageProfile.imageReference.sku; ",
        "; in Python: storage_profile.image_reference.sku)",
        f"found    '{BAD_SKU}'",
        "allowed  2022-Datacenter-Azure-Edition-Core, ",
        "do       Name publisher, offer and SKU",
        "read     hotpatch explain HP001 (docs/rules/HP001.md)",
    ):
        assert words in found.message


def test_a_message_has_the_source_s_own_name_for_a_property(pack: Any) -> None:
    (found,) = pack.analyze(
        CLASSIC,
        {
            "sourceImageReference": NATIVE["storageProfile"]["imageReference"],
            "patchMode": "AutomaticByPlatform",
            "patchAssessmentMode": "AutomaticByPlatform",
            "secureBootEnabled": True,
            "vtpmEnabled": True,
        },
    )
    assert "found    nothing, for which the provider sends false" in found.message
    assert "enableHotpatching (in the program: hotpatchingEnabled; in Python: hotpatching_enabled)" in found.message


def test_a_level_is_the_one_of_the_configuration(engine_of: Callable[..., Any]) -> None:
    assert levels(engine_of({"HP001": "advisory"}).analyze(VM, BAD)) == {"HP001": analyzer_pb2.ADVISORY}
    assert not engine_of({"HP001": "disabled"}).analyze(VM, BAD)


def test_an_unknown_value_is_advice_unless_the_configuration_says_more(engine_of: Callable[..., Any]) -> None:
    hidden = put(NATIVE, SKU, lambda _: UNKNOWN)
    assert levels(engine_of().analyze(VM, hidden)) == {"HP001": analyzer_pb2.ADVISORY}
    strict = engine_of({"hotpatch": {"unverifiable": "mandatory"}})
    assert levels(strict.analyze(VM, hidden)) == {"HP001": analyzer_pb2.MANDATORY}


def test_what_can_never_be_read_is_refused_from_the_first_preview(pack: Any) -> None:
    linked = {"properties": {"templateLink": {"uri": "https://example.org"}}}
    later = {"properties": {"template": UNKNOWN}}
    deployment = "azure-native:resources:Deployment"
    assert levels(pack.analyze(deployment, linked)) == {"HP038": analyzer_pb2.MANDATORY}
    assert levels(pack.analyze(deployment, later)) == {"HP038": analyzer_pb2.ADVISORY}


def test_more_images_are_accepted_when_the_configuration_names_them(engine_of: Callable[..., Any]) -> None:
    newer = with_sku(NATIVE, "2025-Datacenter-Azure-Edition")
    assert engine_of().analyze(VM, newer)
    assert not engine_of({"hotpatch": {"generation": "2025"}}).analyze(VM, newer)


@pytest.mark.parametrize("namespace", ["azure-hotpatch", "shop"])
def test_the_stack_s_own_setting_decides_what_the_configuration_leaves_open(
    namespace: str, engine_of: Callable[..., Any]
) -> None:
    engine = engine_of()
    stack = {f"{namespace}:images": '{"generation": "2025"}'}
    engine.stub.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(config=stack, project="shop"))
    newer = with_sku(NATIVE, "2025-Datacenter-Azure-Edition")
    engine.configure({})
    assert not engine.analyze(VM, newer)
    engine.configure({"hotpatch": {"generation": "2022"}})
    assert engine.analyze(VM, newer)


def test_a_waived_finding_is_not_told(engine_of: Callable[..., Any]) -> None:
    engine = engine_of({"hotpatch": {"waivers": [WAIVER]}})
    assert not engine.analyze(VM, BAD)
    assert engine.analyze(VM, BAD, name="other")
    assert not engine.analyze_stack((VM, BAD, "vm"))


def test_an_expired_waiver_waives_nothing_and_is_told(engine_of: Callable[..., Any]) -> None:
    engine = engine_of({"hotpatch": {"waivers": [{**WAIVER, "expires": "2026-05-31"}]}})
    (found,) = engine.analyze(VM, BAD)
    assert "waiver   expired: Ada, until 2026-05-31: leaving" in found.message
    (told,) = engine.analyze_stack((VM, BAD, "vm"))
    assert (told.policyName, "expired on 2026-05-31" in told.message) == (SETTINGS, True)


def test_a_waiver_that_covers_nothing_is_told(engine_of: Callable[..., Any]) -> None:
    engine = engine_of({"hotpatch": {"waivers": [WAIVER]}})
    engine.analyze(VM, NATIVE)
    (told,) = engine.analyze_stack((VM, NATIVE, "vm"))
    assert "matches no finding" in told.message
    assert told.enforcementLevel == analyzer_pb2.ADVISORY


def test_a_wrong_configuration_is_refused_with_every_mistake(engine_of: Callable[..., Any]) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        engine_of({"hotpatch": {"scop": "all", "extraImages": ["x:y"]}})
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert refused.value.details().startswith("2 mistakes in the configuration of the policy pack:")


def test_no_secret_is_printed_by_a_remedy(engine_of: Callable[..., Any]) -> None:
    props = put(OFF, ("osProfile", "adminUsername"), lambda _: secret("hidden-name"))
    made = engine_of({"HP004": "remediate"}).remediate(VM, put(props, ENABLED, secret))
    assert made
    assert not any("hidden-name" in one.diagnostic for one in made)
    assert any("[secret] -> true" in one.diagnostic for one in made)


def test_a_rule_at_level_remediate_mends_and_says_so(engine_of: Callable[..., Any]) -> None:
    engine = engine_of({"HP004": "remediate"})
    fixed, told = engine.remediate(VM, OFF)
    after = fixed.properties["osProfile"]["windowsConfiguration"]["patchSettings"]
    assert after["enableHotpatching"] is True
    assert after["patchMode"] == PATCH["patchMode"]
    assert "enableHotpatching: false -> true" in told.diagnostic
    assert not told.HasField("properties")
    assert levels(engine.analyze(VM, OFF)) == {"HP004": analyzer_pb2.MANDATORY}


def test_a_remedy_keeps_what_is_secret_and_what_is_unknown(engine_of: Callable[..., Any]) -> None:
    props = put(OFF, ("osProfile", "adminUsername"), lambda _: secret("ada"))
    fixed, _ = engine_of({"HP004": "remediate"}).remediate(VM, put(props, SKU, lambda _: UNKNOWN))
    kept = fixed.properties["osProfile"]["adminUsername"]
    assert dict(kept.items()) == secret("ada")
    assert fixed.properties["storageProfile"]["imageReference"]["sku"] == UNKNOWN


def test_a_remedy_writes_the_source_s_own_property(engine_of: Callable[..., Any]) -> None:
    props = {
        "sourceImageReference": NATIVE["storageProfile"]["imageReference"],
        "patchMode": "AutomaticByPlatform",
        "hotpatchingEnabled": False,
    }
    fixed, _ = engine_of({"HP004": "remediate"}).remediate(CLASSIC, props)
    assert fixed.properties["hotpatchingEnabled"] is True
    assert "osProfile" not in fixed.properties


def test_a_remedy_that_makes_another_rule_true_is_followed_by_its_remedy(engine_of: Callable[..., Any]) -> None:
    bypass = (*ENABLED[:-1], "automaticByPlatformSettings")
    props = put(OFF, bypass, lambda _: {"bypassPlatformSafetyChecksOnUserSchedule": True})
    engine = engine_of({"HP004": "remediate", "HP007": "remediate"})
    made = engine.remediate(VM, props)
    assert [change.policyName for change in made] == ["HP004", "HP004", "HP007", "HP007"]
    last = [change.properties for change in made if change.HasField("properties")][-1]
    settings = last["osProfile"]["windowsConfiguration"]["patchSettings"]
    assert settings["automaticByPlatformSettings"]["bypassPlatformSafetyChecksOnUserSchedule"] is False
    assert not engine.analyze(VM, MessageToDict(last))
    assert not engine.remediate(VM, MessageToDict(last))


def test_a_remedy_reaches_a_member_of_a_list(engine_of: Callable[..., Any]) -> None:
    override = {"osProfile": {"windowsConfiguration": {"patchSettings": {"enableHotpatching": False}}}}
    props = {
        "computeProfile": {"baseVirtualMachineProfile": NATIVE},
        "additionalLocationsProfile": {"locationProfiles": [{}, {"virtualMachineProfileOverride": override}]},
    }
    fixed, _ = engine_of({"HP004": "remediate"}).remediate("azure-native:azurefleet:Fleet", props)
    changed = MessageToDict(fixed.properties)["additionalLocationsProfile"]["locationProfiles"][1]
    settings = changed["virtualMachineProfileOverride"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    assert settings == {"enableHotpatching": True}


def test_a_name_gives_no_command_to_a_build_s_log(pack: Any) -> None:
    machine = {"type": "Microsoft.Compute/virtualMachines", "name": "a\n##vso[x]\x1b", "properties": BAD}
    for found in pack.analyze(
        "azure-native:resources:Deployment", {"properties": {"template": {"resources": [machine]}}}
    ):
        assert "\\n# #vso[x]\\x1b" in found.message
        assert "##vso" not in found.message


def test_a_waiver_for_one_machine_of_a_deployment_holds_for_that_one(engine_of: Callable[..., Any]) -> None:
    machines = [{"type": "Microsoft.Compute/virtualMachines", "name": name, "properties": BAD} for name in ("a", "b")]
    waiver = {**WAIVER, "urn": "Microsoft.Compute/virtualMachines::a"}
    props = {"properties": {"template": {"resources": machines}}}
    (found,) = engine_of({"hotpatch": {"waivers": [waiver]}}).analyze("azure-native:resources:Deployment", props)
    assert "Microsoft.Compute/virtualMachines 'b'" in found.message


def test_a_machine_in_a_template_is_refused_and_not_fixed(engine_of: Callable[..., Any]) -> None:
    machine = {"type": "Microsoft.Compute/virtualMachines", "name": "vm", "properties": OFF}
    props = {"properties": {"template": {"resources": [machine]}}}
    engine = engine_of({"HP004": "remediate"})
    assert not engine.remediate("azure-native:resources:Deployment", props)
    assert levels(engine.analyze("azure-native:resources:Deployment", props)) == {"HP004": analyzer_pb2.MANDATORY}


def test_an_image_is_never_fixed(engine_of: Callable[..., Any]) -> None:
    engine = engine_of({"all": "remediate"})
    assert not engine.remediate(VM, BAD)
    assert levels(engine.analyze(VM, BAD)) == {"HP001": analyzer_pb2.MANDATORY}


def test_nothing_is_fixed_that_is_waived_or_not_at_that_level(engine_of: Callable[..., Any]) -> None:
    assert not engine_of().remediate(VM, OFF)
    waived = {"HP004": "remediate", "hotpatch": {"waivers": [{**WAIVER, "rule": "HP004"}]}}
    assert not engine_of(waived).remediate(VM, OFF)


def broken(_: Record, __: Context) -> Iterator[Finding]:
    raise KeyError("a-secret-value")
    yield


def test_a_rule_that_fails_is_a_finding_with_its_id(engine_of: Callable[..., Any]) -> None:
    failing = Rule(id="HP999", name="fails", summary="It fails.", remedy="Fix it.", check=broken)
    found = engine_of(rules=(failing, *RULES)).analyze(VM, BAD)
    assert levels(found) == {"HP999": analyzer_pb2.MANDATORY, "HP001": analyzer_pb2.MANDATORY}
    assert "failed with KeyError" in found[0].message
    assert "a-secret-value" not in found[0].message


def test_a_resource_of_no_interest_costs_no_reading(pack: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("azure_hotpatch.policies.analyzer.source_of_request", pytest.fail)
    assert not pack.analyze("azure-native:network:NetworkInterface", {"a": 1})


def test_a_resource_is_read_once_for_all_rules_and_for_the_stack(pack: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = analyzer.records
    monkeypatch.setattr(analyzer, "records", lambda source: read.append(source.urn) or original(source))
    pack.analyze(VM, NATIVE)
    pack.analyze_stack((VM, NATIVE, "vm"))
    assert len(read) == 1
