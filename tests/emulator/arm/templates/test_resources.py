"""Which resources a template describes: ids, children, scopes, conditions, symbolic names, and their order."""

import pytest

from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate

SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555"
GROUP = f"{SUBSCRIPTION}/resourceGroups/fleet"


def resource(kind, name, **more):
    return {"type": kind, "apiVersion": "2024-05-01", "name": name, **more}


def net(name="net", **more):
    return resource("Microsoft.Network/virtualNetworks", name, **more)


def ids(found):
    return [one.id for one in found.resources]


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        (net(), f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"),
        (
            resource("Microsoft.Network/virtualNetworks/subnets", "net/a"),
            f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/a",
        ),
        (
            resource("Microsoft.Storage/storageAccounts/providers/locks", "store/Microsoft.Authorization/keep"),
            f"{GROUP}/providers/Microsoft.Storage/storageAccounts/store/providers/Microsoft.Authorization/locks/keep",
        ),
        (
            resource("Microsoft.Authorization/locks", "keep", scope="Microsoft.Network/virtualNetworks/net"),
            f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/providers/Microsoft.Authorization/locks/keep",
        ),
        (
            resource("Microsoft.Authorization/policyAssignments", "p", scope="/"),
            "/providers/Microsoft.Authorization/policyAssignments/p",
        ),
        (
            resource(
                "Microsoft.Authorization/policyAssignments", "p", scope="Microsoft.Management/managementGroups/mg"
            ),
            "/providers/Microsoft.Management/managementGroups/mg/providers/Microsoft.Authorization/policyAssignments/p",
        ),
        (
            resource("Microsoft.Resources/deployments", "d", resourceGroup="other"),
            f"{SUBSCRIPTION}/resourceGroups/other/providers/Microsoft.Resources/deployments/d",
        ),
        (
            resource("Microsoft.Resources/deployments", "d", subscriptionId="99999999-2222-3333-4444-555555555555"),
            "/subscriptions/99999999-2222-3333-4444-555555555555/providers/Microsoft.Resources/deployments/d",
        ),
    ],
)
def test_gives_a_resource_its_id(compiled, template, described, expected):
    assert ids(compiled(template(resources=[described]))) == [expected]


def test_at_a_subscription_a_resource_is_the_subscriptions(compiled, template, place):
    where = place(scope=SUBSCRIPTION, group={})
    group = resource("Microsoft.Resources/resourceGroups", "new")
    assignment = resource("Microsoft.Authorization/policyAssignments", "p")
    found = compiled(template(resources=[group, assignment]), where=where)
    expected = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/p"
    assert ids(found) == [f"{SUBSCRIPTION}/resourceGroups/new", expected]


def test_children_take_the_type_and_name_of_their_parent(compiled, template):
    child = resource("subnets", "a", resources=[resource("deeper", "b")])
    found = compiled(template(resources=[net(resources=[child])]))
    assert [(one.type, one.name) for one in found.resources] == [
        ("Microsoft.Network/virtualNetworks", "net"),
        ("Microsoft.Network/virtualNetworks/subnets", "net/a"),
        ("Microsoft.Network/virtualNetworks/subnets/deeper", "net/a/b"),
    ]


def test_a_condition_leaves_a_resource_and_its_children_out(compiled, template):
    parent = net(condition="[equals('a', 'b')]", resources=[resource("subnets", "a")])
    assert ids(compiled(template(resources=[parent, net("kept")]))) == [
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/kept"
    ]


def test_two_of_the_same_id_are_fine_where_one_alone_is_deployed(compiled, template):
    one, other = net(condition=True), net(condition=False)
    assert len(compiled(template(resources=[one, other])).resources) == 1


@pytest.mark.parametrize(
    ("resources", "words"),
    [
        ([net(), net("NET")], "is defined multiple times in a template"),
        ([net("a/b")], "has incorrect segment lengths"),
        ([resource("Microsoft.Network/virtualNetworks/subnets", "a")], "has incorrect segment lengths"),
        ([net(condition="yes")], "'condition' must be a boolean"),
        ([{"type": "Microsoft.Network/virtualNetworks", "name": "net"}], "its property 'apiVersion'"),
        ([net("[parameters('absent')]")], "The template parameter 'absent' is not found"),
        ([net("[reference('x').name]")], "'reference' is not expected at this location"),
        ([net(dependsOn=["nobody"])], "The resource 'nobody' is not defined in the template."),
        ([net("a", dependsOn=["b"]), net("b", dependsOn=["a"])], "Circular dependency detected on resource"),
        ([net("a", dependsOn=["a"])], "Circular dependency detected on resource"),
    ],
)
def test_refuses_in_azures_words(compiled, template, resources, words):
    with pytest.raises(InvalidTemplate, match=".*" + words.replace("[", r"\[")) as refused:
        compiled(template(resources=resources))
    assert refused.value.message.startswith("Deployment template validation failed: '")


@pytest.mark.parametrize("part", ["$schema", "contentVersion", "resources"])
def test_a_template_must_have_its_parts(compiled, template, part):
    whole = template()
    del whole[part]
    with pytest.raises(InvalidTemplate, match=f"Required property '{part.replace('$', '.')}' not found in JSON"):
        compiled(whole)


def test_a_member_that_no_template_has_is_refused(compiled, template):
    with pytest.raises(InvalidTemplate, match="Could not find member 'resorces' on object of type 'Template'"):
        compiled(template(resorces=[]))


