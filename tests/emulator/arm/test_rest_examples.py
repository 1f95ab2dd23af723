"""Machines of the shapes that Azure's REST specifications show.

Each line has the name of an example of azure-rest-api-specs and, in words of our own, what it adds to a plain request.
What is sent must be stored and shown; `DIFFERENT` says where it is not, and why.
"""

import copy

import pytest

STORAGE = "https://vhds.blob.core.windows.net"
ID = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/fleet/providers/Microsoft.Compute"
PLAIN = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2016-Datacenter", "version": "latest"}
LINUX = {
    "publisher": "Canonical",
    "offer": "0001-com-ubuntu-server-jammy",
    "sku": "22_04-lts-gen2",
    "version": "latest",
}
PLAN = {"publisher": "contoso", "product": "appliance", "name": "standard"}


def windows(**settings):
    return {"osProfile": {"windowsConfiguration": {"provisionVMAgent": True, **settings}}}


def linux(**settings):
    return {
        "storageProfile": {"imageReference": LINUX},
        "osProfile": {"linuxConfiguration": {"provisionVMAgent": True, **settings}},
    }


def os_disk(**members):
    return {"storageProfile": {"osDisk": {"createOption": "FromImage", "caching": "ReadWrite", **members}}}


def data_disks(*disks):
    return {"storageProfile": {"dataDisks": list(disks)}}


def patched(mode, **more):
    return {"enableAutomaticUpdates": mode != "Manual", "patchSettings": {"patchMode": mode, **more}}


