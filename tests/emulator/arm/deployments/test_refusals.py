"""How deployments fail: at once where the template is none, in their operations where a resource is refused."""

import pytest

PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing


def refused(answer):
    return answer.status_code, answer.json()["error"]["code"], answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"parameters": {"p": {"type": "string"}}}, "The value for the template parameter 'p' is not provided."),
        ({"variables": {"v": "[frobnicate()]"}}, "The template function 'frobnicate' is not valid."),
        ({"variables": {"v": "[variables('w')]"}}, "The template variable 'w' is not found."),
        ({"variables": {"v": "[variables('v')]"}}, "Circular dependency detected in template language expression"),
        ({"resources": {}}, "The template's 'resources' must be an array"),
        ({"outputs": []}, "'outputs' must be an object"),
        ({"functions": {}}, "'functions' must be an array"),
        ({"resources": ["x"]}, "is not an object"),
    ],
)
def test_a_template_that_is_none_is_refused_at_once(deployments, template, parts, words):
    for answer in (
        deployments.put(template(**parts)),
        deployments.ask("validate", deployments.body(template(**parts))),
    ):
        status, code, message = refused(answer)
        assert (status, code) == (400, "InvalidTemplate")
        assert message.startswith("Deployment template ")
        assert words in message
    assert deployments.get().status_code == 404


def test_resources_that_wait_for_each_other_are_refused_at_once(deployments, template, disk):
    answer = deployments.put(template(disk("a", dependsOn=["b"]), disk("b", dependsOn=["a"])))
    assert refused(answer)[:2] == (400, "InvalidTemplate")
    assert "Circular dependency detected on resource: '/subscriptions/" in refused(answer)[2]


@pytest.mark.parametrize(
    ("spoil", "status", "code"),
    [
        (lambda body: body.pop("properties"), 400, "InvalidRequestContent"),
        (lambda body: body["properties"].pop("mode"), 400, "InvalidRequestContent"),
        (lambda body: body["properties"].update(mode="Sometimes"), 400, "InvalidRequestContent"),
        (lambda body: body["properties"].pop("template"), 400, "InvalidTemplate"),
        (lambda body: body["properties"].update(template="text"), 400, "InvalidTemplate"),
        (lambda body: body["properties"].update(parameters=[1]), 400, "InvalidTemplate"),
        (lambda body: body["properties"].update(templateLink={"uri": "https://x.test"}), 400, "InvalidDeployment"),
        (
            lambda body: body["properties"].update(template=None, templateLink={"uri": "https://x.test"}),
            501,
            "NotEmulated",
        ),
        (lambda body: body["properties"].update(onErrorDeployment={"type": "LastSuccessful"}), 501, "NotEmulated"),
        (
            lambda body: body["properties"].update(parameters={"p": {"reference": {"secretName": "s"}}}),
            501,
            "NotEmulated",
        ),
        (lambda body: body.update(location="westeurope"), 400, "InvalidDeploymentLocation"),
        (lambda body: body.update(tags="x"), 400, "InvalidRequestContent"),
    ],
)
def test_a_request_that_is_none_is_refused_at_once(arm, deployments, template, spoil, status, code):
    body = deployments.body(template())
    spoil(body)
    assert refused(arm.put(deployments.path("first"), body))[:2] == (status, code)


def test_a_name_that_is_none_is_refused(deployments, template):
    assert refused(deployments.put(template(), "a" * 65))[:2] == (400, "InvalidDeploymentName")


def test_a_group_that_is_absent_is_not_found(arm, at, template):
    answer = at(f"{arm.subscription}/resourceGroups/nobody").put(template())
    assert refused(answer)[:2] == (404, "ResourceGroupNotFound")