@pytest.mark.parametrize(
    "name",
    [
        "[resourceId('Microsoft.Network/virtualNetworks', 'NET')]",
        "microsoft.network/virtualnetworks/net",
        "net",
        "[concat('Microsoft.Network/virtualNetworks/', 'net')]",
    ],
)
def test_depends_on_what_is_named_in_any_way(compiled, template, name):
    waiting = resource("Microsoft.Network/networkInterfaces", "nic", dependsOn=[name])
    assert [one.name for one in compiled(template(resources=[waiting, net()])).resources] == ["net", "nic"]


@pytest.mark.parametrize(
    "expression",
    [
        "[reference('net').a]",
        "[reference(resourceId('Microsoft.Network/virtualNetworks', 'net')).a]",
        "[if(true(), 1, reference('Microsoft.Network/virtualNetworks/net').a)]",
        "[listKeys('net', '2024-05-01').a]",
    ],
)
def test_waits_for_what_its_expressions_read(compiled, template, expression):
    waiting = resource("Microsoft.Network/networkInterfaces", "nic", properties={"deep": [{"x": expression}]})
    assert [one.name for one in compiled(template(resources=[waiting, net()])).resources] == ["net", "nic"]


def test_a_resource_that_is_not_deployed_is_not_waited_for(compiled, template):
    waiting = net("b", dependsOn=["[resourceId('Microsoft.Network/virtualNetworks', 'a')]"])
    found = compiled(template(resources=[waiting, net("a", condition=False)])).resources
    assert [(one.name, one.after) for one in found] == [("b", set())]


def test_the_name_of_what_is_not_deployed_may_be_none(compiled, template):
    nothing = net("[parameters('none')]", condition="[not(empty(parameters('none')))]")
    waiting = net("b", dependsOn=["[resourceId('Microsoft.Network/virtualNetworks', 'b2')]"])
    found = compiled(
        template(parameters={"none": {"type": "string", "nullable": True}}, resources=[nothing, net("b2"), waiting])
    ).resources
    assert [one.name for one in found] == ["b2", "b"]


def test_what_a_nested_template_reads_itself_is_not_waited_for(compiled, template):
    inner = {"scope": "inner"}
    inside = {"x": {"type": "int", "value": "[reference('net').a]"}}
    nested = resource(
        "Microsoft.Resources/deployments",
        "d",
        properties={"expressionEvaluationOptions": inner, "template": {"outputs": inside}},
    )
    found = compiled(template(resources=[nested, net(dependsOn=["d"])])).resources
    assert [one.name for one in found] == ["d", "net"]


def test_a_loop_that_runs_no_times_may_be_waited_for(compiled, template):
    none = net("[concat('n', copyIndex())]", copy={"name": "none", "count": 0})
    assert [one.name for one in compiled(template(resources=[none, net(dependsOn=["none"])])).resources] == ["net"]
    found = compiled(symbolic(template, nets=none, last=net(dependsOn=["nets", "nets[0]"])))
    assert [one.name for one in found.resources] == ["net"]


def symbolic(template, **resources):
    return template(languageVersion="2.0", resources=resources)


def test_resources_have_symbolic_names(compiled, template, azure):
    azure.resources[f"{GROUP}/providers/microsoft.network/virtualnetworks/old".lower()] = {"properties": {"a": 1}}
    found = compiled(
        symbolic(
            template,
            last=net("last", dependsOn=["first"], properties={"info": "[resourceInfo('first').id]"}),
            first=net("[format('{0}', 'first')]", properties={"old": "[reference('old').a]"}),
            old={**net("old"), "existing": True},
        )
    )
    assert [one.name for one in found.resources] == ["first", "last"]
    assert found.body(found.resources[0], azure)["properties"] == {"old": 1}
    assert found.body(found.resources[1], azure)["properties"]["info"].endswith("/virtualNetworks/first")


def test_a_loop_with_a_symbolic_name_is_named_whole_or_by_index(compiled, template, azure):
    loop = net("[format('n{0}', copyIndex())]", copy={"name": "nets", "count": 2})
    for at in range(2):
        azure.resources[f"{GROUP}/providers/microsoft.network/virtualnetworks/n{at}".lower()] = {
            "properties": {"at": at}
        }
    found = compiled(
        symbolic(
            template,
            one=net("one", dependsOn=["nets[1]"], properties={"x": "[reference('nets[1]').at]"}),
            all=net(
                "all",
                dependsOn=["nets"],
                properties={"x": "[map(references('nets'), lambda('n', lambdaVariables('n').at))]"},
            ),
            nets=loop,
        )
    )
    by_name = {one.name: one for one in found.resources}
    assert {key.rsplit("/", 1)[1] for key in by_name["one"].after} == {"n1"}
    assert {key.rsplit("/", 1)[1] for key in by_name["all"].after} == {"n0", "n1"}
    assert found.body(by_name["one"], azure)["properties"] == {"x": 1}
    assert found.body(by_name["all"], azure)["properties"] == {"x": [0, 1]}


@pytest.mark.parametrize(("version", "resources"), [("2.0", []), ("1.0", {})])
def test_symbolic_names_and_the_language_version_go_together(compiled, template, version, resources):
    with pytest.raises(InvalidTemplate, match="'resources' must be"):
        compiled(template(languageVersion=version, resources=resources))


def test_what_is_sent_has_none_of_the_templates_own_members(compiled, template, azure):
    described = net(
        comments="c",
        metadata={},
        dependsOn=[],
        condition=True,
        location="[resourceGroup().location]",
        tags={"a": "[[b]"},
    )
    found = compiled(template(resources=[described]))
    assert found.body(found.resources[0], azure) == {"location": "westeurope", "tags": {"a": "[b]"}}
