"""Every rule, by id."""

from azure_hotpatch.rule import Rule
from azure_hotpatch.rules import (
    hp001_image_is_hotpatchable,
    hp002_image_is_not_custom,
    hp003_scale_set_is_flexible,
    hp004_hotpatch_is_on,
    hp005_patch_mode_is_automatic_by_platform,
    hp006_vm_agent_is_provisioned,
    hp007_safety_checks_are_kept_with_hotpatch,
)

RULES: tuple[Rule, ...] = (
    hp001_image_is_hotpatchable.RULE,
    hp002_image_is_not_custom.RULE,
    hp003_scale_set_is_flexible.RULE,
    hp004_hotpatch_is_on.RULE,
    hp005_patch_mode_is_automatic_by_platform.RULE,
    hp006_vm_agent_is_provisioned.RULE,
    hp007_safety_checks_are_kept_with_hotpatch.RULE,
)
