"""Actions on a scale set's instances, all at once or one by one."""

from collections.abc import Callable, Mapping

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import InvalidParameter, OperationNotAllowed
from azure_hotpatch.emulator.arm.protocol.queries import Queries
from azure_hotpatch.emulator.arm.providers.compute import instances, power, run_scripts, special_actions

_LIST = Queries(
    filters={"properties/latestmodelapplied": "properties.latestModelApplied", "instanceid": "instanceId"},
    lists=("instanceview",),
)


def _chosen(act: Act) -> list[Resource]:
    """The instances that the body names; all of them where it names none or `*`."""
    there = {one.name.lower(): one for one in instances.of(act.tx, act.resource)}
    wanted = [str(one) for one in act.body.get("instanceIds") or ()]
    if not wanted or wanted == ["*"]:
        return list(there.values())
    for one in wanted:
        if one.lower() not in there:
            raise InvalidParameter(
                f"The provided instanceId {one} is not an active Virtual Machine Scale Set VM instanceId.",
                "instanceIds",
            )
    return [there[one.lower()] for one in wanted]


def _check_chosen(act: Act) -> None:
    _chosen(act)


def _each(change: Callable[[Act, Resource], None]) -> Action:
    def finish(act: Act) -> None:
        for instance in _chosen(act):
            change(act, instance)

    return Action(finish, _check_chosen, polls=1, remembers=("instanceIds",))


def _powered(state: str, *, restarts: bool = False) -> Callable[[Act, Resource], None]:
    return lambda act, instance: power.change(act.tx, instance, state, restarts=restarts)


def _as_it_was(_act: Act, _instance: Resource) -> None:
    return None


def _upgraded(act: Act, instance: Resource) -> None:
    """The instance takes the newest model of its set, and restarts."""
    if "latestModelApplied" in instance.body.get("properties", {}):
        instance.body["properties"]["latestModelApplied"] = True
        instance.body["sku"] = act.resource.body.get("sku")
        act.tx.save(instance)
    power.change(act.tx, instance, power.RUNNING, restarts=True)


def _begin_delete(act: Act) -> None:
    if not act.body.get("instanceIds"):
        raise InvalidParameter("Required parameter 'instanceIds' is missing (null).", "instanceIds")
    _chosen(act)


def _delete(act: Act) -> None:
    chosen = _chosen(act)
    instances.remove(act.tx, chosen)
    act.resource.body["sku"]["capacity"] = len(instances.of(act.tx, act.resource))
    act.tx.save(act.resource)


def _refuse_view_of_flexible(act: Act) -> None:
    # azure-hotpatch users' reports quote these words; the code that comes with them is not published.
    if instances.is_flexible(act.resource.body["properties"]):
        raise OperationNotAllowed(
            "Operation 'VirtualMachineScaleSets.instanceView.GET' is not allowed on Virtual Machine Scale Set "
            f"'{act.resource.name}'."
        )


def _view(act: Act) -> Json:
    _refuse_view_of_flexible(act)
    count = len(instances.of(act.tx, act.resource))
    status = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"}
    return {
        "virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": count}]},
        "statuses": [{**status, "time": stamp(act.tx.now())}],
    }


def _list(act: Act) -> Json:
    expand = queries.expanded(act.query, _LIST.lists, "the instances of a scale set")
    shown = [_shown(act, one, view="instanceview" in expand) for one in instances.of(act.tx, act.resource)]
    accepted = Queries(filters=_LIST.filters, lists=_LIST.lists)
    return {"value": queries.applied(act.query, shown, accepted, "the instances of a scale set")}


def _shown(act: Act, instance: Resource, *, view: bool) -> Json:
    found = instances.shown(instance)
    if view:
        found["properties"]["instanceView"] = instance_view(Act(instance, {}, {}, act.tx))
    return found


