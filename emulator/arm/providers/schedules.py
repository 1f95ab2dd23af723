"""The maintenance schedules of a machine: those assigned to it, and those whose dynamic scope contains it."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.hierarchy.locations import normalised
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read

ASSIGNMENTS = "Microsoft.Maintenance/configurationAssignments"


def has_schedule(tx: Transaction, machine: Resource) -> bool:
    """Whether a schedule of guest patches is attached to a machine."""
    return any(_is_guest_patching(tx, one) for one in assignments(tx, machine))


def assignments(tx: Transaction, machine: Resource) -> list[Resource]:
    """The assignments to a machine itself, to its group and to its subscription."""
    subscription, group = "/".join(machine.id.split("/")[:3]), machine.id.split("/providers/")[0]
    found = tx.within(machine.id, ASSIGNMENTS)
    for scope in (group, subscription):
        found += [one for one in tx.within(f"{scope}/providers/{ASSIGNMENTS}", ASSIGNMENTS) if selects(one, machine)]
    return found


def _is_guest_patching(tx: Transaction, assignment: Resource) -> bool:
    configuration = tx.find(configuration_of(assignment))
    return configuration is not None and is_of_guests(configuration)


def configuration_of(assignment: Resource) -> str:
    """The id of the maintenance configuration that an assignment names."""
    return str(assignment.body["properties"].get("maintenanceConfigurationId", ""))


def is_of_guests(configuration: Resource) -> bool:
    return str(read(configuration.body, "properties.maintenanceScope")).lower() == "inguestpatch"


def selects(assignment: Resource, machine: Resource) -> bool:
    """Whether a dynamic scope has a machine; what its filter leaves out does not restrict it."""
    wanted = dict(assignment.body["properties"].get("filter") or {})
    wanted["locations"] = [normalised(str(one)) for one in wanted.get("locations") or ()]  # kept as they were sent
    tests = {
        "resourceTypes": machine.type,
        "resourceGroups": machine.id.split("/")[4],
        "locations": normalised(str(machine.body.get("location", ""))),
        "osTypes": read(machine.body, "properties.storageProfile.osDisk.osType")
        or read(machine.body, "properties.osType")
        or "",
    }
    return all(_one_of(value, wanted.get(name)) for name, value in tests.items()) and _tagged(wanted, machine)


def _one_of(value: str, allowed: list[str] | None) -> bool:
    return not allowed or value.lower() in {str(one).lower() for one in allowed}


def _tagged(wanted: Json, machine: Resource) -> bool:
    settings = wanted.get("tagSettings") or {}
    # "Use tags to organize your Azure resources": names of tags have no letter case, values have.
    tags = {name.lower(): str(value) for name, value in machine.body.get("tags", {}).items()}
    hits = [
        tags.get(name.lower()) in {str(one) for one in values} for name, values in (settings.get("tags") or {}).items()
    ]
    if not hits:
        return True
    return all(hits) if str(settings.get("filterOperator", "Any")).lower() == "all" else any(hits)
