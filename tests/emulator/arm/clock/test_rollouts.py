"""Azure's own rollouts: availability first, within 30 days, and no further than the first machine that it made ill."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from azure_hotpatch.emulator.arm.database.store import Store

APART = timedelta(minutes=15)  # longer than any installation with its restart takes

JANUARY = datetime(2025, 1, 14, 17, tzinfo=UTC)


def evening(moment):
    return (moment - timedelta(hours=12)).date()


def make_farm(fleet, provider, count):
    """An availability set of so many machines."""
    path = provider("Microsoft.Compute/availabilitySets/farm")
    fleet.arm.make(path, {"location": "westeurope", "sku": {"name": "Aligned"}, "properties": {}})
    for number in range(count):
        fleet.make(f"farm-{number:02}", availabilitySet={"id": path})


def most_at_once(moments, apart):
    """How many of these moments lie within so long, at the most."""
    return max(sum(one <= other < one + apart for other in moments) for one in moments)


def nights(fleet, names):
    """The day on whose evening the night began in which each machine was patched, in Western Europe."""
    return {name: evening(fleet.times(name)[name][0]) for name in names}


def test_paired_regions_and_zones_never_share_a_night_in_a_whole_year(fleet):
    """October's two out-of-band updates are rolled out while the baseline still is."""
    pairs = (("westeurope", "northeurope"), ("uksouth", "ukwest"))
    for region in (region for pair in pairs for region in pair):
        for zone in ("1", "3"):
            mode = "hotpatch" if zone == "1" else "azure-managed"
            fleet.make(f"{region}-{zone}", mode=mode, location=region, zones=[zone])
    fleet.to("2025-12-01T00:00:00")
    found = {name: {evening(moment) for moment in times} for name, times in fleet.times().items()}
    assert all(len(days) >= 12 for days in found.values())
    for pair in pairs:
        own = [days for name, days in found.items() if name.startswith(pair)]
        assert len(own) == 4
        assert all(not one & other for one, other in itertools.combinations(own, 2))


def test_the_zones_of_a_region_are_patched_in_different_nights(fleet):
    names = [f"zone-{zone}-{number}" for zone in "123" for number in "ab"]
    for name in names:
        fleet.make(name, zones=[name.split("-")[1]])
    fleet.to("2025-02-10T00:00:00")
    found = nights(fleet, names)
    assert len(set(found.values())) == 3
    assert all(found[f"zone-{zone}-a"] == found[f"zone-{zone}-b"] for zone in "123")


@pytest.mark.parametrize(("count", "at_once"), [(4, 1), (12, 2)])
def test_an_availability_set_loses_a_fifth_at_once_at_most(fleet, provider, count, at_once):
    make_farm(fleet, provider, count)
    fleet.to("2025-02-10T00:00:00")
    moments = sorted(found[0] for found in fleet.times().values())
    assert len(moments) == count
    assert most_at_once(moments, APART) == at_once


def test_a_flexible_set_is_patched_instance_by_instance_at_all_hours(fleet, provider):
    path = provider("Microsoft.Compute/virtualMachineScaleSets/web")
    properties = {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1}
    fleet.arm.make(path, {"location": "westeurope", "properties": properties})
    for number in range(50):
        fleet.make(f"web-{number:02}", virtualMachineScaleSet={"id": path})
    fleet.to("2025-02-10T00:00:00")
    moments = sorted(found[0] for found in fleet.times().values())
    assert len(moments) == 50
    assert all(later - earlier >= APART for earlier, later in itertools.pairwise(moments))
    assert {moment.hour for moment in moments} >= {0, 6, 12}  # by day too


def flexible_set(fleet, provider, name, location="westeurope"):
    path = provider(f"Microsoft.Compute/virtualMachineScaleSets/{name}")
    properties = {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1}
    fleet.arm.make(path, {"location": location, "properties": properties})
    return {"virtualMachineScaleSet": {"id": path}}


def turn(fleet, prefix):
    """When the first and the last of some machines were patched."""
    moments = sorted(found[0] for name, found in fleet.times().items() if found and name.startswith(prefix))
    return moments[0], moments[-1]


def test_a_flexible_set_in_one_zone_and_machines_in_another_are_not_patched_together(fleet, provider):
    inside = flexible_set(fleet, provider, "web")
    for number in range(40):
        fleet.make(f"web-{number:02}", zones=["2"], **inside)
    for number in range(24):
        fleet.make(f"alone-{number:02}", zones=["1"])
    fleet.to("2025-02-12T00:00:00")
    assert turn(fleet, "alone")[1] + APART < turn(fleet, "web")[0]


