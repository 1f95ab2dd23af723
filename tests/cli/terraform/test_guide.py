"""The guide to Terraform: its commands run, its report is printed, and its tables are so."""

import json
import os
import re
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from azure_hotpatch.cli.documents.terraform.resources import is_judged
from azure_hotpatch.policies.reading.classic.terraform import RESOURCES
from tests.cli.terraform.plans import WINDOWS, configured, constants, created, image, kept, machine, plan, state
from tests.docs.blocks import ROOT, Block, blocks
from tests.docs.pasting import pasted

PAGE = ROOT / "docs/guides/check-terraform.md"
GUIDE = PAGE.read_text(encoding="utf-8")
BLOCKS = blocks(PAGE)
# Stands in for Terraform: `show` prints what the test has put there.
STAND_IN = '#!/bin/sh\ncase "$1" in plan) echo plan > plan.out ;; show) cat "${3:-state}.shown" ;; esac\n'


def of(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def scripts() -> list[str]:
    """What the guide has a shell run, by a person or by a pipeline."""
    steps = [step for block in of("yaml") for step in yaml.safe_load(block.text)]
    return [block.text for block in of("bash")] + [
        text for step in steps if (text := step.get("run") or step.get("bash"))
    ]


@pytest.fixture
def terraform(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell with a stand-in for Terraform, and this project's command."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "terraform").write_text(STAND_IN)
    (tools / "terraform").chmod(stat.S_IRWXU)
    return {**os.environ, "PATH": os.pathsep.join((str(tools), str(Path(sys.executable).parent), os.environ["PATH"]))}


@pytest.mark.parametrize("script", scripts())
def test_the_commands_judge_what_terraform_shows(script: str, tmp_path: Path, terraform: dict[str, str]) -> None:
    for hotpatching, code in ((True, 0), (False, 1)):
        (tmp_path / "plan.out.shown").write_text(json.dumps(plan([created(machine(hotpatching_enabled=hotpatching))])))
        (tmp_path / "drift.out.shown").write_text((tmp_path / "plan.out.shown").read_text())
        (tmp_path / "state.shown").write_text(json.dumps(state(kept(machine(hotpatching_enabled=hotpatching)))))
        for written in (*tmp_path.glob("*.json"), *tmp_path.glob("hotpatch.*")):
            written.unlink()
        done = pasted(script, tmp_path, terraform, timeout=60)
        assert (done.returncode, "1 resource judged" in done.stdout) == (code, True), done.stdout + done.stderr


def test_the_report_that_is_shown_is_printed(hotpatch: Any, write: Any) -> None:
    module, wrong = 'module.web["eu"]', machine(hotpatching_enabled=None)
    bad = created(wrong, f"{WINDOWS}.vm", index="a")
    bad |= {"address": f'{module}.{WINDOWS}.vm["a"]', "module_address": module}
    good = [created(machine(name=f"m{number}"), f"{WINDOWS}.m{number}") for number in range(11)]
    stated = [configured(each["address"], constants(machine())) for each in good]
    call = {"module": {"resources": [configured(f"{WINDOWS}.vm", constants(wrong))]}}
    whole = plan([bad, *good], stated, module={"module_calls": {"web": call}})
    (shown,) = of("text")
    assert hotpatch("check", write("plan.json", json.dumps(whole).encode())).out == shown.text


def test_every_resource_that_is_named_is_judged_and_every_judged_one_is_named() -> None:
    table = GUIDE.partition("| provider | resources |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`((?:azurerm|azapi)_\w+)`", table))
    assert [name for name in named if not is_judged(name)] == []
    plain = {name.partition("_")[2].replace("_", "") for name in named}
    bridged = {
        *("assignmentvirtualmachine", "assignmentvirtualmachinescaleset", "assignmentdynamicscope", "configuration"),
        *("scaleset", "grouppolicyassignment"),
    }
    assert set(RESOURCES) - plain == bridged


def test_the_waiver_covers_the_machines_of_the_module(check: Any, write: Any) -> None:
    (config,) = of("json")
    module = "module.legacy[0]"
    wrong = machine(source_image_reference=image("2022-datacenter-azure-edition"))
    change = created(wrong) | {"address": f"{module}.{WINDOWS}.vm", "module_address": module}
    call = {"module": {"resources": [configured(f"{WINDOWS}.vm", constants(wrong))]}}
    name = write("plan.json", plan([change], [], module={"module_calls": {"legacy": call}}))
    outcome = check(name, "--config", write("policy.json", config.text.encode()))
    assert ("HP001", "waived") in outcome.findings
