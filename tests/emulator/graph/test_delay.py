"""Resource Graph that is behind ARM: changes, deletions and patches show later, on the emulator's clock."""

import pytest

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
QUERY = "resourcecontainers | where type has 'resourcegroups' | project name, tags, id | order by name asc"


def put(azure, name, **tags):
    path = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{name}"
    assert azure.send("PUT", path, {"location": "westeurope", "tags": tags}).status_code in {200, 201}


def shown(azure):
    return {row["name"]: row["tags"] for row in azure.rows(QUERY)}


@pytest.fixture
def behind(azure):
    """Ten minutes behind, so that the test's own seconds do not count."""
    put(azure, "before", n="1")
    answer = azure.send("POST", "/emulator/graph", {"delaySeconds": 600})
    assert answer.json() == {"enforceQuota": False, "delaySeconds": 600}


@pytest.fixture
def advance(azure):
    return lambda minutes: azure.send("POST", "/emulator/clock", {"minutes": minutes})


@pytest.mark.usefixtures("behind")
def test_what_is_new_changed_or_gone_shows_later(azure, advance):
    put(azure, "new")
    put(azure, "before", n="overwritten at once")
    put(azure, "before", n="2")
    assert shown(azure) == {"before": {"n": "1"}}
    advance(5)
    put(azure, "before", n="3")
    advance(6)
    assert shown(azure) == {"before": {"n": "2"}, "new": {}}
    advance(10)
    assert shown(azure) == {"before": {"n": "3"}, "new": {}}


@pytest.mark.usefixtures("behind")
def test_what_is_deleted_is_still_there(azure, advance):
    answer = azure.send("DELETE", f"/subscriptions/{SUBSCRIPTION}/resourceGroups/before")
    while answer.status_code == 202:
        answer = azure.send("GET", answer.headers["Location"].removeprefix("http://management.test"))
    assert shown(azure) == {"before": {"n": "1"}}
    advance(11)
    assert shown(azure) == {}


@pytest.mark.usefixtures("behind")
def test_it_is_at_once_again_when_it_is_turned_off(azure):
    put(azure, "new")
    azure.send("POST", "/emulator/graph", {"delaySeconds": 0})
    assert sorted(shown(azure)) == ["before", "new"]


@pytest.mark.usefixtures("behind")
def test_a_reset_turns_it_off(azure):
    azure.send("POST", "/emulator/reset")
    assert azure.send("GET", "/emulator/graph").json() == {"enforceQuota": False, "delaySeconds": 0}
    put(azure, "new")
    assert sorted(shown(azure)) == ["new"]


@pytest.mark.parametrize("wanted", [{}, {"delaySeconds": -1}, {"delaySeconds": True}, {"delay": 1}])
def test_refuses_another_setting(azure, wanted):
    assert azure.send("POST", "/emulator/graph", wanted).status_code == 400


def test_assessments_and_installations_show_later(azure, machine, advance):
    wanted = {"classificationsToInclude": ["Critical", "Security"]}
    azure.send("POST", "/emulator/graph", {"delaySeconds": 600})
    azure.post(f"{machine}/assessPatches")
    azure.post(f"{machine}/installPatches", {"rebootSetting": "IfRequired", "windowsParameters": wanted})
    tables = ("patchassessmentresources", "patchinstallationresources")
    assert [len(azure.rows(f"{name} | where type !has 'softwarepatches'")) for name in tables] == [0, 0]
    advance(11)
    assert [len(azure.rows(f"{name} | where type !has 'softwarepatches'")) for name in tables] == [1, 1]
