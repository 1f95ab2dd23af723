"""Requests that no client of Azure's sends: each is refused in ARM's shape, and the emulator answers on."""

import pytest

DISKS = "Microsoft.Compute/disks"
BODY = {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}
SETS = "Microsoft.Compute/virtualMachineScaleSets"
FLEXIBLE = {
    "location": "westeurope",
    "properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1},
}


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("text/plain", "text/plain"),
        ("application/xml; charset=utf-8", "application/xml"),
        ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        ("", "<null>"),
    ],
)
def test_refuses_a_body_that_does_not_say_that_it_is_json(arm, provider, sent, named):
    answer = arm.put(provider(f"{DISKS}/data"), b"{}", headers={"Content-Type": sent})
    assert error(answer) == (415, "UnsupportedMediaType")
    assert f"The content media type '{named}' is not supported. Only 'application/json'" in answer.text


def test_takes_json_with_a_charset(arm, group):
    sent = b'{"tags": {"a": "b"}}'
    assert arm.patch(group, sent, headers={"Content-Type": "application/json; charset=utf-8"}).status_code == 200


def test_the_emulators_own_routes_take_a_body_of_any_type(arm):
    typed = {"Content-Type": "application/x-www-form-urlencoded"}
    assert arm.post("/emulator/clock", b'{"days": 1}', headers=typed).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PROPFIND"])
def test_refuses_a_method_that_arm_has_not(arm, group, method):
    assert error(arm.ask(method, group)) == (405, "HttpMethodNotSupported")


def test_refuses_a_path_of_two_lines(arm, provider):
    assert error(arm.get(f"{provider(DISKS)}/a%0d%0ab")) == (404, "InvalidRequestPath")


@pytest.mark.parametrize("nested", ["(" * 5000 + ")" * 5000, "not " * 3000 + "x"])
def test_refuses_a_filter_that_is_nested_too_deep(arm, group, nested):
    answer = arm.get(f"{group}/resources?api-version=2021-04-01&$filter={nested}")
    assert error(answer) == (400, "InvalidFilterInQueryString")
    assert "nested more than 50 levels deep" in answer.text


def test_takes_a_filter_with_some_parentheses(arm, group):
    kept = "(" * 20 + "name eq 'a'" + ")" * 20
    assert arm.get(f"{group}/resources?api-version=2021-04-01&$filter={kept}").json() == {"value": []}


@pytest.mark.parametrize("version", ["2024-13-45", "2024-02-30", "2024-02-30-preview"])
def test_refuses_a_version_that_is_no_date(arm, provider, version):
    assert error(arm.get(provider(f"{DISKS}/data"), version=version)) == (404, "InvalidResourceType")


@pytest.mark.parametrize("option", ["$skip", "$count", "$search"])
def test_refuses_an_option_that_it_does_not_know_and_does_not_ignore_it(arm, provider, option):
    answer = arm.get(f"{provider(DISKS)}?api-version=2024-03-02&{option}=1")
    assert error(answer) == (501, "NotEmulated")
    assert f"query option '{option}'" in answer.text


def test_refuses_an_integer_of_more_than_32_bits(arm, provider):
    body = b'{"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": %d}}'
    answer = arm.put(provider(f"{DISKS}/data"), body % 2**31)
    assert error(answer) == (400, "InvalidRequestContent")
    assert "properties.diskSizeGB" in answer.text


@pytest.mark.parametrize(("size", "kind"), [(0, "Premium_LRS"), (32768, "Premium_LRS"), (65537, "UltraSSD_LRS")])
def test_refuses_a_disk_of_a_size_that_there_is_not(arm, provider, size, kind):
    properties = {**BODY["properties"], "diskSizeGB": size}
    answer = arm.put(provider(f"{DISKS}/data"), {**BODY, "sku": {"name": kind}, "properties": properties})
    assert error(answer) == (400, "InvalidParameter")
    assert f"The value '{size}' of parameter 'disk.diskSizeGB' is out of range" in answer.text


@pytest.mark.parametrize(
    ("action", "body", "member"),
    [
        ("restart", {"instanceIds": 0}, "instanceIds"),
        ("delete", {"instanceIds": [0]}, "instanceIds"),
        ("restart", [], ""),
        ("restart", "0", ""),
    ],
)
def test_refuses_an_action_whose_body_has_the_wrong_type(arm, provider, action, body, member):
    arm.make(provider(f"{SETS}/flex"), FLEXIBLE)
    answer = arm.post(f"{provider(f'{SETS}/flex')}/{action}", body)
    assert error(answer) == (400, "InvalidRequestContent")
    assert member in answer.text


@pytest.mark.parametrize(
    "parameters",
    [
        {"windowsParameters": -1},
        {"windowsParameters": {"classificationsToInclude": "Security"}},
        {"linuxParameters": []},
    ],
)
def test_refuses_an_installation_whose_parameters_have_the_wrong_type(arm, vm, good_vm, parameters):
    arm.make(vm, good_vm)
    answer = arm.post(f"{vm}/installPatches", {"rebootSetting": "Never", **parameters})
    assert error(answer) == (400, "InvalidRequestContent")


@pytest.mark.parametrize("name", ["%2e%2e", "a%00b", "a%3Cb%3E", "a%5Cb", "a%25b", "a%26b", "..."])
def test_refuses_a_name_that_no_resource_has(arm, provider, name):
    assert error(arm.put(f"{provider(DISKS)}/{name}", BODY)) == (400, "InvalidResourceName")
    assert arm.get(provider(DISKS)).json() == {"value": []}


def test_refuses_a_name_that_is_too_long(arm, provider):
    answer = arm.put(provider(f"{DISKS}/{'n' * 261}"), BODY)
    assert error(answer) == (400, "InvalidResourceName")
    assert "has a length of '261' which exceeds the maximum length of '260'." in answer.text
    assert "The value of parameter disk.name is invalid." in arm.put(provider(f"{DISKS}/{'n' * 81}"), BODY).text


def test_keeps_a_name_of_other_letters(arm, provider):
    disk = provider(f"{DISKS}/Größe-数据")
    assert arm.make(disk, BODY)["name"] == "Größe-数据"
