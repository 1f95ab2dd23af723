"""What must not go into a bundle that is given away."""

import re

_SECRETS: tuple[tuple[str, "re.Pattern[bytes]"], ...] = (
    ("a private key", re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----")),
    ("a token", re.compile(rb"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*")),
    ("a shared access signature", re.compile(rb"[?&]sig=[\w%+/-]{20,}")),
    ("an account key", re.compile(rb"\bAccountKey=[\w+/=]{20,}")),
    ("a password", re.compile(rb"(?i)\b(?:admin)?password[\"']?\s*[:=]\s*[\"']?(?!\*|null|\[)[^\s\"',}]{6,}")),
)  # fmt: skip


def secret_in(content: bytes) -> str:
    """What kind of secret seems to be in a file, with its line; an empty string where none does."""
    for kind, pattern in _SECRETS:
        found = pattern.search(content)
        if found:
            line = content.count(b"\n", 0, found.start()) + 1
            return f"{kind} in line {line}"
    return ""
