"""Functions of the place that a template is deployed to, of ids, and of what runs there."""

import pytest

from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed

SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555"
GROUP = f"{SUBSCRIPTION}/resourceGroups/fleet"
NET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[resourceGroup().location]", "westeurope"),
        ("[resourceGroup().tags.owner]", "ops"),
        ("[subscription().subscriptionId]", SUBSCRIPTION.rsplit("/", maxsplit=1)[-1]),
        ("[deployment().name]", "first"),
        ("[environment().suffixes.storage]", "core.windows.net"),
        ("[tenant().tenantId]", "t"),
        ("[deployer().tenantId]", "t"),
        ("[providers('Microsoft.Compute', 'disks').apiVersions[0]]", "2024-03-02"),
        ("[providers('Microsoft.Compute').namespace]", "Microsoft.Compute"),
        ("[resourceId('Microsoft.Network/virtualNetworks', 'net')]", NET),
        ("[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]", f"{NET}/subnets/a"),
        ("[resourceId('other', 'A.B/c', 'x')]", f"{SUBSCRIPTION}/resourceGroups/other/providers/A.B/c/x"),
        (
            "[resourceId('99999999-2222-3333-4444-555555555555', 'other', 'A.B/c', 'x')]",
            "/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups/other/providers/A.B/c/x",
        ),
        ("[subscriptionResourceId('A.B/c', 'x')]", f"{SUBSCRIPTION}/providers/A.B/c/x"),
        ("[subscriptionResourceId('s', 'A.B/c', 'x')]", "/subscriptions/s/providers/A.B/c/x"),
        ("[tenantResourceId('A.B/c', 'x')]", "/providers/A.B/c/x"),
        (
            "[managementGroupResourceId('mg', 'A.B/c', 'x')]",
            "/providers/Microsoft.Management/managementGroups/mg/providers/A.B/c/x",
        ),
        ("[extensionResourceId(resourceGroup().id, 'A.B/c', 'x')]", f"{GROUP}/providers/A.B/c/x"),
    ],
)
def test_evaluates(evaluated, expression, expected):
    assert evaluated(expression) == expected


def test_an_id_at_a_subscription_has_no_group(evaluated, place):
    where = place(scope=SUBSCRIPTION, group={})
    assert evaluated("[resourceId('A.B/c', 'x')]", where=where) == f"{SUBSCRIPTION}/providers/A.B/c/x"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("[resourceId('virtualNetworks', 'net')]", "requires fully qualified resource type"),
        ("[resourceId('A.B/c/d', 'x')]", "the type 'A.B/c/d' requires '2' resource name argument(s)"),
        ("[resourceId('A.B/c', 'x', 'y')]", "requires '1' resource name argument(s)"),
        ("[managementGroup().name]", "'managementGroup' is not expected at this location"),
        ("[providers('Microsoft.Compute', 'nothing')]", "did not find the resource type 'nothing'"),
        ("[reference('nobody')]", "The template resource 'nobody' is not found"),
        (f"[reference('{NET}')]", "The API version is required"),
    ],
)
def test_refuses_in_azures_words(evaluated, expression, words):
    with pytest.raises(OutputsFailed) as refused:
        evaluated(expression)
    assert words in refused.value.details[0]["message"]


@pytest.fixture
def with_net(azure):
    azure.resources[NET.lower()] = {"id": NET, "name": "net", "location": "westeurope", "properties": {"size": 3}}
    return azure


def test_reads_the_properties_of_a_resource(evaluated, with_net):
    assert evaluated(f"[reference('{NET}', '2024-05-01').size]", azure=with_net) == 3


def test_reads_a_resource_in_full(evaluated, with_net):
    found = evaluated(f"[reference('{NET}', '2024-05-01', 'Full')]", azure=with_net)
    assert (found["location"], found["properties"], found["apiVersion"]) == ("westeurope", {"size": 3}, "2024-05-01")
    assert (found["resourceGroupName"], found["resourceId"]) == ("fleet", "Microsoft.Network/virtualNetworks/net")


def test_reads_a_resource_of_the_template_with_its_own_version(evaluated, with_net):
    described = {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-01-01", "name": "net"}
    found = evaluated("[reference('net', '', 'Full').askedWith]", azure=with_net, resources=[described])
    assert found == "2023-01-01"


def test_reads_a_resource_that_is_named_by_type_and_name(evaluated, with_net):
    expression = "[reference('Microsoft.Network/virtualNetworks/net', '2024-05-01').size]"
    assert evaluated(expression, azure=with_net) == 3
    described = {"net": {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-01-01", "name": "net"}}
    assert evaluated(expression, azure=with_net, resources=described, languageVersion="2.0") == 3


def test_lists_by_any_function_of_that_name(evaluated, azure):
    found = evaluated(f"[listAccountSas('{NET}', '2024-01-01', createObject('a', 1))]", azure=azure)
    assert found == {"action": "listAccountSas", "id": NET, "version": "2024-01-01", "body": {"a": 1}}
