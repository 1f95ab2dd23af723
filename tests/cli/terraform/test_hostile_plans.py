"""Plans that are damaged or made to harm: never a traceback, and never more work than their size allows."""

import copy
import json
import random
from collections.abc import Iterator
from time import process_time
from typing import Any

import pytest

from tests.cli.terraform.plans import (
    PASSWORD,
    WINDOWS,
    configured,
    constants,
    created,
    kept,
    machine,
    plan,
    references,
    state,
)

ODD: tuple[Any, ...] = (None, True, False, 0, -1, 1.5, "", "x", [], {}, [None], [[]], {"a": None}, "\ud800", 10**400)
MUTATIONS = 400


def whole_plan() -> dict[str, Any]:
    """A plan with something of everything that a reader looks at."""
    address = f'module.web["a"].{WINDOWS}.vm[0]'
    inner = created(machine(patch_mode="Manual"), f"{WINDOWS}.vm", index=0) | {
        "address": address,
        "module_address": 'module.web["a"]',
    }
    assignment = created(
        {"location": "x"},
        "azurerm_maintenance_assignment_virtual_machine.a",
        unknown={"virtual_machine_id": True, "maintenance_configuration_id": True},
        sensitive={},
    )
    template = {"contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Compute/virtualMachines", "name": "t"}]}
    deployment = {"name": "d", "template_content": json.dumps(template), "parameters_content": "{}"}
    body = {"properties": {"osProfile": {"windowsConfiguration": {"patchSettings": {"patchMode": "Manual"}}}}}
    direct = {"type": "Microsoft.Compute/virtualMachines@2024-07-01", "name": "z", "body": body}
    vm = constants(machine()) | {"patch_mode": references("var.mode"), "size": references("each.value.size")}
    stated = {"virtual_machine_id": references('module.web["a"].id', 'module.web["a"]', "module.web")}
    module = {
        "resources": [configured(f"{WINDOWS}.vm", vm, count={"constant_value": 1})],
        "outputs": {"id": {"expression": references(f"{WINDOWS}.vm[0].id", f"{WINDOWS}.vm[0]", f"{WINDOWS}.vm")}},
        "variables": {"mode": {"default": "x"}},
    }
    call = {
        "expressions": {"size": references("var.size")},
        "for_each_expression": references("var.s"),
        "module": module,
    }
    return plan(
        [
            inner,
            assignment,
            created(deployment, "azurerm_resource_group_template_deployment.d", sensitive={}),
            created(direct, "azapi_resource.z", sensitive={"body": True}),
        ],
        [configured("azurerm_maintenance_assignment_virtual_machine.a", stated)],
        module={"module_calls": {"web": call}},
        deferred_changes=[{"reason": "unknown", "resource_change": created(machine(), f"{WINDOWS}.later")}],
        variables={"modes": {"value": {"a": "Manual"}}},
        prior_state=state(kept(machine())),
        action_invocations=[{"address": "a", "type": "azapi_resource_action", "config_values": {"method": "PUT"}}],
        checks=[{"address": {"kind": "check"}, "status": "fail"}],
    )


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in a document."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in members:
        yield (*path, step)
        yield from places(child, (*path, step))


def mutated(whole: Any, chosen: random.Random) -> Any:
    """The document with one to three of its parts dropped, or of another type."""
    changed = copy.deepcopy(whole)
    for _ in range(chosen.randint(1, 3)):
        *above, last = chosen.choice(list(places(changed)))
        holder = changed
        for step in above:
            holder = holder[step]
        if chosen.random() < 0.3:
            del holder[last]
        else:
            holder[last] = copy.deepcopy(chosen.choice(ODD))
    return changed


@pytest.mark.parametrize("of", [whole_plan, lambda: state(kept(machine()), modules=[{"resources": [kept(machine())]}])])
def test_a_mutated_document_is_judged_or_refused_in_one_line(of: Any, hotpatch: Any, write: Any) -> None:
    chosen, whole = random.Random(7), of()  # noqa: S311 - the same mutations each time
    for number in range(MUTATIONS):
        text = json.dumps(mutated(whole, chosen))
        outcome = hotpatch("check", write("m.json", text.encode()), "--format=json", "--on=2026-11-24")
        assert outcome.code in range(4), (number, text)
        assert "Traceback" not in outcome.out + outcome.err, (number, text)
        assert outcome.code != 3 or len(outcome.err.splitlines()) == 1, (number, text, outcome.err)
        assert "a defect of the reader" not in outcome.out, (number, text)
        assert PASSWORD not in outcome.out + outcome.err, (number, text)


def test_modules_that_refer_to_each_other_many_times_are_read_once(check: Any, write: Any) -> None:
    """Each of forty modules is given two outputs of the next, which are what that was given: 2^40 ways."""
    calls: dict[str, Any] = {}
    for number in range(40):
        ahead = references(f"module.m{number + 1}.o", f"module.m{number + 1}", f"module.m{number + 1}.p")
        given = {name: {"expression": references("var.x")} for name in ("o", "p")}
        calls[f"m{number}"] = {"expressions": {"x": ahead}, "module": {"outputs": given, "variables": {"x": {}}}}
    changes = [
        created(machine(), f"{WINDOWS}.vm")
        | {"address": f"module.m{number}.{WINDOWS}.vm", "module_address": f"module.m{number}"}
        for number in range(40)
    ]
    stated = constants(machine()) | {"virtual_machine_scale_set_id": references("module.m0.o")}
    whole = plan(
        [*changes, created(machine(), unknown={"virtual_machine_scale_set_id": True})],
        [configured(f"{WINDOWS}.vm", stated)],
        module={"module_calls": calls},
    )
    began = process_time()
    assert check(write("p.json", whole)).code in (1, 2)
    assert process_time() - began < 5


def test_variables_that_modules_pass_on_many_times_are_read_once(check: Any, write: Any) -> None:
    """Each of 28 modules, one in the other, is given two variables that are made of both above: 2^28 ways."""
    both = references("var.a", "var.b")
    variables = {"a": {}, "b": {}}
    written = machine(patch_mode="Manual")
    stated = constants(written) | {"patch_mode": both}
    module: dict[str, Any] = {"resources": [configured(f"{WINDOWS}.vm", stated)], "variables": variables}
    for _ in range(28):
        module = {
            "module_calls": {"m": {"expressions": {"a": both, "b": both}, "module": module}},
            "variables": variables,
        }
    path = ".".join(["module.m"] * 28)
    change = created(written) | {"address": f"{path}.{WINDOWS}.vm", "module_address": path}
    whole = plan([change], [], module=module, variables={"a": {"value": 1}, "b": {"value": 2}})
    began = process_time()
    (finding,) = (each for each in json.loads(check(write("p.json", whole)).out)["findings"] if each["rule"] == "HP005")
    assert finding["setBy"] == "variables 'a' (given 1), 'b' (given 2)"
    assert process_time() - began < 5
