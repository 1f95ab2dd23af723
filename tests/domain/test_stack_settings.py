"""A stack's settings: what the defaults mean, and what a fleet is made of."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from azure_hotpatch.domain.azure.image_names import named_image
from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE, WHOLE_CATALOGUE
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.settings import Fleet, SettingsError, StackSettings, parse_settings

STACKS = Path(__file__).parents[2] / "stacks"
SCHEDULE = {"start": "2026-01-10 22:00", "recurrence": "saturdayAfterPatchTuesday"}
LOCAL = {
    "name": "edge",
    "customLocationId": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ExtendedLocation/customLocations/site",
    "logicalNetworkId": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.AzureStackHCI/logicalNetworks/lan",
}
SUBNET = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub/subnets/servers"


def fleet(**groups: Any) -> dict[str, Any]:
    return {"fleet": groups}


def paths(raw: dict[str, Any]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        parse_settings(raw)
    return [problem.path for problem in caught.value.problems]


def test_an_empty_stack_is_valid() -> None:
    assert parse_settings({}) == StackSettings()


def test_hotpatch_is_the_default() -> None:
    settings = parse_settings(fleet(machines=[{"name": "web"}]))
    (group,) = settings.fleet.machines

    assert settings.mode(group) is PatchingMode.HOTPATCH
    assert settings.reboot_setting(group) == "IfRequired"
    assert settings.catalogue == DEFAULT_CATALOGUE
    assert str(group.named_image(settings.images)).endswith(":2022-Datacenter-Azure-Edition-Core")


def test_a_group_without_a_count_is_one_machine_of_that_name() -> None:
    (group,) = parse_settings(fleet(machines=[{"name": "web"}])).fleet.machines
    assert group.machine_names() == ("web",)


def test_a_count_of_one_is_numbered_so_that_more_rename_nothing() -> None:
    one, three = parse_settings(
        fleet(machines=[{"name": "web", "count": 1}, {"name": "db", "count": 3}])
    ).fleet.machines
    assert one.machine_names() == ("web-01",)
    assert three.machine_names(digits=3) == ("db-001", "db-002", "db-003")


def test_machines_are_spread_over_the_zones_in_turn() -> None:
    (group,) = parse_settings(fleet(machines=[{"name": "web", "count": 4, "zones": [1, "3"]}])).fleet.machines
    assert [group.zone(index) for index in range(4)] == ["1", "3", "1", "3"]


def test_a_group_overrides_the_mode_of_the_stack() -> None:
    settings = parse_settings(
        {
            "maintenance": {"rebootSetting": "Never", "schedule": SCHEDULE},
            **fleet(
                machines=[
                    {"name": "web"},
                    {"name": "db", "patchingMode": "customerManagedSchedule", "rebootSetting": "Always"},
                ]
            ),
        }
    )
    web, db = settings.fleet.machines

    assert settings.mode(web) is PatchingMode.HOTPATCH
    assert settings.mode(db) is PatchingMode.CUSTOMER_MANAGED_SCHEDULE
    assert (settings.reboot_setting(web), settings.reboot_setting(db)) == ("Never", "Always")


def test_a_named_recurrence_is_what_azure_reads() -> None:
    settings = parse_settings({"maintenance": {"mode": "customerManagedSchedule", "schedule": SCHEDULE}})
    assert settings.maintenance.schedule is not None
    assert settings.maintenance.schedule.recur_every == "1Month Second Tuesday Offset4"


@pytest.mark.parametrize(
    ("name", "sku"),
    [
        ("2022-core", "2022-Datacenter-Azure-Edition-Core"),
        ("2022-Hotpatch-smalldisk", "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk"),
        ("2025", "2025-Datacenter-Azure-Edition"),
        ("2022-datacenter-azure-edition-CORE", "2022-datacenter-azure-edition-CORE"),
        ("MicrosoftWindowsServer:WindowsServer:2025-datacenter-azure-edition", "2025-datacenter-azure-edition"),
    ],
)
def test_an_image_is_named_in_short_or_whole(name: str, sku: str) -> None:
    image = named_image(name)
    assert image.sku == sku
    assert image in WHOLE_CATALOGUE


def test_one_setting_accepts_the_images_of_2025() -> None:
    settings = parse_settings({"images": {"generation": 2025}, **fleet(machines=[{"name": "web", "image": 2025}])})
    assert settings.catalogue == WHOLE_CATALOGUE


def test_a_group_pins_its_version() -> None:
    settings = parse_settings(
        {
            "images": {"version": "20348.2966.241205"},
            **fleet(machines=[{"name": "web"}, {"name": "db", "imageVersion": "latest"}]),
        }
    )
    assert [group.named_image(settings.images).version for group in settings.fleet.machines] == [
        "20348.2966.241205",
        "latest",
    ]


def test_each_region_of_the_fleet_has_a_network_the_stacks_first() -> None:
    settings = parse_settings(
        {
            "network": {"addressSpace": "10.1.0.0/16", "regions": {"northeurope": {"addressSpace": "10.2.0.0/20"}}},
            **fleet(
                scaleSets=[{"name": "pool"}],
                machines=[{"name": "far", "location": "northeurope"}, {"name": "hub", "subnetId": SUBNET}],
            ),
        }
    )
    assert {place: network.subnet for place, network in settings.networks().items()} == {
        "westeurope": "10.1.0.0/24",
        "northeurope": "10.2.0.0/24",
    }
    assert list(settings.networks()) == ["westeurope", "northeurope"]


def test_a_subnet_is_no_larger_than_a_small_address_space() -> None:
    assert parse_settings({"network": {"addressSpace": "10.1.0.0/27"}}).network.subnet == "10.1.0.0/27"


def test_an_existing_subnet_needs_nothing_else() -> None:
    network = parse_settings({"network": {"subnetId": SUBNET}}).network
    assert (network.subnet_id, network.capacity) == (SUBNET, None)


def test_tags_of_a_group_come_over_those_of_the_stack() -> None:
    settings = parse_settings(
        {"tags": {"env": "dev", "cost": 42}, **fleet(machines=[{"name": "web", "tags": {"env": "test"}}])}
    )
    assert settings.tags_of(settings.fleet.machines[0]) == {"env": "test", "cost": "42"}


def test_azure_local_machines_are_read() -> None:
    orchestration = {"tool": "thirdParty", "wsusServer": "https://wsus.contoso.com:8531"}
    (group,) = parse_settings(
        fleet(azureLocal=[{**LOCAL, "memoryMB": 4096, "orchestration": orchestration}])
    ).fleet.azure_local
    assert (group.memory_mb, group.orchestration.tool) == (4096, "thirdParty")


def test_events_of_the_stack_fill_the_calendar() -> None:
    event = {"day": "2026-06-09", "generation": 2022, "release": "unplannedBaseline", "build": "20348.5256"}
    settings = parse_settings({"calendar": {"events": [{**event, "source": "release notes"}]}})

    latest = settings.calendar.extended().latest_baseline("2022", settings.calendar.events[0].event().day)

    assert latest is not None
    assert latest.build == "20348.5256"


@pytest.mark.parametrize("day", [date(2026, 6, 9), "2026-06-09 00:00:00 +0000 UTC", "2026-06-09T00:00:00Z"])
def test_a_day_without_quotes_is_read_as_yaml_and_pulumi_hand_it_on(day: object) -> None:
    event = {"day": day, "generation": 2022, "release": "hotpatch", "source": "release notes"}
    assert parse_settings({"calendar": {"events": [event]}}).calendar.events[0].day == "2026-06-09"


def test_a_name_is_taken_by_a_group_in_which_something_else_is_wrong() -> None:
    raw = fleet(
        machines=[{"name": "web", "size": 3}, {"name": "web"}, {"name": "pool"}], scaleSets=[{"name": "pool", "x": 1}]
    )
    assert paths(raw) == [
        "fleet.machines[0].size",
        "fleet.machines[1].name",
        "fleet.scaleSets[0].name",
        "fleet.scaleSets[0].x",
    ]


def test_a_mistake_in_one_group_does_not_hide_what_others_contradict() -> None:
    raw = fleet(machines=[{"name": "a_b"}, {"name": "web", "image": "2025"}, {"name": "web"}], scaleSets=[{"nam": "x"}])
    assert paths(raw) == [
        "fleet.machines[0].name",
        "fleet.machines[1].image",
        "fleet.machines[2].name",
        "fleet.scaleSets[0].nam",
    ]


def test_nothing_is_concluded_from_a_section_that_is_wrong_itself() -> None:
    raw = {"images": {"generation": 2019}, "network": {"x": 1}, "maintenance": {"mode": "x"}}
    raw |= fleet(machines=[{"name": "web", "image": "2025", "location": "northeurope"}])
    assert paths(raw) == ["images.generation", "maintenance.mode", "network.x"]


def test_the_schedule_of_a_fleet_with_a_wrong_group_is_not_called_unused() -> None:
    raw = {"maintenance": {"schedule": SCHEDULE}, **fleet(machines=[{"name": "db", "patchingMode": "scheduled"}])}
    assert paths(raw) == ["fleet.machines[0].patchingMode"]


@pytest.mark.parametrize(("operator", "caught"), [("All", []), ("Any", ["maintenance.schedule.dynamicScope"])])
def test_a_scope_takes_in_what_its_filter_says(operator: str, caught: list[str]) -> None:
    scope = {"locations": ["westeurope"], "tags": {"Window": ["night"], "tier": ["1"]}, "tagOperator": operator}
    raw = {
        "maintenance": {"mode": "customerManagedSchedule", "schedule": {**SCHEDULE, "dynamicScope": scope}},
        "network": {"regions": {"northeurope": {}}},
        **fleet(
            machines=[
                {"name": "near", "patchingMode": "hotpatch", "tags": {"window": "night"}},
                {"name": "far", "patchingMode": "hotpatch", "tags": {"window": "night"}, "location": "northeurope"},
                {"name": "day", "patchingMode": "hotpatch", "tags": {"window": "day"}},
            ]
        ),
    }
    assert (paths(raw) if caught else parse_settings(raw) and []) == caught


def test_a_scale_set_is_told_of_hotpatch_in_a_stack_of_another_mode() -> None:
    raw = {"maintenance": {"mode": "azureManaged"}, **fleet(scaleSets=[{"name": "pool", "patchingMode": "hotpatch"}])}
    assert parse_settings(raw).fleet.scale_sets[0].prefix == "pool"


@pytest.mark.parametrize("file", sorted(STACKS.glob("Pulumi.*.yaml")), ids=lambda file: file.stem)
def test_our_own_stacks_are_valid(file: Path) -> None:
    config = yaml.safe_load(file.read_text())["config"]
    own = {key.removeprefix("azure-hotpatch:"): value for key, value in config.items()}
    assert parse_settings({key: value for key, value in own.items() if key != "adminPassword"}).fleet != Fleet()


def test_a_value_under_a_secret_name_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings({"tags": {"apiToken": ["hunter2"], "password": True}})
    assert "hunter2" not in str(caught.value)
    assert str(caught.value).count("[secret]") == 2


KEYS = st.sampled_from(
    [
        "fleet",
        "machines",
        "scaleSets",
        "azureLocal",
        "name",
        "names",
        "count",
        "zones",
        "image",
        "network",
        "regions",
        "maintenance",
        "schedule",
        "mode",
        "start",
        "orchestration",
        "tool",
        "tags",
        "health",
        "osDisk",
        "subnetId",
        "location",
        "images",
        "calendar",
        "events",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("aA1{/:.@-", max_size=6)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=15
)


@settings_of_hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, ANYTHING, max_size=5))
def test_never_fails_in_any_other_way(raw: dict[str, Any]) -> None:
    with suppress(SettingsError):
        parse_settings(raw)
