"""The marketplace's lists, and that they agree with what a machine is made from."""

import pytest

SKU = "2022-datacenter-azure-edition-core"
HOTPATCH = (
    *("2022-datacenter-azure-edition-core", "2022-datacenter-azure-edition-core-smalldisk"),
    *("2022-datacenter-azure-edition-hotpatch", "2022-datacenter-azure-edition-hotpatch-smalldisk"),
    *("2025-datacenter-azure-edition", "2025-datacenter-azure-edition-smalldisk"),
    *("2025-datacenter-azure-edition-core", "2025-datacenter-azure-edition-core-smalldisk"),
)


@pytest.fixture
def publishers(arm):
    return f"{arm.subscription}/providers/Microsoft.Compute/locations/West Europe/publishers"


@pytest.fixture
def skus(publishers):
    return f"{publishers}/MicrosoftWindowsServer/artifacttypes/vmimage/offers/WindowsServer/skus"


def names(answer):
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json(), list), "a bare array, not an object with value"
    return [one["name"] for one in answer.json()]


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_lists_publishers_offers_and_skus(arm, publishers, skus):
    assert {"MicrosoftWindowsServer", "Canonical", "Microsoft.Compute"} <= set(names(arm.get(publishers)))
    offers = f"{publishers}/microsoftwindowsserver/artifacttypes/VMImage/offers"
    assert "WindowsServer" in names(arm.get(offers))
    assert set(HOTPATCH) < set(names(arm.get(skus)))
    first = arm.get(skus).json()[0]
    assert first["id"].startswith("/Subscriptions/")
    assert first["location"] == "westeurope"


def test_the_newest_version_is_what_latest_makes(arm, skus, vm, good_vm):
    asked = arm.get(f"{skus}/{SKU}/versions?$expand=properties&$orderby=name desc&$top=1&api-version=2024-11-01")
    [newest] = asked.json()
    made = arm.make(vm, good_vm)
    storage = made["properties"]["storageProfile"]
    assert newest["name"] == storage["imageReference"]["exactVersion"]
    assert newest["properties"]["osDiskImage"] == {"operatingSystem": "Windows", "sizeInGb": 127}
    assert storage["osDisk"]["diskSizeGB"] == 127
    view = arm.get(f"{vm}/instanceView").json()
    assert newest["properties"]["hyperVGeneration"] == view["hyperVGeneration"] == "V2"
    assert {"name": "SecurityType", "value": "TrustedLaunchSupported"} in newest["properties"]["features"]


def test_lists_versions_oldest_first_and_briefly(arm, skus):
    listed = arm.get(f"{skus}/{SKU}/versions").json()
    found = [tuple(map(int, one["name"].split("."))) for one in listed]
    assert len(found) > 1
    assert found == sorted(found)
    assert set(listed[0]) == {"id", "name", "location"}


@pytest.mark.parametrize(
    ("sku", "disk", "generation", "architecture"),
    [
        ("2022-datacenter", 127, "V1", "x64"),
        ("2022-datacenter-g2", 127, "V2", "x64"),
        ("2025-datacenter-azure-edition-smalldisk", 30, "V2", "x64"),
    ],
)
def test_tells_what_a_version_holds(arm, skus, sku, disk, generation, architecture):
    version = names(arm.get(f"{skus}/{sku}/versions"))[-1]
    found = arm.get(f"{skus}/{sku}/versions/{version}").json()["properties"]
    assert found["osDiskImage"]["sizeInGb"] == disk
    assert (found["hyperVGeneration"], found["architecture"]) == (generation, architecture)


@pytest.mark.parametrize(
    "path",
    [
        "nobody/artifacttypes/vmimage/offers",
        "MicrosoftWindowsServer/artifacttypes/vmimage/offers/nothing/skus",
        "MicrosoftWindowsServer/artifacttypes/vmimage/offers/WindowsServer/skus/2022-none/versions",
        "MicrosoftWindowsServer/artifacttypes/vmimage/offers/WindowsServer/skus/2022-datacenter/versions/newest",
        "Microsoft.Compute/artifacttypes/vmextension/types/none/versions",
        "Microsoft.Compute/artifacttypes/vmextension/types/BGInfo/versions/9.9.9",
    ],
)
def test_does_not_find_what_is_not_there(arm, publishers, path):
    assert error(arm.get(f"{publishers}/{path}")) == (404, "NotFound")


def test_refuses_a_filter_of_the_marketplace(arm, publishers, skus):
    for path in (publishers, skus, f"{skus}/{SKU}/versions"):
        answer = arm.get(f"{path}?$filter=name eq 'a'&api-version=2024-11-01")
        assert error(answer) == (400, "InvalidFilterInQueryString")


@pytest.mark.parametrize(("member", "value"), [("sku", "2022-datacenter-azure-edision"), ("offer", "WindowsServr")])
def test_makes_no_machine_from_an_image_that_is_not_listed(arm, vm, good_vm, member, value):
    good_vm["properties"]["storageProfile"]["imageReference"][member] = value
    answer = arm.put(vm, good_vm)
    assert error(answer) == (404, "PlatformImageNotFound")
    assert value in answer.json()["error"]["message"]


def test_walks_to_the_versions_of_an_extension(arm, publishers):
    types = f"{publishers}/Microsoft.Compute/artifacttypes/vmextension/types"
    assert "CustomScriptExtension" in names(arm.get(types))
    [version] = names(arm.get(f"{types}/CustomScriptExtension/versions"))
    found = arm.get(f"{types}/CustomScriptExtension/versions/{version}").json()["properties"]
    assert found["operatingSystem"] == "Windows"


