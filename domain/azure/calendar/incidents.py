"""Updates that went wrong, with what put them right: for a replay of the record, and for a roll back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incident:
    """`kbs` did harm; each of `fixed_by` puts it right, as any later monthly release does."""

    kbs: frozenset[str]
    what: str
    fixed_by: frozenset[str]


def _incident(kbs: str, what: str, fixed_by: str) -> Incident:
    return Incident(frozenset(kbs.split()), what, frozenset(fixed_by.split()))


# Microsoft's known issues of Windows Server 2022 and 2025, September 2025 to September 2026.
INCIDENTS = (
    _incident(
        "KB5065306 KB5065474",
        "PowerShell Direct failed between patched and unpatched machines",
        "KB5066359 KB5066360",
    ),
    _incident("KB5070881", "offered to machines with hotpatch, which then had none", "KB5070893"),
    _incident(
        "KB5073457 KB5073379",
        "machines failed to shut down, and Remote Desktop refused credentials",
        "KB5077800 KB5077793 KB5078136 KB5078135 KB5078238",
    ),
    _incident(
        "KB5082142 KB5082063",
        "domain controllers with privileged access management restarted in a loop",
        "KB5091576 KB5091470 KB5091575 KB5091157",
    ),
    _incident("KB5122882 KB5122871", "Remote Desktop Services hung hours after the start", "KB5129237 KB5129235"),
)
