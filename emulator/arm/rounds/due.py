"""An installation that is due: its machine, time, updates and reason."""

from dataclasses import dataclass
from datetime import date, datetime

from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.patching.installation import InstallationRequest


@dataclass(frozen=True, slots=True)
class Due:
    """`rollout` is the day of the release whose rollout it belongs to; None for any other installation."""

    moment: datetime
    guest: Guest
    order: InstallationRequest
    rollout: date | None = None
