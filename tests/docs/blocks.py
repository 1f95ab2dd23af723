"""The blocks of code in the README and the guides, and how each is tried."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
SHELLS = ("sh", "bash")


@dataclass(frozen=True)
class Block:
    page: str
    language: str
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """The page's name and the first line, by which the tables below name a block."""
        return self.page, self.text.partition("\n")[0]


def blocks(page: Path) -> list[Block]:
    found = FENCE.finditer(page.read_text(encoding="utf-8"))
    return [Block(page.stem, match["language"], dedent(match["text"])) for match in found]


PAGES = (ROOT / "README.md", ROOT / "docs/policy-pack.md", *sorted((ROOT / "docs/guides").glob("*.md")))
BLOCKS = tuple(block for page in PAGES for block in blocks(page))

# What is pasted into a shell in which the sandbox is up, and a part of what it prints.
PASTED = {
    ("README", "pulumi preview --policy-pack policies                     # fails for what cannot be hotpatched"): (
        "0 violations"
    ),
    (
        "policy-pack",
        "pulumi preview --policy-pack policies                          # in this repository",
    ): "✅ azure-hotpatch@v",
    ("pull-request-check", "pulumi preview --json --show-sames > preview.json"): "0 violations",
    (
        "reading-a-verdict",
        "hotpatch check preview.json --output text=- --output sarif=hotpatch.sarif --output junit=hotpatch.xml",
    ): "0 violations",
    ("day-two", "MACHINE=$(pulumi stack output fleet --json | jq --raw-output 'first(.[]).resourceId')"): "",
    (
        "day-two",
        ".hotpatch/venv/bin/python -m azure_hotpatch.emulator.arm --store .hotpatch/azure.sqlite --port 4599 &",
    ): '"patchStatus"',
    ("drift-gate", "pulumi refresh --yes"): "0 violations",
    ("drift-gate", "pulumi stack export | hotpatch check - --adoption"): "already",
    ("after-an-interrupted-update", "pulumi cancel --yes --stack dev"): "has been canceled",
    (
        "after-an-interrupted-update",
        "pulumi stack export --stack dev | jq --raw-output "
        """'.deployment.pending_operations[]? | "\\(.type) \\(.resource.urn) \\(.resource.id)"'""",
    ): "",
    ("after-an-interrupted-update", "pulumi refresh --stack dev --clear-pending-creates --yes"): "20 unchanged",
    ("deploy-to-azure", "pulumi login --local"): "Logged in to",
}

# The block that writes the file which a block reads: it is pasted just before.
PASTED_FIRST = {
    (
        "reading-a-verdict",
        "hotpatch check preview.json --output text=- --output sarif=hotpatch.sarif --output junit=hotpatch.xml",
    ): ("pull-request-check", "pulumi preview --json --show-sames > preview.json"),
}

SHOWN_LOCK = (
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the "
    "lock file with `pulumi cancel`."
)
IMPORT = (
    "COMPONENT=$(pulumi stack export --stack dev | jq --raw-output "
    """'.deployment.resources[].urn | select(endswith("HotpatchVirtualMachine::web-01"))')"""
)
SHOWN_PENDING = "warning: Attempting to deploy or update resources with 1 pending operations from previous deployment."

