"""Every reason that the domain has is asked by rules, components and settings, or it is said why not."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {
    "rules": ("domain/rules", "domain/judging"),
    "components": ("components",),
    "settings": ("domain/settings",),
}
BELOW = ("domain/azure", "domain/vocabulary")

STATED = "a component states the value, and nobody can write another"
SET_ALONE = "a component makes Flexible sets alone, with this value"
OWN_WORDS = "the recurrence's name is ours: a resource has what it stands for"
NO_SECRETS = "a password is a secret, and mostly not known in a preview"
ELSEWHERE = "Azure Local's machines and the guardrails are no records that a rule judges"
OF_MACHINES_THAT_EXIST = "it is about machines and images that are there already"
MARKETPLACE_ALONE = "an image is named by publisher, offer and SKU there"
NOT_OF_HOTPATCH = "hotpatch does not depend on it, and Azure's answer is clear"
DRAFTED = "a fleet's settings compare it with a limit of their own"
BY_NAME = "images are named, and a name is judged by why_not_named_image"
NAMES_NOT_KNOWN = "the group's name is not known until it is deployed"
A_DOUBT = "it is a warning of the components, once for all machines; a rule would say it for each"

NAMED_ALREADY = "a resource has the name that the pattern makes, not the pattern"
GROUP_BY_NAME = "a component takes a resource group by its name, and a resource has it in its id"
ALLOWED_AND_ADVISED_AGAINST = "Azure takes it, and HP046 advises against it in the preview"
SCRIPTS_IN_PREVIEW = "a script of an extension is advice at most, which HP045 gives in the preview"

# Of each reason, the rooms that do not ask it and why.
UNASKED: dict[str, dict[str, str]] = {
    **{
        name: {"components": STATED, "settings": STATED}
        for name in (
            *("why_not_api_version", "why_not_assessment_mode", "why_not_automatic_updates"),
            *("why_not_bypass_with_hotpatch", "why_not_extension_operations", "why_not_hotpatching"),
            *("why_not_known_assessment_mode", "why_not_patch_mode", "why_not_platform_settings", "why_not_vm_agent"),
            *("why_not_restarting", "why_not_updates_off_for_good", "why_not_in_guest", "why_not_health_extension"),
            *("why_not_known_reboot_setting", "why_not_identity", "why_not_single_placement_group"),
            *("why_not_scheduled_by_bypass", "why_not_scheduled_by_mode"),
        )
    },
    **{
        name: {"components": SET_ALONE, "settings": SET_ALONE}
        for name in (
            *("why_not_orchestration_mode", "why_not_network_api_version", "why_not_automatic_image_upgrade"),
            "why_not_fault_domain_count",
        )
    },
    **{name: {"rules": ELSEWHERE} for name in ("why_not_gallery_image", "why_not_memory_mb", "why_not_update_server")},
    **{
        name: {"rules": NOT_OF_HOTPATCH}
        for name in (
            *("why_not_prefix", "why_not_subnet_prefix", "why_not_region", "why_not_tags"),
            *("why_not_request_path", "why_not_ports", "why_not_name", "why_not_resource_id"),
        )
    },
    "why_not_admin_password": {"rules": NO_SECRETS, "settings": "the password is a secret beside the settings"},
    "why_not_baseline_start": {"rules": OWN_WORDS},
    "why_not_hotpatchable": {"rules": "HP001 asks the parts of the name, to say which is wrong"},
    "why_not_image_version": {"rules": OF_MACHINES_THAT_EXIST},
    "why_not_named_after": {"rules": "a resource has its own name", "settings": DRAFTED},
    "why_not_named_image": {"rules": "a resource names its image by parts"},
    "why_not_names": {"rules": NAMES_NOT_KNOWN, "settings": NAMES_NOT_KNOWN},
    "why_not_scope": {"rules": ELSEWHERE, "settings": "a stack's file has no guardrails"},
    "why_not_vhd": {"components": MARKETPLACE_ALONE, "settings": MARKETPLACE_ALONE},
    "why_not_zones": {"rules": NOT_OF_HOTPATCH},
    "why_not_handler_version": {"rules": NOT_OF_HOTPATCH},
    "why_not_only_when_required": {"components": ALLOWED_AND_ADVISED_AGAINST, "settings": ALLOWED_AND_ADVISED_AGAINST},
    "why_not_resource_group": {"rules": GROUP_BY_NAME, "components": GROUP_BY_NAME},
    "why_not_schedule_name": {"rules": NAMES_NOT_KNOWN, "components": NAMES_NOT_KNOWN},
    "why_not_pattern": {"rules": NAMED_ALREADY, "components": NAMED_ALREADY},
    "why_script_matters": {"components": SCRIPTS_IN_PREVIEW, "settings": SCRIPTS_IN_PREVIEW},
    "why_stale": {"components": OF_MACHINES_THAT_EXIST, "settings": OF_MACHINES_THAT_EXIST},
    "why_unknown_region": {"rules": A_DOUBT},
    "why_unknown_size": {"rules": A_DOUBT},
}


def files(*folders: str) -> Iterator[Path]:
    return (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def names_in(node: ast.AST) -> set[str]:
    """Every name that a piece of code mentions, imports aside."""
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return found | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


@cache
def definitions() -> dict[str, set[str]]:
    """What each name of the facts and the vocabulary is made of."""
    made: dict[str, set[str]] = {}
    for path in files(*BELOW):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            defined = [getattr(node, "name", "")] + [getattr(target, "id", "") for target in targets]
            for name in filter(None, defined):
                made.setdefault(name, set()).update(names_in(node) - {name})
    return made


def asked(room: str) -> set[str]:
    """Every name that a room reaches: those that it mentions, and what they are made of."""
    left = {name for path in files(*ROOMS[room]) for name in names_in(ast.parse(path.read_text(encoding="utf-8")))}
    reached: set[str] = set()
    while left:
        name = left.pop()
        reached.add(name)
        left |= definitions().get(name, set()) - reached
    return reached


REASONS = sorted(name for name in definitions() if name.startswith("why_"))


def test_there_are_reasons() -> None:
    assert len(REASONS) >= 50


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_asks_every_reason_or_says_why_not(room: str) -> None:
    excused = {name for name, rooms in UNASKED.items() if room in rooms}
    reached = asked(room)
    assert {name for name in REASONS if name not in reached} - excused == set(), "nobody asks these"
    assert excused & reached == set(), "these are asked after all"


def test_an_excuse_is_for_a_reason_that_exists() -> None:
    assert UNASKED.keys() <= set(REASONS)


def test_one_function_finds_what_was_meant() -> None:
    using = [
        path for path in files("domain", "components", "policies", "cli") if "get_close_matches" in path.read_text()
    ]
    assert [path.name for path in using] == ["nearest.py"]
