"""The durable workflows: a wave runs its rings in order, and a machine is started and waited for."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from dbos import DBOS, DBOSConfiguredInstance

from azure_hotpatch.operations.durable import confirming, gate, ids, removing, ring, starting, waiting
from azure_hotpatch.operations.durable.control import StoredControl
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.install.plan import Plan
from azure_hotpatch.operations.install.take_back import TakeBack
from azure_hotpatch.operations.install.wave_settings import CANARY

Json = dict[str, Any]


@cache
def registered() -> "Waves":
    """The one instance of this process: DBOS finds it by its name, and accepts no second one."""
    return Waves()


@DBOS.dbos_class()
class Waves(DBOSConfiguredInstance):
    """The workflows with what they work with. Arguments and results are plain JSON, and stored; the runtime is not."""

    _runtime: WaveRuntime

    def __init__(self) -> None:
        super().__init__(ids.INSTANCE)
        self._control = StoredControl()

    def use(self, runtime: WaveRuntime) -> None:
        """Set the runtime; called before DBOS is launched."""
        self._runtime = runtime

    @DBOS.workflow(name=ids.WAVE)
    async def wave(self, plan: Json) -> Json:
        """Carry out a plan: `{"why": why it ended before all rings were done, or ""}`."""
        wave, read = str(DBOS.workflow_id), Plan.model_validate(plan)
        for number, name in enumerate(read.rings):
            why = await self._ring(wave, read, name)
            if why is None and number + 1 < len(read.rings):
                why = await self._pass(wave, read, name)
            if why is not None:
                return {"why": why}
        return {"why": ""}

    @DBOS.workflow(name=ids.MACHINE)
    async def machine(self, wave: str, machine: Json, order: Json, hours: Json | None) -> Json:
        """Patch one machine, or uninstall from it, at most once; returns its outcome."""
        job = Job(wave, str(DBOS.workflow_id), machine, order, hours)
        part = job.take_back
        if part is not None and part.uninstalls:
            return await self._uninstalled(job, part)
        begun = await self._start(job)
        outcome: Json = begun.get("outcome") or await self._wait(job, begun["wait"])
        return outcome if part is None else await self._confirm(job, part, outcome)

    async def _uninstalled(self, job: Job, part: TakeBack) -> Json:
        removed = await self._remove(job, part)
        if "outcome" not in removed:
            restarted = await self._restart(job, part)
            outcome: Json = restarted.get("outcome") or await self._read_back(job, part, removed["begun"])
            return outcome
        ended: Json = removed["outcome"]
        return ended

    @DBOS.step()
    async def _ring(self, wave: str, plan: Plan, name: str) -> str | None:
        return await ring.carry_out(self._runtime, self._control, wave, plan, name)

    @DBOS.step()
    async def _pass(self, wave: str, plan: Plan, name: str) -> str | None:
        """Soak, then check the gate, then wait for approval; why the next ring may not begin, or None."""
        why = await self._soak(wave, plan, name)
        if why is not None:
            return why
        closed = why = await self._closed(wave, plan, name)
        if why is None and plan.settings.ask_after_canary and name == CANARY:
            why = await self._control.why_ask(wave)
        if why is not None:
            await self._control.stop(wave, why, name if closed else "")
        return why

    async def _closed(self, wave: str, plan: Plan, name: str) -> str | None:
        if plan.settings.gate is None or await self._control.opened(wave, name):
            return None
        await self._control.tell(wave, f"gate after ring {name}")
        return await gate.why_closed(self._runtime, plan.settings.gate, wave, name, plan.ring(name))

    async def _soak(self, wave: str, plan: Plan, name: str) -> str | None:
        """Wait until the ring's last machine ended long enough ago; a stop ends the wait."""
        until = await self._last_end(wave, plan, name) + plan.settings.soak
        while (left := (until - self._runtime.now()).total_seconds()) > 0:
            if plan.settings.soak:  # else the ends were cut to whole seconds
                await self._control.tell(wave, f"soaking after ring {name} until {until:%Y-%m-%d %H:%M} UTC")
            await self._runtime.sleep(min(left, 10.0))
            why = await self._control.stopped(wave)
            if why is not None:
                return why
        return await self._control.stopped(wave)

    async def _last_end(self, wave: str, plan: Plan, name: str) -> datetime:
        members = {ids.machine_id(wave, machine) for machine in plan.ring(name)}
        found = await DBOS.list_workflows_async(workflow_id_prefix=ids.below(wave), load_input=False, load_output=False)
        ends = [one.completed_at for one in found if one.workflow_id in members and one.completed_at]
        now = self._runtime.now()
        if not ends:
            return now - timedelta(days=1)
        ahead = now - datetime.now(UTC)  # a rehearsal's clock is; DBOS writes the ends by that of this computer
        # On SQLite with Python 3.11 the times are cut to whole seconds.
        return datetime.fromtimestamp(max(ends) / 1000 + 1, UTC) + ahead

    @DBOS.step()
    async def _start(self, job: Job) -> Json:
        return await starting.start(self._runtime, self._control, job)

    @DBOS.step()
    async def _remove(self, job: Job, part: TakeBack) -> Json:
        return await removing.remove(self._runtime, self._control, job, part.target)

    @DBOS.step()
    async def _restart(self, job: Job, part: TakeBack) -> Json:
        return await removing.restart(self._runtime, job, part.target)

    @DBOS.step()
    async def _read_back(self, job: Job, part: TakeBack, begun: str) -> Json:
        return await removing.read_back(self._runtime, job, part.target, begun)

    @DBOS.step()
    async def _confirm(self, job: Job, part: TakeBack, outcome: Json) -> Json:
        return await confirming.confirm(self._runtime, job, part.target, outcome)

    @DBOS.step()
    async def _wait(self, job: Job, begun: Json) -> Json:
        return await waiting.wait(self._runtime, job, begun)
