"""Whether a maintenance schedule that is attached to a machine runs there."""

from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool, as_one_of

_NOBODY = "so no schedule runs and Azure does not patch the machine by itself either"


# Azure Update Manager, "Prerequisites for scheduled patching", table of scenarios: a schedule runs with
# AutomaticByPlatform and the bypass only. With the first alone neither it nor automatic patching runs.
def why_not_scheduled_by_mode(patch_mode: Any) -> str | None:
    """Say why an attached schedule does not run with this patchMode, or None where it may."""
    if as_one_of(patch_mode, ("AutomaticByPlatform",)):
        return None
    shown = "absent" if patch_mode is None else repr(patch_mode)
    return f"patchMode is {shown}, not AutomaticByPlatform, {_NOBODY}"


def why_not_scheduled_by_bypass(bypass: Any) -> str | None:
    """Say why an attached schedule does not run with this bypassPlatformSafetyChecksOnUserSchedule, or None."""
    if as_bool(bypass):
        return None
    return f"bypassPlatformSafetyChecksOnUserSchedule is {'absent' if bypass is None else 'not true'}, {_NOBODY}"
