"""Every setting of a stack's file, changed to another value, changes what is registered or an output."""

from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from itertools import islice
from operator import getitem
from typing import Any

import pytest
from pydantic.fields import FieldInfo

from azure_hotpatch.domain.settings import SettingsError, StackSettings, parse_settings
from tests.program.changed_settings import GROUP, Path, changed, missing_objects, settings_in
from tests.program.conftest import NAMED_SECRETS, Deploy, Deployed

SITE = {
    "customLocationId": f"{GROUP}/Microsoft.ExtendedLocation/customLocations/site",
    "logicalNetworkId": f"{GROUP}/Microsoft.AzureStackHCI/logicalNetworks/lan",
}
DISKS: dict[str, Any] = {"dataDisks": [{"sizeGB": 64}]}
SEPARATE: dict[str, Any] = {"dataDisks": [{"sizeGB": 64}, {"sizeGB": 32, "separate": True}]}
RULE = {"name": "https", "priority": 200, "ports": ["8443"]}
EXTENSION = {
    "name": "monitor",
    "publisher": "Microsoft.Azure.Monitor",
    "type": "AzureMonitorWindowsAgent",
    "version": "1.0",
}
ROLE = {
    "principalId": "00000000-0000-0000-0000-000000000001",
    "principalType": "Group",
    "roleId": "b24988ac-6180-42a0-ab88-20f7382dd24c",
}
EVENT = {"day": "2026-11-10", "generation": "2022", "release": "unplannedBaseline", "source": "a test"}
SCHEDULE = {"start": "2027-01-16 02:00", "recurrence": "saturdayAfterPatchTuesday"}
# Stacks in which every setting counts: some exclude each other, and a small stack is fast.
ASSIGNED: dict[str, Any] = {
    "maintenance": {"schedule": SCHEDULE, "restartBudget": {"perYear": 100}},
    "roleAssignments": [ROLE],
    "calendar": {"events": [EVENT]},
    "fleet": {
        "machines": [
            {"name": "web", "count": 2, **SEPARATE, "extensions": [EXTENSION]},
            {"name": "erp", "patchingMode": "customerManagedSchedule", "availabilitySet": True},
        ],
    },
}
NETWORKS: dict[str, Any] = {
    "network": {"rules": [RULE], "regions": {"northeurope": {"rules": [RULE]}}},
    "fleet": {"machines": [{"name": "web"}, {"name": "far", "location": "northeurope"}]},
}
SETS: dict[str, Any] = {
    "fleet": {
        "scaleSets": [
            {"name": "front", "patchingMode": "hotpatch", "loadBalancer": True, "extensions": [EXTENSION], **DISKS}
        ],
    },
}
SCOPED: dict[str, Any] = {
    "network": {"subnetPrefix": "10.0.1.0/24", "regions": {"northeurope": {"subnetPrefix": "10.0.1.0/24"}}},
    "maintenance": {
        "mode": "customerManagedSchedule",
        "schedule": {**SCHEDULE, "dynamicScope": {"tags": {"role": ["erp"]}}},
    },
    "fleet": {
        "machines": [{"name": "erp", "tags": {"role": "erp"}}, {"name": "far", "location": "northeurope"}],
    },
}
PROBED: dict[str, Any] = {
    "network": {"regions": {"northeurope": {"addressSpace": "10.1.0.0/16", "subnetPrefix": "10.1.1.0/24"}}},
    "fleet": {
        "scaleSets": [
            {"name": "front", "patchingMode": "hotpatch", "health": {"protocol": "http", "requestPath": "/"}},
        ],
    },
}
LOCAL: dict[str, Any] = {
    "fleet": {
        "azureLocal": [
            {"name": "policy", **SITE, "orchestration": {"tool": "groupPolicy"}},
            {"name": "menu", **SITE, "orchestration": {"tool": "sconfig"}},
            {"name": "server", **SITE, "orchestration": {"tool": "thirdParty", "wsusServer": "https://wsus"}},
        ],
    }
}
STACKS = (PROBED, SETS, NETWORKS, SCOPED, ASSIGNED, LOCAL)  # the quickest first
FAR = {"name": "web-ne", "location": "northeurope", "availabilitySet": True}
EVERYTHING: dict[str, Any] = {
    **ASSIGNED,
    "network": NETWORKS["network"],
    "fleet": {
        **SETS["fleet"],
        **LOCAL["fleet"],
        "machines": [*ASSIGNED["fleet"]["machines"], FAR],
    },
}
REPLACES = "it is an option of the engine; tests/e2e/program/test_replacement.py has what it does"
# What changes nothing that is deployed, and why.
COUNTS_ELSEWHERE = {
    "fleet.machines[].replaceOnChange": REPLACES,
    "fleet.scaleSets[].replaceOnChange": REPLACES,
    "images.generation": "it widens which images are accepted",
    "fleet.scaleSets[].patchingMode": "hotpatch is the only mode of a set",
    "fleet.azureLocal[].orchestration.tool": "each tool has settings of its own, which are changed",
    "calendar.events[].source": "it says where a release is known from",
    "calendar.events[].build": "rule HP034 reads it",
    "calendar.events[].kb": "it names a release's article",
    "maintenance.restartBudget.perYear": "a preview that may break it is refused",
    "maintenance.restartBudget.unplannedBaselines": "perYear is judged with it",
    "maintenance.restartBudget.apart": "a preview that may break it is refused",
    "maintenance.restartBudget.notInLastDaysOfMonth": "a preview that may break it is refused",
}
MOST_VALUES = 3  # a value may be what a wider setting says already
# What is accepted together with another setting only.
WITH: dict[str, dict[str, Any]] = {
    "existingResourceGroups": {"existingResourceGroups": {"fleet": "rg-landing"}},
    "network.subnetId": {"rules": []},
    "network.regions.subnetId": {"rules": []},
    "fleet.machines[].dataDisks[].diskIds": {
        "diskIds": {name: f"{GROUP}/Microsoft.Compute/disks/{name}" for name in ("web-01", "web-02")}
    },
    "fleet.azureLocal[].installedFromIso": {"galleryImageId": f"{GROUP}/Microsoft.AzureStackHCI/galleryImages/iso"},
}