def test_flexible_sets_in_paired_regions_are_not_patched_together(fleet, provider):
    """The last turn of the west before the first of the east, where the night begins three hours earlier."""
    for region, zones in (("westus", ["3"]), ("eastus", [])):
        inside = flexible_set(fleet, provider, region, region)
        for number in range(70):
            fleet.make(f"{region}-{number:02}", location=region, zones=zones, **inside)
    fleet.to("2025-01-22T12:00:00")
    assert turn(fleet, "westus")[1] + APART < turn(fleet, "eastus")[0]


@pytest.mark.parametrize(("count", "at_once"), [(5, 1), (10, 2)])
def test_a_slow_update_takes_no_more_of_an_availability_set_at_once(fleet, provider, count, at_once):
    slow = {"faults": [{"kb": "KB5049983", "minutes": 60}]}
    fleet.arm.put("/emulator/events", slow).raise_for_status()
    make_farm(fleet, provider, count)
    fleet.to("2025-02-12T00:00:00")
    moments = sorted(found[0] for found in fleet.times().values())
    assert len(moments) == count
    assert most_at_once(moments, timedelta(minutes=65)) == at_once


def test_single_machines_are_patched_at_night_where_they_are_and_within_thirty_days(fleet):
    zones = {"eastus": -5, "japaneast": 9, "westeurope": 1}
    for region in zones:
        for number in range(4):
            fleet.make(f"{region}-{number}"[:15], location=region)
    fleet.to("2025-02-13T00:00:00")
    for name, found in fleet.times().items():
        local = found[0] + timedelta(hours=zones[name.split("-")[0]])
        assert local.hour >= 22 or local.hour < 6
        assert JANUARY < found[0] < JANUARY + timedelta(days=30)


def test_a_machine_that_was_off_is_patched_when_its_turn_comes_again(fleet):
    machine = fleet.make("m")
    fleet.arm.act(f"{machine}/deallocate")
    fleet.to("2025-01-21T00:00:00")
    assert fleet.times("m")["m"] == []
    fleet.arm.act(f"{machine}/start")
    fleet.to("2025-02-10T00:00:00")
    assert fleet.history()["m"] == [("2025-01-26", True, "20348.3091")]


def test_a_machine_is_not_patched_before_it_was_made(fleet, tmp_path):
    """What was due before a machine was made is not caught up with, though nobody moved the clock meanwhile."""
    fleet.to("2025-01-13T00:00:00")
    store = Store(tmp_path / "azure.sqlite")
    with store.transaction() as tx:
        tx.move_clock(timedelta(days=25))  # as time passes by itself
    store.close()
    fleet.make("m", version="20348.2762.241008")
    fleet.to("2025-02-08T00:00:00")
    assert fleet.history()["m"] == []


def test_a_patch_that_makes_machines_unhealthy_stops(fleet):
    fleet.arm.put("/emulator/events", {"faults": [{"kb": "KB5049983", "outcome": "unhealthy"}]}).raise_for_status()
    for region in ("northeurope", "westeurope"):
        for number in range(3):
            fleet.make(f"{region}-{number}", location=region, zones=[str(number + 1)])
    fleet.to("2025-02-10T00:00:00")
    tracks = fleet.tracks()
    ill = [name for name, one in tracks.items() if not one["healthy"]]
    assert len(ill) == 1  # the one whose zone had its night first
    assert [name for name, found in fleet.times().items() if found] == ill
    view = fleet.arm.get(f"{fleet.id(ill[0])}/instanceView").json()
    assert view["vmHealth"]["status"]["code"] == "HealthState/unhealthy"


def test_only_the_system_s_security_updates_are_installed(fleet):
    machine = fleet.make("m")
    fleet.to("2025-02-10T00:00:00")
    [run] = fleet.arm.get("/emulator/installations").json()["value"][0]["installations"]
    assert [name.split(" (")[1] for name in run["patches"]] == ["KB5049983)"]
    left = fleet.arm.get(f"{machine}/instanceView").json()["patchStatus"]["availablePatchSummary"]
    assert (left["criticalAndSecurityPatchCount"], left["otherPatchCount"]) == (0, 4)


def test_a_failed_installation_is_tried_again(fleet):
    fleet.arm.put("/emulator/events", {"faults": [{"kb": "KB5049983", "outcome": "fails"}]}).raise_for_status()
    machine = fleet.make("m")
    fleet.to("2025-01-21T00:00:00")
    last = fleet.arm.get(f"{machine}/instanceView").json()["patchStatus"]["lastPatchInstallationSummary"]
    assert (last["status"], last["failedPatchCount"], last["error"]["code"]) == ("Failed", 1, "PatchInstallationFailed")
    fleet.arm.put("/emulator/events", {}).raise_for_status()
    fleet.to("2025-02-05T00:00:00")
    assert fleet.history()["m"] == [("2025-01-26", True, "20348.3091")]
