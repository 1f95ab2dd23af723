"""Deployments to a subscription, a management group and the tenant, and those within others."""

import pytest

MANAGEMENT = "/providers/Microsoft.Management/managementGroups/platform"


def nested(name, template, **more):
    properties = {"mode": "Incremental", "template": template, **more.pop("properties", {})}
    return {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": name,
        "properties": properties,
        **more,
    }


def inner(**properties):
    return {"expressionEvaluationOptions": {"scope": "inner"}, **properties}


def resource_group(name):
    return {
        "type": "Microsoft.Resources/resourceGroups",
        "apiVersion": "2024-03-01",
        "name": name,
        "location": "[deployment().location]",
    }


def test_a_subscription_gets_a_group_and_what_is_in_it(arm, at, template, disk):
    within = nested("inside", template(disk()), resourceGroup="new", dependsOn=["new"], properties=inner())
    found = at(arm.subscription).run(template(resource_group("new"), within), location="westeurope")
    assert found["provisioningState"] == "Succeeded", found
    group = f"{arm.subscription}/resourceGroups/new"
    assert arm.get(f"{group}/providers/Microsoft.Compute/disks/data").json()["location"] == "westeurope"
    assert arm.get(f"{group}/providers/Microsoft.Resources/deployments/inside").status_code == 200


@pytest.mark.parametrize("scope", [MANAGEMENT, "", "/subscriptions/11111111-2222-3333-4444-555555555555"])
def test_each_scope_takes_validates_lists_and_forgets(arm, at, template, scope):
    there = at(scope)
    where = "[if(empty(managementGroup().name), 'x', 'y')]" if scope == MANAGEMENT else "[tenant().tenantId]"
    whole = template(outputs={"x": {"type": "string", "value": where}})
    validated = there.ask("validate", there.body(whole, location="westeurope"))
    assert validated.status_code == 200, validated.text
    assert there.run(whole, location="westeurope")["provisioningState"] == "Succeeded"
    assert there.get().json()["location"] == "westeurope"
    path = f"{scope}/providers/Microsoft.Resources/deployments"
    assert [one["id"] for one in arm.get(path).json()["value"]] == [f"{path}/first"]
    assert len(there.operations()) == 1
    assert there.what_if(whole, location="westeurope")["status"] == "Succeeded"
    arm.remove(there.path("first"))
    assert arm.get(path).json() == {"value": []}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "LocationRequired"),
        ({"location": "west/europe"}, "LocationNotAvailableForResourceType"),
        ({"location": "westeurope", "mode": "Complete"}, "InvalidDeploymentMode"),
    ],
)
def test_a_subscription_refuses(arm, at, template, more, code):
    answer = at(arm.subscription).put(template(), **more)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_a_deployment_stays_where_it_was_begun(arm, at, template):
    there = at(arm.subscription)
    there.run(template(), location="westeurope")
    answer = there.put(template(), location="eastus")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "InvalidDeploymentLocation")


def test_a_nested_deployment_above_a_group_must_say_where_it_is(arm, deployments, at, template):
    elsewhere = {"subscriptionId": "[subscription().subscriptionId]", "resourceGroup": None}
    [detail] = deployments.run(template(nested("sub", template(), **elsewhere)))["error"]["details"]
    assert detail["code"] == "LocationRequired"
    deployments.run(template(nested("sub", template(), location="westeurope", **elsewhere)))
    assert at(arm.subscription).get("sub").json()["location"] == "westeurope"


def test_a_nested_template_is_its_parents_unless_it_says_otherwise(deployments, template):
    outputs = {"it": {"type": "string", "value": "[variables('where')]"}}
    child = template(variables={"where": "inside"}, outputs=outputs)
    whole = template(
        nested("outer", child),
        nested("inner", child, properties=inner()),
        variables={"where": "outside"},
        outputs={
            name: {"type": "string", "value": f"[reference('{name}').outputs.it.value]"} for name in ("outer", "inner")
        },
    )
    found = deployments.run(whole)["outputs"]
    assert {name: one["value"] for name, one in found.items()} == {"outer": "outside", "inner": "inside"}


