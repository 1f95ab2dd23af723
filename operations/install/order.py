"""What to install: classifications, included and excluded updates, restarts, publish dates, the time limit."""

from datetime import datetime
from typing import Any, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from azure_hotpatch.operations.install.model import Model
from azure_hotpatch.operations.install.text import IsoDuration, Kb, minutes_of
from azure_hotpatch.operations.machine import Patch

# azure-mgmt-compute, VMGuestPatchClassificationWindows and VMGuestPatchRebootSetting
Classification = Literal[
    "Critical", "Security", "UpdateRollUp", "FeaturePack", "ServicePack", "Definition", "Tools", "Updates"
]
RebootSetting = Literal["IfRequired", "Never", "Always"]
NEVER_REBOOTS = "NeverReboots"


class Order(Model):
    """The parameters of installPatches, as the user gives them; KB numbers are digits, `published_until` has a zone."""

    classifications: tuple[Classification, ...] = ("Critical", "Security")
    kbs: tuple[Kb, ...] = ()
    exclude_kbs: tuple[Kb, ...] = ()
    exclude_restarts: bool = False
    published_until: datetime | None = None
    maximum_duration: IsoDuration = "PT3H"
    reboot: RebootSetting = "IfRequired"

    @model_validator(mode="after")
    def _check(self) -> "Order":
        if not self.classifications and not self.kbs:
            raise PydanticCustomError("setting", "neither a classification nor an update is given: nothing to install")
        both = sorted(set(self.kbs) & set(self.exclude_kbs))
        if both:
            raise PydanticCustomError("setting", f"KB{both[0]} is both included and excluded")
        if self.published_until and self.published_until.tzinfo is None:
            raise PydanticCustomError("setting", "publishedUntil has no time zone; write it as 2026-09-08T23:59:59Z")
        return self

    def takes(self, patch: Patch) -> bool:
        """Whether installPatches will install an update that the machine is offered, as Azure decides it."""
        if patch.kb in self.exclude_kbs or (self.exclude_restarts and patch.reboot_behavior != NEVER_REBOOTS):
            return False
        if self.published_until and patch.published and patch.published > self.published_until:
            return False
        wanted = {name.lower() for name in self.classifications}
        return patch.kb in self.kbs or any(name.lower() in wanted for name in patch.classifications)

    def without(self, kbs: tuple[str, ...], fixes: tuple[str, ...] = ()) -> "Order":
        """The order with bad updates excluded and their fixes included."""
        kept = tuple(kb for kb in self.kbs if kb not in kbs)
        return self.model_copy(
            update={
                "exclude_kbs": tuple(dict.fromkeys((*self.exclude_kbs, *kbs))),
                "kbs": tuple(dict.fromkeys((*kept, *(fix for fix in fixes if fix not in self.exclude_kbs)))),
            }
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to install once bad updates are excluded."""
        return not (self.classifications or self.kbs)

    def body(self, minutes: int | None = None) -> dict[str, Any]:
        """The request to Azure; `minutes` shortens the maximum duration, where the maintenance hours end earlier."""
        parameters: dict[str, Any] = {}
        if self.classifications:
            parameters["classificationsToInclude"] = list(self.classifications)
        if self.kbs:
            parameters["kbNumbersToInclude"] = list(self.kbs)
        if self.exclude_kbs:
            parameters["kbNumbersToExclude"] = list(self.exclude_kbs)
        if self.exclude_restarts:
            parameters["excludeKbsRequiringReboot"] = True
        if self.published_until:
            parameters["maxPatchPublishDate"] = self.published_until.isoformat()
        is_shorter = minutes is not None and minutes < minutes_of(self.maximum_duration)
        duration = f"PT{minutes}M" if is_shorter else self.maximum_duration
        return {"maximumDuration": duration, "rebootSetting": self.reboot, "windowsParameters": parameters}
