"""The registry values of the Windows Update client, as Microsoft's pages list them."""

import pytest

from azure_hotpatch.domain.azure import windows_update
from azure_hotpatch.domain.azure.windows_update import RegistryValue


def by_name(values: tuple[RegistryValue, ...]) -> dict[str, int | str | None]:
    return {value.name: value.value for value in values}


@pytest.mark.parametrize(
    ("setting", "options", "day", "hour"),
    [("notify", 2, None, None), ("downloadAndNotify", 3, None, None), ("downloadAndSchedule", 4, 7, 4)],
)
def test_group_policy_sets_day_and_hour_only_where_the_client_installs(
    setting: str, options: int, day: int | None, hour: int | None
) -> None:
    values = by_name(windows_update.group_policy(setting, "Saturday", 4, no_restart_with_logged_on_users=True))
    assert values["NoAutoUpdate"] == 0
    assert values["AUOptions"] == options
    assert (values["ScheduledInstallDay"], values["ScheduledInstallTime"]) == (day, hour)
    assert values["NoAutoRebootWithLoggedOnUsers"] == 1


@pytest.mark.parametrize(
    ("setting", "off", "options"), [("automatic", 0, 4), ("downloadOnly", 0, 3), ("manual", 1, None)]
)
def test_sconfig_sets_what_its_menu_does(setting: str, off: int, options: int | None) -> None:
    values = by_name(windows_update.sconfig(setting))
    assert (values["NoAutoUpdate"], values["AUOptions"]) == (off, options)


def test_sconfig_installs_daily_at_three() -> None:
    values = by_name(windows_update.sconfig("automatic"))
    assert (values["ScheduledInstallDay"], values["ScheduledInstallTime"]) == (0, 3)


def test_an_update_server_is_also_reported_to() -> None:
    values = by_name(windows_update.update_server("https://wsus.contoso.com:8531"))
    assert values["WUServer"] == values["WUStatusServer"] == "https://wsus.contoso.com:8531"
    assert values["UseWUServer"] == 1


@pytest.mark.parametrize(
    "values",
    [
        windows_update.sconfig("automatic"),
        windows_update.group_policy("notify", "daily", 3, no_restart_with_logged_on_users=False),
    ],
)
def test_without_an_update_server_none_is_left_behind(values: tuple[RegistryValue, ...]) -> None:
    left = by_name(values)
    assert [left[name] for name in ("WUServer", "WUStatusServer", "UseWUServer")] == [None, None, None]


def test_every_tool_decides_the_same_values() -> None:
    """What one tool sets and another does not mention would survive a change of tool."""
    values = [windows_update.sconfig(setting) for setting in windows_update.SCONFIG_SETTINGS]
    values.append(windows_update.update_server("https://wsus"))
    values.append(windows_update.group_policy("notify", "daily", 3, no_restart_with_logged_on_users=False))
    assert {frozenset(by_name(each)) for each in values} == {frozenset(by_name(values[0]))}


def test_an_iso_install_is_enrolled_with_the_values_of_the_page() -> None:
    assert windows_update.VIRTUALIZATION_BASED_SECURITY[0].value == 1
    values = by_name(windows_update.ENROLMENT_2022)
    assert values == {"HotPatchTableSize": 0x1000, "Name": "Hotpatch Enrollment Package", "Version": "10.0.20348.1129"}
    assert all(value.key.startswith("HKLM:\\") for value in windows_update.ENROLMENT_2022)