BY_PLATFORM = {"rebootSetting": "Never", "bypassPlatformSafetyChecksOnUserSchedule": False}
KEY = {"path": "/".join(("", "home", "fleetadmin", ".ssh", "authorized_keys")), "keyData": "ssh-rsa AAAAB3NzaC1yc2E="}
CONFIDENTIAL = {"securityType": "ConfidentialVM", "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}}
APPLICATION = {
    "packageReferenceId": f"{ID}/galleries/shared/applications/agent/versions/1.0",
    "tags": "agent",
    "order": 1,
}
INLINE_ADDRESS = {
    "name": "ip",
    "sku": {"name": "Basic", "tier": "Global"},
    "properties": {"deleteOption": "Detach", "publicIPAllocationMethod": "Static"},
}

# VirtualMachine_Create_…: what each adds to the properties of a plain machine
MACHINES = {
    "WindowsVmWithPatchSettingModeOfManual": windows(**patched("Manual")),
    "WindowsVmWithPatchSettingModeOfAutomaticByOS": windows(**patched("AutomaticByOS")),
    "WindowsVmWithPatchSettingAssessmentModeOfImageDefault": windows(
        enableAutomaticUpdates=True, patchSettings={"assessmentMode": "ImageDefault"}
    ),
    "WindowsVmWithPatchSettingModesOfAutomaticByPlatform": windows(
        **patched("AutomaticByPlatform", assessmentMode="AutomaticByPlatform")
    ),
    "WindowsVmWithAutomaticByPlatformSettings": windows(
        **patched("AutomaticByPlatform", assessmentMode="AutomaticByPlatform", automaticByPlatformSettings=BY_PLATFORM)
    ),
    "LinuxVmWithPatchSettingModeOfImageDefault": linux(patchSettings={"patchMode": "ImageDefault"}),
    "LinuxVmWithPatchSettingAssessmentModeOfImageDefault": linux(patchSettings={"assessmentMode": "ImageDefault"}),
    "LinuxVmWithPatchSettingModesOfAutomaticByPlatform": linux(
        patchSettings={"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}
    ),
    "LinuxVmWithAutomaticByPlatformSettings": linux(
        patchSettings={"patchMode": "AutomaticByPlatform", "automaticByPlatformSettings": BY_PLATFORM}
    ),
    "WithSshAuthentication": linux(ssh={"publicKeys": [KEY]}, disablePasswordAuthentication=True),
    "WithPasswordAuthentication": {"storageProfile": {"imageReference": LINUX}},
    "WithPremiumStorage": os_disk(managedDisk={"storageAccountType": "Premium_LRS"}),
    "WithADiffOsDisk": os_disk(diffDiskSettings={"option": "Local"}),
    "WithADiffOsDiskUsingDiffDiskPlacementAsCacheDisk": os_disk(
        diffDiskSettings={"option": "Local", "placement": "CacheDisk"}
    ),
    "WithADiffOsDiskUsingDiffDiskPlacementAsResourceDisk": os_disk(
        diffDiskSettings={"option": "Local", "placement": "ResourceDisk"}
    ),
    "WithEmptyDataDisks": data_disks(
        {"lun": 0, "createOption": "Empty", "diskSizeGB": 1023}, {"lun": 1, "createOption": "Empty", "diskSizeGB": 1023}
    ),
    "WithDataDisksFromSourceResource": data_disks(
        {
            "lun": 0,
            "createOption": "Restore",
            "diskSizeGB": 1023,
            "sourceResource": {"id": f"{ID}/restorePointCollections/r/restorePoints/p/diskRestorePoints/d"},
        }
    ),
    "WithDiskEncryptionSetResource": os_disk(
        managedDisk={"storageAccountType": "Standard_LRS", "diskEncryptionSet": {"id": f"{ID}/diskEncryptionSets/keys"}}
    ),
    "WithDiskControllerType": {"storageProfile": {"diskControllerType": "NVMe"}},
    "WithBootDiagnostics": {"diagnosticsProfile": {"bootDiagnostics": {"enabled": True, "storageUri": STORAGE}}},
    "WithManagedBootDiagnostics": {"diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}},
    "WithEncryptionAtHost": {"securityProfile": {"encryptionAtHost": True}},
    "WithUefiSettings": {
        "securityProfile": {
            "securityType": "TrustedLaunch",
            "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
        }
    },
    "WithSecurityTypeConfidentialVM": {
        "hardwareProfile": {"vmSize": "Standard_DC2as_v5"},
        "storageProfile": {"imageReference": {**PLAIN, "sku": "2019-datacenter-cvm"}},
        "securityProfile": CONFIDENTIAL,
    },
    "WithProxyAgentSettings": {"securityProfile": {"proxyAgentSettings": {"enabled": True, "mode": "Enforce"}}},
    "WithScheduledEventsProfile": {
        "scheduledEventsProfile": {"terminateNotificationProfile": {"notBeforeTimeout": "PT10M", "enable": True}}
    },
    "WithExtensionsTimeBudget": {"extensionsTimeBudget": "PT30M"},
    "WithHibernationEnabled": {"additionalCapabilities": {"hibernationEnabled": True}},
    "WithCapacityReservation": {
        "capacityReservation": {"capacityReservationGroup": {"id": f"{ID}/capacityReservationGroups/group"}}
    },
    "WithVMSizeProperties": {"hardwareProfile": {"vmSizeProperties": {"vCPUsAvailable": 1, "vCPUsPerCore": 1}}},
    "WithApplicationProfile": {"applicationProfile": {"galleryApplications": [APPLICATION]}},
    "WithNetworkInterfaceConfigurationDnsSettings": {
        "networkProfile": {
            "networkApiVersion": "2020-11-01",
            "networkInterfaceConfigurations": [
                {
                    "name": "nic",
                    "properties": {
                        "primary": True,
                        "deleteOption": "Delete",
                        "ipConfigurations": [
                            {"name": "a", "properties": {"publicIPAddressConfiguration": INLINE_ADDRESS}}
                        ],
                    },
                }
            ],
        }
    },
    "FromACommunityGalleryImage": {
        "storageProfile": {"imageReference": {"communityGalleryImageId": "/CommunityGalleries/g/Images/i/Versions/1.0"}}
    },
    "FromASharedGalleryImage": {
        "storageProfile": {"imageReference": {"sharedGalleryImageId": "/SharedGalleries/g/Images/i/Versions/1.0"}}
    },
    "CustomImageVmFromAnUnmanagedGeneralizedOsImage": {
        "storageProfile": {
            "imageReference": "__absent__",
            "osDisk": {
                "name": "system",
                "createOption": "FromImage",
                "osType": "Windows",
                "image": {"uri": f"{STORAGE}/images/server.vhd"},
                "vhd": {"uri": f"{STORAGE}/vhds/system.vhd"},
            },
        }
    },
    "PlatformImageVmWithUnmanagedOsAndDataDisks": {
        "storageProfile": {
            "osDisk": {
                "name": "system",
                "createOption": "FromImage",
                "caching": "ReadWrite",
                "vhd": {"uri": f"{STORAGE}/vhds/system.vhd"},
            },
            "dataDisks": [
                {"lun": 0, "createOption": "Empty", "diskSizeGB": 1023, "vhd": {"uri": f"{STORAGE}/vhds/data.vhd"}}
            ],
        }
    },
}
# What stands beside the properties of a machine.
BESIDE = {
    "WithAMarketplaceImagePlan": {"plan": PLAN},
    "WithPlacement": {"placement": {"zonePlacementPolicy": "Any", "includeZones": ["1", "3"]}},
    "WithUserData": {"properties": {"userData": "RXhhbXBsZQ=="}},
    "WithEncryptionIdentity": {"identity": {"type": "SystemAssigned"}},
}
# Example -> what of it is not shown as it was sent, and why.
DIFFERENT = {
    "WithUserData": ("properties.userData", "user data may hold a secret: it is checked, dropped, and in no answer"),
}


def merge(body, more):
    for name, value in more.items():
        if value == "__absent__":
            body.pop(name, None)
        elif isinstance(value, dict) and isinstance(body.get(name), dict):
            merge(body[name], value)
        else:
            body[name] = copy.deepcopy(value)


def missing(sent, shown, path=""):
    """The paths of what was sent and is not shown as it was; names, ids and enumerations keep their spelling."""
    if isinstance(sent, dict):
        for name, value in sent.items():
            yield from missing(value, (shown or {}).get(name), f"{path}.{name}".strip("."))
    elif isinstance(sent, list):
        for at, value in enumerate(sent):
            yield from missing(value, shown[at] if shown and at < len(shown) else None, f"{path}[{at}]")
    elif sent != shown:
        yield path


@pytest.fixture
def plain(good_vm):
    """A plain machine, on an image that is not hotpatched."""
    properties = good_vm["properties"]
    properties["storageProfile"] = {"imageReference": dict(PLAIN)}
    properties["osProfile"].pop("windowsConfiguration")
    return good_vm


def check(arm, vm, name, body):
    answer = arm.put(vm, body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["properties"]["provisioningState"] == "Creating"
    arm.wait(answer)
    secret = {"properties.osProfile.adminPassword"}
    differing = {path for path in missing(body, arm.get(vm).json()) if path not in secret}
    assert differing == ({DIFFERENT[name][0]} if name in DIFFERENT else set())


@pytest.mark.parametrize("name", MACHINES)
def test_makes_a_machine_as_the_specification_shows(arm, vm, plain, name):
    merge(plain["properties"], MACHINES[name])
    check(arm, vm, name, plain)


@pytest.mark.parametrize("name", BESIDE)
def test_makes_a_machine_with_what_stands_beside_its_properties(arm, vm, plain, name):
    merge(plain, BESIDE[name])
    check(arm, vm, name, plain)


def test_a_machine_with_unmanaged_disks_has_no_managed_ones(arm, vm, plain):
    merge(plain["properties"], MACHINES["PlatformImageVmWithUnmanagedOsAndDataDisks"])
    arm.make(vm, plain)
    assert not [one for one in arm.stored() if "/disks/" in one]


def test_the_table_of_differences_names_examples_that_are_sent():
    assert set(DIFFERENT) <= {*MACHINES, *BESIDE}
    assert len({*MACHINES, *BESIDE}) >= 40
