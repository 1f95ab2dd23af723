"""What the commands of a script do to the guest, and what they print."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase

from azure_hotpatch.emulator.arm.guest import registry
from azure_hotpatch.emulator.arm.guest.scripts import understood
from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.packages import order
from azure_hotpatch.emulator.arm.windows_update.patch import ALWAYS
from azure_hotpatch.emulator.arm.windows_update.patch import of as patch_of

_LIMIT = 4096  # bytes of output that a run command gives back
_RESTART_NEEDED, _UNKNOWN_PACKAGE = 3010, -2146498548  # ERROR_SUCCESS_REBOOT_REQUIRED, CBS_E_UNKNOWN_PACKAGE
_CANNOT_UNINSTALL, _NOT_APPLICABLE = -2146498523, -2145124329  # CBS_E_CANNOT_UNINSTALL, WU_E_NOT_APPLICABLE
_NOT_RUN = (
    "This emulated machine has no PowerShell. It understands the scripts of this project, Get-HotFix, and the commands "
    "of DISM and wusa that list, remove and add updates; this script is not one of them, and was not run."
)


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a script. `ran` is False where it was not understood, and so was not run."""

    ran: bool
    exit_code: int = 0
    output: str = ""
    error: str = ""


NOT_RUN = Ran(False, error=_NOT_RUN)


def run(guest: Guest, script: str, now: datetime) -> Ran:
    """Run a script on a machine. It changes the machine's hidden data, which the caller saves."""
    return carry_out(guest, understood(script) if guest.windows else None, now)


def carry_out(guest: Guest, commands: list[Json] | None, now: datetime) -> Ran:
    """Run the parsed commands of a script; it ends at the first one that fails."""
    if commands is None:
        return NOT_RUN
    code, printed = 0, []
    for command in commands:
        code, text = _DO[command["do"]](guest, command, now)
        printed.append(text)
        if code not in {0, _RESTART_NEEDED}:
            return Ran(True, code, _joined(printed[:-1]), text)
    return Ran(True, code, _joined(printed))


def _joined(printed: list[str]) -> str:
    return "\n".join(text for text in printed if text).encode()[-_LIMIT:].decode(errors="ignore")


def _nothing(_guest: Guest, _command: Json, _now: datetime) -> tuple[int, str]:
    return 0, ""


def _registry(guest: Guest, command: Json, _now: datetime) -> tuple[int, str]:
    changed = registry.written(guest.machine, command["values"])
    return 0, f"Changed: {', '.join(changed)}" if changed else "Nothing to change."


def _enrol(guest: Guest, command: Json, now: datetime) -> tuple[int, str]:
    package = {"kb": command["kb"], "name": command["kb"], "day": now.date().isoformat(), "kind": "", "build": ""}
    installed = guest.packages.installed
    if not any(one["kb"] == command["kb"] for one in installed):
        guest.machine.hidden["packages"] = [*installed, {**package, "on": now.date().isoformat()}]
    return 0, "Hotpatch is enabled."


def _restart(guest: Guest, _command: Json, _now: datetime) -> tuple[int, str]:
    guest.packages.restart()
    return 0, ""


def _hotfixes(guest: Guest, command: Json, _now: datetime) -> tuple[int, str]:
    found = [one for one in _numbered(guest) if str(command.get("kb", one["kb"])).upper() == one["kb"]]
    if not found and "kb" in command:
        return 1, f"Get-HotFix : Cannot find the requested hotfix on the 'localhost' computer: {command['kb']}."
    head = ("Source", "Description", "HotFixID", "InstalledBy", "InstalledOn")
    computer = guest.machine.name.upper()[:15]
    rows = [(computer, _description(one), one["kb"], r"NT AUTHORITY\SYSTEM", _printed(one["on"])) for one in found]
    lines = (head, tuple("-" * len(name) for name in head), *rows)
    return 0, "\n".join(f"{a:<15} {b:<16} {c:<12} {d:<20} {e}" for a, b, c, d, e in lines)


def _packages(guest: Guest, _command: Json, _now: datetime) -> tuple[int, str]:
    rows = (
        f"{package_name(one):<80} | Installed | {_description(one):<15} | {_printed(one['on'])}"
        for one in _numbered(guest)
    )
    head = f"{'Package Identity':<80} | State     | {'Release Type':<15} | Install Time"
    return 0, "\n".join((head, *rows))


