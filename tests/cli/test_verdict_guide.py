"""The guides to a verdict and to waivers show what `hotpatch check` prints."""

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
LOOK_ALIKE = {"storageProfile.imageReference.sku": "2022-datacenter-azure-edition"}


def test_the_verdict_that_is_shown_is_printed(hotpatch, vm, export, write) -> None:
    """But for the line of the file, and for what the page leaves out behind an ellipsis."""
    machines = [vm(name=f"web-{number}") for number in range(12) if number != 9]
    wrong = vm(LOOK_ALIKE, name="web-9", sourcePosition="project:///__main__.py#17,4")
    printed = hotpatch("check", write("prod.json", export(*machines, wrong))).out
    (shown,) = _blocks("reading-a-verdict", "text")
    _compare(shown, printed)


def test_the_waiver_that_is_shown_waives_and_expires(hotpatch, vm, export, write) -> None:
    (config,) = _blocks("waivers", "json")
    policy = write("policy.json", {"hotpatch": {"waivers": json.loads(config)["hotpatch"]["waivers"]}})
    wrong = vm(LOOK_ALIKE, name="legacy-pay", sourcePosition="project:///__main__.py#17,4")
    check = ("check", write("prod.json", export(wrong)), "--config", policy)
    waived, expired = _blocks("waivers", "text")
    _compare(waived, hotpatch(*check, "--on=2027-03-31").out)
    printed = hotpatch(*check, "--on=2027-04-01")
    assert printed.code == 1
    assert printed.out.endswith(expired)


def _blocks(guide: str, language: str) -> list[str]:
    text = (GUIDES / f"{guide}.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def _compare(shown: str, printed: str) -> None:
    """Line by line, but for the line of the file and for what stands behind an ellipsis."""
    told, found = (re.sub(r"prod\.json:\d+", "prod.json:1", text).splitlines() for text in (shown, printed))
    assert len(told) == len(found)
    patterns = [line.replace("[", "[[]").replace("…", "*") for line in told]
    assert [line for line, pattern in zip(found, patterns, strict=True) if not fnmatchcase(line, pattern)] == []
