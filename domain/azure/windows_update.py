"""What the guest's registry must say: who installs updates where Azure does not, and how an ISO install is enrolled."""

from dataclasses import dataclass
from typing import Literal, get_args

_WINDOWS_UPDATE = r"HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate"
_AUTOMATIC_UPDATES = _WINDOWS_UPDATE + r"\AU"
InstallDay = Literal["daily", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
AutomaticUpdate = Literal["notify", "downloadAndNotify", "downloadAndSchedule"]
SConfigSetting = Literal["automatic", "downloadOnly", "manual"]
# "Manage additional Windows Update settings": AUOptions of the policy Configure Automatic Updates.
_AUTOMATIC_UPDATE_OPTIONS: dict[AutomaticUpdate, int] = {"notify": 2, "downloadAndNotify": 3, "downloadAndSchedule": 4}

AUTOMATIC_UPDATES: tuple[str, ...] = get_args(AutomaticUpdate)
INSTALL_DAYS: tuple[str, ...] = get_args(InstallDay)
SCONFIG_SETTINGS: tuple[str, ...] = get_args(SConfigSetting)
LAST_HOUR = 23


@dataclass(frozen=True, slots=True)
class RegistryValue:
    """One registry value in the guest: an int is a DWORD, a str a string value, None means that it must not exist."""

    key: str
    name: str
    value: int | str | None

    @property
    def type(self) -> str:
        return "DWord" if isinstance(self.value, int) else "String"


def group_policy(
    automatic_update: AutomaticUpdate, install_day: InstallDay, install_hour: int, no_restart_with_logged_on_users: bool
) -> tuple[RegistryValue, ...]:
    """The policy "Configure Automatic Updates": what the client does by itself, and when.

    `automatic_update` is one of AUTOMATIC_UPDATES, `install_day` one of INSTALL_DAYS, `install_hour` 0 to 23 in the
    machine's own time; day and hour count with downloadAndSchedule only.
    """
    scheduled = automatic_update == "downloadAndSchedule"
    return (
        *_automatic(
            options=_AUTOMATIC_UPDATE_OPTIONS[automatic_update],
            day=INSTALL_DAYS.index(install_day) if scheduled else None,
            hour=install_hour if scheduled else None,
            no_restart=int(no_restart_with_logged_on_users),
        ),
        *_update_server(None, None),
    )


def sconfig(update_setting: SConfigSetting) -> tuple[RegistryValue, ...]:
    """What menu 5 of SConfig sets; SConfig itself is a menu for a person and does not run in a remote session."""
    if update_setting == "manual":
        return (*_automatic(off=True), *_update_server(None, None))
    if update_setting == "downloadOnly":
        return (*_automatic(options=3), *_update_server(None, None))
    return (*_automatic(options=4, day=0, hour=3), *_update_server(None, None))


def update_server(wsus_server: str, status_server: str | None = None) -> tuple[RegistryValue, ...]:
    """The policy "Specify intranet Microsoft update service location"; it is also reported to by default."""
    return (*_automatic(options=4, day=0, hour=3), *_update_server(wsus_server, status_server or wsus_server))


# "Enable Hotpatch for Azure Edition virtual machines built from ISO": the values, in the order in which the page has
# them; the restart that the first one needs comes between the two groups.
VIRTUALIZATION_BASED_SECURITY = (
    RegistryValue(r"HKLM:\SYSTEM\CurrentControlSet\Control\DeviceGuard", "EnableVirtualizationBasedSecurity", 1),
)
_TARGETING = r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Update\TargetingInfo\DynamicInstalled\Hotpatch.amd64"
ENROLMENT_2022 = (
    RegistryValue(
        r"HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management", "HotPatchTableSize", 0x1000
    ),
    RegistryValue(_TARGETING, "Name", "Hotpatch Enrollment Package"),
    RegistryValue(_TARGETING, "Version", "10.0.20348.1129"),
)
# The same page: the servicing package that must be installed last, and where it is.
SERVICING_PACKAGE = "KB5003508"
SERVICING_PACKAGE_URL = "https://go.microsoft.com/fwlink/?linkid=2211714"


def _automatic(
    options: int | None = None,
    day: int | None = None,
    hour: int | None = None,
    no_restart: int | None = None,
    off: bool = False,
) -> tuple[RegistryValue, ...]:
    # All of them, whatever the tool: what one tool set must not outlive a change to another.
    return (
        RegistryValue(_AUTOMATIC_UPDATES, "NoAutoUpdate", int(off)),
        RegistryValue(_AUTOMATIC_UPDATES, "AUOptions", options),
        RegistryValue(_AUTOMATIC_UPDATES, "ScheduledInstallDay", day),
        RegistryValue(_AUTOMATIC_UPDATES, "ScheduledInstallTime", hour),
        RegistryValue(_AUTOMATIC_UPDATES, "NoAutoRebootWithLoggedOnUsers", no_restart),
    )


def _update_server(server: str | None, status: str | None) -> tuple[RegistryValue, ...]:
    return (
        RegistryValue(_WINDOWS_UPDATE, "WUServer", server),
        RegistryValue(_WINDOWS_UPDATE, "WUStatusServer", status),
        RegistryValue(_AUTOMATIC_UPDATES, "UseWUServer", 1 if server else None),
    )
