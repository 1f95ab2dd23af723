"""The program of the guide that adds resources beside a fleet, run on the outputs of a fleet's stack."""

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from tests.program.conftest import Deploy
from tests.recorder import Recorder

GUIDE = (Path(__file__).parents[2] / "docs/guides/beside-the-fleet.md").read_text(encoding="utf-8")
STACK = {"naming": {"prefix": "prod-"}, "fleet": {"machines": [{"name": "web", "count": 2}, {"name": "sql"}]}}


class WithAFleet(Recorder):
    """Mocks that know the outputs of another stack."""

    def __init__(self, outputs: dict[str, Any]) -> None:
        super().__init__()
        self.outputs = outputs

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        if args.typ == "pulumi:pulumi:StackReference":
            return args.name, {"name": args.name, "outputs": self.outputs, "secretOutputNames": []}
        return super().new_resource(args)


def block(language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)[0]


def test_the_program_of_the_guide_backs_up_and_collects_from_the_machines_it_names(
    deploy: Deploy, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = json.loads(json.dumps(deploy(STACK).outputs))
    rows = {row["name"]: row for row in outputs["fleet"]}
    config = yaml.safe_load(block("yaml"))["config"]
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    asyncio.set_event_loop(loop)
    monkeypatch.setitem(os.environ, "PULUMI_CONFIG", json.dumps(texts))
    recorder = WithAFleet(outputs)
    pulumi.runtime.set_all_config(texts)
    pulumi.runtime.set_mocks(recorder, project="beside", preview=False)
    pulumi.runtime.test(lambda: exec(block("python"), {"__name__": "__main__"}))()  # noqa: S102 - the guide's own

    made = {each.name: each.inputs for each in recorder.resources}
    assert set(made) == {f"prod-web-0{n}-{what}" for n in (1, 2) for what in ("collected", "backed-up")}
    first = rows["prod-web-01"]
    assert made["prod-web-01-collected"]["resourceUri"] == first["resourceId"]
    backed_up = made["prod-web-01-backed-up"]
    assert backed_up["properties"]["sourceResourceId"] == first["resourceId"]
    container = f"iaasvmcontainerv2;{first['resourceGroup']};{first['azureName']}"
    assert backed_up["containerName"] == f"iaasvmcontainer;{container}"
    assert backed_up["protectedItemName"] == f"vm;{container}"
