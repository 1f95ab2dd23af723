"""The combinations of patch settings that Azure refuses, with its codes, targets and words."""

import pytest

HOTPATCH = (
    "EnableHotpatching cannot be set to true. For enableHotpatching, the 'provisionVMAgent' must be set to true and "
    "'patchMode' must be set to 'AutomaticByPlatform'."
)
BYPASS = (
    "Hotpatch updates require platform safety checks. The 'BypassPlatformSafetyChecksOnUserSchedule' flag must be set "
    "to false to enable hotpatching."
)
BY_OS = (
    "The patchMode 'AutomaticByOS' is invalid. For patchMode 'AutomaticByOS', the property 'enableAutomaticUpdates' "
    "must be set to true."
)
PLATFORM = "AutomaticByPlatformSettings cannot be set if the PatchMode is not 'AutomaticByPlatform'."
SKUS = [
    "2022-Datacenter-Azure-Edition-Core",
    "2022-Datacenter-Azure-Edition-Core-smalldisk",
    "2022-Datacenter-Azure-Edition-Hotpatch",
    "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
    "2025-Datacenter-Azure-Edition",
    "2025-Datacenter-Azure-Edition-smalldisk",
    "2025-Datacenter-Azure-Edition-Core",
    "2025-Datacenter-Azure-Edition-Core-smalldisk",
]


@pytest.fixture
def refused(arm, vm, good_vm):
    """Put good_vm, which must be refused; code, target and message."""

    def put(**more):
        answer = arm.put(vm, good_vm, **more)
        assert answer.status_code == 400, answer.text
        assert arm.get(vm).status_code == 404
        error = answer.json()["error"]
        return error["code"], error.get("target"), error["message"]

    return put


@pytest.fixture
def settings(windows):
    return windows["patchSettings"]


@pytest.fixture
def other_image(good_vm):
    """Make good_vm's image one that cannot be hotpatched."""
    good_vm["properties"]["storageProfile"]["imageReference"]["sku"] = "2022-datacenter-g2"


