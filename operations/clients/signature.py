"""Verify the signature of a file with `ssh-keygen -Y`, against a file of allowed signers."""

import base64
import subprocess
import tempfile
from pathlib import Path

# "PROTOCOL.sshsig" of OpenSSH, armored: lines of 70 characters.
_BEGINS, _ENDS, _WIDTH = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----", 70


class SignatureError(Exception):
    """A signature that does not hold; `str()` says why and what to do."""


def is_canonical(signature: bytes) -> bool:
    """Whether a signature is written as ssh-keygen writes one: it reads others, with bytes that prove nothing."""
    lines = signature.split(b"\n")
    if lines[:1] != [_BEGINS] or lines[-2:] != [_ENDS, b""]:
        return False
    try:
        held = base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except ValueError:
        return False
    text = base64.b64encode(held)
    return lines[1:-2] == [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]


def signer_of(content: bytes, signature: bytes, allowed: Path, namespace: str) -> str:
    """Who signed `content`, as the file of allowed signers names them. Raises SignatureError."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "signature"
        kept.write_bytes(signature)
        found = _run(["find-principals", "-s", str(kept), "-f", str(allowed)], b"")
        if found.returncode or not found.stdout.strip():
            raise SignatureError(f"nobody in {allowed} made this signature: have it signed by one of them")
        principal = found.stdout.decode().splitlines()[0].strip()
        arguments = ["verify", "-f", str(allowed), "-I", principal, "-n", namespace, "-s", str(kept)]
        if _run(arguments, content).returncode:
            raise SignatureError(
                f"the file is not what was signed, or was signed for another purpose, or {allowed} does not let "
                f"{principal} sign {namespace}: sign it with `ssh-keygen -Y sign -n {namespace} -f KEY FILE`"
            )
    return principal


def _run(arguments: list[str], content: bytes) -> "subprocess.CompletedProcess[bytes]":
    try:
        # No shell, and every argument is a path of ours or of the person who calls.
        return subprocess.run(["ssh-keygen", "-Y", *arguments], input=content, capture_output=True, check=False)  # noqa: S603, S607 - as the line above says
    except FileNotFoundError:
        raise SignatureError("ssh-keygen is not on the PATH: install OpenSSH's client") from None
