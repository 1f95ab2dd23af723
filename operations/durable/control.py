"""Whether a wave may go on: a flag that its steps read, and why it was set."""

from collections.abc import Mapping
from typing import Any, Protocol

from dbos import DBOS

RUN, STOP = "run", "stop"
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

    async def stop(self, wave: str, why: str) -> None:
        await DBOS.update_workflow_attributes_async(wave, {"control": STOP, "why": why}, merge=True)

    async def tell(self, wave: str, phase: str) -> None:
        """Publish what the wave is doing now."""
        await DBOS.update_workflow_attributes_async(wave, {"phase": phase}, merge=True)

    async def why_ask(self, wave: str) -> str | None:
        """Why the wave waits for a person's approval after its canaries, or None where it has it."""
        return None if (await self.attributes(wave)).get("approved") else ASK


def why_stopped(attributes: Mapping[str, Any] | None) -> str | None:
    found = attributes or {}
    return str(found.get("why") or "it was stopped") if found.get("control") == STOP else None
