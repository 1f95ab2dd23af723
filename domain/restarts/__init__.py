"""When a stack's machines restart: which releases restart which machine, in which window, and within what budget."""

from azure_hotpatch.domain.restarts.budget import Breach, breaches
from azure_hotpatch.domain.restarts.foreseen import (
    Foreseen,
    RestartCount,
    count,
    foresee,
    with_hotpatch,
    without_hotpatch,
)
from azure_hotpatch.domain.restarts.judged import budget_problems
from azure_hotpatch.domain.restarts.machine import GuestTime, PatchedMachine, Patcher
from azure_hotpatch.domain.restarts.slots import RestartSlot
from azure_hotpatch.domain.restarts.stack_machines import machines_of

__all__ = [
    "Breach",
    "Foreseen",
    "GuestTime",
    "PatchedMachine",
    "Patcher",
    "RestartCount",
    "RestartSlot",
    "breaches",
    "budget_problems",
    "count",
    "foresee",
    "machines_of",
    "with_hotpatch",
    "without_hotpatch",
]
