"""The durable workflows: a wave does its rings one after the other; a machine is started, and waited for."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from dbos import DBOS, DBOSConfiguredInstance

from azure_hotpatch.operations.durable import gate, ids, ring, starting, waiting
from azure_hotpatch.operations.durable.control import StoredControl
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.durable.starting import Job
from azure_hotpatch.operations.install.plan import Plan

Json = dict[str, Any]


@cache
def registered() -> "Waves":
    """The one instance of this process: DBOS finds it by its name, and takes no second one."""
    return Waves()


@DBOS.dbos_class()
class Waves(DBOSConfiguredInstance):
    """The workflows with what they work with. Arguments and results are plain JSON, and stored; the runtime is not."""

    _runtime: WaveRuntime

    def __init__(self) -> None:
        super().__init__(ids.INSTANCE)
        self._control = StoredControl()

    def use(self, runtime: WaveRuntime) -> None:
        """Work with this from now on; before DBOS is launched."""
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
        """Install on one machine at most once; its outcome."""
        job = Job(wave, str(DBOS.workflow_id), machine, order, hours)
        begun = await self._start(job)
        outcome: Json = begun.get("outcome") or await self._wait(job, begun["wait"])
        return outcome

    @DBOS.step()
    async def _ring(self, wave: str, plan: Plan, name: str) -> str | None:
        return await ring.carry_out(self._runtime, self._control, wave, plan, name)

    @DBOS.step()
    async def _pass(self, wave: str, plan: Plan, name: str) -> str | None:
        """Soak, then ask the gate; why it does not open, or None."""
        why = await self._soak(wave, plan, name)
        if why is not None or plan.settings.gate is None:
            return why
        await self._control.tell(wave, f"gate after ring {name}")
        why = await gate.why_closed(self._runtime, plan.settings.gate, wave, name, plan.ring(name))
        if why is not None:
            await self._control.stop(wave, why)
        return why

    async def _soak(self, wave: str, plan: Plan, name: str) -> str | None:
        """Wait until the ring's last machine ended long enough ago; a stop ends the wait."""
        until = await self._last_end(wave, plan, name) + plan.settings.soak
        while (left := (until - self._runtime.now()).total_seconds()) > 0:
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
        # On SQLite with Python 3.11 the times are cut to whole seconds.
        return datetime.fromtimestamp(max(ends) / 1000 + 1, UTC) if ends else self._runtime.now() - timedelta(days=1)

    @DBOS.step()
    async def _start(self, job: Job) -> Json:
        return await starting.start(self._runtime, self._control, job)

    @DBOS.step()
    async def _wait(self, job: Job, begun: Json) -> Json:
        return await waiting.wait(self._runtime, job, begun)
