"""Every route by which a machine reaches Azure, asked of the pack over gRPC; the answers are docs/coverage.md.

python tests/policies/test_coverage.py     writes the page
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from azure_hotpatch.policies.analyzer import Analyzer
from azure_hotpatch.policies.serve import served
from azure_hotpatch.rules import RULES

PAGE = Path(__file__).resolve().parents[2] / "docs/coverage.md"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE, SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
BAD_SKU, GOOD_SKU = "2022-Datacenter-Azure-Edition", "2022-Datacenter-Azure-Edition-Core"
# The last steps of the paths whose value every route must judge, in all their spellings, without `_` and case.
JUDGED = frozenset(
    (
        *("publisher", "offer", "patchmode", "enablehotpatching", "hotpatchingenabled", "assessmentmode"),
        *("patchassessmentmode", "provisionvmagent", "orchestrationmode", "templatecontent", "recurevery"),
        *("duration", "maintenancescope", "policydefinitionid", "source"),
    )
)
SKU = re.compile(r"\bsku$", re.IGNORECASE)

PATCH = {
    "patchMode": "AutomaticByPlatform",
    "assessmentMode": "AutomaticByPlatform",
    "enableHotpatching": True,
    "automaticByPlatformSettings": {"rebootSetting": "IfRequired"},
}
WINDOWS = {"provisionVMAgent": True, "enableAutomaticUpdates": True, "patchSettings": PATCH}
REFERENCE = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": GOOD_SKU, "version": "latest"}
SECURITY = {"securityType": "TrustedLaunch", "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}}
PROFILE = {
    "securityProfile": SECURITY,
    "storageProfile": {"imageReference": REFERENCE, "osDisk": {"createOption": "FromImage"}},
    "osProfile": {"adminUsername": "azureuser", "windowsConfiguration": WINDOWS},
}
MACHINE = {**PROFILE, "hardwareProfile": {"vmSize": "Standard_D2s_v5"}}
NATIVE = {**MACHINE, "vmName": "vm", "resourceGroupName": "rg"}
HEALTH = {"name": "h", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthWindows"}
SET = {
    "orchestrationMode": "Flexible",
    "platformFaultDomainCount": 1,
    "singlePlacementGroup": False,
    "virtualMachineProfile": {
        **PROFILE,
        "networkProfile": {"networkApiVersion": "2022-11-01"},
        "extensionProfile": {"extensions": [HEALTH]},
    },
}
CLASSIC = {
    "name": "vm",
    "resourceGroupName": "rg",
    "size": "Standard_D2s_v5",
    "secureBootEnabled": True,
    "vtpmEnabled": True,
    "sourceImageReference": REFERENCE,
    "patchMode": "AutomaticByPlatform",
    "patchAssessmentMode": "AutomaticByPlatform",
    "hotpatchingEnabled": True,
    "provisionVmAgent": True,
}
CLASSIC_SET = {
    "name": "set",
    "resourceGroupName": "rg",
    "platformFaultDomainCount": 1,
    "sourceImageReference": REFERENCE,
    "extensions": [HEALTH],
    "osProfile": {
        "windowsConfiguration": {
            "patchMode": "AutomaticByPlatform",
            "patchAssessmentMode": "AutomaticByPlatform",
            "hotpatchingEnabled": True,
            "provisionVmAgent": True,
        }
    },
}
ARM = {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "properties": MACHINE}
TEMPLATE = {"contentVersion": "1.0.0.0", "resources": [ARM]}
SYMBOLIC = {"contentVersion": "1.0.0.0", "languageVersion": "2.0", "resources": {"vm": ARM}}
NESTED = {
    "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "inner", "properties": {"mode": "x", "template": TEMPLATE}}
    ]
}
GENERIC = {
    "resourceProviderNamespace": "Microsoft.Compute",
    "parentResourcePath": "",
    "resourceType": "virtualMachines",
    "resourceName": "vm",
    "resourceGroupName": "rg",
    "apiVersion": "2024-07-01",
    "properties": MACHINE,
}


def snake(value: Any) -> Any:
    """As a Terraform module keeps it: names with underscores, blocks as lists of one."""
    if isinstance(value, dict):
        return {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", key).lower(): _block(snake(child)) for key, child in value.items()}
    return value


def _block(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


@dataclass(frozen=True)
class Route:
    """A way to write a machine; `spoilt` writes one that must be refused, by default with a look-alike image."""

    row: str
    name: str
    token: str
    props: Mapping[str, Any]
    spoilt: Callable[[dict[str, Any]], Any] | None = None
    never: str = ""  # why no machine by this route is accepted
    cased: str = ""  # why letter case counts here

    def good(self) -> dict[str, Any]:
        return deepcopy(dict(self.props))

    def bad(self) -> dict[str, Any]:
        props = self.good()
        if self.spoilt:
            self.spoilt(props)
            return props
        return with_sku(props, BAD_SKU)


def with_sku(value: Any, sku: str) -> Any:
    text = json.dumps(value)
    return json.loads(text.replace(GOOD_SKU, sku))


def image(**parts: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda props: props["storageProfile"].update(imageReference=parts)


def platform_id(sku: str) -> str:
    return (
        "/Subscriptions/0/Providers/Microsoft.Compute/Locations/westeurope/Publishers/MicrosoftWindowsServer"
        f"/ArtifactTypes/VMImage/Offers/WindowsServer/Skus/{sku}/Versions/latest"
    )


GALLERY = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/i/versions/1.0.0"
BY_ID = {**NATIVE, "storageProfile": {"imageReference": {"id": platform_id(GOOD_SKU)}}}
STRINGS = json.loads(json.dumps(NATIVE).replace("true", '"TRUE"'))
IN_PROPERTIES = {"resourceGroupName": "rg", "properties": {"mode": "Incremental", "template": TEMPLATE}}
CONTENT = {"resourceGroupName": "rg", "templateContent": json.dumps(TEMPLATE)}
IN_GUEST = {
    "resourceGroupName": "rg",
    "resourceName": "mc",
    "maintenanceScope": "InGuestPatch",
    "extensionProperties": {"InGuestPatchMode": "User"},
    "startDateTime": "2026-07-01 22:00",
    "duration": "03:55",
    "timeZone": "UTC",
    "recurEvery": "1Week Saturday",
    "installPatches": {
        "rebootSetting": "IfRequired",
        "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]},
    },
}
DEFINITION = "/providers/Microsoft.Authorization/policyDefinitions/"
VM, VMSS = "azure-native:compute:VirtualMachine", "azure-native:compute:VirtualMachineScaleSet"


def too_short(props: dict[str, Any]) -> None:
    props["duration"] = "00:30"


def routes() -> Iterator[Route]:
    yield Route("1", "azure-native VM", VM, NATIVE)
    yield Route("1", "azure-native scale set", VMSS, SET)
    yield Route("2", "version in the module", "azure-native:compute/v20240701:VirtualMachine", NATIVE)
    yield Route("2", "preview version", "azure-native:compute/v20211101preview:VirtualMachine", NATIVE)
    yield Route("3", "package by version", "azure-native_compute_v20240701:compute:VirtualMachine", NATIVE)
    yield Route("3", "the same, older", "azure-native_compute_v20240701:compute/v20240701:VirtualMachine", NATIVE)
    yield Route("3", "azure-nextgen", "azure-nextgen:compute/latest:VirtualMachine", NATIVE)
    yield Route("4", "classic Windows VM", "azure:compute/windowsVirtualMachine:WindowsVirtualMachine", CLASSIC)
    yield Route(
        "4",
        "classic orchestrated set",
        "azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet",
        CLASSIC_SET,
    )
    yield Route(
        "4",
        "classic Windows set",
        "azure:compute/windowsVirtualMachineScaleSet:WindowsVirtualMachineScaleSet",
        {"sourceImageReference": REFERENCE},
        never="Uniform by nature",
    )
    yield Route(
        "4",
        "classic Linux set",
        "azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet",
        {"sourceImageReference": REFERENCE},
        never="Uniform by nature",
    )
    yield Route("4", "classic old set", "azure:compute/scaleSet:ScaleSet", {"name": "s"}, never="Uniform by nature")
    yield Route(
        "4",
        "classic old VM",
        "azure:compute/virtualMachine:VirtualMachine",
        {"storageImageReference": REFERENCE, "osProfileWindowsConfig": {"provisionVmAgent": True}},
        never="it has no patch settings",
    )
    yield Route("5", "azurerm, bridged", "azurerm:index/windowsVirtualMachine:WindowsVirtualMachine", CLASSIC)
    yield Route(
        "5",
        "azapi, bridged",
        "azapi:index/resource:Resource",
        {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "name": "vm", "body": {"properties": MACHINE}},
    )
    yield Route(
        "5",
        "azapi update",
        "azapi:index/updateResource:UpdateResource",
        {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "body": {}},
        never="the rest of the machine is elsewhere",
    )
    yield Route("6", "Terraform module's child", "fleet:tf:azurerm_windows_virtual_machine", snake(CLASSIC))
    yield Route(
        "6",
        "HCL module",
        "hcl:index:Module",
        {"source": "Azure/avm-res-compute-virtualmachine/azurerm"},
        never="what it makes cannot be read",
    )
    yield Route("7", "generic resource", "azure-native:resources:Resource", GENERIC)
    yield Route("7", "generic, by version", "azure-native_resources_v20240301:resources:Resource", GENERIC)
    for scope in ("", "AtSubscriptionScope", "AtManagementGroupScope", "AtTenantScope", "AtScope"):
        yield Route("8", f"Deployment{scope}", f"azure-native:resources:Deployment{scope}", IN_PROPERTIES)
    yield Route("8", "nested deployment", "azure-native:resources:Deployment", {"properties": {"template": NESTED}})
    yield Route("8", "symbolic names", "azure-native:resources:Deployment", {"properties": {"template": SYMBOLIC}})
    for scope in ("ResourceGroup", "Subscription", "ManagementGroup"):
        token = f"azure-native:resources:DeploymentStackAt{scope}"
        yield Route("8", f"DeploymentStackAt{scope}", token, {"template": TEMPLATE})
    yield Route("8", "template spec", "azure-native:resources:TemplateSpecVersion", {"mainTemplate": TEMPLATE})
    for name in ("core/resourceGroup", "core/subscription", "core/tenant", "management/group"):
        kind = name.partition("/")[2]
        token = f"azure:{name}TemplateDeployment:{kind[0].upper()}{kind[1:]}TemplateDeployment"
        yield Route("8", f"classic {kind} template", token, CONTENT)
    yield Route(
        "8",
        "linked template",
        "azure-native:resources:Deployment",
        {"properties": {"templateLink": {"uri": "https://example.org/t.json"}}},
        never="what it makes cannot be read",
    )
    yield Route("12", "marketplace plan", VM, NATIVE, lambda props: props.update(plan={"name": "p", "product": "q"}))
    yield Route("13", "image by id", VM, BY_ID, image(id=GALLERY))
    yield Route("13", "look-alike by id", VM, BY_ID, image(id=platform_id(BAD_SKU)))
    yield Route("14", "shared gallery", VM, NATIVE, image(sharedGalleryImageId="/SharedGalleries/g/Images/i"))
    yield Route("14", "community gallery", VM, NATIVE, image(communityGalleryImageId="/CommunityGalleries/g/Images/i"))
    yield Route("14", "triple and id", VM, NATIVE, image(**REFERENCE, id=GALLERY))
    yield Route(
        "16",
        "attached disk",
        VM,
        NATIVE,
        lambda props: props.update(
            storageProfile={"osDisk": {"createOption": "attach", "osType": "Windows"}}, osProfile=None
        ),
    )
    yield Route("17", "set without a mode", VMSS, SET, lambda props: props.pop("orchestrationMode"))
    yield Route("20", "booleans as text", VM, STRINGS)
    yield Route(
        "31",
        "maintenance window",
        "azure-native:maintenance:MaintenanceConfiguration",
        IN_GUEST,
        too_short,
        cased="counts: Update Manager's words are taken as they are spelled",
    )
    yield Route(
        "30",
        "policy that fights hotpatch",
        "azure-native:authorization:PolicyAssignment",
        {"policyDefinitionId": f"{DEFINITION}59efceea-0c96-497e-a4a1-4eb2290dac15"},
        lambda props: props.update(policyDefinitionId=f"{DEFINITION}9905ca54-1471-49c6-8291-7582c04cd4d4"),
    )


ROUTES = tuple(routes())


@dataclass(frozen=True)
class Answer:
    """What the pack said of one resource: the rules by how they weigh."""

    refused: frozenset[str]
    advised: frozenset[str]
    words: str

    @property
    def rules(self) -> frozenset[str]:
        return self.refused | self.advised


class Asked:
    """The pack behind a real server and channel."""

    def __init__(self) -> None:
        self.server, port = served(Analyzer(date(2026, 6, 1)))
        self.channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self.stub = analyzer_pb2_grpc.AnalyzerStub(self.channel)

    def __call__(self, token: str, props: Mapping[str, Any]) -> Answer:
        sent = Struct()
        sent.update(dict(props))
        found = self.stub.Analyze(analyzer_pb2.AnalyzeRequest(type=token, urn="urn", name="vm", properties=sent))
        by_level = {level: set() for level in (analyzer_pb2.MANDATORY, analyzer_pb2.ADVISORY)}
        for diagnostic in found.diagnostics:
            by_level[diagnostic.enforcementLevel].add(diagnostic.policyName)
        words = "\n".join(diagnostic.message for diagnostic in found.diagnostics)
        return Answer(frozenset(by_level[analyzer_pb2.MANDATORY]), frozenset(by_level[analyzer_pb2.ADVISORY]), words)

    def close(self) -> None:
        self.channel.close()
        self.server.stop(None).wait()


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    started = Asked()
    yield started
    started.close()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from leaves(child, (*path, index))
    elif value is not None:
        yield path


def judged_leaves(props: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [path for path in leaves(props) if _is_judged(path)]


def _is_judged(path: tuple[Any, ...]) -> bool:
    last = str(path[-1]).replace("_", "").lower()
    if any(step in ("extensionProfile", "extensions") for step in path):
        return False  # judged beside the separate extensions, when the whole stack is
    if last == "id":
        return "imageReference" in path
    if last == "createoption":
        return "virtualMachineProfile" not in path
    return last in JUDGED or bool(SKU.search(last))


def put(props: Mapping[str, Any], path: tuple[Any, ...], change: Callable[[Any], Any]) -> dict[str, Any]:
    copy = deepcopy(dict(props))
    holder: Any = copy
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = change(holder[path[-1]])
    return copy


def secret(value: Any) -> dict[str, Any]:
    return {SIGNATURE: SECRET, "value": value}


def recased(value: Any, dice: random.Random, names: bool) -> Any:
    """Letter case at random in texts, and in names where ARM reads the names (not Pulumi, which has its own)."""
    if isinstance(value, dict):
        return {
            _recase(key, dice) if names and not key.startswith(SIGNATURE) else key: recased(
                child, dice, names or key in ("properties", "template", "mainTemplate")
            )
            for key, child in value.items()
        }
    if isinstance(value, list):
        return [recased(item, dice, names) for item in value]
    return _recased_text(value, dice) if isinstance(value, str) else value


def _recased_text(value: str, dice: random.Random) -> Any:
    if value.startswith("{"):
        return json.dumps(recased(json.loads(value), dice, True))
    return _recase(value, dice)


def _recase(text: str, dice: random.Random) -> str:
    return "".join(dice.choice((letter.lower(), letter.upper())) for letter in text)


def verdict_when_good(route: Route, asked: Asked) -> str:
    answer = asked(route.token, route.good())
    if route.never:
        assert answer.refused, f"{route.name} must never be accepted"
        return f"refused: {route.never} ({', '.join(sorted(answer.refused))})"
    assert not answer.rules, f"{route.name}: {answer.words}"
    return "accepted"


def verdict_when_bad(route: Route, asked: Asked) -> str:
    if route.never:
        return "refused"
    answer = asked(route.token, route.bad())
    assert answer.rules, f"{route.name}: a machine that must be refused passed"
    told = "refused" if answer.refused else "advised against"
    return f"{told} ({', '.join(sorted(answer.refused or answer.advised))})"


def verdict_when_unknown(route: Route, asked: Asked) -> str:
    paths = judged_leaves(route.props)
    for path in paths:
        answer = asked(route.token, put(route.good(), path, lambda _: UNKNOWN))
        assert answer.rules, f"{route.name}: {path} is unknown, and nothing was said"
    if route.never:
        return "refused"
    return f"unverified, {len(paths)} of {len(paths)}"


def verdict_when_secret(route: Route, asked: Asked) -> str:
    for props in (route.good(), route.bad()):
        expected = asked(route.token, props)
        for path in judged_leaves(props):
            answer = asked(route.token, put(props, path, secret))
            assert answer.rules == expected.rules, f"{route.name}: {path} as a secret"
            value = _at(props, path)
            assert not isinstance(value, str) or value not in _shown(answer.words), f"{route.name}: {path} is printed"
    return "the same, nothing printed"


def _shown(words: str) -> str:
    """What is told of the resource: not what is allowed, which names the accepted images."""
    return "\n".join(line for line in words.splitlines() if not line.startswith(("allowed", "do ", "property")))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def verdict_in_any_case(route: Route, asked: Asked) -> str:
    if route.cased:
        return route.cased
    dice = random.Random(route.name)  # noqa: S311 - it chooses letter cases
    for props in (route.good(), route.bad()):
        expected = asked(route.token, props)
        for _ in range(5):
            answer = asked(_recase(route.token, dice), recased(props, dice, False))
            assert answer.rules == expected.rules, f"{route.name}: {answer.words}"
    return "the same"


CELLS: Mapping[str, Callable[[Route, Asked], str]] = {
    "compliant": verdict_when_good,
    "non-compliant": verdict_when_bad,
    "each judged value unknown": verdict_when_unknown,
    "each judged value secret": verdict_when_secret,
    "random letter case": verdict_in_any_case,
}


def page(asked: Asked) -> str:
    names = ["row", "route", "token", *CELLS]
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    for route in ROUTES:
        cells = [route.row, route.name, f"`{route.token}`", *(cell(route, asked) for cell in CELLS.values())]
        lines.append(f"| {' | '.join(cells)} |")
    return INTRODUCTION.format(routes=len(ROUTES), rules=len(RULES)) + "\n".join(lines) + "\n"


INTRODUCTION = """# What the policy pack covers

Each row is a way to write a machine, or what decides how it is patched. Each cell is what the pack answers, asked over
gRPC with the engine's own messages; `tests/policies/test_coverage.py` asks again on every run and compares this page.
{routes} routes, {rules} rules.

*Non-compliant* is a look-alike image, or what the route is named after. *Unknown* puts Pulumi's mark of an unknown
value in place of each judged value, one after the other: each time the pack says so. *Secret* marks each as a secret,
in a machine that is accepted and in one that is refused: the verdict stays, and the value is in no message.
*Letter case* is of the token, of every text and, where ARM reads them, of the property names.

"""


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_route_has_its_verdict(route: Route, cell: Callable[[Route, Asked], str], asked: Asked) -> None:
    assert cell(route, asked)


def test_the_page_is_what_the_pack_answers(asked: Asked) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(asked), "run: python tests/policies/test_coverage.py"


if __name__ == "__main__":
    PAGE.write_text(page(Asked()), encoding="utf-8")
