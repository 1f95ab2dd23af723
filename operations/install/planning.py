"""Make a plan: which machines can be patched now, what they would get, and when each would begin and end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.install.order import NEVER_REBOOTS, Order
from azure_hotpatch.operations.install.pairs import pairs_of
from azure_hotpatch.operations.install.plan import Plan, PlannedMachine, PlannedPatch, Restart, Skipped
from azure_hotpatch.operations.install.rings import empty_rings, rings_of
from azure_hotpatch.operations.install.timetable import timetable
from azure_hotpatch.operations.install.wave_settings import CANARY, WaveSettings
from azure_hotpatch.operations.machine import Machine, Patch

AVAILABILITY = (
    "On-demand installs do not follow availability-first: Azure neither holds paired regions and zones apart nor stops "
    "when machines turn unhealthy; only the rings, budgets and gates of this plan do."
)
# Published nowhere; the order of magnitude of a cumulative update, a hotpatch, and a restart.
_CUMULATIVE, _HOTPATCH, _RESTART = timedelta(minutes=10), timedelta(minutes=3), timedelta(minutes=5)
# azure-mgmt-compute, VMGuestPatchRebootBehavior
RESTARTS: Mapping[str, Restart] = {
    NEVER_REBOOTS: "no",
    "AlwaysRequiresReboot": "yes",
    "CanRequestReboot": "may",
}
_RESTARTS = {behaviour.lower(): word for behaviour, word in RESTARTS.items()}
_ORDER: tuple[Restart, ...] = ("no", "may", "unknown", "yes")


@dataclass(frozen=True, slots=True)
class WaveRequest:
    """What the user asks for."""

    id: str
    order: Order
    settings: WaveSettings
    selection: str = ""
    change: str = ""
    note: str = ""


def make(
    request: WaveRequest, machines: Sequence[Machine], now: datetime, left: Mapping[str, int] | None = None
) -> Plan:
    """The plan for machines that were read just now.

    `left` is what the patch bucket of a "subscription/region" holds, where that is known.
    """
    skipped = [
        Skipped(id=one.id, name=one.name, reason=why)
        for one in machines
        if (why := why_not_installable(one, request.order))
    ]
    out = {one.id for one in skipped}
    taken = [machine for machine in machines if machine.id not in out]
    plan = arranged(request, taken, lambda machine, ring: _planned(request, machine, ring, now), now, left or {})
    found = (*_warnings(request, plan.machines), *_unmatched(request, machines), *_idle(request.settings, plan.rings))
    warnings = (AVAILABILITY, *found)
    return plan.model_copy(update={"skipped": tuple(skipped), "warnings": warnings})


def arranged(
    request: WaveRequest,
    machines: Sequence[Machine],
    planned: Callable[[Machine, str], PlannedMachine],
    now: datetime,
    left: Mapping[str, int],
) -> Plan:
    """The plan of these machines in their rings, each with its times; `planned` makes a machine's part of its ring."""
    rings = rings_of(request.settings, machines)
    parts = [planned(machine, ring) for ring, members in rings.items() for machine in members]
    pairs = pairs_of(request.settings, machines)
    paired = [part.model_copy(update={"pair": pairs.get(part.id, ())}) for part in parts]
    return Plan(
        id=request.id,
        made=now,
        order=request.order,
        settings=request.settings,
        rings=tuple(rings),
        machines=tuple(timetable(paired, tuple(rings), request.settings, now, left)),
        selection=request.selection,
        change=request.change,
        note=request.note,
    )


def retimed(plan: Plan, now: datetime) -> Plan:
    """The plan with the times of a wave that begins now, with full buckets."""
    return plan.model_copy(
        update={"made": now, "machines": tuple(timetable(plan.machines, plan.rings, plan.settings, now, {}))}
    )


