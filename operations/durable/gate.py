"""The gate after a ring: a command, a URL, and the agents of its machines must report success."""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress

import httpx

from azure_hotpatch.operations.clients import compute
from azure_hotpatch.operations.clients.compute import MachinePath
from azure_hotpatch.operations.clients.machines import why_not_well
from azure_hotpatch.operations.clients.refusals import Refusal
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.install.plan import PlannedMachine
from azure_hotpatch.operations.install.wave_settings import Gate


async def why_closed(
    runtime: WaveRuntime, gate: Gate, wave: str, ring: str, machines: Sequence[PlannedMachine]
) -> str | None:
    """Why the gate stays closed after all its attempts, or None where every check succeeds."""
    why: str | None = None
    for attempt in range(gate.attempts):
        if attempt:
            await runtime.sleep(gate.pause.total_seconds())
        why = await _once(runtime, gate, wave, ring, machines)
        if why is None:
            return None
    return f"the gate after ring {ring} is closed: {why}"


async def _once(
    runtime: WaveRuntime, gate: Gate, wave: str, ring: str, machines: Sequence[PlannedMachine]
) -> str | None:
    seconds = gate.timeout.total_seconds()
    return (
        (await _command(gate, wave, ring, seconds) if gate.command else None)
        or (await _address(gate.url, seconds) if gate.url else None)
        or (await _agents(runtime, machines) if gate.vm_agent else None)
    )


async def _command(gate: Gate, wave: str, ring: str, seconds: float) -> str | None:
    name = gate.command[0]
    environ = {**os.environ, "HOTPATCH_WAVE": wave, "HOTPATCH_RING": ring}
    nothing = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *gate.command, env=environ, stdin=nothing, stdout=nothing, stderr=nothing
        )
    except OSError as error:
        return f"the command {name} cannot be run: {error.strerror}"
    try:
        code = await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        return f"the command {name} did not end within {seconds:g} s"
    return f"the command {name} ended with exit code {code}" if code else None


async def _address(url: str, seconds: float) -> str | None:
    try:
        async with httpx.AsyncClient(timeout=seconds) as client:
            answer = await client.get(url)
    except httpx.HTTPError as error:
        return f"{url} does not answer ({type(error).__name__})"
    return None if answer.status_code == 200 else f"{url} answers {answer.status_code}"


async def _agents(runtime: WaveRuntime, machines: Sequence[PlannedMachine]) -> str | None:
    found = await asyncio.gather(*(_agent(runtime, machine) for machine in machines))
    ill = [why for why in found if why]
    return f"{len(ill)} of {len(machines)} machines are unhealthy, the first: {ill[0]}" if ill else None


async def _agent(runtime: WaveRuntime, machine: PlannedMachine) -> str | None:
    place = MachinePath(machine.subscription, machine.group, machine.name)
    try:
        why = why_not_well(await runtime.ask(compute.view, runtime.connection, place))
    except Refusal as refusal:
        why = str(refusal)
    return f"{machine.name}: {why}" if why else None