@pytest.mark.parametrize("sku", SKUS)
@pytest.mark.parametrize("spelled", [str, str.lower, str.upper])
def test_takes_hotpatch_on_each_image_in_any_letter_case(arm, vm, good_vm, sku, spelled):
    good_vm["properties"]["storageProfile"]["imageReference"]["sku"] = spelled(sku)
    made = arm.make(vm, good_vm)["properties"]
    assert made["provisioningState"] == "Succeeded"
    assert made["storageProfile"]["imageReference"]["sku"] == spelled(sku)
    assert made["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] is True


def test_refuses_hotpatch_without_the_agent(refused, windows):
    windows["provisionVMAgent"] = False
    assert refused() == ("InvalidParameter", "windowsConfiguration.patchSettings.enableHotpatching", HOTPATCH)


def test_refuses_hotpatch_in_another_mode(refused, settings):
    settings["patchMode"] = "AutomaticByOS"
    assert refused() == ("InvalidParameter", "windowsConfiguration.patchSettings.enableHotpatching", HOTPATCH)


def test_turns_hotpatch_on_where_it_is_absent_and_so_refuses_another_mode(refused, settings):
    settings.clear()
    settings["patchMode"] = "AutomaticByOS"
    assert refused()[2] == HOTPATCH


def test_turns_hotpatch_on_where_it_is_absent(arm, vm, good_vm, settings):
    del settings["enableHotpatching"]
    made = arm.make(vm, good_vm)["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    assert made["enableHotpatching"] is True


def test_leaves_hotpatch_off_where_it_is_false(arm, vm, good_vm, settings):
    settings["enableHotpatching"] = False
    made = arm.make(vm, good_vm)["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    assert made["enableHotpatching"] is False


def test_refuses_hotpatch_with_the_bypass(refused, settings):
    settings["automaticByPlatformSettings"]["bypassPlatformSafetyChecksOnUserSchedule"] = True
    code, target, message = refused()
    assert (code, message) == ("InvalidParameter", BYPASS)
    assert target.endswith("bypassPlatformSafetyChecksOnUserSchedule")


def test_takes_the_bypass_without_hotpatch(arm, vm, good_vm, settings):
    settings["automaticByPlatformSettings"]["bypassPlatformSafetyChecksOnUserSchedule"] = True
    settings["enableHotpatching"] = False
    assert arm.make(vm, good_vm)["properties"]["provisioningState"] == "Succeeded"


@pytest.mark.parametrize("value", [None, {}])
def test_demands_patch_settings_on_a_hotpatch_image(refused, windows, value):
    windows["patchSettings"] = value
    code, _, message = refused()
    assert (code, message) == ("InvalidParameter", "PatchSettings must be specified for hotpatch compatible VMs.")


def test_refuses_a_hotpatch_image_in_an_old_version(refused):
    code, _, message = refused(version="2019-12-01")
    assert code == "BadRequest"
    assert (
        message == "Hotpatch compatible VMs cannot be created or updated with an API version lower than '2020-06-01'."
    )


@pytest.mark.parametrize(
    ("publisher", "offer", "sku"),
    [
        ("MicrosoftWindowsServer", "WindowsServer", "2022-datacenter-azure-edition"),
        ("MicrosoftWindowsServer", "WindowsServer", "2022-datacenter-azure-edition-smalldisk"),
        ("MicrosoftWindowsServer", "WindowsServer", "2025-datacenter"),
        ("MicrosoftWindowsServer", "WindowsServerHotpatch-previews", "windows-server-2022-azure-edition-hotpatch"),
        ("MicrosoftSQLServer", "WindowsServer", "2022-datacenter-azure-edition-core"),
    ],
)
def test_refuses_hotpatch_on_an_image_that_lacks_it(refused, good_vm, publisher, offer, sku):
    good_vm["properties"]["storageProfile"]["imageReference"].update(publisher=publisher, offer=offer, sku=sku)
    assert refused()[:2] == ("InvalidParameter", "windowsConfiguration.patchSettings.enableHotpatching")


def test_refuses_hotpatch_on_a_custom_image(arm, refused, good_vm, provider):
    image = provider("Microsoft.Compute/images/golden")
    arm.make(image, {"location": "westeurope", "properties": {"storageProfile": {"osDisk": {"osType": "Windows"}}}})
    good_vm["properties"]["storageProfile"]["imageReference"] = {"id": image}
    assert refused()[:2] == ("InvalidParameter", "windowsConfiguration.patchSettings.enableHotpatching")


def test_keeps_the_mode_of_a_hotpatch_image_even_without_hotpatch(refused, windows, settings):
    settings.clear()
    settings.update(patchMode="Manual", enableHotpatching=False)
    windows["enableAutomaticUpdates"] = False
    assert refused()[:2] == ("InvalidParameter", "windowsConfiguration.patchSettings.patchMode")


@pytest.mark.usefixtures("other_image")
class TestOtherImages:
    def test_refuses_automatic_by_os_without_automatic_updates(self, refused, windows):
        windows["patchSettings"] = {"patchMode": "AutomaticByOS"}
        windows["enableAutomaticUpdates"] = False
        assert refused() == ("InvalidParameter", "windowsConfiguration.patchSettings.patchMode", BY_OS)

    def test_refuses_manual_with_automatic_updates(self, refused, windows):
        windows["patchSettings"] = {"patchMode": "Manual"}
        assert refused()[:2] == ("InvalidParameter", "windowsConfiguration.patchSettings.patchMode")

    def test_refuses_automatic_by_platform_without_the_agent(self, refused, windows):
        windows["patchSettings"] = {"patchMode": "AutomaticByPlatform"}
        windows["provisionVMAgent"] = False
        assert refused()[:2] == ("InvalidParameter", "windowsConfiguration.patchSettings.patchMode")

    def test_takes_automatic_by_platform_without_automatic_updates(self, arm, vm, good_vm, windows):
        windows["patchSettings"] = {"patchMode": "AutomaticByPlatform"}
        windows["enableAutomaticUpdates"] = False
        assert arm.make(vm, good_vm)["properties"]["provisioningState"] == "Succeeded"

    def test_refuses_platform_settings_in_another_mode(self, refused, windows):
        windows["patchSettings"] = {
            "patchMode": "AutomaticByOS",
            "automaticByPlatformSettings": {"rebootSetting": "Never"},
        }
        assert refused()[::2] == ("InvalidParameter", PLATFORM)

    def test_refuses_periodic_assessment_without_the_agent(self, refused, windows):
        windows["patchSettings"] = {"patchMode": "AutomaticByOS", "assessmentMode": "AutomaticByPlatform"}
        windows["provisionVMAgent"] = False
        assert refused()[:2] == ("InvalidParameter", "windowsConfiguration.patchSettings.assessmentMode")

    def test_fills_in_what_is_absent(self, arm, vm, good_vm):
        del good_vm["properties"]["osProfile"]["windowsConfiguration"]
        made = arm.make(vm, good_vm)["properties"]["osProfile"]["windowsConfiguration"]
        assert made == {
            "provisionVMAgent": True,
            "enableAutomaticUpdates": True,
            "patchSettings": {
                "patchMode": "AutomaticByOS",
                "assessmentMode": "ImageDefault",
                "enableHotpatching": False,
            },
            "enableVMAgentPlatformUpdates": False,
        }

    def test_takes_an_empty_mode_for_an_absent_one(self, arm, vm, good_vm, windows):
        windows["patchSettings"] = {"patchMode": "", "assessmentMode": "", "enableHotpatching": False}
        made = arm.make(vm, good_vm)["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
        assert made == {"patchMode": "AutomaticByOS", "assessmentMode": "ImageDefault", "enableHotpatching": False}

    def test_makes_manual_of_automatic_updates_that_are_off(self, arm, vm, good_vm, windows):
        windows.clear()
        windows["enableAutomaticUpdates"] = False
        made = arm.make(vm, good_vm)["properties"]["osProfile"]["windowsConfiguration"]
        assert made["patchSettings"]["patchMode"] == "Manual"


@pytest.mark.parametrize(
    ("name", "value"), [("patchMode", "Automatic"), ("assessmentMode", "Daily"), ("rebootSetting", "AlwaysReboot")]
)
def test_refuses_a_word_that_there_is_not(refused, settings, name, value):
    where = settings["automaticByPlatformSettings"] if name == "rebootSetting" else settings
    where[name] = value
    code, target, message = refused()
    assert code == "InvalidParameter"
    assert target.endswith(name)
    assert f"The value '{value}' of parameter" in message


def test_refuses_linux_platform_settings_in_another_mode(refused, good_vm):
    good_vm["properties"]["storageProfile"]["imageReference"].update(
        publisher="Canonical", offer="ubuntu-24_04-lts", sku="server"
    )
    profile = good_vm["properties"]["osProfile"]
    del profile["windowsConfiguration"]
    profile["linuxConfiguration"] = {"patchSettings": {"automaticByPlatformSettings": {"rebootSetting": "Never"}}}
    assert refused()[2] == PLATFORM


class TestUpdates:
    @pytest.fixture(autouse=True)
    def _made(self, arm, vm, good_vm):
        arm.make(vm, good_vm)

    def patch(self, arm, vm, windows):
        return arm.patch(vm, {"properties": {"osProfile": {"windowsConfiguration": windows}}})

    def test_refuses_to_change_automatic_updates(self, arm, vm):
        answer = self.patch(arm, vm, {"enableAutomaticUpdates": False})
        assert answer.status_code == 409
        assert answer.json()["error"] == {
            "code": "PropertyChangeNotAllowed",
            "message": "Changing property 'windowsConfiguration.enableAutomaticUpdates' is not allowed.",
            "target": "windowsConfiguration.enableAutomaticUpdates",
        }

    def test_switches_hotpatch_off_and_on_in_place(self, arm, vm):
        for wanted in (False, True):
            arm.wait(self.patch(arm, vm, {"patchSettings": {"enableHotpatching": wanted}}))
            found = arm.get(vm).json()["properties"]["osProfile"]["windowsConfiguration"]
            assert found["patchSettings"]["enableHotpatching"] is wanted

    def test_refuses_the_bypass_on_a_patch_too(self, arm, vm):
        settings = {"automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True}}
        answer = self.patch(arm, vm, {"patchSettings": settings})
        assert answer.json()["error"]["message"] == BYPASS

    def test_refuses_a_put_that_forgets_the_patch_settings(self, arm, vm, good_vm, windows):
        del windows["patchSettings"]
        answer = arm.put(vm, good_vm)
        assert answer.json()["error"]["message"] == "PatchSettings must be specified for hotpatch compatible VMs."

    def test_keeps_the_profile_of_a_put_that_has_none(self, arm, vm, good_vm):
        del good_vm["properties"]["osProfile"]
        made = arm.make(vm, good_vm)["properties"]["osProfile"]
        assert made["windowsConfiguration"]["patchSettings"]["enableHotpatching"] is True
