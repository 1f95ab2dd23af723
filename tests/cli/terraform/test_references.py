"""Whose schedule is it: what refers to what is not there yet is joined by the expressions of the configuration."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from azure_hotpatch.cli.documents.terraform.addresses import ModuleStep, module_path, parse_reference
from azure_hotpatch.cli.documents.terraform.configuration import PlanConfiguration
from azure_hotpatch.cli.documents.terraform.references import EvaluationScope, PlannedInstance, References
from tests.cli.terraform.plans import WINDOWS, configured, constants, created, machine, plan, references
from tests.cli.terraform.test_kinds import SET
from tests.cli.terraform.test_kinds import flexible as flexible_set

ASSIGNMENT = "azurerm_maintenance_assignment_virtual_machine"
CONFIGURATION = "azurerm_maintenance_configuration"
WINDOW = {
    "name": "monthly",
    "resource_group_name": "rg",
    "location": "westeurope",
    "scope": "InGuestPatch",
    "in_guest_user_patch_mode": "User",
    "window": [
        {
            "start_date_time": "2026-12-10 22:00",
            "duration": "03:00",
            "time_zone": "W. Europe Standard Time",
            "recur_every": "Month Second Tuesday",
        }
    ],
    "install_patches": [{"reboot": "IfRequired", "windows": [{"classifications_to_include": ["Security"]}]}],
}
UNKNOWN_IDS = {"virtual_machine_id": True, "maintenance_configuration_id": True}


def schedule() -> tuple[dict[str, Any], dict[str, Any]]:
    address = f"{CONFIGURATION}.m"
    return created(WINDOW, address, sensitive={}), configured(address, constants(WINDOW))


def assigned(expression: Any, index: Any = None, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    address = f"{ASSIGNMENT}.a"
    own = address if index is None else f"{address}[{json.dumps(index)}]"
    stated = {
        "virtual_machine_id": expression,
        "maintenance_configuration_id": references(f"{CONFIGURATION}.m.id", f"{CONFIGURATION}.m"),
    }
    change = created({"location": "westeurope"}, own, unknown=UNKNOWN_IDS, sensitive={}, index=index)
    return change, configured(address, stated, **more)


def scheduled(outcome: Any) -> list[str]:
    """The machines that a schedule is refused of."""
    findings = json.loads(outcome.out)["findings"]
    assert not [each for each in findings if each["outcome"] == "unverified"]
    return [each["resource"]["name"] for each in findings if each["rule"] == "HP023"]


def test_a_schedule_of_a_machine_that_is_not_there_yet(check: Any, write: Any) -> None:
    written = configured(f"{WINDOWS}.vm", constants(machine()))
    assignment, of_assignment = assigned(references(f"{WINDOWS}.vm.id", f"{WINDOWS}.vm"))
    window, of_window = schedule()
    whole = plan([created(machine()), assignment, window], [written, of_assignment, of_window])
    assert scheduled(check(write("p.json", whole))) == [f"{WINDOWS}.vm"]


@pytest.mark.parametrize(
    "expression",
    [
        references(f"{WINDOWS}.vm", "each.key"),
        references("each.value.id", "each.value"),
        references(f'{WINDOWS}.vm["b.c"].id', f'{WINDOWS}.vm["b.c"]', f"{WINDOWS}.vm"),
    ],
)
def test_of_several_machines_it_is_the_one_with_the_same_key(expression: Any, check: Any, write: Any) -> None:
    changes = [
        created(machine(name=name), f"{WINDOWS}.vm", index=key) | {"address": f'{WINDOWS}.vm["{key}"]'}
        for name, key in (("one", "a"), ("two", "b.c"))
    ]
    written = configured(f"{WINDOWS}.vm", constants(machine()), for_each=references("var.machines"))
    assignment, of_assignment = assigned(expression, for_each=references(f"{WINDOWS}.vm"))
    assignment |= {"index": "b.c", "address": f'{ASSIGNMENT}.a["b.c"]'}
    window, of_window = schedule()
    whole = plan([*changes, assignment, window], [written, of_assignment, of_window])
    assert scheduled(check(write("p.json", whole))) == [f'{WINDOWS}.vm["b.c"]']


def test_a_machine_of_a_module_is_followed_through_its_output(check: Any, write: Any) -> None:
    address = f'module.web["eu"].{WINDOWS}.this[0]'
    change = created(machine(), f"{WINDOWS}.this", index=0) | {"address": address, "module_address": 'module.web["eu"]'}
    inside = {
        "resources": [configured(f"{WINDOWS}.this", constants(machine()))],
        "outputs": {"resource_id": {"expression": references(f"{WINDOWS}.this[0].id", f"{WINDOWS}.this[0]")}},
    }
    call = {"source": "./web", "module": inside, "for_each_expression": references("var.regions")}
    assignment, of_assignment = assigned(references('module.web["eu"].resource_id', 'module.web["eu"]', "module.web"))
    window, of_window = schedule()
    whole = plan([change, assignment, window], [of_assignment, of_window], module={"module_calls": {"web": call}})
    assert scheduled(check(write("p.json", whole))) == [address]


def test_a_machine_that_a_module_is_given_is_followed_to_its_call(check: Any, write: Any) -> None:
    assignment, of_assignment = assigned(references("var.machine"))
    assignment |= {"address": f"module.schedule.{ASSIGNMENT}.a", "module_address": "module.schedule"}
    of_assignment["expressions"]["maintenance_configuration_id"] = references("var.window")
    call = {
        "expressions": {
            "machine": references(f"{WINDOWS}.vm.id", f"{WINDOWS}.vm"),
            "window": references(f"{CONFIGURATION}.m.id", f"{CONFIGURATION}.m"),
        },
        "module": {"resources": [of_assignment], "variables": {"machine": {}, "window": {}}},
    }
    window, of_window = schedule()
    resources = [configured(f"{WINDOWS}.vm", constants(machine())), of_window]
    whole = plan([created(machine()), assignment, window], resources, module={"module_calls": {"schedule": call}})
    assert scheduled(check(write("p.json", whole))) == [f"{WINDOWS}.vm"]


def test_an_azapi_assignment_below_a_machine_is_joined(check: Any, write: Any) -> None:
    """As Azure's verified module for virtual machines writes it."""
    stated = {
        "type": {"constant_value": "Microsoft.Maintenance/configurationAssignments@2023-04-01"},
        "name": {"constant_value": "monthly"},
        "parent_id": references(f"{WINDOWS}.vm.id", f"{WINDOWS}.vm"),
        "body": references(f"{CONFIGURATION}.m.id", f"{CONFIGURATION}.m"),
    }
    written = {"type": stated["type"]["constant_value"], "name": "monthly", "body": {"properties": {}}}
    unknown = {"parent_id": True, "output": True, "body": {"properties": {"maintenanceConfigurationId": True}}}
    assignment = created(written, "azapi_resource.a", unknown=unknown, sensitive={})
    window, of_window = schedule()
    resources = [configured(f"{WINDOWS}.vm", constants(machine())), configured("azapi_resource.a", stated), of_window]
    whole = plan([created(machine()), assignment, window], resources)
    assert scheduled(check(write("p.json", whole))) == [f"{WINDOWS}.vm"]


