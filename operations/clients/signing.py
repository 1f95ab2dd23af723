"""Sign a file with the user's own key: `ssh-keygen -Y sign`."""

import subprocess
import tempfile
from pathlib import Path


class SigningError(Exception):
    """A file that could not be signed; `str()` says why and what to do."""


def signature_of(content: bytes, key: Path, namespace: str) -> bytes:
    """The signature of `content`. The key may be a public one whose private half an agent has.

    A passphrase is asked for by ssh-keygen itself, on the terminal. Raises SigningError.
    """
    with tempfile.TemporaryDirectory() as folder:
        signed = Path(folder) / "content"
        signed.write_bytes(content)
        command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(key), str(signed)]
        try:
            # No shell, and every argument is a path of ours or of the person who calls.
            found = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - as above
        except FileNotFoundError:
            raise SigningError("ssh-keygen is not on the PATH: install OpenSSH's client") from None
        if found.returncode:
            said = found.stderr.decode(errors="replace").strip().splitlines()
            raise SigningError(f"{key} does not sign: {said[-1] if said else 'ssh-keygen gave no reason'}")
        return signed.with_name("content.sig").read_bytes()
