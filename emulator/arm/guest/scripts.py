"""Parse the PowerShell that the emulated guest supports: this project's scripts, and single servicing commands."""

import hashlib
import re
from collections.abc import Iterator

from azure_hotpatch.emulator.arm.protocol.bodies import Json

# A rendered script is known by what is fixed in it: the digest of its lines without comments, literals and values.
_RENDERED = {
    "707f8ecd2df1912f3060679ffa5d013381071241e61dd73e972114bd8e47d1cd": "registry",
    "9a8d5804d30214625fe1e4125a144cbf2605a6265cfeedc13ed1c2deafb4afd8": "enrol",
    "9ae9fc5c86f8b945448924438da9c69f2fe9c7aa8f609afd2ec0427b21cfe59e": "roll back",
}
_VALUE = re.compile(
    r"@\{ Path = '(?P<key>[^']*)'; Name = '(?P<name>[^']*)'; Type = '\w+'; "
    r"Value = (?P<value>\$null|\d+|'(?:[^']|'')*') \}"
)
_SERVICING_PACKAGE = re.compile(r"Get-HotFix -Id '(KB\d+)'")
_DISM = r"dism(?:\.exe)?\s+/online\s+"
_NAME = r"['\"]?(?P<name>[\w~.\-]+)['\"]?"
_COMMANDS: tuple[tuple[str, str], ...] = (
    (r"\$ErrorActionPreference\s*=\s*'\w+'|exit\s+0|\}", "nothing"),
    (r"Get-HotFix(?:\s+-Id\s+['\"]?(?P<kb>KB\d+)['\"]?)?(?:\s+-ErrorAction\s+\w+)?(?:\s*\|\s*Format-\w+)?", "hotfixes"),
    (_DISM + r"/get-packages(?:\s+/format:\w+)?", "packages"),
    (r"Get-WindowsPackage\s+-Online(?:\s*\|\s*Format-\w+)?", "packages"),
    (_DISM + rf"/remove-package\s+/packagename:{_NAME}(?:\s+/quiet|\s+/norestart)*", "remove"),
    (rf"Remove-WindowsPackage\s+-Online\s+-PackageName\s+{_NAME}(?:\s+-NoRestart)?", "remove"),
    (
        r"Get-WindowsPackage\s+-Online\s*\|\s*Where-Object\s+(?:\{\s*\$_\.)?PackageName\s+-like\s+['\"]\*?"
        r"(?P<name>[\w~.\-]+?)\*?['\"](?:\s*\})?\s*\|\s*Remove-WindowsPackage\s+-Online(?:\s+-NoRestart)?",
        "remove",
    ),
    (r"wusa(?:\.exe)?\s+/uninstall\s+/kb:(?P<kb>\d+)(?:\s+/quiet|\s+/norestart)*", "wusa remove"),
    (r"wusa(?:\.exe)?\s+\S*?kb(?P<kb>\d+)\S*\.msu['\"]?(?:\s+/quiet|\s+/norestart)*", "wusa add"),
    (r"Restart-Computer(?:\s+-Force)?|shutdown(?:\.exe)?\s+/r(?:\s+/t\s+\d+)?", "restart"),
)
_KNOWN = tuple((re.compile(form, re.IGNORECASE), verb) for form, verb in _COMMANDS)
_ASSIGNED = re.compile(r"\$(?P<name>\w+)\s*=\s*(?P<quote>['\"])(?P<value>[^'\"$]*)(?P=quote)")


def understood(script: str) -> list[Json] | None:
    """Parse a script to commands, `[{"do": verb, …}]`; None where a part of it is not supported."""
    kind = _RENDERED.get(skeleton(script))
    if kind:
        return list(_rendered(kind, script))
    found: list[Json] = []
    variables: dict[str, str] = {}
    for line in _lines(script):
        assigned = _ASSIGNED.fullmatch(line)
        if assigned:
            variables[assigned["name"].lower()] = assigned["value"]
            continue
        command = _command(_filled_in(line, variables))
        if command is None:
            return None
        found.append(command)
    return found or None


def skeleton(script: str) -> str:
    """The digest of what a rendered script has beside its values."""
    lines = (_VALUE.sub("@{}", line) for line in _lines(script))
    text = re.sub(r"(@\{\}\n?)+", "@{}\n", "\n".join(lines))
    text = re.sub(r"KB\d+", "KB", re.sub(r"'[^'\n]*'", "''", text))
    return hashlib.sha256(text.encode()).hexdigest()


def _rendered(kind: str, script: str) -> Iterator[Json]:
    if kind == "roll back":
        assigned = (_ASSIGNED.fullmatch(line) for line in _lines(script))
        yield {"do": kind, **{match["name"]: match["value"] for match in assigned if match}}
        return
    values = [_registry_value(match) for match in _VALUE.finditer(script)]
    yield {"do": "registry", "values": values}
    if kind == "enrol":
        yield {"do": "restart"}
        package = _SERVICING_PACKAGE.search(script)
        yield {"do": "enrol", "kb": package[1] if package else ""}


def _registry_value(match: re.Match[str]) -> Json:
    text = match["value"]
    if text == "$null":
        value: int | str | None = None
    else:
        value = text[1:-1].replace("''", "'") if text.startswith("'") else int(text)
    return {"key": match["key"], "name": match["name"], "value": value}


def _command(line: str) -> Json | None:
    for form, verb in _KNOWN:
        match = form.fullmatch(line)
        if match:
            return {"do": verb, **{name: value for name, value in match.groupdict().items() if value}}
    return None


def _filled_in(line: str, variables: dict[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda match: variables.get(match[1].lower(), match[0]), line)


def _lines(script: str) -> Iterator[str]:
    stripped = (line.strip() for line in script.splitlines())
    return (line for line in stripped if line and not line.startswith("#"))
