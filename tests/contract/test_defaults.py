"""The defaults of a stack's settings and of the components: an argument that is left out changes nothing.

The program passes every setting on, also one that is not in the stack's file. So each argument of a stack of defaults
is taken away, and the component must register the same by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pulumi

from azure_hotpatch.components import (
    AzureLocalImage,
    AzureLocalVirtualMachine,
    HotpatchNetwork,
    HotpatchScaleSet,
    HotpatchVirtualMachine,
    MaintenanceSchedule,
)
from azure_hotpatch.components.virtual_machine.checks import image_is_hotpatchable
from azure_hotpatch.domain.azure.images import WHOLE_CATALOGUE
from azure_hotpatch.domain.settings import StackSettings, parse_settings
from azure_hotpatch.program import azure_local, plan, surroundings
from azure_hotpatch.program.secrets import Secrets
from azure_hotpatch.program.surroundings import Surroundings
from tests.components.conftest import Register, current_loop, loop, register
from tests.program.test_every_setting_counts import DISKS, RULE, SCHEDULE, SEPARATE, SITE
from tests.recorder import GROUP, SUBNET, Registered

__all__ = ["current_loop", "loop", "register"]  # fixtures

Step = str | int
PLACE = "westeurope"
TOOLS = ({"tool": "groupPolicy"}, {"tool": "sconfig"}, {"tool": "thirdParty", "wsusServer": "https://wsus"})
STACK: dict[str, Any] = {
    "network": {"rules": [RULE]},
    "maintenance": {"schedule": {**SCHEDULE, "dynamicScope": {"tags": {"role": ["erp"]}}}},
    "fleet": {
        "machines": [
            {"name": "web", **SEPARATE},
            {"name": "erp", "patchingMode": "customerManagedSchedule", "tags": {"role": "erp"}},
        ],
        "scaleSets": [{"name": "front", **DISKS}],
        "azureLocal": [{"name": f"edge-{index}", **SITE, "orchestration": tool} for index, tool in enumerate(TOOLS)],
    },
}
AROUND = Surroundings(
    subnets={PLACE: SUBNET},
    schedules={PLACE: f"{GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations/window"},
    availability_sets={},
    resource_groups={"fleet": "fleet"},
)
# Arguments in which the stack says something else than the default, and what.
SAID = {
    "location": "a component is in the region of its resource group",
    "tags": "a stack has its own",
    "patching_mode": "erp is in another mode than the default",
    "data_disks": "the group has some",
    "security_rules": "the network has one",
    "dynamic_scope": "the schedule has one",
    "dynamic_scope.tags": "the scope has some",
    "data_disks.separate": "the group says so of one",
    "gallery_image_id": "groups at one place share an image, a component has its own",
}


def planned() -> Iterator[tuple[str, Callable[..., Any], dict[str, Any]]]:
    """The name, the component and the arguments of each component that the stack makes."""
    settings, secrets = parse_settings(STACK), Secrets(pulumi.Output.secret("Correct-horse-9"))
    images = dict(azure_local.planned_images(settings, AROUND.resource_groups))
    for name, args in plan.machines(settings, secrets, AROUND):
        yield name, HotpatchVirtualMachine, dict(args)
    for name, of_set in plan.scale_sets(settings, secrets, AROUND):
        yield name, HotpatchScaleSet, dict(of_set)
    for _, name, of_network in surroundings.networks(settings, "fleet"):
        yield name, HotpatchNetwork, dict(of_network)
    for _, name, of_schedule in surroundings.schedules(settings, "fleet"):
        yield name, MaintenanceSchedule, dict(of_schedule)
    for name, of_image in images.items():
        yield name, AzureLocalImage, dict(of_image)
    ids = {name: f"{GROUP}/providers/Microsoft.AzureStackHCI/marketplaceGalleryImages/{name}" for name in images}
    for name, of_machine in azure_local.planned_machines(settings, secrets, AROUND.resource_groups, ids):
        yield name, AzureLocalVirtualMachine, dict(of_machine)


def paths(args: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The way to each argument, also in smaller sets of arguments."""
    for step, value in args.items() if isinstance(args, Mapping) else enumerate(args):
        if isinstance(step, str):
            yield (*path, step)
        if step != "tags" and (isinstance(value, Mapping) or _is_list_of_sets(value)):
            yield from paths(value, (*path, step))


def without(args: Any, path: tuple[Step, ...]) -> Any:
    """The arguments but for the one at a path."""
    step, *rest = path
    if isinstance(args, Mapping):
        kept = {key: value for key, value in args.items() if key != step}
        return {**kept, str(step): without(args[step], tuple(rest))} if rest else kept
    return [without(value, tuple(rest)) if index == step else value for index, value in enumerate(args)]


def test_an_argument_left_out_is_the_default_of_the_setting(register: Register) -> None:
    def registered(build: Callable[[], Any]) -> list[Registered]:
        """What was registered, by type and name: resources that do not wait for each other come in any order."""
        return sorted(register(build), key=lambda one: (one.type, one.name))

    other: dict[str, set[str]] = {}
    for name, component, args in planned():
        made = registered(partial(component, name, args))
        for path in paths(args):
            try:
                left_out = registered(partial(component, name, without(args, path)))
            except pulumi.RunError:  # it is required
                continue
            if left_out != made:
                argument = ".".join(step for step in path if isinstance(step, str))
                other.setdefault(argument, set()).add(f"{component.__name__} {name}")
    assert other.keys() == SAID.keys(), other


def test_an_image_by_name_has_the_version_of_the_setting(register: Register) -> None:
    name, component, args = next(planned())
    by_name = register(partial(component, name, {**args, "image": str(args["image"])}))
    assert by_name == register(partial(component, name, args))


def test_the_images_that_are_accepted_by_default_are_the_same() -> None:
    catalogue = StackSettings().catalogue
    for image in WHOLE_CATALOGUE.images:
        assert (image in catalogue) is not any(image_is_hotpatchable(image, None))


def _is_list_of_sets(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)
