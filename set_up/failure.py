"""The reason why a set-up step failed: one line that says what to do, derived from the tool's output."""

import re
from dataclasses import dataclass
from pathlib import Path


class SetUpError(Exception):
    """Its text is the whole message for the person; no traceback is shown."""


@dataclass(frozen=True)
class Reason:
    words: re.Pattern[str]
    why: str
    remedy: str


def _reason(words: str, why: str, remedy: str) -> Reason:
    return Reason(re.compile(words, re.IGNORECASE), why, remedy)


# The first that matches is the answer: a full disk, for one, also ends downloads half way.
REASONS = (
    _reason(r"no space left on device|disk quota exceeded", "the disk is full", "free about 4 GB, then run it again"),
    _reason(
        r"do not match the hashes|hash mismatch|checksum mismatch|verifying .*: checksum",
        "a download is not the file that is pinned",
        "look at the mirror or proxy between you and the registry",
    ),
    _reason(
        r"certificate|x509|invalid peer|tls: ",
        "the registry's certificate is not trusted",
        "name your proxy's authority in SSL_CERT_FILE and PIP_CERT",
    ),
    _reason(
        r"\b(401|403|407)\b|unauthorized|forbidden",
        "the registry or proxy refused the request",
        "check the credentials in {settings}",
    ),
    _reason(
        r"ensurepip|no module named '?venv|virtual environment was not created",
        "this Python has no venv module",
        "install it (Debian and Ubuntu: apt-get install python3-venv), then run it again",
    ),
    _reason(
        r"no such host|name or service not known|name resolution|dns error|nodename nor servname"
        r"|connection (was )?refused|connection reset|timed out|timeout|network is unreachable|no route to host"
        r"|error sending request|failed to fetch|no matching distribution|proxyconnect|cannot connect to proxy"
        r"|\b50[234]\b|unexpected EOF",
        "the registry does not answer",
        "check the network, and {settings}; run it again to continue from here",
    ),
)

CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


def without_credentials(text: str) -> str:
    """The text without the names and passwords inside the addresses of registries and proxies."""
    return CREDENTIALS.sub("", text)


def explain(step: str, output: str, settings: str, log: Path) -> str:
    """One line: the step, why it failed, what to do, where the log is.

    `settings` names the variables and files that say which registry and proxy this step uses.
    """
    lines = [line.strip() for line in without_credentials(output).splitlines() if line.strip()]
    for reason in REASONS:
        if reason.words.search(output):
            return f"{step}: {reason.why}; {reason.remedy.format(settings=settings)}. Log: {log}"
    last = lines[-1] if lines else "it said nothing"
    return f"{step} failed: {last}. Log: {log}"
