"""How records refer to each other: a schedule to its machines, an extension to its scale set."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from azure_hotpatch.domain.judging.named_resource import may_be, named_by
from azure_hotpatch.domain.judging.record import MACHINES, Kind, Record, Unknown

CONFIGURATION_ID = "maintenanceConfigurationId"
# Where a direct assignment says which machine it is for: the id of ARM's body, the name of ARM's address.
TARGETS = ("resourceId", "resourceName")
# The set of an instance, where an assignment to the instance names it by ARM's address.
PARENT = "resourceParentName"
_INSTANCE = re.compile(r"(/virtualMachineScaleSets/[^/]+)/virtualMachines/[^/]+/?$", re.IGNORECASE)
# Where an extension says which scale set it is in.
SETS = ("vmScaleSetName", "virtualMachineScaleSetId")
SET_OF_MACHINE = "virtualMachineScaleSet.id"


class Links:
    """The records of one stack or file, joined by reference, by id and by name.

    A record is found by the URN that `references` names, else by its `body["id"]`, else by its `body["name"]` where
    nothing that is known of the two (type, subscription, group) differs; letter case does not count, for Azure answers
    ids in another case than it was given.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self.images = tuple(record for record in records if record.kind is Kind.IMAGE)
        self._by_urn = {record.urn: record for record in records if record.urn}
        self._by_id = {text.lower(): record for record in records if isinstance(text := record.peek("id"), str)}
        self._by_name: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            if record.name_in_azure:
                self._by_name[record.name_in_azure].append(record)
        self._direct: dict[int, list[Record]] = defaultdict(list)
        self.dynamic: list[Record] = []  # assignments that pick their machines by a filter
        self.unjoined: list[Record] = []  # assignments whose machine is not known
        self._extensions: dict[int, list[Record]] = defaultdict(list)
        for record in records:
            self._join(record)

    def assignments_of(self, machine: Record) -> Sequence[Record]:
        """The assignments that name the machine itself."""
        return self._direct.get(id(machine), ())

    def extensions_of(self, scale_set: Record) -> Sequence[Record]:
        """The extensions of a scale set that are resources of their own."""
        return self._extensions.get(id(scale_set), ())

    def configuration_of(self, assignment: Record) -> Record | None:
        return self.find(assignment, CONFIGURATION_ID, {Kind.MAINTENANCE_CONFIGURATION})

    def scale_set_of(self, machine: Record) -> Record | None:
        return self.find(machine, SET_OF_MACHINE, {Kind.SCALE_SET})

    def find(self, record: Record, path: str, kinds: Collection[Kind]) -> Record | None:
        """The record of one of `kinds` that `record` refers to at `path`, or None where there is none here."""
        return next((found for found in self._candidates(record, path) if found.kind in kinds), None)

    def _join(self, record: Record) -> None:
        if record.kind is Kind.MAINTENANCE_ASSIGNMENT:
            self._join_assignment(record)
        elif record.kind is Kind.SCALE_SET_EXTENSION:
            for scale_set in self._first(record, SETS, {Kind.SCALE_SET}):
                self._extensions[id(scale_set)].append(record)

    def _join_assignment(self, record: Record) -> None:
        paths = TARGETS if record.peek(PARENT) is None else (PARENT,)
        values = [record.peek(path) for path in paths]
        if all(value is None for value in values):
            self.dynamic.append(record)
            return
        for machine in self._first(record, paths, MACHINES):
            self._direct[id(machine)].append(record)
            return
        if any(isinstance(value, Unknown) for value in values):
            self.unjoined.append(record)

    def _first(self, record: Record, paths: Sequence[str], kinds: Collection[Kind]) -> Iterator[Record]:
        found = (self.find(record, path, kinds) for path in paths)
        yield from [each for each in found if each][:1]

    def _candidates(self, record: Record, path: str) -> Iterator[Record]:
        for urn in record.references.get(path, ()):
            if urn in self._by_urn:
                yield self._by_urn[urn]
        value = record.peek(path)
        if not isinstance(value, str):
            return
        value = _INSTANCE.sub(r"\1", value)  # the set of an instance
        if value.lower() in self._by_id:
            yield self._by_id[value.lower()]
            return
        named = named_by(record, path, value)
        for found in self._by_name.get(named.name, ()):
            if may_be(found, named):
                yield found