def test_a_template_that_an_expression_gives_stands_for_itself(deployments, template):
    child = template(
        parameters={"p": {"type": "string"}}, outputs={"it": {"type": "string", "value": "[[parameters('p')]"}}
    )
    given = {"expressionEvaluationOptions": {"scope": "outer"}, "parameters": {"p": {"value": "[parameters('own')]"}}}
    whole = template(
        nested("child", "[variables('child')]", properties=given),
        parameters={"own": {"type": "string", "defaultValue": "mine"}},
        variables={"child": child},
        outputs={"it": {"type": "string", "value": "[reference('child').outputs.it.value]"}},
    )
    assert deployments.run(whole)["outputs"]["it"]["value"] == "mine"


def test_a_nested_deployment_is_given_parameters_and_gives_outputs(arm, deployments, provider, template, disk):
    child = template(
        disk("[parameters('name')]", "[parameters('size')]"),
        parameters={"name": {"type": "string"}, "size": {"type": "int"}},
        outputs={"size": {"type": "int", "value": "[reference(parameters('name')).diskSizeGB]"}},
    )
    given = {"name": {"value": "[format('d{0}', copyIndex())]"}, "size": {"value": "[add(32, copyIndex())]"}}
    many = nested(
        "[concat('n', copyIndex())]",
        child,
        copy={"name": "n", "count": 2},
        properties=inner(parameters=given),
    )
    last = disk("last", "[mul(2, reference('n1').outputs.size.value)]")
    found = deployments.run(template(last, many))
    assert found["provisioningState"] == "Succeeded", found
    assert arm.get(provider("Microsoft.Compute/disks/last")).json()["properties"]["diskSizeGB"] == 66
    assert deployments.get("n1").json()["properties"]["parameters"]["size"] == {"type": "Int", "value": 33}


def test_a_nested_deployment_that_fails_is_kept_with_what_it_wrote(arm, deployments, provider, template, disk):
    child = template(disk("good"), disk("bad", -1))
    found = deployments.run(template(nested("child", child, properties=inner())))
    [detail] = found["error"]["details"]
    assert detail["code"] == "ResourceDeploymentFailure"
    assert detail["details"][0]["code"] == "DeploymentFailed"
    assert deployments.get("child").json()["properties"]["provisioningState"] == "Failed"
    assert arm.get(provider("Microsoft.Compute/disks/good")).status_code == 200


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"mode": "Complete"}, "must be of mode Incremental"),
        ({"template": {"resources": []}}, "Required property '$schema'"),
        ({"template": None, "templateLink": {"relativePath": "a.json"}}, "does not download templates"),
    ],
)
def test_a_nested_deployment_that_is_none_fails_its_operation(deployments, template, properties, words):
    found = deployments.run(template(nested("child", template(), properties=properties)))
    assert words in found["error"]["details"][0]["message"]


def test_deployments_nest_as_deep_as_they_are_written(deployments, template):
    whole = template(outputs={"depth": {"type": "int", "value": 0}})
    for depth in range(1, 6):
        read = f"[add(1, reference('d{depth}').outputs.depth.value)]"
        child = nested(f"d{depth}", whole, properties=inner())
        whole = template(child, outputs={"depth": {"type": "int", "value": read}})
    assert deployments.run(whole)["outputs"]["depth"]["value"] == 5


def test_more_nested_deployments_than_the_limit_are_refused(deployments, template):
    def many(name, child):
        return nested(f"[concat('{name}', copyIndex())]", child, copy={"name": name, "count": 30}, properties=inner())

    found = deployments.run(template(many("a", template(many("b", template())))))
    assert found["provisioningState"] == "Failed"
    assert "500 nested deployments at most" in str(found["error"])
