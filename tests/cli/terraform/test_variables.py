"""A finding names the variable that sets the value, through the modules that pass it on."""

import json
from typing import Any

import pytest

from tests.cli.terraform.plans import (
    PASSWORD,
    WINDOWS,
    configured,
    constants,
    created,
    image,
    machine,
    plan,
    references,
)


def set_by(check: Any, write: Any, whole: dict[str, Any], rule: str) -> str:
    findings = json.loads(check(write("p.json", whole)).out)["findings"]
    (found,) = (each["setBy"] for each in findings if each["rule"] == rule)
    return str(found)


def in_root(expression: Any, declared: Any = None, given: Any = None, **changes: Any) -> dict[str, Any]:
    """A plan of a machine whose patch mode, Manual unless `changes` say otherwise, is what an expression gives."""
    written = machine(**{"patch_mode": "Manual", **changes})
    stated = constants(written) | {"patch_mode": expression}
    module = {"variables": {"mode": declared or {}}}
    resource = configured(f"{WINDOWS}.vm", stated, for_each=references("var.machines"))
    return plan([created(written, index="a")], [resource], module=module, variables={"mode": {"value": given}})


@pytest.mark.parametrize(
    ("expression", "declared", "given", "said"),
    [
        (references("var.mode"), {"default": "Manual"}, "Manual", "variable 'mode', whose default is 'Manual'"),
        (references("var.mode"), {"default": "x"}, "Manual", "variable 'mode', which is given as 'Manual'"),
        (references("var.mode"), {"sensitive": True}, PASSWORD, "variable 'mode', given"),
        (references("each.value.mode", "each.value"), {}, None, "variable 'machines[\"a\"].mode', given"),
        (
            references("var.mode", "var.other"),
            {"default": "Manual"},
            "Manual",
            "variables 'mode' (default 'Manual'), 'other' (which is not given)",
        ),
        (references("local.mode"), {}, None, ""),
        (references("var.mode", "azurerm_image.g.id"), {}, "Manual", ""),
        ({"constant_value": "Manual"}, {}, None, ""),
    ],
)
def test_names_a_variable_of_the_root_module(
    expression: Any, declared: Any, given: Any, said: str, check: Any, write: Any
) -> None:
    assert set_by(check, write, in_root(expression, declared, given), "HP005") == said


@pytest.mark.parametrize(
    ("call", "declared", "said"),
    [
        ({}, {"default": "Manual"}, "variable 'mode' of module web.vm, whose default is 'Manual'"),
        ({"mode": {"constant_value": "Manual"}}, {}, "variable 'mode' of module web.vm, which is given as 'Manual'"),
        ({"mode": references("var.patching")}, {}, "variable 'patching', which is given as 'Manual'"),
        ({"mode": references("local.patching")}, {}, "variable 'mode' of module web.vm, given"),
    ],
)
def test_follows_a_variable_through_modules(call: Any, declared: Any, said: str, check: Any, write: Any) -> None:
    written, module = machine(patch_mode="Manual"), 'module.web["eu"].module.vm[0]'
    change = created(written) | {"address": f"{module}.{WINDOWS}.vm", "module_address": module}
    stated = constants(written) | {"patch_mode": references("var.mode")}
    inner = {"resources": [configured(f"{WINDOWS}.vm", stated)], "variables": {"mode": declared}}
    outer = {
        "module_calls": {"vm": {"expressions": call, "module": inner}},
        "variables": {"patching": {}},
    }
    calls = {"web": {"expressions": {"patching": references("var.patching")}, "module": outer}}
    whole = plan([change], [], module={"module_calls": calls}, variables={"patching": {"value": "Manual"}})
    assert set_by(check, write, whole, "HP005") == said


def test_names_the_member_of_an_object_that_a_block_is_made_from(check: Any, write: Any) -> None:
    written = machine(source_image_reference=image("2019-Datacenter"))
    stated = constants(written)
    stated["source_image_reference"][0]["sku"] = references("var.image.sku", "var.image")
    given = {"image": {"value": {"sku": "2019-Datacenter"}}}
    whole = plan([created(written)], [configured(f"{WINDOWS}.vm", stated)], variables=given)
    assert set_by(check, write, whole, "HP001") == "variable 'image.sku', which is given as '2019-Datacenter'"


def test_a_sensitive_value_is_not_in_the_name_of_its_setter(hotpatch: Any, write: Any) -> None:
    whole = in_root(references("var.mode"), {}, PASSWORD, patch_mode=PASSWORD)
    whole["resource_changes"][0]["change"]["after_sensitive"] = {"patch_mode": True}
    assert PASSWORD not in hotpatch("check", write("p.json", whole)).out
