"""Deployments through Microsoft's own Python client: begin, follow, read, list, export, validate, what-if, delete."""

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.resource.deployments import DeploymentsMgmtClient
from azure.mgmt.resource.deployments.models import (
    Deployment,
    DeploymentParameter,
    DeploymentProperties,
    DeploymentWhatIf,
    DeploymentWhatIfProperties,
    ScopedDeployment,
)
from azure.mgmt.resource.resources import ResourceManagementClient

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"


@pytest.fixture(scope="module")
def deployments(connect):
    connect(ResourceManagementClient, SUBSCRIPTION).resource_groups.create_or_update(
        "fleet", {"location": "westeurope"}
    )
    return connect(DeploymentsMgmtClient, SUBSCRIPTION).deployments


@pytest.fixture(scope="module")
def operations(connect):
    return connect(DeploymentsMgmtClient, SUBSCRIPTION).deployment_operations


def properties(template, kind=DeploymentProperties, **parameters):
    given = {name: DeploymentParameter(value=value) for name, value in parameters.items()}
    return kind(mode="Incremental", template=template, parameters=given)


def test_a_deployment_from_its_beginning_to_its_end(deployments, operations, template, disk):
    outputs = {"size": {"type": "int", "value": "[reference('sdk').diskSizeGB]"}}
    whole = template(disk("sdk", "[parameters('size')]"), parameters={"size": {"type": "int"}}, outputs=outputs)
    poller = deployments.begin_create_or_update("fleet", "sdk", Deployment(properties=properties(whole, size=64)))
    done = poller.result()
    assert (done.properties.provisioning_state, done.properties.outputs["size"]["value"]) == ("Succeeded", 64)
    assert deployments.check_existence("fleet", "sdk")
    assert not deployments.check_existence("fleet", "nobody")
    assert deployments.get("fleet", "sdk").properties.output_resources[0].id.endswith("/disks/sdk")
    assert "sdk" in [one.name for one in deployments.list_by_resource_group("fleet")]
    assert deployments.export_template("fleet", "sdk").template == whole
    found = list(operations.list("fleet", "sdk"))
    assert [one.properties.provisioning_operation for one in found] == ["Create", "EvaluateDeploymentOutput"]
    assert operations.get("fleet", "sdk", found[0].operation_id).properties.target_resource.resource_name == "sdk"
    deployments.begin_delete("fleet", "sdk").result()
    with pytest.raises(ResourceNotFoundError):
        deployments.get("fleet", "sdk")


def test_a_failure_is_the_clients_error(deployments, template, disk):
    body = Deployment(properties=properties(template(disk("bad", -1))))
    with pytest.raises(HttpResponseError) as failed:
        deployments.begin_create_or_update("fleet", "bad", body).result()
    assert failed.value.error.code == "DeploymentFailed"
    assert len(failed.value.error.details) == 1


def test_validation_answers_good_and_bad(deployments, template, disk):
    good = deployments.begin_validate("fleet", "v", Deployment(properties=properties(template(disk())))).result()
    assert good.properties.validated_resources[0].id.endswith("/disks/data")
    with pytest.raises(HttpResponseError) as bad:
        deployments.begin_validate("fleet", "v", Deployment(properties=properties(template(disk(size=-1))))).result()
    assert bad.value.error.code == "InvalidTemplateDeployment"


def test_what_if_answers_its_changes(deployments, template, disk):
    body = DeploymentWhatIf(properties=properties(template(disk("new")), DeploymentWhatIfProperties))
    found = deployments.begin_what_if("fleet", "w", body).result()
    assert found.status == "Succeeded"
    assert {one.resource_id.rsplit("/", 1)[1]: one.change_type for one in found.changes}["new"] == "Create"


def test_a_cancelled_one_is_cancelled(deployments, template):
    deployments.begin_create_or_update("fleet", "c", Deployment(properties=properties(template())), polling=False)
    deployments.cancel("fleet", "c")
    assert deployments.get("fleet", "c").properties.provisioning_state == "Canceled"


def test_the_other_scopes(deployments, template):
    body = Deployment(location="westeurope", properties=properties(template()))
    scoped = ScopedDeployment(location="westeurope", properties=properties(template()))
    done = [
        deployments.begin_create_or_update_at_subscription_scope("s", body).result(),
        deployments.begin_create_or_update_at_management_group_scope("mg", "m", scoped).result(),
        deployments.begin_create_or_update_at_tenant_scope("t", scoped).result(),
    ]
    assert {one.properties.provisioning_state for one in done} == {"Succeeded"}
    assert [one.name for one in deployments.list_at_subscription_scope()] == ["s"]
    assert [one.name for one in deployments.list_at_management_group_scope("mg")] == ["m"]
    assert [one.name for one in deployments.list_at_tenant_scope()] == ["t"]


def test_a_hash_of_a_template(deployments, template):
    assert deployments.calculate_template_hash(template()).template_hash
