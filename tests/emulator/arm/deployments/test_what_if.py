"""What-if: which resources a deployment would create, change, leave, delete or not look at, and how."""

PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing


def changes(found):
    assert found["status"] == "Succeeded", found
    return {one["resourceId"].rsplit("/", 1)[1]: one for one in found["properties"]["changes"]}


def kinds(found):
    return {name: one["changeType"] for name, one in changes(found).items()}


def test_tells_new_changed_same_and_other_resources_apart(deployments, template, disk):
    deployments.run(template(disk("same"), disk("grows", 32), disk("other")))
    planned = template(disk("same"), disk("grows", 64), disk("new"))
    expected = {"same": "NoChange", "grows": "Modify", "new": "Create", "other": "Ignore"}
    assert kinds(deployments.what_if(planned)) == expected
    assert kinds(deployments.what_if(planned, mode="Complete")) == {**expected, "other": "Delete"}


def test_changes_nothing_itself(arm, deployments, template, disk):
    deployments.run(template(disk("a", 32)))
    before = arm.stored()
    deployments.what_if(template(disk("a", 64), disk("b")), mode="Complete")
    assert arm.stored() == before
    assert deployments.what_if(template(disk("a", 32)))["properties"]["changes"][0]["changeType"] == "NoChange"


def test_says_what_a_change_changes(deployments, template, disk):
    deployments.run(template(disk(tags={"owner": "a", "old": "x"})))
    change = changes(deployments.what_if(template(disk(size=64, tags={"owner": "b", "new": "y"}))))["data"]
    assert change["before"]["properties"]["diskSizeGB"] == 32
    assert change["after"]["properties"]["diskSizeGB"] == 64
    delta = {one["path"]: (one["propertyChangeType"], one["before"], one["after"]) for one in change["delta"]}
    assert delta["properties.diskSizeGB"] == ("Modify", 32, 64)
    assert delta["tags.owner"] == ("Modify", "a", "b")
    assert delta["tags.old"] == ("Delete", "x", None)
    assert delta["tags.new"] == ("Create", None, "y")


def test_says_which_items_of_a_list_change(deployments, template):
    def net(*prefixes, subnet="10.0.0.0/24"):
        return {
            "type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01",
            "name": "n",
            "location": "westeurope",
            "properties": {
                "addressSpace": {"addressPrefixes": list(prefixes)},
                "subnets": [{"name": "a", "properties": {"addressPrefix": subnet}}],
            },
        }

    deployments.run(template(net("10.0.0.0/16")))
    change = changes(deployments.what_if(template(net("10.0.0.0/15", "10.8.0.0/16", subnet="10.0.1.0/24"))))["n"]
    delta = {one["path"]: one for one in change["delta"]}
    spaces = delta["properties.addressSpace.addressPrefixes"]
    assert spaces["propertyChangeType"] == "Array"
    assert [(one["path"], one["propertyChangeType"], one["after"]) for one in spaces["children"]] == [
        ("0", "Modify", "10.0.0.0/15"),
        ("1", "Create", "10.8.0.0/16"),
    ]
    [subnet] = delta["properties.subnets"]["children"]
    assert [one["path"] for one in subnet["children"]] == ["properties.addressPrefix"]


def test_a_new_resource_is_shown_as_the_template_has_it(deployments, good_machine):
    found = changes(deployments.what_if(good_machine, parameters={"adminPassword": PASSWORD}))["web"]
    assert found["after"]["type"] == "Microsoft.Compute/virtualMachines"
    assert found["after"]["apiVersion"] == "2026-04-01"
    assert found["after"]["properties"]["osProfile"]["adminPassword"] == "*******"
    assert "vmId" not in found["after"]["properties"]


def test_the_same_machine_again_is_no_change(deployments, good_machine):
    deployments.run(good_machine, parameters={"adminPassword": PASSWORD})
    found = kinds(deployments.what_if(good_machine, parameters={"adminPassword": PASSWORD}))
    assert {found[name] for name in ("web", "webVMNic", "webPublicIP")} == {"NoChange"}
    assert found["net"] == "Ignore"


def test_ids_alone_are_given_where_that_is_asked_for(deployments, template, disk):
    deployments.run(template(disk("a")))
    found = deployments.what_if(template(disk("a"), disk("b")), result_format="ResourceIdOnly")
    assert kinds(found) == {"a": "Deploy", "b": "Create"}
    assert {tuple(one) for one in found["properties"]["changes"]} == {("resourceId", "changeType")}


def test_looks_into_nested_deployments(deployments, template, disk):
    child = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "child",
        "properties": {"mode": "Incremental", "template": template(disk("inside"))},
    }
    assert kinds(deployments.what_if(template(child))) == {"inside": "Create"}


def test_says_how_the_deployment_would_fail(deployments, template, disk):
    found = deployments.what_if(template(disk(size=-1)))
    assert (found["status"], found["error"]["code"]) == ("Failed", "InvalidTemplateDeployment")
    assert found["error"]["details"]
