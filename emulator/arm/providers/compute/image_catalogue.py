"""The marketplace images and extensions that the emulator lists: a part of Azure's, with all of Windows Server."""

_PLAIN = ("", "-core", "-smalldisk", "-core-smalldisk")
_AZURE_EDITION = ("", "-core", "-smalldisk", "-core-smalldisk")


def _twins(year: str) -> tuple[str, ...]:
    """The SKUs of one release: each of generation 1, and its twin of generation 2."""
    return tuple(f"{year}-datacenter{kind}{twin}" for kind in _PLAIN for twin in ("", "-g2"))


# "Automatic VM Guest Patching" (2024-07-31) names these SKUs, hotpatchable and not; 2019's twins are called gensecond.
_WINDOWS_SERVER = (
    *("2012-datacenter", "2012-r2-datacenter", "2016-datacenter", "2016-datacenter-gensecond"),
    *("2016-datacenter-server-core", "2016-datacenter-server-core-g2", "2016-datacenter-smalldisk"),
    *("2016-datacenter-smalldisk-g2", "2016-datacenter-with-containers", "2016-datacenter-with-containers-g2"),
    *("2019-datacenter", "2019-datacenter-gensecond", "2019-datacenter-core", "2019-datacenter-core-g2"),
    *("2019-datacenter-smalldisk", "2019-datacenter-smalldisk-g2", "2019-datacenter-core-smalldisk"),
    *("2019-datacenter-core-smalldisk-g2", "2019-datacenter-with-containers", "2019-datacenter-with-containers-g2"),
    *("2019-datacenter-core-with-containers", "2019-datacenter-core-with-containers-g2", "2019-datacenter-cvm"),
    *_twins("2022"),
    *_twins("2025"),
    *(f"2022-datacenter-azure-edition{kind}" for kind in (*_AZURE_EDITION, "-hotpatch", "-hotpatch-smalldisk")),
    *(f"2025-datacenter-azure-edition{kind}" for kind in _AZURE_EDITION),
)

# Publisher -> offer -> SKUs
IMAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "Canonical": {
        "0001-com-ubuntu-server-jammy": ("22_04-lts", "22_04-lts-gen2", "22_04-lts-arm64"),
        "ubuntu-24_04-lts": ("server-gen1", "server", "server-arm64"),
    },
    "Debian": {"debian-12": ("12", "12-gen2", "12-arm64")},
    "MicrosoftSQLServer": {"sql2022-ws2022": ("enterprise-gen2", "sqldev-gen2", "standard-gen2")},
    "MicrosoftWindowsServer": {
        "MicrosoftServerOperatingSystems-previews": ("windows-server-2025-azure-edition-hotpatch",),
        "WindowsServer": tuple(sorted(_WINDOWS_SERVER)),
        "WindowsServerHotpatch-previews": ("windows-server-2022-azure-edition-hotpatch",),
    },
    "RedHat": {"RHEL": ("9-lvm", "9-lvm-gen2", "9_4-arm64")},
}

# Publisher -> extension -> version. Major and minor numbers are those of the extensions' pages; Azure has more of the
# last number than the one here.
EXTENSIONS: dict[str, dict[str, str]] = {
    "Microsoft.Azure.ActiveDirectory": {"AADLoginForWindows": "2.0.0", "AADSSHLoginForLinux": "1.0.0"},
    "Microsoft.Azure.Extensions": {"CustomScript": "2.1.0"},
    "Microsoft.Azure.Monitor": {"AzureMonitorLinuxAgent": "1.33.0", "AzureMonitorWindowsAgent": "1.33.0"},
    "Microsoft.Azure.Security": {"AzureDiskEncryption": "2.2.0", "IaaSAntimalware": "1.3.0"},
    "Microsoft.Azure.Security.WindowsAttestation": {"GuestAttestation": "1.0.0"},
    "Microsoft.CPlat.Core": {
        "RunCommandLinux": "1.0.0",
        "RunCommandWindows": "1.1.0",
        "WindowsHotpatch": "1.0.0",
        "WindowsPatchExtension": "1.5.0",
    },
    "Microsoft.Compute": {
        "BGInfo": "2.1.0",
        "CustomScriptExtension": "1.10.0",
        "JsonADDomainExtension": "1.3.0",
        "VMAccessAgent": "2.4.0",
    },
    "Microsoft.GuestConfiguration": {"ConfigurationforLinux": "1.26.0", "ConfigurationforWindows": "1.29.0"},
    "Microsoft.ManagedServices": {"ApplicationHealthLinux": "2.0.0", "ApplicationHealthWindows": "2.0.0"},
    "Microsoft.Powershell": {"DSC": "2.83.0"},
}