def beside_a_machine(check: Any, write: Any, type_: str, written: dict[str, Any]) -> Any:
    """The outcome of a machine that is to join a set which is made in the same plan."""
    expression = references(f"{type_}.s.id", f"{type_}.s")
    stated = constants(machine()) | {"virtual_machine_scale_set_id": expression}
    resources = [configured(f"{WINDOWS}.vm", stated), configured(f"{type_}.s", constants(written))]
    joined = created(machine(), unknown={"virtual_machine_scale_set_id": True})
    return check(write("p.json", plan([joined, created(written, f"{type_}.s", sensitive={})], resources)))


def test_a_machine_that_joins_a_set_which_is_not_there_yet_is_joined_to_it(check: Any, write: Any) -> None:
    uniform = {"name": "s", "sku": "Standard_D2s_v5", "source_image_reference": [{"publisher": "Canonical"}]}
    outcome = beside_a_machine(check, write, "azurerm_linux_virtual_machine_scale_set", uniform)
    assert ("HP022", "violation") in outcome.findings
    flexible = {"name": "s", "platform_fault_domain_count": 1, "sku_name": "", "os_profile": []}
    outcome = beside_a_machine(check, write, "azurerm_orchestrated_virtual_machine_scale_set", flexible)
    assert outcome.findings == []


@pytest.mark.parametrize("named", [True, False])
def test_a_health_extension_apart_from_its_set_is_joined_to_it(named: bool, check: Any, write: Any) -> None:
    written = flexible_set()
    del written["extension"]
    health = {"name": "h", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthWindows"}
    expression = references(f"{SET}.s.id", f"{SET}.s") if named else references("local.set")
    address = "azurerm_virtual_machine_scale_set_extension.h"
    changes = [
        created(written, f"{SET}.s", sensitive={}, unknown={"extension": True}),
        created(health, address, sensitive={}, unknown={"virtual_machine_scale_set_id": True}),
    ]
    stated = [
        configured(f"{SET}.s", constants(written)),
        configured(address, constants(health) | {"virtual_machine_scale_set_id": expression}),
    ]
    assert bool(check(write("p.json", plan(changes, stated))).findings) != named


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (None, ()),
        ("", ()),
        ("module.a", (ModuleStep("a", None),)),
        ('module.a["x.y"].module.b-c[0]', (ModuleStep("a", "x.y"), ModuleStep("b-c", 0))),
        (r'module.a["q\"z[0].module.n"]', (ModuleStep("a", 'q"z[0].module.n'),)),
        ('module.a["$${x}"]', (ModuleStep("a", "${x}"),)),
        ("module.a[" + "9" * 5000 + "]", (ModuleStep("a", 999999999999999999),)),
        (5, ()),
    ],
)
def test_takes_the_modules_of_an_address_with_their_keys(address: Any, path: Any) -> None:
    assert module_path(address) == path


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("var.size", ("var", "size", None, "")),
        ("each.value.id", ("each", "value", None, "id")),
        ("path.module", ("path", "module", None, "")),
        ('azurerm_image.g["a.b"].id', ("azurerm_image", "g", "a.b", "id")),
        ("module.web[0].out", ("module", "web", 0, "out")),
    ],
)
def test_takes_a_reference_apart(text: str, parts: Any) -> None:
    assert parse_reference(text) == parts


