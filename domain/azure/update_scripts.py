"""Detect scripts that turn Windows Update off, or change Azure resources with a tool."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator

from azure_hotpatch.domain.azure.coercion import folded

# Windows Update, the orchestrator that installs for it, and the service that repairs both.
_SERVICES = r"(?:wuauserv|usosvc|waasmedicsvc)"
_NEAR = r"[^\r\n]{0,120}?"
_STOPS = re.compile(
    rf"(?:stop-service|net1?(?:\.exe)? +stop|sc(?:\.exe)? +(?:\S+ +)?(?:stop|delete)){_NEAR}\b{_SERVICES}\b"
    rf"|\b{_SERVICES}\b{_NEAR}(?:stop-service|\. *stop\()"
)
_STARTS = re.compile(
    rf"(?:start-service|net1?(?:\.exe)? +start|sc(?:\.exe)? +start){_NEAR}\b{_SERVICES}\b"
    rf"|\b{_SERVICES}\b{_NEAR}(?:start-service|\. *start\()"
)
# How a service is told not to start: by name, or by the number that the registry has for it.
_NEVER = r"(?:-?\bstart(?:up)?(?:type|mode)\b[ =:]*|\bstart *= *)['\"]?(?:disabled|4)\b"
_NUMBER = r"(?:/d +|-value +|valuedata *= *|[:=] *)['\"]?(?:dword:)?(?:0x)?0*(\d)\b"
_DISABLES = re.compile(
    rf"\b{_SERVICES}\b{_NEAR}{_NEVER}|{_NEVER}{_NEAR}\b{_SERVICES}\b"
    rf"|services\\+{_SERVICES}\b{_NEAR}(?:/d +|-value +|= *)['\"]?(?:dword:)?(?:0x)?0*4\b"
    rf"|(?:disable-scheduledtask|schtasks[^\r\n]{{0,60}}/change){_NEAR}(?:windowsupdate|updateorchestrator)\b"
)
# "Configure Windows Update client policies": the registry values that turn it off where they are 1.
_POLICY = re.compile(r"\b(?:noautoupdate|disablewindowsupdateaccess)\b")
_VALUE = re.compile(_NUMBER)
_CHANGING = r"(?:put|patch|post|delete)\b"
_CLI = re.compile(
    r"\baz(?:\.cmd|\.exe)? +(?:vm|vmss|maintenance|deployment|resource|policy|stack)(?: +[a-z][a-z-]*){0,3}?"
    r" +(?:create|update|patch|set|invoke(?:-action)?|delete)(?![\w-])"
    rf"|\baz(?:\.cmd|\.exe)? +rest\b[^\r\n;|&]{{0,300}}?(?:--method|-m)[ =]+['\"]?{_CHANGING}"
)
_POWERSHELL = re.compile(
    r"\b(?:new|set|update|remove|invoke)-az(?:vm(?!patchassessment)\w*|maintenance\w*|configurationassignment\w*"
    r"|resource|policy\w*|(?:resourcegroup|subscription|managementgroup|tenant)?deployment(?:stack)?)\b"
    rf"|\binvoke-azrest(?:method)?\b[^\r\n;|]{{0,300}}?-method +['\"]?{_CHANGING}"
)
_CONTINUED = re.compile(r"[\\`^]\r?\n")
# `powershell -EncodedCommand`: UTF-16 in base64.
_ENCODED = re.compile(r"-e(?:c|nc|ncodedcommand)? +['\"]?([a-z0-9+/]{16,}={0,2})", re.IGNORECASE)


def why_script_matters(text: str) -> str | None:
    """Say how a script interferes with patching, or None if no sign of it is found.

    A service that is stopped and started again, which is how its cache is emptied, is not stopped.
    """
    scripts = [_CONTINUED.sub(" ", folded(each)) for each in (text, *_decoded(text))]
    if any(map(_turns_updates_off, scripts)):
        return "the script turns Windows Update off, through which Azure patches the machine"
    if any(_CLI.search(script) or _POWERSHELL.search(script) for script in scripts):
        return "the script changes Azure resources with a tool, and the result is not checked"
    return None


def _turns_updates_off(script: str) -> bool:
    stopped = _STOPS.search(script) is not None and not _STARTS.search(script)
    return stopped or _DISABLES.search(script) is not None or any(_policies(script))


def _policies(script: str) -> Iterator[bool]:
    """Whether each value of the policies that a script names turns updates off; one that is removed does not."""
    for named in _POLICY.finditer(script):
        value = _VALUE.search(script, named.end(), named.end() + 200)
        yield value is not None and value[1] == "1"


def _decoded(text: str) -> Iterator[str]:
    for found in _ENCODED.finditer(text):
        try:
            yield b64decode(found[1] + "=" * (-len(found[1]) % 4)).decode("utf-16-le")
        except (Error, UnicodeDecodeError):
            continue