def why_not_installable(machine: Machine, order: Order) -> str | None:
    """Why nothing is installed on a machine now, or None."""
    if machine.settings.provision_vm_agent is False:
        return "it has no VM agent, through which Azure installs"
    if machine.power not in (None, "running"):
        return f"it is {machine.power}: start it first"
    if machine.installations and machine.installations[0].status == "InProgress":
        return "an installation is under way"
    patches = machine.assessment.patches if machine.assessment else None
    if patches is not None and not any(order.takes(patch) for patch in patches):
        return "it is offered none of the requested updates"
    return None


def restart_of(patches: Sequence[PlannedPatch] | None, order: Order) -> Restart:
    """Whether a machine restarts, as far as the plan knows."""
    if order.reboot == "Never":
        return "no"
    if order.reboot == "Always":
        return "yes"
    if patches is None:
        return "no" if order.exclude_restarts else "unknown"
    return max((patch.restart for patch in patches), key=_ORDER.index, default="no")


def duration_of(patches: Sequence[PlannedPatch] | None, restart: Restart) -> timedelta:
    """How long an installation will take, as an estimate."""
    work = [_HOTPATCH if patch.restart == "no" else _CUMULATIVE for patch in patches or ()]
    return (
        sum(work, timedelta())
        + (timedelta() if patches else _CUMULATIVE)
        + (_RESTART if restart != "no" else timedelta())
    )


def _planned(request: WaveRequest, machine: Machine, ring: str, now: datetime) -> PlannedMachine:
    offered = machine.assessment.patches if machine.assessment else None
    patches = None if offered is None else tuple(_patch(one) for one in offered if request.order.takes(one))
    restart = restart_of(patches, request.order)
    return part_of(machine, ring, now, duration_of(patches, restart)).model_copy(
        update={"patches": patches, "restart": restart}
    )


def part_of(machine: Machine, ring: str, now: datetime, takes: timedelta) -> PlannedMachine:
    """A machine in a plan, before it is known what is done to it."""
    return PlannedMachine(
        id=machine.id,
        name=machine.name,
        group=machine.resource_group,
        subscription=machine.subscription,
        location=machine.location,
        ring=ring,
        zone=machine.zone,
        availability_set=machine.availability_set,
        last_activity=machine.installations[0].id if machine.installations else None,
        begins=now,
        ends=now + takes,
    )


def _patch(patch: Patch) -> PlannedPatch:
    return PlannedPatch(kb=patch.kb, name=patch.name, restart=_RESTARTS.get(patch.reboot_behavior.lower(), "unknown"))


def _warnings(request: WaveRequest, machines: Sequence[PlannedMachine]) -> list[str]:
    unread = sum(machine.patches is None for machine in machines)
    found = [f"Not assessed: {counted(unread, 'machine')}; what they get is what Azure finds then."] if unread else []
    if request.order.reboot == "Never" and any(
        patch.restart != "no" for machine in machines for patch in machine.patches or ()
    ):
        found.append("Updates that need a restart are installed and wait for it: the machine is not protected before.")
    return found


def _unmatched(request: WaveRequest, machines: Sequence[Machine]) -> list[str]:
    """What was asked for and matches nothing: rings, and updates that no machine is offered."""
    rings = [f"No machine is in ring {name}." for name in empty_rings(request.settings, machines)]
    offers = [one.assessment.patches for one in machines if one.assessment and one.assessment.patches is not None]
    if not offers:
        return rings
    offered = {patch.kb for patches in offers for patch in patches}
    return [*rings, *(f"KB{kb} is offered to no machine." for kb in request.order.kbs if kb not in offered)]


def _idle(settings: WaveSettings, rings: Sequence[str]) -> list[str]:
    """The settings that a wave of these rings never comes to."""
    between = [f"no {name}" for name, value in (("soak", settings.soak), ("gate", settings.gate)) if value]
    one_ring = [f"Without a second ring there is {' and '.join(between)}."]
    no_canary = ["Without a canary nobody is asked (askAfterCanary)."]
    return [
        *(one_ring if between and len(rings) == 1 else ()),
        *(no_canary if settings.ask_after_canary and CANARY not in rings and rings else ()),
    ]
