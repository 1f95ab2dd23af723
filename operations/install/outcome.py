"""The outcome of one machine in a wave, and of all: the summary, and the exit code."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum, StrEnum
from typing import Any

from pydantic import Field

from azure_hotpatch.operations.install.model import Model


class State(StrEnum):
    """How a machine's part of a wave ended."""

    INSTALLED = "installed"
    PARTLY = "partly installed"  # CompletedWithWarnings
    UNINSTALLED = "uninstalled"
    ADOPTED = "done by another"  # somebody installed on it since the plan was made; nothing was started
    FAILED = "failed"
    UNKNOWN = "not known"  # it was started, and how it ended could not be read
    NOT_STARTED = "not started"


FAILURES = frozenset((State.FAILED, State.UNKNOWN))


class MachineOutcome(Model):
    """The outcome of one machine. `kbs` are the installed updates; empty where only counts are known."""

    id: str
    name: str
    ring: str
    state: State
    message: str = ""
    activity: str | None = None
    begun: str = ""  # Azure's times, as it writes them
    ended: str = ""
    installed: int | None = None
    failed: int | None = None
    pending: int | None = None
    kbs: tuple[str, ...] = ()
    failed_kbs: tuple[str, ...] = ()
    build: str = ""  # that the machine itself reported at the end, where it was asked
    reboot: str = ""  # NotNeeded, Required, Started, Failed, Completed


class Exit(IntEnum):
    """The exit codes of `hotpatch install` and `hotpatch wave`; 3 is bad input, as everywhere."""

    DONE = 0
    FAILURES = 1
    STOPPED = 2  # not all machines were started
    NOT_CONFIRMED = 4


class Summary(Model):
    """A wave in figures; `why` says why it ended early, or nothing."""

    wave: str
    counts: dict[str, int]
    total: int
    why: str = ""
    restarted: int = 0
    restart_unknown: int = 0  # installed, and Azure's summary does not tell whether it restarted
    restart_due: tuple[str, ...] = ()  # names of machines whose updates wait for a restart
    nothing: tuple[str, ...] = ()  # names of machines on which Azure succeeded, and found nothing to install
    problems: tuple[str, ...] = Field(())  # "web-1: what went wrong"

    @property
    def exit_code(self) -> Exit:
        if self.counts.get(State.FAILED) or self.counts.get(State.UNKNOWN):
            return Exit.FAILURES
        return Exit.STOPPED if self.counts.get(State.NOT_STARTED) or self.why else Exit.DONE


def summary_of(wave: str, outcomes: Sequence[MachineOutcome], why: str = "") -> Summary:
    """The summary of all machines of a wave."""
    counts = Counter(outcome.state.value for outcome in outcomes)
    return Summary(
        wave=wave,
        counts={state.value: counts[state.value] for state in State if counts[state.value]},
        total=len(outcomes),
        why=why,
        restarted=sum(outcome.reboot == "Completed" for outcome in outcomes),
        restart_unknown=sum(bool(outcome.activity) and not outcome.reboot for outcome in outcomes),
        restart_due=tuple(outcome.name for outcome in outcomes if outcome.reboot in ("Required", "Failed")),
        nothing=tuple(one.name for one in outcomes if one.state is State.INSTALLED and one.installed == 0),
        problems=tuple(_problems(outcomes, why)),
    )


def _problems(outcomes: Iterable[MachineOutcome], why: str) -> list[str]:
    """What is to be said of single machines; of one that was not started, where that is not for the wave's stop."""
    told = (State.FAILED, State.UNKNOWN, State.PARTLY)
    return [
        f"{one.name}: {one.message or one.state}"
        for one in outcomes
        if one.state in told or (one.state is State.NOT_STARTED and one.message not in ("", why))
    ]


def from_result(base: dict[str, Any], result: dict[str, Any]) -> MachineOutcome:
    """The outcome out of what installPatches answered, or of `lastPatchInstallationSummary`, in ARM's names."""
    status = result.get("status", "")
    error = (result.get("error") or {}).get("message", "")
    patches = result.get("patches") or ()
    return MachineOutcome(
        **base,
        state=_STATES.get(status, State.UNKNOWN),
        message=_message(status, result, error, patches),
        activity=result.get("installationActivityId"),
        begun=result.get("startDateTime") or result.get("startTime") or "",
        ended=result.get("lastModifiedDateTime") or result.get("lastModifiedTime") or "",
        installed=result.get("installedPatchCount"),
        failed=result.get("failedPatchCount"),
        pending=result.get("pendingPatchCount"),
        kbs=_kbs(patches, "Installed"),
        failed_kbs=_kbs(patches, "Failed"),
        reboot=result.get("rebootStatus") or "",
    )


_STATES = {
    "Succeeded": State.INSTALLED,
    "CompletedWithWarnings": State.PARTLY,
    "Failed": State.FAILED,
}


def _kbs(patches: Sequence[dict[str, Any]], state: str) -> tuple[str, ...]:
    return tuple(patch.get("kbId") or patch.get("name", "") for patch in patches if patch["installationState"] == state)


def _message(status: str, result: dict[str, Any], error: str, patches: Sequence[dict[str, Any]]) -> str:
    if status == "Succeeded":
        return "Azure found nothing to install" if result.get("installedPatchCount") == 0 else ""
    failed = ", ".join(f"KB{kb}" if kb.isdigit() else kb for kb in _kbs(patches, "Failed"))
    late = "the time was over before everything was installed" if result.get("maintenanceWindowExceeded") else ""
    return "; ".join(part for part in (f"failed: {failed}" if failed else "", late, error) if part) or status
