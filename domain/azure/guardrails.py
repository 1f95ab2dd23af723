"""The Azure Policy definitions that enforce the policy pack's main rules in Azure itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from azure_hotpatch.domain.azure.images import PUBLISHER, Catalogue

Effect = Literal["Audit", "Deny", "Disabled"]
EFFECTS: tuple[str, ...] = get_args(Effect)

_MACHINE = "Microsoft.Compute/virtualMachines"
_SET = "Microsoft.Compute/virtualMachineScaleSets"
# Where the aliases of a machine start, and those of a set's machines.
_PROFILES = (f"{_MACHINE}/", f"{_SET}/virtualMachineProfile.")
_SCOPE = re.compile(
    r"/subscriptions/[^/]+(/resourceGroups/[^/]+)?|/providers/Microsoft\.Management/managementGroups/[^/]+",
    re.IGNORECASE,
)

Condition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Definition:
    """One policy definition; `rule` is its `policyRule`, with the effect as a parameter."""

    name: str
    title: str
    description: str
    condition: Condition

    @property
    def rule(self) -> dict[str, Any]:
        return {"if": self.condition, "then": {"effect": "[parameters('effect')]"}}


def definitions(catalogue: Catalogue) -> tuple[Definition, ...]:
    """The definitions that hold for machines of `catalogue`: its images alone, no Uniform set, hotpatch on.

    Azure Policy ignores letter case when it compares strings, as the catalogue does.
    """
    return (
        Definition(
            "hotpatch-images",
            "Windows Server machines should be made from images that can be hotpatched",
            f"Hotpatch is available on these images alone: {', '.join(image.sku for image in catalogue.images)}.",
            _all(
                _a_machine(),
                _is_windows(),
                {"field": "Microsoft.Compute/imagePublisher", "exists": True},
                _not(_is_in(catalogue)),
            ),
        ),
        Definition(
            "hotpatch-no-custom-image",
            "Windows machines should not be made from custom images or existing disks",
            "A managed image, a gallery's image or an attached OS disk cannot be hotpatched, whatever its origin.",
            _all(_a_machine(), _is_windows(), _any(*_custom_images())),
        ),
        Definition(
            "hotpatch-no-uniform-set",
            "Scale sets of Windows Server images should use Flexible orchestration",
            "A scale set with Uniform orchestration has no guest patching, and hotpatch images cannot be in one.",
            _all(
                {"field": "type", "equals": _SET},
                _is_windows(),
                # Absent is Uniform, and an absent field does not equal anything.
                {"field": f"{_SET}/orchestrationMode", "notEquals": "Flexible"},
            ),
        ),
        Definition(
            "hotpatch-on",
            "Hotpatch should be on where the image has it",
            "Azure turns hotpatch on where a request says nothing; only an explicit false turns it off.",
            _all(_a_machine(), _is_in(catalogue), _any(*_hotpatch_is_off())),
        ),
    )


def why_not_scope(scope: str) -> str | None:
    """Say why `scope` is not one that policies are assigned at, or None where it is."""
    if _SCOPE.fullmatch(scope):
        return None
    return (
        "is not the id of a resource group, a subscription or a management group: /subscriptions/<id>, with "
        "/resourceGroups/<name>, or /providers/Microsoft.Management/managementGroups/<name>"
    )


def management_group(scope: str) -> str | None:
    """The name of the management group that `scope` is, or None where it is a subscription or a group in one."""
    return scope.rsplit("/", 1)[-1] if scope.lower().startswith("/providers/microsoft.management/") else None


def _a_machine() -> Condition:
    return {"field": "type", "in": [_MACHINE, _SET]}


def _is_windows() -> Condition:
    # A request that names a marketplace image rarely says the system; what Azure stored of a machine always does.
    said = [{"field": f"{profile}storageProfile.osDisk.osType", "like": "Windows*"} for profile in _PROFILES]
    configured = [{"field": f"{profile}osProfile.windowsConfiguration", "exists": True} for profile in _PROFILES]
    return _any(*said, *configured, {"field": "Microsoft.Compute/imagePublisher", "equals": PUBLISHER})


def _is_in(catalogue: Catalogue) -> Condition:
    by_offer: dict[tuple[str, str], list[str]] = {}
    for image in catalogue.images:
        by_offer.setdefault((image.publisher, image.offer), []).append(image.sku)
    return _any(*(_is_image(publisher, offer, skus) for (publisher, offer), skus in by_offer.items()))


def _is_image(publisher: str, offer: str, skus: Sequence[str]) -> Condition:
    return _all(
        {"field": "Microsoft.Compute/imagePublisher", "equals": publisher},
        {"field": "Microsoft.Compute/imageOffer", "equals": offer},
        {"field": "Microsoft.Compute/imageSku", "in": list(skus)},
    )


def _custom_images() -> list[Condition]:
    conditions: list[Condition] = [{"field": "Microsoft.Compute/imageId", "exists": True}]
    for profile in _PROFILES:
        conditions += [
            {"field": f"{profile}storageProfile.imageReference.{gallery}", "exists": True}
            for gallery in ("sharedGalleryImageId", "communityGalleryImageId")
        ]
    return [*conditions, {"field": f"{_MACHINE}/storageProfile.osDisk.createOption", "equals": "Attach"}]


def _hotpatch_is_off() -> list[Condition]:
    return [
        {"field": f"{profile}osProfile.windowsConfiguration.patchSettings.enableHotpatching", "equals": "false"}
        for profile in _PROFILES
    ]


def _all(*conditions: Condition) -> Condition:
    return {"allOf": list(conditions)}


def _any(*conditions: Condition) -> Condition:
    return {"anyOf": list(conditions)}


def _not(condition: Condition) -> Condition:
    return {"not": condition}
