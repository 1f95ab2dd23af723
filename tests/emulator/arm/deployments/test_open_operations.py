"""Deployments with a resource whose operation a fault keeps open: for some time, or for ever."""

import pytest

NETWORKS = "Microsoft.Network/virtualNetworks"
NEVER_ENDS = {"fault": "never-ends", "type": NETWORKS, "times": 1}


@pytest.fixture
def order(arm):
    return lambda fault: arm.put("/emulator/faults", {"faults": [fault]}).raise_for_status()


@pytest.fixture
def estate(template, disk):
    """A network, and a disk that is made after it."""
    network = {
        "type": NETWORKS,
        "apiVersion": "2024-05-01",
        "name": "net",
        "location": "westeurope",
        "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}},
    }
    after = disk(dependsOn=[f"[resourceId('{NETWORKS}', 'net')]"])
    return template(network, after, outputs={"made": {"type": "bool", "value": True}})


@pytest.fixture
def nested(template, estate):
    inner = {key: value for key, value in estate.items() if key != "outputs"}
    properties = {"mode": "Incremental", "template": inner}
    return template(
        {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "in", "properties": properties}
    )


def states(deployments, begun):
    return [deployments.arm.get(begun.headers["Azure-AsyncOperation"]).json()["status"] for _ in range(4)]


@pytest.mark.parametrize("which", ["estate", "nested"])
def test_runs_as_long_as_an_operation_never_ends(arm, provider, deployments, order, which, request):
    shape = request.getfixturevalue(which)
    order(NEVER_ENDS)
    begun = deployments.put(shape)
    assert states(deployments, begun) == ["Running"] * 4
    found = deployments.get().json()["properties"]
    assert found["provisioningState"] == "Running"
    assert not {"outputs", "error"} & found.keys()
    (step,) = deployments.operations()
    assert (step["provisioningState"], step["statusCode"]) == ("Running", "Accepted")
    assert arm.get(provider(f"{NETWORKS}/net")).json()["properties"]["provisioningState"] == "Creating"
    assert arm.get(provider("Microsoft.Compute/disks/data")).status_code == 404  # it depends on the network
    again = deployments.put(shape)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "DeploymentActive")


def test_can_be_cancelled_and_deployed_again(deployments, order, estate):
    order(NEVER_ENDS)
    begun = deployments.put(estate)
    assert deployments.ask("cancel").status_code == 204
    assert states(deployments, begun)[0] == "Canceled"
    assert deployments.run(estate)["provisioningState"] == "Succeeded"


def test_fails_when_what_it_waits_for_is_deleted(arm, provider, deployments, order, estate):
    order(NEVER_ENDS)
    begun = deployments.put(estate)
    arm.remove(provider(f"{NETWORKS}/net"))
    assert states(deployments, begun)[-1] == "Failed"
    error = deployments.get().json()["properties"]["error"]
    assert (error["code"], error["details"][0]["code"]) == ("DeploymentFailed", "ResourceDeploymentFailure")


def test_takes_as_long_as_its_slowest_resource(arm, deployments, order, estate):
    order({"fault": "slow", "type": NETWORKS, "seconds": 1800, "times": 1})
    begun = deployments.put(estate)
    arm.post("/emulator/clock", {"minutes": 29}).raise_for_status()
    assert states(deployments, begun) == ["Running"] * 4
    arm.post("/emulator/clock", {"minutes": 2}).raise_for_status()
    assert states(deployments, begun)[-1] == "Succeeded"
    assert {step["provisioningState"] for step in deployments.operations()} == {"Succeeded"}
    assert deployments.get().json()["properties"]["outputs"]["made"]["value"] is True


def test_a_rehearsal_waits_for_nothing(deployments, order, estate):
    order({**NEVER_ENDS, "times": 2})
    assert deployments.ask("validate", deployments.body(estate)).status_code == 200
    assert len(deployments.what_if(estate)["properties"]["changes"]) == 2
