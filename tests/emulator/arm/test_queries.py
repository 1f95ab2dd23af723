"""What a query asks of a list is done or refused, never ignored."""

import pytest

REFUSED = (400, "InvalidFilterInQueryString")


def ask(arm, path, version="2024-11-01", **query):
    """A GET with query options: ask(arm, path, filter="name eq 'a'")."""
    asked = {f"${name}": value for name, value in query.items()}
    text = "&".join(f"{name}={value}" for name, value in {**asked, "api-version": version}.items())
    return arm.get(f"{path}?{text}")


def names(answer):
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["value"]]


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def fleet(arm, provider, subnet):  # noqa: ARG001 - the network is one of the resources
    """A network, and two disks of which one has tags."""
    empty = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}
    arm.make(provider("Microsoft.Compute/disks/plain"), {"location": "westeurope", "properties": empty})
    tags = {"tier": "web", "owner": "O'Neill"}
    body = {"location": "northeurope", "tags": tags, "properties": empty}
    arm.make(provider("Microsoft.Compute/disks/tagged"), body)
    return arm.subscription


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["plain", "tagged", "net"]),
        ("resourceType eq 'microsoft.compute/DISKS'", ["plain", "tagged"]),
        ("resourceType ne 'Microsoft.Compute/disks'", ["net"]),
        ("name eq 'PLAIN'", ["plain"]),
        ("location eq 'northeurope'", ["tagged"]),
        ("resourceGroup eq 'FLEET'", ["plain", "tagged", "net"]),
        ("resourceGroup eq 'other'", []),
        ("tagname eq 'tier' and tagvalue eq 'web'", ["tagged"]),
        ("tagname eq 'tier' and tagvalue eq 'db'", []),
        ("tagName eq 'TIER'", ["tagged"]),
        ("tagname eq 'owner' and tagvalue eq 'O''Neill'", ["tagged"]),
        ("substringof('lai', name)", ["plain"]),
        ("startswith(name, 'ta') or name eq 'net'", ["tagged", "net"]),
        ("not (name eq 'net') and resourceType eq 'Microsoft.Compute/disks'", ["plain", "tagged"]),
    ],
)
def test_filters_the_resources_of_a_subscription(arm, fleet, text, expected):
    assert names(ask(arm, f"{fleet}/resources", filter=text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "colour eq 'red'",
        "name is 'plain'",
        "name eq",
        "name eq 'plain' and",
        "name eq 'plain'x",
        "(name eq 'plain'",
        "nearby(name, 'plain')",
        "atScope()",
        "name eq 'unfinished",
    ],
)
def test_refuses_a_filter_that_it_does_not_have(arm, fleet, text):
    assert error(ask(arm, f"{fleet}/resources", filter=text)) == REFUSED


def test_compares_a_text_that_is_spelled_like_a_property(arm, fleet, provider):
    arm.make(
        provider("Microsoft.Compute/disks/location"),
        {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}},
    )
    assert names(ask(arm, f"{fleet}/resources", filter="name eq 'location'")) == ["location"]


@pytest.mark.parametrize(
    "path",
    [
        "{S}/providers/Microsoft.Network/virtualNetworks",
        "{S}/providers/Microsoft.Compute/disks",
        "{S}/locations",
        "/subscriptions",
        "/tenants",
        "{S}/resourcegroups",
        "{S}/tagNames",
        "{S}/providers",
    ],
)
def test_refuses_a_filter_of_a_list_that_has_none(arm, fleet, path):
    version = "2024-05-01" if "Network" in path else "2022-12-01" if "providers/" not in path else "2024-03-02"
    assert error(ask(arm, path.replace("{S}", fleet), version, filter="colour eq 'red'")) == REFUSED


@pytest.mark.parametrize("option", ["expand", "select", "orderby"])
def test_says_that_an_option_of_a_list_is_not_emulated(arm, fleet, option):
    answer = ask(arm, f"{fleet}/providers/Microsoft.Compute/disks", "2024-03-02", **{option: "colour"})
    assert error(answer) == (501, "NotEmulated")
    assert "colour" in answer.text


@pytest.mark.parametrize("path", ["/resources", "/resourcegroups", "/providers/Microsoft.Compute/skus"])
def test_refuses_an_order_that_a_list_does_not_have(arm, fleet, path):
    assert error(ask(arm, f"{fleet}{path}", "2021-07-01", orderby="shoesize")) == (501, "NotEmulated")


