"""A deployment from its PUT to its end: what it writes, what it says, what is left of it."""

import pytest

PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing


def test_the_shape_of_az_vm_create_makes_a_machine(arm, deployments, provider, good_machine):
    found = deployments.run(good_machine, parameters={"adminPassword": PASSWORD}, mode="incremental")
    assert (found["provisioningState"], found["mode"]) == ("Succeeded", "Incremental")
    machine = arm.get(provider("Microsoft.Compute/virtualMachines/web")).json()
    settings = machine["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    assert settings["enableHotpatching"] is True
    assert machine["properties"]["provisioningState"] == "Succeeded"
    written = [one["id"].rsplit("/", 1)[1] for one in found["outputResources"]]
    assert written == ["webPublicIP", "webVMNic", "web"]


def test_says_that_it_is_accepted_runs_and_has_ended(deployments, template, disk):
    answer = deployments.put(template(disk(), outputs={"a": {"type": "int", "value": 1}}))
    assert answer.status_code == 201
    properties = answer.json()["properties"]
    assert properties["provisioningState"] == "Accepted"
    assert not {"outputs", "outputResources"} & properties.keys()
    states = [deployments.arm.get(answer.headers["Azure-AsyncOperation"]).json() for _ in range(3)]
    assert states == [{"status": "Running"}, {"status": "Succeeded"}, {"status": "Succeeded"}]
    assert deployments.get().json()["properties"]["outputs"] == {"a": {"type": "Int", "value": 1}}


def test_moves_on_when_it_is_asked_for_itself(deployments, template, disk):
    deployments.put(template(disk()))
    states = [deployments.get().json()["properties"]["provisioningState"] for _ in range(3)]
    assert states == ["Running", "Succeeded", "Succeeded"]


def test_a_second_one_of_the_name_replaces_the_first(deployments, template, disk):
    assert deployments.put(template(disk("a"))).status_code == 201
    assert deployments.put(template(disk("b"))).status_code == 200
    assert [one["targetResource"]["resourceName"] for one in deployments.operations()] == ["b"]


def test_shows_its_parameters_providers_and_dependencies(deployments, template, disk):
    parameters = {"size": {"type": "int"}, "names": {"type": "array", "defaultValue": ["a"]}}
    whole = template(
        disk("a", "[parameters('size')]"), disk("b", dependsOn=["a"], location="West Europe"), parameters=parameters
    )
    found = deployments.run(whole, parameters={"size": 64})
    assert found["parameters"] == {"size": {"type": "Int", "value": 64}, "names": {"type": "Array", "value": ["a"]}}
    assert found["providers"][0]["namespace"] == "Microsoft.Compute"
    [dependency] = found["dependencies"]
    assert (dependency["resourceName"], dependency["dependsOn"][0]["resourceName"]) == ("b", "a")
    assert found["templateHash"].isdecimal()
    assert deployments.run(template(), "other")["templateHash"] != found["templateHash"]


def test_lists_what_was_done(deployments, template, disk):
    deployments.run(template(disk(), outputs={"x": {"type": "string", "value": "y"}}))
    first, last = deployments.operations()
    assert first["provisioningOperation"] == "Create"
    assert (first["provisioningState"], first["statusCode"]) == ("Succeeded", "OK")
    assert first["targetResource"]["resourceType"] == "Microsoft.Compute/disks"
    assert last["provisioningOperation"] == "EvaluateDeploymentOutput"


def test_an_operation_is_asked_for_by_its_id(arm, deployments, template, disk):
    deployments.run(template(disk()))
    path = f"{deployments.path('first')}/operations"
    [one] = arm.get(path).json()["value"]
    assert arm.get(f"{path}/{one['operationId']}").json() == one
    assert arm.get(f"{path}/0000").status_code == 404


def test_outputs_read_what_was_written(deployments, template, disk):
    outputs = {
        "id": {"type": "string", "value": "[resourceId('Microsoft.Compute/disks', 'data')]"},
        "size": {"type": "int", "value": "[reference('data').diskSizeGB]"},
        "where": {"type": "string", "value": "[reference('data', '2024-03-02', 'Full').location]"},
        "version": {"type": "string", "value": "[providers('Microsoft.Compute', 'disks').apiVersions[0]]"},
    }
    found = deployments.run(template(disk(), outputs=outputs))["outputs"]
    assert found["size"] == {"type": "Int", "value": 32}
    assert found["where"]["value"] == "westeurope"
    assert found["id"]["value"].endswith("/disks/data")


def test_a_resource_reads_another_one(arm, deployments, provider, template, disk):
    whole = template(disk("b", "[mul(2, reference('a').diskSizeGB)]"), disk("a", 32))
    assert deployments.run(whole)["provisioningState"] == "Succeeded"
    assert arm.get(provider("Microsoft.Compute/disks/b")).json()["properties"]["diskSizeGB"] == 64


def test_a_deployment_that_is_absent_is_not_found(arm, deployments):
    answer = deployments.get("nobody")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "DeploymentNotFound")
    assert arm.ask("HEAD", deployments.path("nobody")).status_code == 404


