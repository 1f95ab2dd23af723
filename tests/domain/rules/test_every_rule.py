"""What holds for every rule: identity, unknown values, secrets, letter case, and values of any other form."""

import copy
import inspect
import random
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azure_hotpatch.domain import rules as rules_package
from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.judge import judge, judge_links
from azure_hotpatch.domain.judging.record import UNKNOWN, Kind, Record
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES
from tests.examples import examples

GOOD = ("vm", "scheduled_vm", "scale_set", "configuration", "assignment", "policy_assignment")
GIVEN_UP = {"scheduled_vm": "HP004"}  # a machine with a schedule has no hotpatch
# The leaves that a verdict depends on: each must be reported where it is not known.
IMAGE = tuple(f"storageProfile.imageReference.{part}" for part in ("publisher", "offer", "sku", "version"))
WINDOWS = "osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
MACHINE = (
    *IMAGE,
    f"{WINDOWS}.provisionVMAgent",
    f"{WINDOWS}.enableAutomaticUpdates",
    f"{SETTINGS}.patchMode",
    f"{SETTINGS}.assessmentMode",
    f"{SETTINGS}.enableHotpatching",
    f"{SETTINGS}.automaticByPlatformSettings.rebootSetting",
    f"{SETTINGS}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule",
)
WINDOW = ("duration", "recurEvery", "timeZone", "startDateTime", "expirationDateTime")
LISTS = ("classificationsToInclude[0]", "classificationsToInclude[1]", "kbNumbersToInclude[0]", "kbNumbersToExclude[0]")
PROFILE = "virtualMachineProfile"
JUDGED = {
    "vm": {
        *MACHINE,
        "storageProfile.osDisk.createOption",
        "osProfile.allowExtensionOperations",
        "hardwareProfile.vmSize",
    },
    "scale_set": {
        *(f"{PROFILE}.{path}" for path in MACHINE),
        "orchestrationMode",
        "platformFaultDomainCount",
        "singlePlacementGroup",
        "identity.type",
        "sku.name",
        f"{PROFILE}.networkProfile.networkApiVersion",
    },
    "configuration": {
        "maintenanceScope",
        "extensionProperties.InGuestPatchMode",
        *(f"maintenanceWindow.{name}" for name in WINDOW),
        "installPatches.rebootSetting",
        *(f"installPatches.windowsParameters.{name}" for name in LISTS),
    },
    "policy_assignment": {"policyDefinitionId"},
}


@pytest.fixture
def good(request: pytest.FixtureRequest) -> Callable[[str], Record]:
    return lambda name: request.getfixturevalue(name)()


def _findings(record: Record, context: Context, *others: Record) -> list[Finding]:
    of_fleet = judge_links([record, *others], RULES, context)
    return judge(record, RULES, context) + [finding for judged, finding in of_fleet if judged is record]


def _fleet(good: Callable[[str], Record]) -> list[Record]:
    return [good("assignment"), good("configuration")]


def test_ids_are_consecutive_and_listed_in_order() -> None:
    assert [rule.id for rule in RULES] == [f"HP{number:03}" for number in range(1, len(RULES) + 1)]