@pytest.mark.parametrize("path", ["/resourcegroups", "/providers/Microsoft.Compute/skus"])
def test_refuses_a_page_that_a_list_of_one_page_did_not_offer(arm, fleet, path):
    assert error(ask(arm, f"{fleet}{path}", "2021-07-01", skiptoken="zzz")) == (400, "InvalidParameter")


def test_says_that_an_expansion_of_one_resource_is_not_emulated(arm, vm, good_vm):
    arm.make(vm, good_vm)
    assert error(ask(arm, vm, expand="colour")) == (501, "NotEmulated")


def test_adds_times_and_state_where_they_are_asked_for(arm, fleet):
    asked = ask(arm, f"{fleet}/resources", expand="createdTime,changedTime,provisioningState").json()["value"]
    assert all(one["createdTime"] <= one["changedTime"] for one in asked)
    assert {one["provisioningState"] for one in asked} == {"Succeeded"}
    assert "createdTime" not in ask(arm, f"{fleet}/resources").json()["value"][0]


def test_a_change_moves_the_time_of_change_alone(arm, fleet, provider):
    times = "createdTime,changedTime"
    before = ask(arm, f"{fleet}/resources", filter="name eq 'plain'", expand=times).json()["value"][0]
    arm.post("/emulator/clock", {"hours": 1})
    arm.patch(provider("Microsoft.Compute/disks/plain"), {"tags": {"a": "b"}})
    after = ask(arm, f"{fleet}/resources", filter="name eq 'plain'", expand=times).json()["value"][0]
    assert after["createdTime"] == before["createdTime"]
    assert after["changedTime"] > before["changedTime"]


def test_gives_as_many_as_are_asked_for_and_the_rest_on_the_next_page(arm, fleet):
    first = ask(arm, f"{fleet}/resources", top="2")
    assert names(first) == ["plain", "tagged"]
    assert names(arm.get(first.json()["nextLink"])) == ["net"]


@pytest.mark.parametrize("top", ["many", "0", "-1"])
def test_refuses_a_number_of_resources_that_is_none(arm, fleet, top):
    assert error(ask(arm, f"{fleet}/resources", top=top)) == (400, "InvalidParameter")


@pytest.mark.usefixtures("group")
def test_filters_groups_by_one_tag(arm):
    other = f"{arm.subscription}/resourceGroups/other"
    arm.put(other, {"location": "westeurope", "tags": {"tier": "web"}})
    groups = f"{arm.subscription}/resourcegroups"
    assert names(ask(arm, groups, filter="tagName eq 'tier' and tagValue eq 'web'")) == ["other"]
    assert names(ask(arm, groups, top="1")) == ["fleet"]


def test_counts_the_values_of_each_tag(arm, fleet):
    [owner, tier] = ask(arm, f"{fleet}/tagNames").json()["value"]
    assert (owner["tagName"], tier["tagName"]) == ("owner", "tier")
    assert tier["values"][0]["tagValue"] == "web"
    assert tier["values"][0]["count"] == {"type": "Total", "value": 1}


def test_lists_the_machines_of_one_scale_set_alone(arm, provider, vm, good_vm):
    arm.make(vm, good_vm)
    machines = provider("Microsoft.Compute/virtualMachines")
    of_set = f"'virtualMachineScaleSet/id' eq '{provider('Microsoft.Compute/virtualMachineScaleSets/pool')}'"
    assert names(ask(arm, machines, filter=of_set)) == []
    assert error(ask(arm, machines, filter="name eq 'web-1'")) == REFUSED


@pytest.mark.parametrize("query", ["$expand=instanceView", "statusOnly=true"])
def test_lists_machines_with_their_instance_views(arm, provider, vm, good_vm, query):
    arm.make(vm, good_vm)
    [found] = arm.get(f"{provider('Microsoft.Compute/virtualMachines')}?{query}&api-version=2024-11-01").json()["value"]
    assert found["properties"]["instanceView"]["statuses"][1]["code"] == "PowerState/running"
    [plain] = arm.get(provider("Microsoft.Compute/virtualMachines")).json()["value"]
    assert "instanceView" not in plain["properties"]


def test_tells_whether_a_resource_exists_by_head(arm, nic, provider):
    assert arm.ask("HEAD", nic).status_code == 204
    assert arm.ask("HEAD", provider("Microsoft.Network/networkInterfaces/other")).status_code == 404
