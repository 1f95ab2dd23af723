"""How each shell sets, copies and unsets a variable."""

import shlex
from collections.abc import Callable, Mapping, Sequence

from azure_hotpatch.emulator.served.steps import Step

Writer = Callable[[Step], str]


def script(shell: str, steps: Sequence[Step]) -> str:
    """The lines that make the steps in `shell`, which is a key of WRITERS. Raises KeyError for another."""
    return "".join(f"{WRITERS[shell](step)}\n" for step in steps)


def customary(environ: Mapping[str, str], system: str) -> str:
    """The user's most likely shell; `system` is os.name."""
    if system == "nt":
        return "powershell"
    return "fish" if environ.get("SHELL", "").endswith("fish") else "sh"


def _sh(step: Step) -> str:
    if step.copied:
        return f'export {step.name}="${step.copied}"'
    return f"unset {step.name}" if step.value is None else f"export {step.name}={shlex.quote(step.value)}"


def _fish(step: Step) -> str:
    if step.copied:
        return f"set -gx {step.name} ${step.copied}"
    if step.value is None:
        return f"set -e {step.name}"
    quoted = step.value.replace("\\", "\\\\").replace("'", "\\'")
    return f"set -gx {step.name} '{quoted}'"


def _powershell(step: Step) -> str:
    if step.copied:
        return f"$env:{step.name} = $env:{step.copied}"
    if step.value is None:
        return f"Remove-Item Env:{step.name} -ErrorAction SilentlyContinue"
    return f"$env:{step.name} = '{step.value.replace(chr(39), chr(39) * 2)}'"


def _dotenv(step: Step) -> str:
    """A line of the file that $GITHUB_ENV names, or of podman's --env-file: neither knows quotes or unsetting."""
    return f"{step.name}={step.value}"


WRITERS: Mapping[str, Writer] = {"sh": _sh, "fish": _fish, "powershell": _powershell, "dotenv": _dotenv}