def test_lists_sizes_with_their_zones_and_what_they_boot(arm):
    found = arm.get(f"{arm.subscription}/providers/Microsoft.Compute/skus?api-version=2019-04-01").json()["value"]
    here = {(one["name"], one["locations"][0]): one for one in found if one["resourceType"] == "virtualMachines"}
    size = here["Standard_D2s_v5", "westeurope"]
    assert size["locationInfo"][0]["zones"] == ["1", "2", "3"]
    assert here["Standard_D2s_v5", "westcentralus"]["locationInfo"][0]["zones"] == []
    capabilities = {one["name"]: one["value"] for one in size["capabilities"]}
    assert (capabilities["vCPUs"], capabilities["HyperVGenerations"]) == ("2", "V1,V2")
    arm_size = {one["name"]: one["value"] for one in here["Standard_D2ps_v5", "westeurope"]["capabilities"]}
    assert arm_size["CpuArchitectureType"] == "Arm64"


def test_lists_the_skus_of_one_region(arm):
    skus = f"{arm.subscription}/providers/Microsoft.Compute/skus?api-version=2021-07-01"
    found = arm.get(f"{skus}&$filter=location eq 'westeurope'").json()["value"]
    assert {one["locations"][0] for one in found} == {"westeurope"}
    assert error(arm.get(f"{skus}&$filter=name eq 'Standard_D2s_v5'")) == (400, "InvalidFilterInQueryString")


@pytest.mark.parametrize(
    ("size", "sku", "words"),
    [
        ("Standard_D2ps_v5", SKU, "cannot boot with CPU Architecture 'x64'"),
        ("Standard_D2pls_v5", SKU, "cannot boot with CPU Architecture 'x64'"),
        ("Standard_D2_v3", SKU, "cannot boot Hypervisor Generation '2'"),
        ("Standard_D2s_v6", "2022-datacenter", "cannot boot Hypervisor Generation '1'"),
    ],
)
def test_refuses_a_size_that_does_not_boot_the_image(arm, vm, good_vm, size, sku, words):
    good_vm["properties"]["hardwareProfile"]["vmSize"] = size
    good_vm["properties"]["storageProfile"]["imageReference"]["sku"] = sku
    settings = good_vm["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    settings["enableHotpatching"] = sku == SKU
    answer = arm.put(vm, good_vm)
    assert error(answer) == (400, "BadRequest")
    assert words in answer.json()["error"]["message"]


def test_takes_a_size_with_a_processor_of_the_images_kind(arm, vm, good_vm):
    good_vm["properties"]["hardwareProfile"]["vmSize"] = "Standard_D2ds_v5"
    assert arm.put(vm, good_vm).status_code == 201


def test_takes_a_size_for_arm_with_an_image_for_arm_alone(arm, vm, good_vm, publishers):
    offer = "0001-com-ubuntu-server-jammy"
    version = f"{publishers}/Canonical/artifacttypes/vmimage/offers/{offer}/skus/22_04-lts-arm64/versions/1.0.20260414"
    assert arm.get(version).json()["properties"]["architecture"] == "Arm64"
    image = {"publisher": "Canonical", "offer": offer, "sku": "22_04-lts-arm64", "version": "latest"}
    good_vm["properties"]["storageProfile"]["imageReference"] = image
    good_vm["properties"]["osProfile"].pop("windowsConfiguration")
    assert error(arm.put(vm, good_vm)) == (400, "BadRequest")
    good_vm["properties"]["hardwareProfile"]["vmSize"] = "Standard_D2ps_v5"
    assert arm.put(vm, good_vm).status_code == 201


def test_tells_the_sizes_of_a_region_and_of_a_machine(arm, vm, good_vm):
    arm.make(vm, good_vm)
    everywhere = arm.get(f"{arm.subscription}/providers/Microsoft.Compute/locations/westeurope/vmSizes").json()["value"]
    assert {"name", "numberOfCores", "memoryInMB", "maxDataDiskCount"} <= set(everywhere[0])
    fitting = {one["name"] for one in arm.get(f"{vm}/vmSizes").json()["value"]}
    assert "Standard_E4s_v5" in fitting
    assert not fitting & {"Standard_D2ps_v5", "Standard_D2_v3"}


def test_counts_what_is_used_of_a_regions_quota(arm, vm, good_vm):
    arm.make(vm, good_vm)
    found = arm.get(f"{arm.subscription}/providers/Microsoft.Compute/locations/westeurope/usages").json()["value"]
    used = {one["name"]["value"]: one["currentValue"] for one in found}
    assert (used["virtualMachines"], used["cores"], used["standardDSv5Family"]) == (1, 2, 2)
    elsewhere = arm.get(f"{arm.subscription}/providers/Microsoft.Compute/locations/uksouth/usages").json()["value"]
    assert {one["currentValue"] for one in elsewhere} == {0}


@pytest.mark.parametrize(("region", "zone"), [("westeurope", "4"), ("westcentralus", "1")])
def test_refuses_a_zone_that_a_region_does_not_have(arm, provider, region, zone):
    body = {"location": region, "zones": [zone], "sku": {"name": "Standard"}, "properties": {}}
    answer = arm.put(provider("Microsoft.Network/publicIPAddresses/ip"), body)
    assert error(answer) == (400, "AvailabilityZoneNotSupported")