# What another test runs, or compares with what is run: the page and first line, or a whole page, and the test's file.
ELSEWHERE = {
    (
        "README",
        "make up      # sets everything up, previews the sandbox with the policy pack, brings it up in the emulator",
    ): ("tests/docs/test_pasted_blocks.py"),
    ("README", "Resources:"): "tests/docs/test_pasted_blocks.py",
    (
        "README",
        "make template                                               # dist/template, with this toolkit as a wheel",
    ): ("tests/reuse/test_new_project.py"),
    ("README", "from azure_hotpatch.components import HotpatchVirtualMachine"): "tests/docs/test_pasted_blocks.py",
    (
        "README",
        "hotpatch status                                           "
        "# who patches each machine, its track, what it lacks, what to do",
    ): ("tests/operations/commands/test_readme.py"),
    "beside-the-fleet": "tests/program/test_beside_the_fleet.py",
    "adopt-a-machine": "tests/e2e/program/test_import.py",
    ("deploy-to-azure", "python3 -m set_up.template"): "tests/reuse/test_new_project.py",
    ("deploy-to-azure", "pulumi install"): "tests/reuse/test_new_project.py",
    ("deploy-to-azure", "pulumi destroy --stack dev"): "tests/e2e/program/test_stacks.py",
    ("after-an-interrupted-update", IMPORT): "tests/e2e/program/test_interruption.py",
    ("after-an-interrupted-update", "pulumi up --stack dev"): "tests/e2e/program/test_interruption.py",
    ("after-an-interrupted-update", SHOWN_LOCK): "tests/docs/test_pasted_blocks.py",
    ("after-an-interrupted-update", SHOWN_PENDING): "tests/e2e/program/test_interruption.py",
    ("waivers", "{"): "tests/cli/test_ci.py",
    ("waivers", "prod.json: stack export, 1 resource judged"): "tests/cli/test_verdict_guide.py",
    (
        "waivers",
        "note: the waiver of HP001 for 'urn:pulumi:prod::fleet::azure-native:compute:VirtualMachine::legacy-*' "
        "(Ada Lovelace) expired on 2027-03-31; renew it with a reason, or remove it",
    ): "tests/cli/test_verdict_guide.py",
    "install": "tests/reuse/test_install_guide.py",
    ("policy-pack", "Policies:"): "tests/docs/test_pasted_blocks.py",
    ("policy-pack", "{"): "tests/policies/test_documentation.py",
    "patch-machines": "tests/operations/commands/test_guide.py",
    ("reading-a-verdict", "prod.json: stack export, 12 resources judged"): "tests/cli/test_verdict_guide.py",
    "restarts": "tests/cli/test_restarts_guide.py",
    "stack-settings": "tests/domain/test_stack_settings_guide.py",
    "see-what-runs": "tests/cli/see/test_guide.py",
    "lived-through": "tests/docs/test_lived_through.py",
    "rights": "tests/operations/commands/test_rights.py",
    "use-a-component": "tests/reuse/test_examples.py",
    ("pull-request-check", "# .github/workflows/hotpatch.yml"): "tests/cli/test_ci.py",
    ("pull-request-check", "# azure-pipelines/hotpatch.yml, run by a build validation policy of the branch"): (
        "tests/cli/test_ci.py"
    ),
    ("drift-gate", "# .github/workflows/hotpatch-drift.yml"): "tests/cli/test_ci.py",
    ("drift-gate", "# azure-pipelines/hotpatch-drift.yml"): "tests/cli/test_ci.py",
    ("emulated-azure", "resources"): "tests/emulator/graph/test_guide.py",
    "emulated-azure": "tests/emulator/served/test_guide.py",
    "roll-back": "tests/operations/rollback/test_guide.py",
    "report": "tests/operations/report/test_guide.py",
    "check-terraform": "tests/cli/terraform/test_guide.py",
}

AZURE = "asks Azure itself, with a person's log-in"
MACHINE = "runs inside a Windows machine"
INSTALLS = "installs programs on the machine"
CONTAINERS = "needs a program for containers; its request is pasted by tests/emulator/served/test_guide.py"
WINDOWS = "needs Windows; the same commands for Linux are tried"

# What cannot run here, and why; by what a block begins with.
CANNOT = {
    "az ": AZURE,
    "subscription=$(az ": AZURE,
    "pulumi stack export --stack dev | jq --raw-output '.deployment.resources[].id": AZURE,
    "dism ": MACHINE,
    "wusa ": MACHINE,
    "podman ": CONTAINERS,
    "sudo ": INSTALLS,
    "brew ": INSTALLS,
    "winget ": INSTALLS,
    "pulumi login\n": "asks Pulumi Cloud, with a person's log-in",
}


def why_not_run(block: Block) -> str | None:
    """Why a block cannot run here, or nothing."""
    why = next((why for begin, why in CANNOT.items() if block.text.startswith(begin)), None)
    return why or (WINDOWS if block.language == "powershell" else None)