def _remove(guest: Guest, command: Json, _now: datetime) -> tuple[int, str]:
    wanted = command["name"].lower()
    found = next((one for one in reversed(_numbered(guest)) if wanted in package_name(one).lower()), None)
    if found is None:
        return _UNKNOWN_PACKAGE, f"Error: 0x800f080c. The package name {command['name']} is unknown."
    if found == guest.packages.installed[0] and found["kind"]:
        return _CANNOT_UNINSTALL, "Error: 0x800f0825. The package cannot be uninstalled: the image came with it."
    guest.packages.remove(found["kb"])
    return _RESTART_NEEDED, "The operation completed successfully. Restart Windows to complete this operation."


def _roll_back(guest: Guest, command: Json, _now: datetime) -> tuple[int, str]:
    """What templates/roll_back.ps1.j2 does, in its order; it prints a line of JSON and never fails itself."""
    leaving = [one for one in guest.packages.waiting if one.get("remove")]
    gone = _like(leaving, command["named"]) or _like(leaving, command["rollup"])
    listed = [] if guest.packages.reboot_pending else _numbered(guest)
    found = _like(listed, command["named"]) or _like(listed, command["rollup"])
    names, code = [package_name(one) for one in gone or found], 0
    if gone:
        outcome = "removal pending"
    elif guest.packages.reboot_pending:
        outcome = "restart pending"
    elif not found:
        outcome = "absent"
    elif len(found) > 1:
        outcome = "ambiguous"
    elif not _like(listed, command["baseline"]):
        outcome, names = "wrong baseline", [package_name(one) for one in _like(listed, "Package_for_RollupFix~*")]
    elif command["remove"] != "yes":
        outcome = "present"
    else:
        code, _ = _remove(guest, {"name": names[0]}, _now)
        outcome = {_RESTART_NEEDED: "removed", _CANNOT_UNINSTALL: "permanent"}.get(code, "failed")
    told = {"kb": command["kb"], "outcome": outcome, "build": guest.packages.build, "packages": names, "code": code}
    return 0, json.dumps(told, separators=(",", ":"))


def _like(packages: list[Json], pattern: str) -> list[Json]:
    return [one for one in packages if fnmatchcase(package_name(one).lower(), pattern.lower())]


def _wusa_remove(_guest: Guest, command: Json, _now: datetime) -> tuple[int, str]:
    # It does not work on an update that was released together with its servicing stack, and since 2021 all are.
    return _CANNOT_UNINSTALL, f"Security Update for Microsoft Windows (KB{command['kb']}) could not be uninstalled."


def _wusa_add(guest: Guest, command: Json, now: datetime) -> tuple[int, str]:
    release, level = guest.calendar.find(f"KB{command['kb']}"), guest.packages.cumulative()
    if release is None or release.published > now or (level and release.order <= order(level)):
        return _NOT_APPLICABLE, "The update is not applicable to your computer."
    patch = patch_of(release)
    guest.packages.add(patch, now, waits=patch.reboot == ALWAYS)
    return _RESTART_NEEDED if patch.reboot == ALWAYS else 0, ""


def _numbered(guest: Guest) -> list[Json]:
    """The packages that have a number; DISM does not list what is replaced all the time, such as definitions."""
    unlisted = {"", "KB2267602", "KB890830"}
    return [one for one in guest.packages.installed if one["kb"] not in unlisted]


def package_name(package: Json) -> str:
    """The identity of a package as DISM prints it; the last cumulative updates go by RollupFix and their build."""
    restarts = package["kind"] in {"baseline", "cumulative", "out-of-band"}
    title = "RollupFix" if restarts else package["kb"]
    return f"Package_for_{title}~31bf3856ad364e35~amd64~~{package['build'] or '10.0'}.1.0"


def _description(package: Json) -> str:
    return "Security Update" if package["kind"] else "Update"


def _printed(day: str) -> str:
    """As Windows prints a day in English: 1/14/2025 12:00:00 AM."""
    found = date.fromisoformat(day)
    return f"{found.month}/{found.day}/{found.year} 12:00:00 AM"


_DO = {
    "nothing": _nothing,
    "registry": _registry,
    "enrol": _enrol,
    "restart": _restart,
    "hotfixes": _hotfixes,
    "packages": _packages,
    "remove": _remove,
    "roll back": _roll_back,
    "wusa remove": _wusa_remove,
    "wusa add": _wusa_add,
}