def resolver(calls: Mapping[str, Any] | None = None, *more: PlannedInstance) -> References:
    own = PlannedInstance("azurerm_image.g", (), "azurerm_image", "g", None)
    return References(PlanConfiguration({"root_module": {"module_calls": calls or {}}}), [own, *more])


IN_A = EvaluationScope((ModuleStep("a", "k"),), None)


@pytest.mark.parametrize(
    ("expression", "calls", "is_null"),
    [
        ({"constant_value": None}, None, True),
        ({"constant_value": "x"}, None, False),
        ({}, None, False),
        (references("var.mode"), None, True),  # a variable of the root module is known
        (references("local.mode"), None, False),
        (references("data.azurerm_image.g.id"), None, False),
        (references("azurerm_image.g.id", "azurerm_image.g"), None, False),
        (references("var.mode", "azurerm_image.g.id"), None, False),
        (references("each.key", "count.index", "path.module", "terraform.workspace"), None, True),
        (references("each.value.mode", "each.value"), None, False),
    ],
)
def test_a_value_that_is_unknown_though_its_parts_are_known_was_null(
    expression: Any, calls: Any, is_null: bool
) -> None:
    assert resolver(calls).is_null(expression, EvaluationScope(())) == is_null


@pytest.mark.parametrize(
    ("call", "variables", "is_null"),
    [
        ({}, {"mode": {"default": None}}, True),
        ({}, {"mode": {}}, False),
        ({"mode": {"constant_value": None}}, {"mode": {}}, True),
        ({"mode": references("var.mode")}, {"mode": {}}, True),
        ({"mode": references("each.value")}, {"mode": {}}, True),  # of var.machines, below
        ({"mode": references("azurerm_image.g.id", "azurerm_image.g")}, {"mode": {}}, False),
    ],
)
def test_a_variable_of_a_module_is_what_its_call_gives(call: Any, variables: Any, is_null: bool) -> None:
    written = {
        "expressions": call,
        "for_each_expression": references("var.machines"),
        "module": {"variables": variables},
    }
    assert resolver({"a": written}).is_null(references("var.mode"), IN_A) == is_null


def test_a_setting_that_a_module_passes_on_as_null_is_not_set(check: Any, write: Any) -> None:
    """As Azure's verified module for virtual machines has it: `patch_mode = var.patch_mode`, by default null."""
    address = f"module.vm.{WINDOWS}.this"
    change = created(machine(patch_mode=None), address, unknown={"patch_mode": True})
    stated = constants(machine()) | {"patch_mode": references("var.patch_mode")}
    module = {"resources": [configured(f"{WINDOWS}.this", stated)], "variables": {"patch_mode": {"default": None}}}
    whole = plan([change], [], module={"module_calls": {"vm": {"expressions": {}, "module": module}}})
    findings = check(write("p.json", whole)).findings
    assert ("HP005", "violation") in findings
    assert "unverified" not in dict.fromkeys(outcome for _, outcome in findings)


def test_expressions_that_go_round_in_circles_end() -> None:
    calls: dict[str, Any] = {"a": {"expressions": {"x": references("module.a.o")}, "module": {}}}
    calls["a"]["module"] = {"outputs": {"o": {"expression": references("var.x")}}}
    inside = PlannedInstance("module.a.azurerm_image.h", (ModuleStep("a", None),), "azurerm_image", "h", None)
    scope = EvaluationScope((ModuleStep("a", None),))
    assert resolver(calls, inside).sources(references("var.x"), scope) == ()


def test_one_of_several_candidates_is_not_guessed() -> None:
    several = [PlannedInstance(f"azurerm_image.s[{key}]", (), "azurerm_image", "s", key) for key in range(2)]
    assert resolver(None, *several).sources(references("azurerm_image.s"), EvaluationScope(())) == ()
    assert resolver(None, *several).sources(references("azurerm_image.s"), EvaluationScope((), 1)) == (
        "azurerm_image.s[1]",
    )
