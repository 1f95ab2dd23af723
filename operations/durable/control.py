"""Whether a wave may go on: a flag that its steps read, and why it was set."""

from collections.abc import Mapping
from typing import Any, Protocol

from dbos import DBOS

RUN, STOP = "run", "stop"
RESUMING = "resuming"  # the attribute of a wave whose machines are being put on the queue again
ASK = "the canaries are done: look at them"


class Control(Protocol):
    """What a step checks before it acts."""

    async def stopped(self, wave: str) -> str | None:
        """Why the wave is stopped, or None."""


class StoredControl:
    """The flag as it is in the store."""

    async def stopped(self, wave: str) -> str | None:
        return why_stopped(await self.attributes(wave))

    async def attributes(self, wave: str) -> Mapping[str, Any]:
        # Without the input, which is the whole plan.
        found = await DBOS.list_workflows_async(workflow_ids=[wave], load_input=False, load_output=False)
        return (found[0].attributes if found else None) or {}

    async def stop(self, wave: str, why: str, gate: str = "") -> None:
        """Stop a wave; `gate` is the ring after which its gate is closed, where that is why. An earlier stop stays."""
        if await self.stopped(wave) is None:
            await DBOS.update_workflow_attributes_async(wave, stop_of(why, gate), merge=True)

    async def opened(self, wave: str, ring: str) -> bool:
        """Whether a person let the wave go on past its closed gate after this ring."""
        return opening(ring) in await self.attributes(wave)

    async def tell(self, wave: str, phase: str) -> None:
        """Publish what the wave is doing now."""
        await DBOS.update_workflow_attributes_async(wave, {"phase": phase}, merge=True)

    async def why_ask(self, wave: str) -> str | None:
        """Why the wave waits for a person's approval after its canaries, or None where it has it."""
        return None if (await self.attributes(wave)).get("approved") else ASK


def stop_of(why: str, gate: str = "") -> dict[str, Any]:
    """What is stored of a stop; one that a gate did not cause is not undone by opening a gate."""
    return {"control": STOP, "why": why, "gate": gate}


def opening(ring: str) -> str:
    """The attribute with which a person lets a wave go on past its closed gate; one a ring, so that none is lost."""
    return f"opened:{ring}"


def why_stopped(attributes: Mapping[str, Any] | None) -> str | None:
    found = attributes or {}
    if found.get("finished"):  # also where somebody else lets it go on at the same moment
        return str(found["finished"])
    return str(found.get("why") or "it was stopped") if found.get("control") == STOP else None