def instance_view(act: Act) -> Json:
    now, state = stamp(act.tx.now()), power.state(act.resource)
    ready = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Ready", "time": now}
    found: Json = {
        "platformUpdateDomain": 0,
        "platformFaultDomain": 0,
        "statuses": [
            {**ready, "displayStatus": "Provisioning succeeded"},
            {"code": f"PowerState/{state}", "level": "Info", "displayStatus": f"VM {state}"},
        ],
    }
    if power.is_running(act.resource):
        found["vmAgent"] = {"vmAgentVersion": "2.7.41491.1172", "statuses": [ready]}
    return found


def _skus(act: Act) -> Json:
    sku = act.resource.body.get("sku") or {}
    capacity = {"minimum": 0, "maximum": 1000, "defaultCapacity": 1, "scaleType": "Automatic"}
    found = {"resourceType": "Microsoft.Compute/virtualMachineScaleSets", "sku": sku, "capacity": capacity}
    return {"value": [found]}


def _nothing(_act: Act) -> Json:
    return {"value": []}


def _interfaces(act: Act) -> Json:
    """The interfaces of a Flexible set's machines; those of a Uniform set are not made."""
    ids = [
        link["id"]
        for one in instances.of(act.tx, act.resource)
        for link in read(one.body, "properties.networkProfile.networkInterfaces") or ()
    ]
    found = filter(None, map(act.tx.find, ids))
    return {"value": [{"id": one.id, "name": one.name, **one.body} for one in found]}


def _to_one_group(act: Act) -> None:
    """A set that may have several placement groups has one from now on; one placement group holds 100 machines."""
    if instances.is_flexible(act.resource.body["properties"]) or len(instances.of(act.tx, act.resource)) > 100:
        raise OperationNotAllowed(  # wording not published
            "Operation 'convertToSinglePlacementGroup' is not allowed on Virtual Machine Scale Set "
            f"'{act.resource.name}'."
        )
    act.resource.body["properties"]["singlePlacementGroup"] = True
    act.tx.save(act.resource)


ACTIONS: Mapping[str, Action] = {
    "start": _each(_powered(power.RUNNING, restarts=True)),
    "restart": _each(_powered(power.RUNNING, restarts=True)),
    "powerOff": _each(_powered(power.STOPPED)),
    "deallocate": _each(_powered(power.DEALLOCATED)),
    "redeploy": _each(_powered(power.RUNNING, restarts=True)),
    "reimage": _each(_powered(power.RUNNING, restarts=True)),
    "reimageAll": _each(_powered(power.RUNNING, restarts=True)),
    "reapply": _each(_as_it_was),
    "performMaintenance": _each(_as_it_was),
    "convertToSinglePlacementGroup": Action(_to_one_group),
    "manualupgrade": _each(_upgraded),
    "delete": Action(_delete, _begin_delete, polls=1, remembers=("instanceIds",)),
    "instanceView": Action(_view, methods=("GET",)),
    "virtualMachines": Action(_list, methods=("GET",)),
    "skus": Action(_skus, methods=("GET",)),
    "networkInterfaces": Action(_interfaces, methods=("GET",)),
    # No public address is made for an instance, and no image is upgraded automatically.
    "publicIPAddresses": Action(_nothing, methods=("GET",)),
    "osUpgradeHistory": Action(_nothing, methods=("GET",)),
}

INSTANCE_ACTIONS: Mapping[str, Action] = {
    **power.ACTIONS,
    "reimage": power.ACTIONS["redeploy"],
    "reimageAll": power.ACTIONS["redeploy"],
    "performMaintenance": power.ACTIONS["reapply"],
    "instanceView": Action(instance_view, methods=("GET",)),
    "retrieveBootDiagnosticsData": special_actions.ACTIONS["retrieveBootDiagnosticsData"],
    "simulateEviction": special_actions.ACTIONS["simulateEviction"],
    "runCommand": Action(run_scripts.finish, power.refuse_if_off, polls=1),
}
