"""Random fleets as a program declares them: machines, sets, schedules, right and wrong in every way that is judged."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from azure_hotpatch.domain.azure.calendar import month_after, patch_day
from tests.contract.fleets import machines, schedules, sets
from tests.contract.fleets.dice import Dice

GROUP = "fleet"
REGIONS = ("westeurope", "northeurope", "eastus", "uksouth")
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
ROOT = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}/providers"
# The record of hotpatch machines begins with these months; a fleet lives from one of the days after them.
_FIRST_DAY = {"2022": datetime(2022, 3, 1, tzinfo=UTC), "2025": datetime(2024, 12, 1, tzinfo=UTC)}
_LAST_DAY = datetime(2026, 11, 29, tzinfo=UTC)


@dataclass(frozen=True)
class Declared:
    """A resource as azure-native has it: its token, its logical name and its inputs."""

    token: str
    name: str
    props: dict[str, Any]
    id: str  # that Azure will give it


@dataclass(frozen=True)
class Fleet:
    """What one program declares, on which day, and which patching modes it declares for its machines."""

    number: int
    start: datetime
    location: str
    resources: list[Declared] = field(default_factory=list)
    modes: dict[str, str] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        """A year later, on the eve of a patch day, when what came before is rolled out."""
        day = self.start.date() + timedelta(days=365)
        coming = (patch_day(*month_after(day, ahead)) for ahead in range(2))
        eve = next(one for one in coming if one > day) - timedelta(days=1)
        return datetime(eve.year, eve.month, eve.day, tzinfo=UTC)


def fleet(number: int, seed: int = 0) -> Fleet:
    """The fleet of a number: the same each time."""
    random = Dice(f"{seed} {number}")
    generation = random.choice(("2022", "2022", "2025"))
    first = _FIRST_DAY[generation]
    start = first + timedelta(days=random.randint(0, (_LAST_DAY - first).days))
    made = Fleet(number, start, random.choice(REGIONS))
    images = machines.images(random, generation)
    _add(made, "compute:AvailabilitySet", "availabilitySets/apart", machines.availability_set())
    for mode in ("Flexible",) if random.careful else ("Flexible", "Uniform"):
        _add(made, "compute:VirtualMachineScaleSet", f"virtualMachineScaleSets/{mode.lower()}", sets.empty(mode))
    for name in [f"vm{at}" for at in range(random.randint(1, 3))]:
        _add_machine(made, random, name, images)
    for name in ["set0"] * (random.random() < 0.35):
        _add(made, "compute:VirtualMachineScaleSet", f"virtualMachineScaleSets/{name}", sets.scale_set(random, images))
    _add_schedules(made, random)
    return made


def id_of(path: str, provider: str = "Microsoft.Compute") -> str:
    return f"{ROOT}/{provider}/{path}"


def _add_machine(made: Fleet, random: Dice, name: str, images: machines.Images) -> None:
    mode, props = machines.machine(random, name, images)
    nic = f"networkInterfaces/{name}-nic"
    _add(made, "network:NetworkInterface", nic, machines.interface(f"{name}-nic"), "Microsoft.Network")
    interfaces = {"networkInterfaces": [{"id": id_of(nic, "Microsoft.Network")}]}
    # Azure took no hotpatch image by older versions of the API.
    token = "compute/v20191201:VirtualMachine" if random.slips(0.05) else "compute:VirtualMachine"
    _add(made, token, f"virtualMachines/{name}", {**props, "networkProfile": interfaces})
    declared = machines.declared(random, mode)
    if declared:
        made.modes[name] = declared


def _add_schedules(made: Fleet, random: Dice) -> None:
    wanted = "customerManagedSchedule" in made.modes.values()
    names = [
        f"window{at}" for at in range(random.randint(0 if random.slips(0.2) else 1, 2) if wanted else random.slips(0.3))
    ]
    for name in names:
        path = f"maintenanceConfigurations/{name}"
        props = schedules.configuration(random, made.start)
        _add(made, "maintenance:MaintenanceConfiguration", path, props, "Microsoft.Maintenance")
    targets = [one for one in made.resources if one.name[:2] in {"vm", "se"}]
    scheduled = [one for one in targets if made.modes.get(one.name) == "customerManagedSchedule"]
    for name in names:
        configuration = id_of(f"maintenanceConfigurations/{name}", "Microsoft.Maintenance")
        for target in random.sample(targets, 1) if random.slips(0.3) else scheduled:
            token, path, props = schedules.assignment(random, name, configuration, target.id)
            made.resources.append(Declared(f"azure-native:{token}", f"{name}-{target.name}", props, path))


def _add(made: Fleet, token: str, path: str, props: dict[str, Any], provider: str = "Microsoft.Compute") -> None:
    inputs = {"resourceGroupName": GROUP, "location": made.location, **props}
    name = path.rpartition("/")[2]
    inputs[machines.NAMED_BY[token.replace("/v20191201", "")]] = name
    made.resources.append(Declared(f"azure-native:{token}", name, inputs, id_of(path, provider)))
