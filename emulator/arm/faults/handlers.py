"""The emulator's own routes to read and to replace the list of faults."""

from azure_hotpatch.emulator.arm.faults import fault_list
from azure_hotpatch.emulator.arm.http import Reply, Request


def get_faults(request: Request) -> Reply:
    """The faults that are to come, with how many times each is left."""
    return Reply(200, {"faults": fault_list.known(request.tx)})


def put_faults(request: Request) -> Reply:
    """Replace the list of faults.

    `{"faults": [{"fault", "type"?, "name"?, "methods"?, "share"?, "times"?, "late"?, "seconds"?}]}`

    `share` is the part of the requests that fit, from 0 to 1: 0.25 is every fourth. `times` is how often it happens at
    most. Without `type` it is for each type, without `methods` for writes. A request that Azure's rules refuse is not
    counted: its transaction leaves nothing behind.
    """
    fault_list.keep(request.tx, request.object().get("faults"))
    return get_faults(request)
