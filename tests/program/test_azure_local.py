"""Which machines and images a stack's groups on Azure Local become."""

from typing import Any

import pulumi

from azure_hotpatch.domain.settings import parse_settings
from azure_hotpatch.program import azure_local as local
from azure_hotpatch.program.secrets import Secrets

SITE = "/subscriptions/s/resourceGroups/site/providers"
PLACE = {
    "customLocationId": f"{SITE}/Microsoft.ExtendedLocation/customLocations/site",
    "logicalNetworkId": f"{SITE}/Microsoft.AzureStackHCI/logicalNetworks/lan",
}
ISO = f"{SITE}/Microsoft.AzureStackHCI/galleryImages/from-iso"


SECRETS = Secrets(pulumi.Output.secret("Correct-horse-9"))
GROUPS = {"fleet": "rg"}


def settings(*groups: dict[str, Any]) -> Any:
    return parse_settings({"fleet": {"azureLocal": [{**PLACE, **group} for group in groups]}})


def test_groups_at_one_place_share_an_image() -> None:
    asked = settings({"name": "a", "image": "2022-core"}, {"name": "b", "image": "2022-CORE"})
    assert [name for name, _ in local.planned_images(asked, GROUPS)] == ["a"]
    planned = dict(local.planned_machines(asked, SECRETS, GROUPS, {"a": "the image"}))
    assert [args["gallery_image_id"] for args in planned.values()] == ["the image", "the image"]


def test_another_image_or_place_is_downloaded_by_itself() -> None:
    elsewhere = {"customLocationId": PLACE["customLocationId"].replace("/site", "/plant")}
    asked = settings(
        {"name": "a", "image": "2022-core"}, {"name": "b", "image": "2022-hotpatch"}, {"name": "c", **elsewhere}
    )
    assert [name for name, _ in local.planned_images(asked, GROUPS)] == ["a", "b", "c"]


def test_an_image_that_is_there_is_not_downloaded() -> None:
    image = f"{SITE}/Microsoft.AzureStackHCI/marketplaceGalleryImages/core"
    asked = settings({"name": "a", "galleryImageId": image}, {"name": "b"})
    assert [name for name, _ in local.planned_images(asked, GROUPS)] == ["b"]
    planned = dict(local.planned_machines(asked, SECRETS, GROUPS, {"b": "downloaded"}))
    assert [args["gallery_image_id"] for args in planned.values()] == [image, "downloaded"]


def test_an_image_from_an_iso_is_taken_by_its_id() -> None:
    asked = settings({"name": "a", "galleryImageId": ISO, "installedFromIso": True})
    assert list(local.planned_images(asked, GROUPS)) == []
    (planned,) = dict(local.planned_machines(asked, SECRETS, GROUPS, {})).values()
    assert (planned["gallery_image_id"], planned["installed_from_iso"], "image" in planned) == (ISO, True, False)


def test_each_tool_brings_its_own_arguments() -> None:
    tools: list[dict[str, Any]] = [
        {"tool": "groupPolicy", "installDay": "Sunday", "installHour": 4},
        {"tool": "sconfig", "updateSetting": "downloadOnly"},
        {"tool": "thirdParty", "wsusServer": "https://wsus"},
    ]
    asked = settings(*({"name": tool["tool"], "orchestration": tool} for tool in tools))
    policy, menu, server = (
        args for _, args in local.planned_machines(asked, SECRETS, GROUPS, {"groupPolicy": "image"})
    )
    assert (policy["install_day"], policy["install_hour"], "wsus_server" in policy) == ("Sunday", 4, False)
    assert (menu["sconfig_setting"], "install_day" in menu) == ("downloadOnly", False)
    assert server["wsus_server"] == "https://wsus"


def test_a_group_becomes_as_many_machines_as_it_asks_for() -> None:
    planned = dict(local.planned_machines(settings({"name": "edge", "count": 2}), SECRETS, GROUPS, {"edge": "image"}))
    assert {name: args["virtual_machine_name"] for name, args in planned.items()} == {
        "edge-01": "edge-01",
        "edge-02": "edge-02",
    }
