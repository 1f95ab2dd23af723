"""The machines of an emulator and who patches each, read once for a move of the clock."""

from collections import defaultdict
from dataclasses import dataclass, field

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.patching.guests import ARC_MACHINES, VIRTUAL_MACHINES, Guest
from azure_hotpatch.emulator.arm.protocol.bodies import read
from azure_hotpatch.emulator.arm.protocol.paths import scope_of
from azure_hotpatch.emulator.arm.providers import schedules
from azure_hotpatch.emulator.arm.providers.compute import orchestration
from azure_hotpatch.emulator.arm.providers.compute.orchestration import Orchestration

_CONFIGURATIONS = "Microsoft.Maintenance/maintenanceConfigurations"
_SETS = "Microsoft.Compute/availabilitySets"


@dataclass(slots=True)
class EstateMachine:
    """A machine, who patches it, and the schedules that reach it."""

    guest: Guest
    by: Orchestration
    schedules: list[Resource] = field(default_factory=list)


@dataclass(slots=True)
class Estate:
    """All machines, virtual ones first, and how many update domains each availability set has."""

    members: list[EstateMachine]
    update_domains: dict[str, int]


def load(tx: Transaction) -> Estate:
    catalogue = guests.catalogue_of(tx)
    reach = _Reach(tx)
    members = []
    for machine in tx.within("", VIRTUAL_MACHINES):
        found = reach.of(machine)
        by = orchestration.judged(machine, scheduled=bool(found))
        members.append(EstateMachine(guests.of_virtual_machine(machine, catalogue), by, found))
    for machine in tx.within("", ARC_MACHINES):
        found = reach.of(machine)
        # Arc has no bypass to set: a schedule runs, with hotpatch or without ("Manage hotpatch on Arc machines").
        by = Orchestration.SCHEDULE if found else Orchestration.GUEST
        members.append(EstateMachine(guests.of(tx, machine, catalogue), by, found))
    count = "properties.platformUpdateDomainCount"
    return Estate(members, {one.key: read(one.body, count) or 5 for one in tx.within("", _SETS)})


class _Reach:
    """The schedules of guest patches, and which machines they reach: assigned ones, and dynamic scopes as of now."""

    def __init__(self, tx: Transaction) -> None:
        self._configurations = {one.key: one for one in tx.within("", _CONFIGURATIONS) if schedules.is_of_guests(one)}
        self._by_scope: dict[str, list[Resource]] = defaultdict(list)
        for one in tx.within("", schedules.ASSIGNMENTS):
            if schedules.configuration_of(one).lower() in self._configurations:
                self._by_scope[scope_of(one.id).lower()].append(one)

    def of(self, machine: Resource) -> list[Resource]:
        if not self._by_scope:
            return []
        steps = machine.key.split("/")
        found = list(self._by_scope.get(machine.key, ()))
        for scope in ("/".join(steps[:5]), "/".join(steps[:3])):
            found += [one for one in self._by_scope.get(scope, ()) if schedules.selects(one, machine)]
        keys = dict.fromkeys(schedules.configuration_of(one).lower() for one in found)
        return [self._configurations[key] for key in keys]
