"""The guide to a verdict shows what `hotpatch check` prints."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "reading-a-verdict.md"
SHOWN = re.findall(r"^```text\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]
LOOK_ALIKE = {"storageProfile.imageReference.sku": "2022-datacenter-azure-edition"}


def test_the_verdict_that_is_shown_is_printed(hotpatch, vm, export, write) -> None:
    """But for the line of the file, and for what the page leaves out behind an ellipsis."""
    machines = [vm(name=f"web-{number}") for number in range(12) if number != 9]
    wrong = vm(LOOK_ALIKE, name="web-9", sourcePosition="project:///__main__.py#17,4")
    printed = hotpatch("check", write("prod.json", export(*machines, wrong))).out
    shown, printed = (re.sub(r"prod\.json:\d+", "prod.json:1", text).splitlines() for text in (SHOWN, printed))
    assert len(shown) == len(printed)
    patterns = [line.replace("[", "[[]").replace("…", "*") for line in shown]
    assert [line for line, pattern in zip(printed, patterns, strict=True) if not fnmatchcase(line, pattern)] == []
