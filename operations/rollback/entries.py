"""The journal entries of a rollback besides those of its wave: each machine's plan, and who approved which script."""

from collections.abc import Sequence
from typing import Any

from azure_hotpatch.operations.rollback.plan import MachineRollback


def plan_body(kbs: Sequence[str], plans: Sequence[MachineRollback]) -> dict[str, Any]:
    return {"kbs": [f"KB{kb}" for kb in kbs], "machines": [machine_body(one) for one in plans]}


def machine_body(planned: MachineRollback) -> dict[str, Any]:
    """One machine's plan as JSON: `way`, `fix` or the removal, whether it restarts, what prevents it."""
    carrier, removal = planned.carrier, planned.removal
    return {
        "machine": planned.machine.id,
        "kb": f"KB{carrier.level.kb}" if carrier else "",
        "carrying": str(carrier.carrying) if carrier else "",
        "evidence": carrier.evidence if carrier else "",
        "way": str(planned.way),
        "fix": f"KB{planned.fix.kb}" if planned.fix else "",
        "fallsBackOn": removal.good_build if removal else "",
        "restart": planned.restart,
        "returns": planned.returns.isoformat() if planned.returns else None,
        "inTheWay": planned.in_the_way,
        "notes": list(planned.notes),
    }


def approval_body(who: str, how: str, scripts: Sequence[str] = ()) -> dict[str, Any]:
    """`scripts` are the SHA-256 of the scripts that were approved."""
    return {"by": who, "how": how, "scripts": list(scripts)}