def written(path: Path) -> str:
    """`("fleet", "machines", 0, "name")` -> `fleet.machines[].name`; a region is any region."""
    steps = ["[]" if isinstance(step, int) else f".{step}" for step in path if step != "northeurope"]
    return "".join(steps).lstrip(".")


FOUND: dict[str, list[tuple[dict[str, Any], Path, Any]]] = {}
for stack in STACKS:
    for found_at, found_field in settings_in(StackSettings, stack):
        FOUND.setdefault(written(found_at), []).append((stack, found_at, found_field))


@pytest.fixture(scope="module")
def unchanged() -> dict[int, Deployed]:
    """What each stack deploys as it stands, by its identity."""
    return {}


@pytest.mark.parametrize("setting", [setting for setting in FOUND if setting not in COUNTS_ELSEWHERE])
def test_a_setting_counts(setting: str, deploy: Deploy, unchanged: dict[int, Deployed]) -> None:
    tried = 0
    for config, path, field in FOUND[setting]:
        if id(config) not in unchanged:
            unchanged[id(config)] = deploy(config)
        for candidate in islice(_accepted(config, path, field, WITH.get(setting, {})), MOST_VALUES):
            tried += 1
            if deploy(candidate) != unchanged[id(config)]:
                return
    assert tried, f"no value of {setting} is accepted: add one to STRINGS, or say with what it is accepted in WITH"
    pytest.fail(f"{setting} was changed, and nothing that is deployed")


def test_the_stacks_have_every_object_that_settings_are_in() -> None:
    missing = {written(path) for config in STACKS for path in missing_objects(StackSettings, config)}
    assert [path for path in missing if not any(setting.startswith(path) for setting in FOUND)] == []


def test_every_exception_is_a_setting() -> None:
    assert (COUNTS_ELSEWHERE.keys() | WITH.keys()) - FOUND.keys() == set()


def _accepted(config: dict[str, Any], path: Path, field: FieldInfo, beside: dict[str, Any]) -> Iterator[Any]:
    """The configuration with the setting changed and others beside it, in each way that the settings accept."""
    for candidate in changed(config, path, field):
        reduce(getitem, path[:-1], candidate).update(beside)
        with suppress(SettingsError):
            parse_settings(candidate, secret_names=NAMED_SECRETS)
            yield candidate