def test_head_says_that_it_is_there(arm, deployments, template):
    deployments.put(template())
    assert arm.ask("HEAD", deployments.path("first")).status_code == 204


def test_lists_the_deployments_of_the_group_alone(arm, deployments, at, template):
    deployments.run(template(), "b")
    deployments.run(template(), "a")
    at(arm.subscription).run(template(), "c", location="westeurope")
    path = f"{deployments.scope}/providers/Microsoft.Resources/deployments/"
    assert [one["name"] for one in arm.get(path).json()["value"]] == ["a", "b"]
    assert len(arm.get(path, top="1").json()["value"]) == 1
    above = arm.get(f"{arm.subscription}/providers/Microsoft.Resources/deployments/").json()["value"]
    assert [one["name"] for one in above] == ["c"]


def test_lists_by_state_and_refuses_another_filter(arm, deployments, template):
    deployments.run(template())
    path = f"{deployments.scope}/providers/Microsoft.Resources/deployments/?api-version=2025-04-01&$filter="
    assert arm.get(f"{path}provisioningState eq 'Succeeded'").json()["value"]
    assert arm.get(f"{path}provisioningState eq 'Failed'").json()["value"] == []
    answer = arm.get(f"{path}name eq 'first'")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidFilterInQueryString")


def test_a_deleted_one_leaves_its_resources(arm, deployments, provider, template, disk):
    deployments.run(template(disk()))
    arm.remove(deployments.path("first"))
    assert deployments.get().status_code == 404
    assert arm.get(provider("Microsoft.Compute/disks/data")).status_code == 200
    assert arm.delete(deployments.path("first")).status_code == 204


def test_a_running_one_is_cancelled_and_an_ended_one_is_not(deployments, template):
    deployments.put(template())
    assert deployments.ask("cancel").status_code == 204
    assert deployments.get().json()["properties"]["provisioningState"] == "Canceled"
    answer = deployments.ask("cancel")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "DeploymentCannotBeCancelled")


def test_its_template_is_exported(deployments, template, disk):
    whole = template(disk(), variables={"a": 1})
    deployments.run(whole)
    assert deployments.ask("exportTemplate").json() == {"template": whole}


def test_it_goes_with_its_group_and_keeps_no_resource_from_going(arm, deployments, group, template, disk):
    deployments.run(template(disk()))
    arm.remove(f"{group}/providers/Microsoft.Compute/disks/data")
    arm.remove(group)
    assert arm.stored() == []


def test_is_shown_among_what_the_emulator_holds(arm, deployments, template):
    deployments.run(template())
    kinds = [one["type"] for one in arm.get("/emulator/resources").json()["value"]]
    assert "Microsoft.Resources/deployments" in kinds


def test_a_hash_is_computed_of_any_template(arm, template, disk):
    path = "/providers/Microsoft.Resources/calculateTemplateHash"
    one, same, other = (arm.post(path, body).json() for body in (template(disk()), template(disk()), template()))
    assert one == same
    assert one["templateHash"] != other["templateHash"]


@pytest.mark.parametrize("method", ["PATCH", "POST"])
def test_another_method_is_refused(arm, deployments, method):
    assert arm.ask(method, deployments.path("first"), {}).status_code == 405


def test_complete_mode_deletes_what_the_template_does_not_describe(arm, deployments, template, disk, good_machine):
    deployments.run(good_machine, parameters={"adminPassword": PASSWORD})
    found = deployments.run(template(disk()), "second", mode="Complete")
    assert found["provisioningState"] == "Succeeded", found
    left = [one.rsplit("/", 1)[1] for one in arm.stored() if "/providers/" in one and "deployments" not in one]
    assert left == ["data"]
    removed = [
        one["targetResource"]["resourceName"]
        for one in deployments.operations("second")
        if one["provisioningOperation"] == "Delete"
    ]
    assert set(removed) >= {"web", "webVMNic", "webPublicIP", "net"}


def test_complete_mode_leaves_what_belongs_to_a_machine_that_stays(arm, deployments, good_machine):
    net = {
        "type": "Microsoft.Network/virtualNetworks",
        "apiVersion": "2024-05-01",
        "name": "net",
        "location": "westeurope",
        "properties": {
            "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}],
        },
    }
    good_machine["resources"].append(net)
    given = {"adminPassword": PASSWORD}
    deployments.run(good_machine, parameters=given)
    before = arm.stored()
    found = deployments.run(good_machine, parameters=given, mode="Complete")
    assert found["provisioningState"] == "Succeeded", found
    assert arm.stored() == before
    assert any("/disks/" in one for one in before)


def test_complete_mode_deletes_what_its_condition_leaves_out(arm, deployments, provider, template, disk):
    deployments.run(template(disk("a"), disk("b")))
    deployments.run(template(disk("a"), disk("b", condition=False)), mode="Complete")
    assert arm.get(provider("Microsoft.Compute/disks/b")).status_code == 404
    assert arm.get(provider("Microsoft.Compute/disks/a")).status_code == 200