def test_names_are_unique_and_a_file_is_named_after_its_rule() -> None:
    files = {path.stem for path in Path(str(rules_package.__file__)).parent.glob("hp*.py")}
    assert files == {f"{rule.id.lower()}_{rule.name.replace('-', '_')}" for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_short_and_asks_one_question(rule: Any) -> None:
    module = sys.modules[(rule.check or rule.check_links).__module__]
    source = inspect.getsource(module)
    assert len(source.splitlines()) < 60
    assert (rule.check is None) != (rule.check_links is None)
    assert source.startswith(f'"""{rule.id}: ')


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_speaks_in_sentences(rule: Any) -> None:
    assert re.fullmatch(r"[A-Za-z\"].+\.", rule.summary)
    assert re.fullmatch(r"[A-Z].+\.", rule.remedy)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_resource_has_no_finding(name: str, good: Callable[[str], Record], context: Context) -> None:
    others = [] if name == "vm" else _fleet(good)
    findings = _findings(good(name), context, *others)
    assert [finding for finding in findings if finding.rule != GIVEN_UP.get(name)] == []


def _spots(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value in a body: objects, lists and leaves."""
    if path:
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _spots(child, (*path, key))


def _replaced(record: Record, spot: tuple[str | int, ...], value: Any) -> Record:
    changed = copy.deepcopy(record)
    target: Any = changed.body
    for step in spot[:-1]:
        target = target[step]
    target[spot[-1]] = value
    return changed


def _written(spot: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in spot).lstrip(".")


@pytest.mark.parametrize("name", GOOD)
def test_an_unknown_value_is_never_a_violation_and_never_a_crash(
    name: str, good: Callable[[str], Record], context: Context
) -> None:
    for spot in _spots(good(name).body):
        record = _replaced(good(name), spot, UNKNOWN)
        others = [] if name == "vm" else _fleet(good)
        findings = _findings(record, context, *others)
        verdicts = {finding.verdict for finding in findings if finding.rule != GIVEN_UP.get(name)}
        assert verdicts <= {Verdict.UNVERIFIABLE}, spot


@pytest.mark.parametrize("name", JUDGED)
def test_each_judged_value_is_unverifiable_where_it_is_unknown(
    name: str, good: Callable[[str], Record], context: Context
) -> None:
    silent = set()
    for spot in _spots(good(name).body):
        findings = judge(_replaced(good(name), spot, UNKNOWN), RULES, context)
        if _written(spot) in JUDGED[name] and [finding.path for finding in findings] != [_written(spot)]:
            silent.add(_written(spot))
    assert silent == set()
    assert JUDGED[name] <= {_written(spot) for spot in _spots(good(name).body)}


def test_a_whole_unknown_profile_is_one_finding(vm: Any, context: Context) -> None:
    findings = judge(vm({"osProfile": UNKNOWN}), RULES, context)
    assert [(finding.path, finding.verdict) for finding in findings] == [("osProfile", Verdict.UNVERIFIABLE)]


def test_a_violation_is_not_lost_to_an_unknown_sibling(vm: Any, context: Context) -> None:
    changes = {
        "storageProfile.imageReference.publisher": UNKNOWN,
        "storageProfile.imageReference.sku": "2019-Datacenter",
        f"{SETTINGS}.patchMode": "Manual",
        f"{SETTINGS}.enableHotpatching": UNKNOWN,
    }
    found = {(finding.rule, finding.verdict) for finding in judge(vm(changes), RULES, context)}
    assert {("HP001", Verdict.VIOLATION), ("HP005", Verdict.VIOLATION), ("HP004", Verdict.UNVERIFIABLE)} <= found


SPOILED = {
    "storageProfile.imageReference.sku": "2019-Datacenter-smalldisk",
    f"{SETTINGS}.patchMode": "ManualPatching",
    f"{SETTINGS}.assessmentMode": "NowAndThen",
    f"{SETTINGS}.enableHotpatching": "perhaps",
    f"{SETTINGS}.automaticByPlatformSettings.rebootSetting": "Sundays",
    f"{WINDOWS}.provisionVMAgent": "sometimes",
    f"{WINDOWS}.enableAutomaticUpdates": "rarely",
}


def test_a_secret_is_judged_and_not_printed(vm: Any, context: Context) -> None:
    plain = judge(vm(SPOILED), RULES, context)
    secret = judge(vm(SPOILED, secrets=frozenset(SPOILED)), RULES, context)
    assert [(finding.rule, finding.path) for finding in secret] == [(finding.rule, finding.path) for finding in plain]
    text = repr(secret).lower()
    assert not [value for value in SPOILED.values() if value.lower() in text]
    assert "[secret]" in text


def test_a_secret_object_hides_what_is_in_it(vm: Any, context: Context) -> None:
    findings = judge(vm(SPOILED, secrets=frozenset({"osProfile", "storageProfile"})), RULES, context)
    assert len(findings) >= len(SPOILED)
    assert not [value for value in SPOILED.values() if value.lower() in repr(findings).lower()]


@given(chance=st.randoms())
@settings(max_examples=examples(50), deadline=None)
def test_letter_case_of_enumerations_and_images_does_not_count(chance: random.Random) -> None:
    def mixed(text: str) -> str:
        return "".join(chance.choice((char.upper(), char.lower())) for char in text)

    windows = windows_configuration(PatchingMode.HOTPATCH)
    windows["patchSettings"]["patchMode"] = mixed("AutomaticByPlatform") + " "
    windows["patchSettings"]["assessmentMode"] = mixed("AutomaticByPlatform")
    windows["patchSettings"]["enableHotpatching"] = mixed("true")
    windows["patchSettings"]["automaticByPlatformSettings"]["rebootSetting"] = mixed("IfRequired")
    body = _body_of_vm()
    body["osProfile"]["windowsConfiguration"] = windows
    for part in ("publisher", "offer", "sku"):
        body["storageProfile"]["imageReference"][part] = mixed(body["storageProfile"]["imageReference"][part])
    body["storageProfile"]["osDisk"]["createOption"] = mixed("FromImage")
    assert judge(_record(body), RULES, _context()) == []


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=12),
    lambda child: st.lists(child, max_size=3) | st.dictionaries(st.text(max_size=5), child, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("name", GOOD)
def test_a_value_of_any_form_never_crashes_a_rule(name: str, good: Callable[[str], Record], context: Context) -> None:
    record = good(name)
    spots = list(_spots(record.body))
    others = _fleet(good)

    @given(spot=st.sampled_from(spots), value=ODD)
    @settings(max_examples=examples(150), deadline=None)
    def never_crashes(spot: tuple[str | int, ...], value: Any) -> None:
        findings = _findings(_replaced(record, spot, value), context, *others)
        assert not [finding for finding in findings if finding.verdict is Verdict.CRASHED]

    never_crashes()


def _body_of_vm() -> Any:
    return {
        "storageProfile": {
            "imageReference": {
                "publisher": "MicrosoftWindowsServer",
                "offer": "WindowsServer",
                "sku": "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
            },
            "osDisk": {"createOption": "FromImage"},
        },
        "osProfile": {},
    }


def _record(body: Any) -> Record:
    return Record(Kind.VIRTUAL_MACHINE, "web", "Microsoft.Compute/virtualMachines", body)


def _context() -> Context:
    return Context(today=date(2026, 3, 2))