def test_a_refused_resource_fails_the_deployment_in_its_own_words(arm, deployments, provider, good_machine):
    settings = good_machine["resources"][0]["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    settings["patchMode"] = "AutomaticByOS"
    answer = deployments.put(good_machine, parameters={"adminPassword": PASSWORD})
    assert answer.status_code == 201
    found = deployments.follow(answer)
    assert (found["status"], found["error"]["code"]) == ("Failed", "DeploymentFailed")
    assert found["error"]["message"].startswith("At least one resource deployment operation failed.")
    [detail] = found["error"]["details"]
    assert detail["message"].startswith("EnableHotpatching cannot be set to true.")
    failed = [one for one in deployments.operations() if one["provisioningState"] == "Failed"]
    assert [(one["statusCode"], one["statusMessage"]["error"]) for one in failed] == [("BadRequest", detail)]
    # What was written before it stays, as in Azure.
    assert arm.get(provider("Microsoft.Network/networkInterfaces/webVMNic")).status_code == 200
    assert arm.get(provider("Microsoft.Compute/virtualMachines/web")).status_code == 404
    assert deployments.get().json()["properties"]["error"] == found["error"]


def test_what_waits_for_a_refused_resource_is_not_begun(deployments, template, disk):
    whole = template(disk("a", -1), disk("b", dependsOn=["a"]), disk("c", dependsOn=["b"]), disk("d"))
    found = deployments.run(whole)
    assert found["provisioningState"] == "Failed"
    assert [one["id"].rsplit("/", 1)[1] for one in found["outputResources"]] == ["d"]
    assert len(found["error"]["details"]) == 1


def test_of_a_refused_resource_nothing_is_left(arm, deployments, template):
    subnets = [
        {"name": name, "properties": {"addressPrefix": prefix}} for name, prefix in (("a", "10.0.0.0/24"), ("b", "x"))
    ]
    network = {
        "type": "Microsoft.Network/virtualNetworks",
        "apiVersion": "2024-05-01",
        "name": "half",
        "location": "westeurope",
        "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets},
    }
    assert deployments.run(template(network))["provisioningState"] == "Failed"
    assert [one for one in arm.stored() if "/half" in one] == []


def test_a_type_that_is_not_emulated_fails_its_operation_by_name(arm, deployments, template, disk):
    arm.put("/emulator/stored-types", {"enabled": False})
    unknown = {
        "type": "Microsoft.Batch/batchAccounts",
        "apiVersion": "2024-07-01",
        "name": "b",
        "location": "westeurope",
    }
    found = deployments.run(template(disk(), unknown))
    [detail] = found["error"]["details"]
    assert detail["code"] == "NotEmulated"
    assert "Microsoft.Batch/batchAccounts" in detail["message"]
    states = {one["targetResource"]["resourceName"]: one["statusCode"] for one in deployments.operations()}
    assert states["b"] == "NotImplemented"


def test_an_expression_that_fails_on_the_way_fails_its_operation(deployments, template, disk):
    found = deployments.run(template(disk("a"), disk("b", "[reference('a').colour]")))
    [detail] = found["error"]["details"]
    assert detail["code"] == "InvalidTemplate"
    assert detail["message"].startswith("Unable to process template language expressions for resource '/subscriptions/")
    assert "The language expression property 'colour' doesn't exist" in detail["message"]


def test_what_an_expression_reads_and_is_not_there_fails_in_its_own_words(arm, deployments, template, disk):
    read = "[reference(resourceId('Microsoft.Compute/disks', 'absent'), '2024-03-02').diskSizeGB]"
    [detail] = deployments.run(template(disk("a", read)))["error"]["details"]
    assert detail["code"] == "ResourceNotFound"
    arm.put("/emulator/stored-types", {"enabled": False})
    unknown = "[reference(resourceId('Microsoft.Batch/batchAccounts', 'b'), '2024-07-01').x]"
    [detail] = deployments.run(template(disk("a", unknown)))["error"]["details"]
    assert detail["code"] == "NotEmulated"


def test_an_output_that_cannot_be_evaluated_fails_the_deployment(arm, deployments, provider, template, disk):
    outputs = {
        "bad": {"type": "string", "value": "[reference('data').colour]"},
        "kind": {"type": "int", "value": "text"},
    }
    found = deployments.run(template(disk(), outputs=outputs))
    error = found["error"]
    assert error["code"] == "DeploymentOutputEvaluationFailed"
    assert error["message"].startswith("Unable to evaluate template outputs: 'bad,kind'.")
    assert "Expected 'Integer'. Actual 'String'." in error["details"][1]["message"]
    assert arm.get(provider("Microsoft.Compute/disks/data")).status_code == 200


def test_a_deployment_may_be_put_right_and_run_again(deployments, template, disk):
    assert deployments.run(template(disk(size=-1)))["provisioningState"] == "Failed"
    found = deployments.run(template(disk(size=32)))
    assert found["provisioningState"] == "Succeeded"
    assert "error" not in found


def test_validation_names_what_is_valid_and_writes_nothing(arm, deployments, template, disk):
    answer = deployments.ask("validate", deployments.body(template(disk("a"), disk("b", dependsOn=["a"]))))
    assert answer.status_code == 200
    properties = answer.json()["properties"]
    assert properties["provisioningState"] == "Succeeded"
    assert [one["id"].rsplit("/", 1)[1] for one in properties["validatedResources"]] == ["a", "b"]
    assert [one for one in arm.stored() if "/providers/" in one] == []


def test_validation_refuses_what_the_providers_would(arm, deployments, good_machine):
    good_machine["resources"][0]["properties"]["storageProfile"]["imageReference"]["sku"] = "2022-datacenter"
    before = arm.stored()
    answer = deployments.ask("validate", deployments.body(good_machine, parameters={"adminPassword": PASSWORD}))
    status, code, message = refused(answer)
    assert (status, code) == (400, "InvalidTemplateDeployment")
    assert message.startswith("The template deployment 'first' is not valid according to the validation procedure.")
    assert answer.json()["error"]["details"][0]["message"].startswith("EnableHotpatching cannot be set to true.")
    assert arm.stored() == before


def test_functions_that_call_each_other_too_deeply_are_refused(deployments, template):
    deep = f"{'concat(' * 50}contoso.f{{}}(){')' * 50}"
    members = {f"f{at}": {"output": {"type": "string", "value": f"[{deep.format(at + 1)}]"}} for at in range(50)}
    members["f50"] = {"output": {"type": "string", "value": "x"}}
    functions = [{"namespace": "contoso", "members": members}]
    answer = deployments.put(template(functions=functions, variables={"v": "[contoso.f0()]"}))
    assert refused(answer)[:2] == (400, "InvalidTemplate")
    assert "nested too deeply" in refused(answer)[2]
