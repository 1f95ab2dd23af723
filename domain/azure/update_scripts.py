"""Detect scripts that turn Windows Update off, or change Azure resources with a tool."""

import re

from azure_hotpatch.domain.azure.coercion import folded

# Windows Update, the orchestrator that installs for it, and the service that repairs both.
_SERVICES = r"(?:wuauserv|usosvc|waasmedicsvc)"
_NEAR = r"[^\r\n]{0,120}?"
_STOPS = re.compile(
    rf"(?:stop-service|net1?(?:\.exe)? +stop|sc(?:\.exe)? +(?:\S+ +)?(?:stop|delete)){_NEAR}\b{_SERVICES}\b"
    rf"|\b{_SERVICES}\b{_NEAR}stop-service"
)
_STARTS = re.compile(rf"(?:start-service|net1?(?:\.exe)? +start|sc(?:\.exe)? +start){_NEAR}\b{_SERVICES}\b")
_DISABLES = re.compile(rf"\b{_SERVICES}\b{_NEAR}\bdisabled\b|\bdisabled\b{_NEAR}\b{_SERVICES}\b")
# "Configure Windows Update client policies": the registry values that turn it off.
_POLICY = re.compile(r"\bnoautoupdate\b|\bdisablewindowsupdateaccess\b")
_CLI = re.compile(
    r"\baz(?:\.cmd|\.exe)? +(?:vm|vmss|maintenance|deployment|rest|resource|policy|stack)\b"
    r"[^\r\n;|&]{0,200}?\b(?:create|update|patch|put|set|invoke|delete)\b"
)
_POWERSHELL = re.compile(
    r"\b(?:new|set|update|remove|invoke)-az(?:vm|vmss|maintenance|configurationassignment|resource|rest|policy"
    r"|deployment|resourcegroupdeployment|subscriptiondeployment)\w*"
)


def why_script_matters(text: str) -> str | None:
    """Say how a script interferes with patching, or None if no sign of it is found.

    A service that is stopped and started again, which is how its cache is emptied, is not stopped.
    """
    script = folded(text)
    stopped = _STOPS.search(script) and not _STARTS.search(script)
    if stopped or _DISABLES.search(script) or _POLICY.search(script):
        return "the script turns Windows Update off, through which Azure patches the machine"
    if _CLI.search(script) or _POWERSHELL.search(script):
        return "the script changes Azure resources with a tool, and the result is not checked"
    return None
